"""Two therapists whom one may sign in as have full caseloads: some clients of others are handed over to them."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import F, Max, Q, QuerySet

from caseness.web.caseload.models import Contact, Referral
from caseness.web.exchange.demonstration.staff import sign_ins
from caseness.web.exchange.demonstration.trimming import ATTENDED
from caseness.web.services.models import Membership, Service
from caseness.web.services.roles import Role

_FULL = (54, 48)
# So many referrals wait for somebody to take them.
_WAITING = 12
# Of those who were not seen for long, so many stay: a caseload has some, and not half of it.
_FORGOTTEN, _LONG = 6, timedelta(days=30)


def fill_caseloads(service: Service, today: date) -> None:
    """Give each of the two as many open referrals as a full caseload has."""
    emails = [one.email for one in sign_ins() if one.role == Role.THERAPIST]
    full = {one.user.email: one for one in Membership.objects.filter(service=service).select_related("user")}
    for email, size in zip(emails, _FULL, strict=True):
        _fill(full[email], size, today)


def _fill(member: Membership, size: int, today: date) -> None:
    opened = Referral.objects.filter(service=member.service, ended=None, received__lte=today)
    came = Q(contacts__attendance__in=ATTENDED, contacts__day__lte=today)
    own = opened.filter(therapist=member).annotate(last=Max("contacts__day", filter=came))
    _hand_over(_not_seen(own, today)[_FORGOTTEN:], None, member)
    held = list(opened.filter(therapist=member).order_by("pk").values_list("pk", flat=True))
    _hand_over(held[size:], None, member)
    lacking = size - len(held)
    if lacking > 0:
        taken = [one for one in sign_ins() if one.role == Role.THERAPIST]
        others = opened.exclude(therapist__user__email__in=[one.email for one in taken])
        seen = others.filter(therapist__isnull=False).annotate(last=Max("contacts__day", filter=came))
        found = list(
            seen.order_by(F("last").desc(nulls_last=True), "pk").values_list("pk", flat=True)[: lacking * 2 : 2]
        )
        waiting = others.filter(therapist=None).order_by("received", "pk").values_list("pk", flat=True)
        found += list(waiting)[: max(0, min(lacking - len(found), waiting.count() - _WAITING))]
        _hand_over(found, member, member)


def _not_seen(own: QuerySet[Referral], today: date) -> list[int]:
    since = today - _LONG
    return list(own.filter(last__lt=since).order_by("pk").values_list("pk", flat=True))


def _hand_over(referrals: list[int], to: Membership | None, member: Membership) -> None:
    Referral.objects.filter(pk__in=referrals).update(therapist=to, team=member.team)
    if to is not None:
        Contact.objects.filter(referral__in=referrals).update(therapist=to)
