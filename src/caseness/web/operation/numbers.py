"""Counts of what waits, for the metrics and for `check`. They name nobody."""

from __future__ import annotations

from datetime import datetime

from django.core.cache import cache

from caseness.web.attention.models import Message, RaisedSignal, RiskAlert

LAST_ROUND = "last-round-of-the-worker"


def signals_raised() -> int:
    """Signals that were ever raised."""
    return RaisedSignal.objects.count()


def alerts_waiting() -> int:
    """Risk alerts that nobody has acknowledged."""
    return RiskAlert.objects.filter(acknowledged__isnull=True).count()


def messages_unsent(before: datetime | None = None) -> int:
    """Mails that wait to be sent; with a time, those that were written before it."""
    waiting = Message.objects.filter(sent__isnull=True)
    return (waiting.filter(written__lt=before) if before else waiting).count()


def note_round(now: datetime) -> None:
    """The worker has done a round."""
    cache.set(LAST_ROUND, now.isoformat(), timeout=None)


def last_round() -> datetime | None:
    """When the worker last did a round, or None."""
    told = cache.get(LAST_ROUND)
    return datetime.fromisoformat(told) if told else None
