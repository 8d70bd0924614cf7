"""Who of a service can be given a client, and by whom."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from caseness.web.services.models import HAS_ACCESS, Membership, Service, Team, holding_on
from caseness.web.services.reader import Reader
from caseness.web.services.roles import Role

CLINICAL = (Role.THERAPIST, Role.SUPERVISOR, Role.SERVICE_LEAD)


def members_on(service: Service, day: date) -> QuerySet[Membership]:
    """Those of a service who see clients, as of a day: it holds then, and they can sign in."""
    found = Membership.objects.filter(holding_on(day), HAS_ACCESS, service=service, role__in=CLINICAL)
    return found.select_related("user", "team").order_by("user__name", "pk")


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
