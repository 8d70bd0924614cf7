"""Who of a service can be given a client, and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When

from caseness.web.caseload.models import Referral
from caseness.web.services.models import HAS_ACCESS, Membership, Service, Team, holding_on
from caseness.web.services.reader import Reader
from caseness.web.services.roles import Role

CLINICAL = (Role.THERAPIST, Role.SUPERVISOR, Role.SERVICE_LEAD)


def members_on(service: Service, day: date) -> QuerySet[Membership]:
    """Those of a service who see clients, as of a day: it holds then, and they can sign in."""
    found = Membership.objects.filter(holding_on(day), HAS_ACCESS, service=service, role__in=CLINICAL)
    return found.select_related("user", "team").order_by("user__name", "pk")


# Clients are a person's, whatever membership they were given under, and go on being theirs in any role that sees clients.
_OF_WHOEVER_HAS_THEM = Membership.objects.filter(
    role__in=CLINICAL, service=OuterRef("service"), user=OuterRef("therapist__user")
)


def has_therapist(day: date) -> Exists:
    """Of referrals: whoever has the client is there on that day, and sees clients."""
    return Exists(_OF_WHOEVER_HAS_THEM.filter(holding_on(day)))


@dataclass(frozen=True)
class Presence:
    """Who sees clients on a day, and since when the others do not, each by the numbers of a service and a person."""

    there: frozenset[tuple[int, int]]
    left: Mapping[tuple[int, int], date]


def presence_of(people: Iterable[int], day: date) -> Presence:
    """Which of some people see clients on a day, in one query: there are far fewer of them than of their clients."""
    found = Membership.objects.filter(role__in=CLINICAL, user__in=set(people)).order_by("ended")
    there, left = set(), {}
    holds = Case(When(holding_on(day), then=Value(True)), default=Value(False))
    for service, user, ended, is_there in found.annotate(is_there=holds).values_list(
        "service", "user", "ended", "is_there"
    ):
        if is_there:
            there.add((service, user))
        elif ended and ended <= day:
            left[service, user] = ended
    return Presence(frozenset(there), left)


def say_therapist(referral: Referral, day: date) -> str:
    """Who has a client, and if that one is gone, since when. Nothing where nobody ever had the client."""
    if not referral.therapist:
        return ""
    whose = (referral.service_id, referral.therapist.user_id)
    presence = presence_of(whose[1:], day)
    left = presence.left.get(whose)
    name = referral.therapist.user.name
    return f"Nobody (the role of {name} ended on {left:%-d %B %Y})" if left and whose not in presence.there else name


def therapists_for(reader: Reader) -> QuerySet[Membership]:
    """To whom the reader can give a client: a service lead to any, a supervisor to those of the team, a therapist to themselves."""
    found = members_on(reader.service, reader.today).exclude(care_person_id="")
    match reader.role:
        case Role.SERVICE_LEAD:
            return found
        case Role.SUPERVISOR:
            return found.filter(team=reader.team) if reader.team else found.none()
        case Role.THERAPIST:
            return found.filter(pk=reader.membership.pk)
        case _:
            return found.none()


def teams_for(reader: Reader) -> QuerySet[Team]:
    """The teams that the reader can give a client to."""
    found = Team.objects.filter(service=reader.service)
    if reader.role == Role.SERVICE_LEAD:
        return found
    return found.filter(pk=reader.team.pk) if reader.team else found.none()
