"""The weekly digest: what waits for somebody, as numbers and a link, without a name."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from caseness.feedback.signal import NOT_SEEN
from caseness.web.attention.configuration import address_of
from caseness.web.attention.messages import write_message
from caseness.web.attention.models import Plan, RaisedSignal, RiskAlert
from caseness.web.caseload.models import Referral
from caseness.web.caseload.staff import members_on
from caseness.web.services.models import Membership, Service

SUBJECT = "Your week in Caseness"
_TEXT = """Good morning,

your open clients: {clients}
signals that nobody has acknowledged: {signals}
clients not seen for 15 days or more: {not_seen}
plans to be reviewed by Sunday: {reviews}
risk items that wait for what was done: {risk}

Your caseload: {caseload}
Risk: {risk_page}

A signal supports discussion and supervision. No signal is no assurance that all is well. This mail names nobody.
"""


def write_digests(now: datetime) -> int:
    """A mail for each person with open clients, once for each week."""
    day = timezone.localdate(now)
    members = (
        (one.service_id, one.user_id, one) for service in Service.objects.all() for one in members_on(service, day)
    )
    # A person is several things, and is written to once.
    once = {(service, user): one for service, user, one in members}
    return sum(_write(one, day, now) for one in once.values())


def _write(member: Membership, day: date, now: datetime) -> bool:
    is_open = Q(received__lte=day) & (Q(ended__isnull=True) | Q(ended__gt=day))
    clients = Referral.objects.filter(is_open, **_theirs(member)).count()
    if not clients:
        return False
    year, week, _ = day.isocalendar()
    numbers = {"clients": clients, **_numbers(member, day)}
    links = {"caseload": address_of(reverse("caseload")), "risk_page": address_of(reverse("risk"))}
    about = f"digest:{member.service_id}:{member.user.key}:{year}-W{week:02}"
    return write_message(to=member, about=about, subject=SUBJECT, text=_TEXT.format(**numbers, **links), now=now)


def _numbers(member: Membership, day: date) -> dict[str, int]:
    held = RaisedSignal.objects.filter(**_theirs(member, "referral__"), ended__isnull=True)
    sunday = day + timedelta(days=6 - day.weekday())
    due = Plan.objects.filter(**_theirs(member, "signal__referral__"), reviewed__isnull=True, review_on__lte=sunday)
    return {
        "signals": held.filter(acknowledged__isnull=True).count(),
        "not_seen": held.filter(kind=NOT_SEEN).count(),
        "reviews": due.count(),
        "risk": RiskAlert.objects.filter(**_theirs(member, "referral__"), closed__isnull=True).count(),
    }


# Under whatever membership of the service they were given: whoever is moved keeps their clients.
def _theirs(member: Membership, path: str = "") -> dict[str, int]:
    return {f"{path}service": member.service_id, f"{path}therapist__user": member.user_id}
