"""After an import, each open referral is looked at: what holds of it is raised, as if its last score had been saved here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from caseness.web.attention.raising import look_again
from caseness.web.caseload.models import Referral
from caseness.web.services.models import Service

_AT_ONCE = 200


def look_at_all(service: Service, now: datetime, tell: Callable[[str], None] = lambda step: None) -> int:
    """Look at every open referral of a service. Gives how many there are."""
    opened = Referral.objects.filter(service=service, ended=None, received__lte=timezone.localdate(now))
    looked = 0
    for referral in opened.select_related("service", "client").order_by("pk").iterator(_AT_ONCE):
        if looked % _AT_ONCE == 0:
            tell("signals")
        look_again(referral, now=now)
        looked += 1
    return looked
