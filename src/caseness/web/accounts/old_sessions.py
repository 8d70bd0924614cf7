"""Sessions that are over are removed, with what was kept in them."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.models import Session


def remove_old_sessions(now: datetime) -> int:
    """Remove them, and give how many there were. Nobody could sign in by one; it lay there all the same."""
    return Session.objects.filter(expire_date__lte=now).delete()[0]
