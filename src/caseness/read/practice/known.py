"""What whoever keeps the record has already of a client: courses, their sessions, and the scores of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Cells = Mapping[str, str]


@dataclass(frozen=True)
class KnownScore:
    """What is there of one questionnaire: the score that counts, or None, and all that it ever was.

    `was_read` is whether any of them came with a record or a sheet, and was not typed.
    """

    counts: str | None
    ever: frozenset[str]
    was_read: bool = False


@dataclass(frozen=True)
class KnownSession:
    """A session that is there. `cells` is its row of IDS201CareContact, `activity` that of its first IDS202CareActivity."""

    identifier: str
    day: date
    attendance: str
    scores: Mapping[str, KnownScore] = field(default_factory=dict)
    cells: Cells = field(default_factory=dict)
    activity: Cells | None = None


@dataclass(frozen=True)
class KnownCourse:
    """A course that is there. `sessions` are the identifiers of its sessions, `held` the sessions themselves.

    `typed` are scores that were typed beside the sessions, by their day.
    """

    client: str
    referral: str
    received: date
    is_open: bool
    was_attended: bool = False
    sessions: frozenset[str] = frozenset()
    held: tuple[KnownSession, ...] = ()
    typed: Mapping[date, Mapping[str, KnownScore]] = field(default_factory=dict)
