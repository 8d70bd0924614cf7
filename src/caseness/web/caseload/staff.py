"""Who of a service can be given a client, and by whom."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery

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


def therapist_left(day: date) -> Subquery:
    """Of referrals without a therapist: the first day on which whoever had the client saw clients no more. Null: nobody had."""
    ended = _OF_WHOEVER_HAS_THEM.filter(ended__lte=day).order_by().values("user")
    return Subquery(ended.annotate(last=Max("ended")).values("last"))


def say_therapist(referral: Referral, day: date) -> str:
    """Who has a client, and if that one is gone, since when. Nothing where nobody ever had the client."""
    if not referral.therapist:
        return ""
    told = Referral.objects.annotate(has_therapist=has_therapist(day), therapist_left=therapist_left(day))
    has, left = told.values_list("has_therapist", "therapist_left").get(pk=referral.pk)
    name = referral.therapist.user.name
    return f"Nobody (the role of {name} ended on {left:%-d %B %Y})" if left and not has else name


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
