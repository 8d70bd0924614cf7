"""What waits in the teams that somebody answers for, as numbers: no client, no therapist, no key of either."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from caseness.web.attention.models import Plan, RaisedSignal, RiskAlert
from caseness.web.caseload.models import Referral
from caseness.web.caseload.staff import has_therapist
from caseness.web.services.models import Membership, Service
from caseness.web.services.roles import Role

_NO_TEAM = "Clients of no team"
# What is counted, in this order, and how it is told.
CLIENTS, NO_THERAPIST, SIGNALS, RISK, REVIEWS = "clients", "no therapist", "signals", "risk", "reviews"
TOLD = {
    CLIENTS: "open clients",
    NO_THERAPIST: "open clients without a therapist",
    SIGNALS: "signals that nobody has acknowledged",
    RISK: "risk alerts that went a step up, or that nobody acknowledged in time",
    REVIEWS: "plans whose day of review has passed",
}


@dataclass(frozen=True)
class TeamCounts:
    """How much waits in one team; `team` is None for clients of no team."""

    team: int | None
    name: str
    counts: Mapping[str, int]

    @property
    def told(self) -> str:
        """In lines of a mail.

        >>> print(TeamCounts(1, "Alder team", {"clients": 3, "risk": 1}).told)
        Alder team
          open clients: 3
          open clients without a therapist: 0
          signals that nobody has acknowledged: 0
          risk alerts that went a step up, or that nobody acknowledged in time: 1
          plans whose day of review has passed: 0
        """
        return "\n".join([self.name, *(f"  {told}: {self.counts.get(name, 0)}" for name, told in TOLD.items())])


def counts_by_team(service: Service, day: date, now: datetime) -> list[TeamCounts]:
    """Of each team in which anything is, by name, and of no team at the end. Five queries, whatever the size."""
    found: dict[tuple[int | None, str], dict[str, int]] = defaultdict(dict)
    for name, (path, rows) in _counted(service, day, now).items():
        fields = (f"{path}team", f"{path}team__name")
        for row in rows.values(*fields).annotate(many=Count("pk")):
            found[row[fields[0]], row[fields[1]] or _NO_TEAM][name] = row["many"]
    told = [TeamCounts(team, name, counts) for (team, name), counts in found.items()]
    return sorted(told, key=lambda one: (one.team is None, one.name.casefold(), one.team))


def answered_for(members: Iterable[Membership], teams: Iterable[TeamCounts]) -> list[TeamCounts]:
    """Those that somebody answers for, by all that they are: a service lead for each, a supervisor for the own team."""
    roles = {(one.role, one.team_id) for one in members}
    is_lead = any(role == Role.SERVICE_LEAD for role, _ in roles)
    own = {team for role, team in roles if role == Role.SUPERVISOR and team}
    return [one for one in teams if is_lead or one.team in own]


def _counted(service: Service, day: date, now: datetime) -> dict[str, tuple[str, QuerySet[Any]]]:
    is_open = Q(received__lte=day) & (Q(ended__isnull=True) | Q(ended__gt=day))
    waits = Q(escalated__isnull=False) | Q(acknowledged__isnull=True, escalate_at__lte=now)
    held = RaisedSignal.objects.filter(referral__service=service, ended__isnull=True, acknowledged__isnull=True)
    alerts = RiskAlert.objects.filter(waits, referral__service=service, closed__isnull=True)
    plans = Plan.objects.filter(signal__referral__service=service, reviewed__isnull=True, review_on__lt=day)
    clients = Referral.objects.filter(is_open, service=service)
    return {
        CLIENTS: ("", clients),
        NO_THERAPIST: ("", clients.filter(~has_therapist(day))),
        SIGNALS: ("referral__", held),
        RISK: ("referral__", alerts),
        REVIEWS: ("signal__referral__", plans),
    }
