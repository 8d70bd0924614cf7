"""The whole life of signals and alerts in the demonstration: raised, acknowledged, planned for, reviewed, and what happened next.

All of it is done by the same actions as on the pages, by the client's therapist on days that are over. The events of it bear the day on
which the demonstration was made.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.db.models import F, Max, Q
from django.utils import timezone

from caseness.web.attention.actions_risk import close_alert
from caseness.web.attention.actions_signals import acknowledge_signal, make_plan, review_plan
from caseness.web.attention.clinical_support import DOMAINS
from caseness.web.attention.models import Message, Plan, RaisedSignal, RiskAlert
from caseness.web.attention.raising import look_again
from caseness.web.attention.risk import fire_alerts, step_up
from caseness.web.caseload.models import Referral, Score
from caseness.web.exchange.demonstration.trimming import ATTENDED
from caseness.web.exchange.demonstration.words import drawn, words
from caseness.web.services.models import Service
from caseness.web.services.reader import Reader

# One in so many open courses is looked at as it was so long ago, so that signals are shown that ended since.
_ONE_IN, _LOOKED_BACK = 4, timedelta(weeks=5)
# Alerts of so many answers of these days were closed. Of the days since the demonstration lets them wait (`risk`).
_CLOSED, _FIRST_DAY, _LAST_DAY = 24, timedelta(days=70), timedelta(days=7)
_DAYS_UNTIL_SEEN = (0, 0, 1, 1, 2, 3, 5, 6, 9, 12)
_WEEKS_UNTIL_REVIEW = (2, 3, 4)
_WITH = ("referral__client", "referral__service", "referral__therapist__user")
_NOTE, _RECENT = "note", timedelta(days=3)
# How often somebody answered: what is recent, what is for information, and the rest. All of it is made up.
_SEEN_RECENT, _SEEN_NOTE, _SEEN, _PLANNED, _TOGETHER, _REVIEWED, _STEPPED_UP = 0.25, 0.5, 0.75, 0.6, 0.7, 0.75, 0.2


@dataclass(frozen=True)
class Told:
    """When the demonstration is made, and the chance by which it goes."""

    now: datetime
    rng: Random

    def chance(self, part: float) -> bool:
        """So often it is so."""
        return self.rng.random() < part

    def at(self, day: date, hour: int = 16) -> datetime:
        """An hour of a day, and never later than now."""
        return min(timezone.make_aware(datetime.combine(day, time(hour, self.rng.randrange(60)))), self.now)


def look_back(service: Service, now: datetime) -> None:
    """Raise what held some weeks ago in some of the courses. Some of it holds no longer when they are looked at today."""
    past = now - _LOOKED_BACK
    opened = Referral.objects.filter(service=service, ended=None, received__lte=timezone.localdate(past))
    for place, referral in enumerate(opened.select_related("service", "client").order_by("pk")):
        if place % _ONE_IN == 0:
            look_again(referral, now=past)


def answer_all(service: Service, now: datetime, rng: Random) -> None:
    """Date the signals back to when they began, close the alerts of the last weeks, and answer signals."""
    told = Told(now, rng)
    _date_back(service, told)
    _close_alerts(service, told)
    waiting = RaisedSignal.objects.filter(
        referral__service=service, referral__therapist__isnull=False, acknowledged=None
    )
    for signal in waiting.select_related("referral__therapist__user", "referral__client").order_by("pk"):
        if told.chance(_part_seen(signal, now)):
            _answer(signal, told)


# Each was raised on the day from which it holds, and ended when the client was last seen.
def _date_back(service: Service, told: Told) -> None:
    came = Q(referral__contacts__attendance__in=ATTENDED, referral__contacts__day__lte=timezone.localdate(told.now))
    found = RaisedSignal.objects.filter(referral__service=service).annotate(
        seen=Max("referral__contacts__day", filter=came)
    )
    changed = list(found.order_by("pk"))
    for one in changed:
        one.raised = told.at(one.since, hour=10)
        if one.ended:
            one.ended = max(one.raised, told.at(one.seen or one.since, hour=17))
    RaisedSignal.objects.bulk_update(changed, ["raised", "ended"], batch_size=500)


def _close_alerts(service: Service, told: Told) -> None:
    today = timezone.localdate(told.now)
    days = {"day__gte": today - _FIRST_DAY, "day__lte": today - _LAST_DAY}
    open_ones = {"referral__service": service, "referral__ended": None, "referral__therapist__isnull": False}
    scores = Score.objects.filter(instrument_id="phq9", **open_ones, **days).exclude(items=[])
    answered = [one for one in scores.select_related(*_WITH).order_by("day", "pk") if one.items[8]]
    for score in sorted(told.rng.sample(answered, min(_CLOSED, len(answered))), key=lambda one: (one.day, one.pk)):
        for alert in fire_alerts([score], by=None, now=told.at(score.day, hour=11)):
            _close(alert, told)
    Message.objects.filter(about__startswith="risk:", to__memberships__service=service).update(sent=F("written"))


def _close(alert: RiskAlert, told: Told) -> None:
    if told.chance(_STEPPED_UP):
        step_up(alert, alert.escalate_at)
    moment = max(alert.escalated or alert.fired, told.at(alert.score.day, hour=told.rng.choice((12, 15, 17))))
    close_alert(alert=alert, by=_therapist(alert.referral, moment), what_was_done=drawn(told.rng, "alerts"), now=moment)


def _part_seen(signal: RaisedSignal, now: datetime) -> float:
    if now - signal.raised < _RECENT:
        return _SEEN_RECENT
    return _SEEN_NOTE if signal.urgency == _NOTE else _SEEN


def _answer(signal: RaisedSignal, told: Told) -> None:
    moment = min(signal.raised + timedelta(days=told.rng.choice(_DAYS_UNTIL_SEEN), minutes=25), told.now)
    by = _therapist(signal.referral, moment)
    if signal.urgency == _NOTE or not told.chance(_PLANNED):
        acknowledge_signal(signal=signal, by=by, now=moment)
        return
    plan = make_plan(
        signal=signal, by=by, entry=uuid.UUID(int=told.rng.getrandbits(128)), domains=_domains(told.rng), now=moment,
        was_made_with_client=told.chance(_TOGETHER),
        review_on=by.today + timedelta(weeks=told.rng.choice(_WEEKS_UNTIL_REVIEW)),
    )  # fmt: skip
    _review(plan, told)


def _review(plan: Plan, told: Told) -> None:
    day = plan.review_on + timedelta(days=told.rng.randrange(4))
    if day >= timezone.localdate(told.now) or not told.chance(_REVIEWED):
        return
    moment = told.at(day)
    by = _therapist(plan.signal.referral, moment)
    happened = told.rng.choices(*zip(*words()["happened"].items(), strict=True))[0]
    review_plan(plan=plan, by=by, what_happened=happened, note=drawn(told.rng, "reviews"), now=moment)


def _domains(rng: Random) -> dict[str, str]:
    chosen = rng.sample([one.id for one in DOMAINS], rng.choice((1, 2, 2, 3)))
    return {name: rng.choice(words()["plans"][name]) for name in chosen}


def _therapist(referral: Referral, moment: datetime) -> Reader:
    assert referral.therapist is not None, "only a client with a therapist is asked for"
    return Reader(referral.therapist.user, referral.therapist, timezone.localdate(moment))
