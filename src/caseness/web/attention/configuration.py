"""What a service can set of risk alerts and mails. Each number is assumed: no source gives one."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from caseness.web.attention.models import RiskAlert


def escalate_after(change: str) -> timedelta:
    """How long an alert waits for somebody before it goes a step up. The clock runs at night and at weekends too."""
    soon = change in (RiskAlert.NEW, RiskAlert.INCREASED)
    return timedelta(hours=settings.RISK_HOURS_NEW if soon else settings.RISK_HOURS_KNOWN)


def escalate_at(now: datetime, change: str) -> datetime:
    """When an alert goes a step up."""
    return now + escalate_after(change)


def address_of(path: str) -> str:
    """The address of a page, as it stands in a mail."""
    return f"{settings.ADDRESS.rstrip('/')}{path}"
