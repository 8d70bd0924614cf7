"""Which clients the end of a role leaves without a therapist: listens to what `services` asks before and after it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Q
from django.dispatch import receiver

from caseness.web.accounts.models import User
from caseness.web.caseload.models import Referral
from caseness.web.caseload.staff import CLINICAL
from caseness.web.services.models import Membership, Service, holding_on
from caseness.web.services.role_ends import role_ends


@receiver(role_ends)
def count_left_clients(service: Service, person: User, day: date, ending: Collection[int], **_: Any) -> int:
    """The open clients whom somebody has, where no role is left in which that one sees clients."""
    held = Membership.objects.filter(holding_on(day), service=service, user=person, role__in=CLINICAL)
    if held.exclude(pk__in=ending).exists():
        return 0
    is_open = Q(ended__isnull=True) | Q(ended__gt=day)
    return Referral.objects.filter(is_open, service=service, therapist__user=person, received__lte=day).count()
