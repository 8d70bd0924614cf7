"""Signals as they were raised and told, for a page to show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from caseness.feedback import NOT_MEASURED, Urgency
from caseness.instruments import instrument
from caseness.web.attention.models import RaisedSignal

_FIELDS = (
    "key", "referral_id", "kind", "instrument_id", "urgency", "since", "told", "acknowledged", "acknowledged_by__name", "ended",
)  # fmt: skip
# The colour of a tag says no more than its words do.
COLOURS = {
    Urgency.AT_ONCE: "red",
    Urgency.NEXT_SESSION: "orange",
    Urgency.SUPERVISION: "yellow",
    Urgency.NOTE: "grey",
}


# What a line has room for. Opened, it says it in full.
_SHORT = {
    Urgency.AT_ONCE: "the same day",
    Urgency.NEXT_SESSION: "next session",
    Urgency.SUPERVISION: "supervision",
    Urgency.NOTE: "information",
}


@dataclass(frozen=True)
class HeldSignal:
    """One raised signal, in the words in which it was raised."""

    key: UUID
    referral_id: int
    kind: str
    questionnaire: str
    urgency: Urgency
    since: date
    title: str
    why: str
    rests_on: str
    accuracy: str
    consider: tuple[str, ...]
    acknowledged: datetime | None
    acknowledged_by: str
    ended: datetime | None

    @property
    def waits(self) -> bool:
        """It holds, and nobody has said that they saw it."""
        return self.ended is None and self.acknowledged is None

    @property
    def needs_attention(self) -> bool:
        """It waits, and is more than information."""
        return self.waits and self.urgency > Urgency.NOTE

    @property
    def was_measured(self) -> bool:
        """How often it was right is known here."""
        return self.accuracy != NOT_MEASURED

    @property
    def colour(self) -> str:
        """That of its tag."""
        return COLOURS[self.urgency]

    @property
    def when(self) -> str:
        """When to look at it, in a word or two."""
        return _SHORT[self.urgency]

    @property
    def order(self) -> tuple[bool, int, int, str]:
        """What waits first, and then as `feedback.most_urgent_first`."""
        return not self.waits, -self.urgency, -self.since.toordinal(), self.kind


def signals_that_hold(referrals: Sequence[int]) -> list[HeldSignal]:
    """The signals of some referrals that hold, those to look at first at the top."""
    return _told(RaisedSignal.objects.filter(referral_id__in=referrals, ended__isnull=True))


def all_signals(referral: int) -> list[HeldSignal]:
    """Every signal of one referral, also those that hold no longer."""
    return _told(RaisedSignal.objects.filter(referral_id=referral))


def _told(found: Any) -> list[HeldSignal]:
    return sorted(map(_held, found.values(*_FIELDS)), key=lambda one: one.order)


def _held(row: dict[str, Any]) -> HeldSignal:
    told = row["told"]
    return HeldSignal(
        key=row["key"],
        referral_id=row["referral_id"],
        kind=row["kind"],
        questionnaire=instrument(row["instrument_id"]).short_name if row["instrument_id"] else "",
        urgency=Urgency[row["urgency"].upper()],
        since=row["since"],
        title=told["title"],
        why=told["why"],
        rests_on=told["rests_on"],
        accuracy=told["accuracy"],
        consider=tuple(told["consider"]),
        acknowledged=row["acknowledged"],
        acknowledged_by=row["acknowledged_by__name"] or "",
        ended=row["ended"],
    )


def by_referral(signals: Iterable[HeldSignal]) -> dict[int, tuple[HeldSignal, ...]]:
    """Signals of each referral, in the order in which they came."""
    found: dict[int, tuple[HeldSignal, ...]] = {}
    for one in signals:
        found[one.referral_id] = (*found.get(one.referral_id, ()), one)
    return found
