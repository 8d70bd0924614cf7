"""The signal of the risk item beside the alert: what was done about the one answers the other, where one may answer both."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from caseness.feedback.signal import RISK_ITEM
from caseness.web.attention.actions_signals import acknowledge_signal
from caseness.web.attention.models import RaisedSignal, RiskAlert
from caseness.web.attention.scope import signals_seen_by
from caseness.web.services.reader import Reader
from caseness.web.services.roles import Permission


def signals_answered_with(alert: RiskAlert, by: Reader) -> list[RaisedSignal]:
    """The signals that closing the alert acknowledges: those of its score that wait, and that the reader may answer.

    A signal holds on from answer to answer, and each of them fires an alert: while another of the questionnaire is open,
    the signal goes on waiting.
    """
    if not by.may(Permission.ANSWER_SIGNALS) or _others_are_open(alert):
        return []
    score = alert.score
    of_score = Q(score=score) | Q(ended__isnull=True, since__lte=score.day)
    found = signals_seen_by(by).filter(
        of_score, kind=RISK_ITEM, referral=alert.referral, instrument_id=score.instrument_id, acknowledged__isnull=True
    )
    return list(found.order_by("pk"))


def answer_signals(alert: RiskAlert, by: Reader, now: datetime) -> int:
    """Acknowledge them, each with the alert that it was answered with. Gives how many there were."""
    found = signals_answered_with(alert, by)
    for one in found:
        acknowledge_signal(signal=one, by=by, now=now, alert=alert)
    return len(found)


def _others_are_open(alert: RiskAlert) -> bool:
    others = RiskAlert.objects.filter(referral=alert.referral, score__instrument_id=alert.score.instrument_id)
    return others.filter(closed__isnull=True).exclude(pk=alert.pk).exists()
