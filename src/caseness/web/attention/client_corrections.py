"""Scores that count no longer: corrected, or taken back. They stay to be seen on the page of the client."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from caseness.instruments import instrument
from caseness.web.caseload.models import Score

BY_AN_IMPORT = "an import"


@dataclass(frozen=True)
class Correction:
    """A score that counts no longer. Without a total it is incomplete. `became` is what counts in its place."""

    name: str
    total: float | None
    day: date
    became: float | None
    is_taken_back: bool
    became_day: date
    by: str
    at: datetime
    why: str


def corrections_of(scores: Iterable[Score]) -> list[Correction]:
    """What was corrected or taken back among all scores of a referral, the last first."""
    held = {one.pk: one for one in scores}
    later = [one for one in held.values() if one.replaces_id in held]
    return [_correction(held[one.replaces_id], one) for one in sorted(later, key=lambda one: one.pk, reverse=True)]


def _correction(old: Score, new: Score) -> Correction:
    # A score that was taken back is told by a row that counts as little. One that was corrected again has a later row.
    is_taken_back = not new.is_current and new.total == old.total and new.day == old.day
    return Correction(
        name=instrument(old.instrument_id).short_name if old.instrument_id else old.tool_code,
        total=None if old.total is None else float(old.total),
        day=old.day,
        became=None if is_taken_back or new.total is None else float(new.total),
        is_taken_back=is_taken_back,
        became_day=new.day,
        by=new.entered_by.name if new.entered_by else BY_AN_IMPORT,
        at=new.entered,
        why=new.why_corrected,
    )
