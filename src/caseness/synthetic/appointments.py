"""Appointments and endings as they come out of the simulation, one row for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

# The codes of AppType, in the order in which appointments hold their places.
PURPOSES = ("01", "02", "03", "04", "05", "06", "10", "07")
(
    ASSESSMENT,
    TREATMENT,
    ASSESSMENT_AND_TREATMENT,
    REVIEW,
    REVIEW_AND_TREATMENT,
    FOLLOW_UP,
    EMPLOYMENT_SUPPORT,
    OTHER_PURPOSE,
) = range(len(PURPOSES))
# Those that count as treatment.
TREATS = (TREATMENT, ASSESSMENT_AND_TREATMENT, REVIEW_AND_TREATMENT)
# Why a referral truly ended. Codes are what the record says of it.
REASONS = (
    "still open",
    "agreed completion",
    "recovered early and agreed to end",
    "left, not helped",
    "left for other reasons",
    "contact was lost after missed appointments",
    "the service ended it",
    "died",
    "ended after one session or an assessment",
    "never seen",
)
(
    STILL_OPEN,
    AGREED,
    RECOVERED_EARLY,
    NOT_HELPED,
    OTHER_REASONS,
    LOST,
    SERVICE_ENDED,
    DIED,
    AFTER_ONE,
    NEVER_CAME,
) = range(len(REASONS))


@dataclass(frozen=True, eq=False)
class Appointments:
    """One row for each appointment. `who` is the referral, `sessions` how many treatments came before it.

    The levels are true ones on that occasion; they are told for appointments that were not kept as well.
    """

    who: np.ndarray
    day: np.ndarray
    attendance: np.ndarray
    purpose: np.ndarray
    step: np.ndarray
    therapist: np.ndarray
    sessions: np.ndarray
    depression: np.ndarray
    anxiety: np.ndarray

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.who)

    def take(self, rows: np.ndarray) -> Appointments:
        """These rows, in this order."""
        return Appointments(**{each.name: getattr(self, each.name)[rows] for each in fields(self)})


@dataclass(frozen=True, eq=False)
class Endings:
    """One row for each referral: the day on which it ends, why, and how far the course got.

    `day` is that of the discharge, which may lie after the record's end.
    """

    day: np.ndarray
    reason: np.ndarray
    last_contact: np.ndarray
    sessions: np.ndarray
    by_nature: np.ndarray
    by_treatment: np.ndarray


def join_appointments(parts: Sequence[Appointments]) -> Appointments:
    """All rows in the order of referral and day."""
    joined = Appointments(
        **{each.name: np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(Appointments)}
    )
    return joined.take(np.lexsort((joined.day, joined.who)))


def join_endings(one: Endings, other: Endings) -> Endings:
    """The endings of both, the first before the second."""
    return Endings(
        **{each.name: np.concatenate([getattr(one, each.name), getattr(other, each.name)]) for each in fields(Endings)}
    )


def shift(appointments: Appointments, by: int) -> Appointments:
    """The same appointments of referrals that are numbered so much higher."""
    return replace(appointments, who=appointments.who + by)
