"""Which referrals and alerts a page of a caseload is about, out of those that its reader sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from caseness.web.attention.caseload_asked import ENDED, NO_THERAPIST, Asked
from caseness.web.attention.models import RiskAlert
from caseness.web.caseload.models import Referral
from caseness.web.caseload.scope import referrals_of
from caseness.web.caseload.staff import has_therapist
from caseness.web.services.models import Team
from caseness.web.services.reader import Reader
from caseness.web.services.roles import Role

# Referrals without a team have this in place of the key of one.
NO_TEAM = "none"


@dataclass(frozen=True)
class WaitingAlert:
    """A risk alert that nobody has acknowledged."""

    key: UUID
    referral_id: int
    client: UUID
    client_key: UUID
    name: str
    change: str
    answer: int
    # The day on which it was answered.
    day: date
    escalate_at: datetime
    owner: str


@dataclass(frozen=True)
class TeamOf:
    """A team of the service, for a reader who sees all of them."""

    key: str
    name: str
    referrals: int


def open_referrals(reader: Reader) -> QuerySet[Referral]:
    """The reader's referrals that are open today."""
    today = reader.today
    return referrals_of(reader).filter(Q(ended__isnull=True) | Q(ended__gt=today), received__lte=today)


def asked_referrals(reader: Reader, asked: Asked) -> QuerySet[Referral]:
    """The referrals that the page is about: open ones or those that ended, of a team, with all of the words."""
    if asked.show == ENDED:
        found = referrals_of(reader).filter(ended__lte=reader.today).order_by("-ended", "-pk")
    else:
        found = open_referrals(reader).order_by("client__family_name", "client__given_name", "pk")
    narrowed = found.filter(_of_team(asked.team), *map(_has, asked.words.split()))
    return narrowed.filter(~has_therapist(reader.today)) if is_across_teams(reader, asked) else narrowed


def names_a_part(asked: Asked) -> bool:
    """A team, or words to look for: a part of a service that a page has room for."""
    return bool(asked.team or asked.words)


def is_across_teams(reader: Reader, asked: Asked) -> bool:
    """Whoever answers for the whole service asks for those without a therapist: nobody chooses a team to find them."""
    return reader.role == Role.SERVICE_LEAD and asked.show == NO_THERAPIST and not names_a_part(asked)


def _of_team(team: str) -> Q:
    if not team:
        return Q()
    if team == NO_TEAM:
        return Q(team__isnull=True)
    return Q(team__key=team) if _is_key(team) else Q(pk__in=())


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _has(word: str) -> Q:
    return (
        Q(client__given_name__icontains=word)
        | Q(client__family_name__icontains=word)
        | Q(client__local_patient_id__icontains=word)
        | Q(service_request_id__iexact=word)
    )


def waiting_alerts(reader: Reader) -> list[WaitingAlert]:
    """The risk alerts of the reader's clients that nobody has acknowledged, those that are escalated first at the top."""
    found = RiskAlert.objects.filter(acknowledged__isnull=True, closed__isnull=True, referral__in=referrals_of(reader))
    ordered = found.select_related("referral__client", "owner__user", "score").order_by("escalate_at", "pk")
    return [
        WaitingAlert(
            key=one.key,
            referral_id=one.referral_id,
            client=one.referral.key,
            client_key=one.referral.client.key,
            name=one.referral.client.name,
            change=one.change,
            answer=one.answer,
            day=one.score.day,
            escalate_at=one.escalate_at,
            owner=one.owner.user.name if one.owner else "",
        )
        for one in ordered
    ]


def teams_of(reader: Reader) -> list[TeamOf]:
    """The teams of the service by name, each with its open referrals; last those that are in no team."""
    counts = dict(open_referrals(reader).order_by().values_list("team_id").annotate(Count("pk")))
    teams = [
        TeamOf(str(one.key), one.name, counts.get(one.pk, 0)) for one in Team.objects.filter(service=reader.service)
    ]
    return [*teams, TeamOf(NO_TEAM, "No team", counts[None])] if None in counts else teams


def count_without_therapist(reader: Reader) -> int:
    """How many open referrals that the reader sees no therapist has."""
    return open_referrals(reader).filter(~has_therapist(reader.today)).count()


def name_of_team(reader: Reader, team: str) -> str:
    """The name of a team of the service; nothing where there is none with that key."""
    found = Team.objects.filter(service=reader.service, key=team).first() if _is_key(team) else None
    return found.name if found else "No team" if team == NO_TEAM else ""
