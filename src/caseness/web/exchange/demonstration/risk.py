"""Risk alerts of the demonstration: those of the last days, as they would have fired."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from caseness.web.attention.risk import fire_alerts
from caseness.web.caseload.models import Score
from caseness.web.services.models import Service

_DAYS, _MOST = timedelta(days=6), 12


def fire_recent(service: Service, today: date, now: datetime) -> None:
    """Let the last answers about risk fire their alerts. Older ones were answered, and are not told again."""
    recent = Score.objects.filter(
        referral__service=service, referral__ended=None, day__gt=today - _DAYS, day__lte=today
    )
    told = recent.exclude(items=[]).select_related("referral__client", "referral__service").order_by("-day", "pk")
    found = [score for score in told if score.instrument_id == "phq9" and score.items[8]]
    fire_alerts(found[:_MOST], by=None, now=now)
