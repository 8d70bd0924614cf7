"""What is said when scores were saved, and which other questionnaires can be entered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from caseness.instruments import Instrument, instrument, instruments
from caseness.web.attention.models import RiskAlert
from caseness.web.attention.risk import answer_of
from caseness.web.caseload.models import Score
from caseness.web.caseload.sheets import can_be_entered, has_entered_total

_NO_CONTACT = "No appointment of that day is recorded as kept: record it, so that the session counts."


@dataclass(frozen=True)
class AlsoChoice:
    """The questionnaires that are on the page, and the others that can be put there."""

    shown: tuple[Instrument, ...]

    @property
    def others(self) -> tuple[Instrument, ...]:
        """Those that are not on the page."""
        return tuple(one for one in instruments() if one not in self.shown and can_be_entered(one))


def page_of_alert(saved: Sequence[Score]) -> str:
    """The address of the first alert that the scores fired; empty where they fired none."""
    alert = RiskAlert.objects.filter(score__in=saved, closed__isnull=True).order_by("pk").first()
    return reverse("risk-alert", args=(alert.key,)) if alert else ""


def say_saved(saved: Sequence[Score]) -> str:
    """What was saved, without a number of anybody's, and what of it asks for thought."""
    names = [instrument(one.instrument_id).short_name for one in saved]
    told = [f"Saved: {', '.join(names)}."]
    told += [said for name, one in zip(names, saved, strict=True) if (said := _say_blanks(name, one))]
    told += [
        f"The item of {name} about risk has no answer. Ask."
        for name, one in zip(names, saved, strict=True)
        if _lacks_risk(one)
    ]
    told += [_NO_CONTACT] if saved[0].contact_id is None else []
    return " ".join(told)


def _say_blanks(name: str, score: Score) -> str:
    blank = list(score.items).count(None)
    lack = f"{blank} of {len(score.items)} questions have no answer"
    if not blank:
        return ""
    if score.total is None:
        return f"{name} is incomplete: {lack}, so it has no total. What was answered is saved. Complete it on the client's page."
    if has_entered_total(score):
        return f"{name} has the total that was entered: {lack}."
    return f"{name} was worked out from the answers that were given: do not submit it."


def _lacks_risk(score: Score) -> bool:
    return bool(score.items) and instrument(score.instrument_id).risk is not None and answer_of(score) is None
