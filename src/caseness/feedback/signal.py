"""A signal: what was noticed in one course, why, on what it rests, how often it was right here, and what to consider."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

# Shown wherever a signal is shown. Assumed to be the intended purpose; a regulatory opinion has not been sought.
INTENDED_PURPOSE = (
    "A signal supports a professional's own judgement, in discussion with the client and in supervision. It is not for "
    "triage, diagnosis or discharge, says nothing of a therapist, and no signal is no assurance that all is well."
)
NOT_MEASURED = "Not measured here."
NOT_SEEN, RISK_ITEM = "not-seen", "risk-item"


class Urgency(IntEnum):
    """When to look at a signal. The higher, the sooner."""

    NOTE = 0
    SUPERVISION = 1
    NEXT_SESSION = 2
    AT_ONCE = 3

    @property
    def says(self) -> str:
        """In words.

        >>> Urgency.AT_ONCE.says
        'the same day'
        """
        return _SAYS[self]


_SAYS = {
    Urgency.NOTE: "for information",
    Urgency.SUPERVISION: "in supervision",
    Urgency.NEXT_SESSION: "before or in the next session",
    Urgency.AT_ONCE: "the same day",
}


class Kind(IntEnum):
    """What a signal is about."""

    CONCERN = 0
    TURNING_POINT = 1
    DOUBT_ABOUT_SCORES = 2


@dataclass(frozen=True)
class Signal:
    """What was noticed in one course.

    `why` says it in plain words, with the numbers in it. `rests_on` names the scores and the rule. `accuracy` says how
    often the signal was right in this service, or `NOT_MEASURED`. `consider` is what to think of next, most useful
    first. `since` is the first day from which it has held without a break.
    """

    id: str
    title: str
    why: str
    rests_on: str
    accuracy: str
    consider: tuple[str, ...]
    urgency: Urgency
    since: date
    kind: Kind = Kind.CONCERN

    @property
    def is_of_scores(self) -> bool:
        """Whether it was seen in a questionnaire. Being away is of none.

        >>> Signal("not-seen", "", "", "", "", (), Urgency.NOTE, date(2026, 3, 2)).is_of_scores
        False
        """
        return self.id != NOT_SEEN


def most_urgent_first(signals: Iterable[Signal]) -> tuple[Signal, ...]:
    """Signals in the order in which to look at them: by urgency, then those that began last, then by id.

    What has just begun can still be talked about as it happens.

    Examples
    --------
    >>> most_urgent_first([])
    ()
    """
    return tuple(sorted(signals, key=lambda one: (-one.urgency, -one.since.toordinal(), one.id)))
