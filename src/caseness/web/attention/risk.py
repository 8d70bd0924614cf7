"""Risk alerts: fired when an item is saved, with an owner, and a step up where nobody answers in time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from caseness.instruments import Risk, instrument
from caseness.web.attention.configuration import address_of, escalate_at
from caseness.web.attention.messages import write_message
from caseness.web.attention.models import RiskAlert
from caseness.web.attention.owners import chain_of, next_in
from caseness.web.caseload.models import Referral, Score
from caseness.web.events.models import Kind, record_event
from caseness.web.services.models import Membership
from caseness.web.services.reader import Reader

FIRED = "A risk item was answered"
WAITS = "A risk item waits for somebody"
_TEXT = (
    "In Caseness an item about risk was answered above 0, and it is yours to look at{since}.\n\n{address}\n\n"
    "This mail names nobody. Follow your service's own policy on risk.\n"
)


def fire_alerts(scores: Iterable[Score], *, by: Reader | None, now: datetime) -> list[RiskAlert]:
    """An alert for each score whose risk item was answered above its line, once for a score."""
    return [_fire(score, by, now) for score in scores if _asks(score) and not hasattr(score, "risk_alert")]


def _fire(score: Score, by: Reader | None, now: datetime) -> RiskAlert:
    referral, change = score.referral, change_of(score)
    owner = next_in(chain_of(referral, timezone.localdate(now)), None)
    alert = RiskAlert.objects.create(
        referral=referral, score=score, change=change, answer=int(answer_of(score) or 0), fired=now, owner=owner,
        escalate_at=escalate_at(now, change),
    )  # fmt: skip
    _tell(Kind.ADDED, alert, by, owner=str(owner.key) if owner else None)
    if owner:
        _write(owner, alert, f"risk:{alert.key}:fired", FIRED, "", now)
    return alert


def step_up(alert: RiskAlert, now: datetime) -> None:
    """Give an alert that nobody acknowledged to the next in charge. The last in charge is reminded.

    The caller holds the row. The time of the next step is set in the same transaction, so that a step is made once.
    """
    chain = chain_of(alert.referral, timezone.localdate(now))
    alert.escalated_to = next_in(chain, alert.escalated_to or alert.owner)
    due, alert.escalated, alert.escalate_at = alert.escalate_at, now, escalate_at(now, alert.change)
    alert.save(update_fields=("escalated", "escalated_to", "escalate_at"))
    to = alert.escalated_to
    _tell(Kind.ESCALATED, alert, None, to=str(to.key) if to else None)
    if to:
        since = f", since nobody has acknowledged it for {_hours(now, alert)}"
        _write(to, alert, f"risk:{alert.key}:{due:%Y%m%d%H%M%S}", WAITS, since, now)


def answer_of(score: Score) -> float | None:
    """The answer to the risk item of a score, None where it was not answered, or there is none."""
    risk = _risk_of(score)
    return score.items[risk.item - 1] if risk and len(score.items) >= risk.item else None


def change_of(score: Score) -> str:
    """How the answer lies beside the one before it, of the same questionnaire: new, increased, unchanged or decreased."""
    now, before = answer_of(score) or 0, _answer_before(score)
    risk = _risk_of(score)
    if before is None or risk is None or before <= risk.above:
        return RiskAlert.NEW
    if now == before:
        return RiskAlert.UNCHANGED
    return RiskAlert.INCREASED if now > before else RiskAlert.DECREASED


def _risk_of(score: Score) -> Risk | None:
    return instrument(score.instrument_id).risk if score.instrument_id else None


def _asks(score: Score) -> bool:
    risk, answer = _risk_of(score), answer_of(score)
    return bool(score.is_current and risk and answer is not None and answer > risk.above)


# A score that this one corrects is none that came before it.
def _answer_before(score: Score) -> float | None:
    course = score.referral.scores.filter(instrument_id=score.instrument_id, is_current=True, day__lte=score.day)
    place = (score.day, score.time is None, score.time, score.pk)
    before = [one for one in course.exclude(pk=score.pk) if (one.day, one.time is None, one.time, one.pk) < place]
    ordered = sorted(before, key=lambda one: (one.day, one.time is None, one.time, one.pk), reverse=True)
    return next((found for one in ordered if (found := answer_of(one)) is not None), None)


def _hours(now: datetime, alert: RiskAlert) -> str:
    hours = int((now - alert.fired).total_seconds() // 3600)
    return f"{hours} hour{'' if hours == 1 else 's'}"


def _write(to: Membership, alert: RiskAlert, about: str, subject: str, since: str, now: datetime) -> None:
    text = _TEXT.format(since=since, address=address_of(reverse("risk-alert", args=(alert.key,))))
    write_message(to=to, about=about, subject=subject, text=text, now=now)


def _tell(kind: Kind, alert: RiskAlert, by: Reader | None, **details: Any) -> None:
    referral: Referral = alert.referral
    client: UUID = referral.client.key
    if by:
        by.tell(kind, "risk alert", client=client, key=alert.key, **details)
    else:
        record_event(kind, "risk alert", service=referral.service.key, by=None, client=client, key=alert.key, **details)
