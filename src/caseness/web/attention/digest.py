"""The weekly digest: what waits for somebody, as numbers and a link, without a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from caseness.feedback.signal import NOT_SEEN
from caseness.web.attention.configuration import address_of
from caseness.web.attention.digest_teams import TeamCounts, answered_for, counts_by_team
from caseness.web.attention.messages import write_message
from caseness.web.attention.models import Plan, RaisedSignal, RiskAlert
from caseness.web.caseload.models import Referral
from caseness.web.caseload.staff import members_on
from caseness.web.services.models import Membership, Service

SUBJECT = "Your week in Caseness"
_TEXT = """Good morning,

{waits}

Your caseload: {caseload}
Risk: {risk_page}

A signal supports discussion and supervision. No signal is no assurance that all is well. This mail names nobody.
"""
_OWN = """your open clients: {clients}
signals that nobody has acknowledged: {signals}
clients not seen for 15 days or more: {not_seen}
plans to be reviewed by Sunday: {reviews}
risk items that wait for what was done: {risk}"""
_TEAMS = "what waits in the teams that you answer for:"


def write_digests(now: datetime) -> int:
    """A mail for each person with open clients, or who answers for a team that has some, once for each week."""
    day = timezone.localdate(now)
    return sum(_write_of_service(service, day, now) for service in Service.objects.all())


# A person is several things, and is written to once.
def _write_of_service(service: Service, day: date, now: datetime) -> int:
    teams = counts_by_team(service, day, now)
    people: dict[int, list[Membership]] = defaultdict(list)
    for one in members_on(service, day):
        people[one.user_id].append(one)
    return sum(_write(members, answered_for(members, teams), day, now) for members in people.values())


def _write(members: Sequence[Membership], teams: Sequence[TeamCounts], day: date, now: datetime) -> bool:
    member, own = members[0], _say_own(members[0], day)
    waits = "\n\n".join([*([own] if own else []), *([_TEAMS, *(one.told for one in teams)] if teams else [])])
    if not waits:
        return False
    year, week, _ = day.isocalendar()
    links = {"caseload": address_of(reverse("caseload")), "risk_page": address_of(reverse("risk"))}
    about = f"digest:{member.service_id}:{member.user.key}:{year}-W{week:02}"
    return write_message(to=member, about=about, subject=SUBJECT, text=_TEXT.format(waits=waits, **links), now=now)


def _say_own(member: Membership, day: date) -> str:
    is_open = Q(received__lte=day) & (Q(ended__isnull=True) | Q(ended__gt=day))
    clients = Referral.objects.filter(is_open, **_theirs(member)).count()
    return _OWN.format(clients=clients, **_numbers(member, day)) if clients else ""


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
