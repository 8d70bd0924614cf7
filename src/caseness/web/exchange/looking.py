"""After an import, each open referral is looked at: what holds of it is raised, as if its last score had been saved here."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from django.db import connection
from django.utils import timezone

from caseness.web.attention.raising import look_again
from caseness.web.caseload.models import Referral
from caseness.web.services.models import Service

_AT_ONCE = 200
# SQLite lets one write, and whoever waits asks again each tenth of a second. Without a pause they would find it taken each time.
_TURN, _PAUSE = 20, 0.12


def look_at_all(service: Service, now: datetime, tell: Callable[[str], None] = lambda step: None) -> int:
    """Look at every open referral of a service, each in a transaction of its own. Gives how many there are."""
    opened = Referral.objects.filter(service=service, ended=None, received__lte=timezone.localdate(now))
    # No statement is left open while others write.
    keys = list(opened.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), _AT_ONCE):
        tell("signals")
        found = list(opened.select_related("service", "client").filter(pk__in=keys[start : start + _AT_ONCE]))
        for number, referral in enumerate(found, 1):
            look_again(referral, now=now)
            if number % _TURN == 0:
                _let_others_write()
    return len(keys)


def _let_others_write() -> None:
    if connection.vendor == "sqlite":
        time.sleep(_PAUSE)
