"""Who answers for a client's risk: the therapist, or who covers; else the team's supervisor; else a service lead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from caseness.web.attention.models import Cover
from caseness.web.caseload.models import Referral
from caseness.web.caseload.staff import members_on
from caseness.web.services.models import Membership
from caseness.web.services.roles import Role


def chain_of(referral: Referral, day: date) -> list[Membership]:
    """Those who answer for a referral on a day, the first in charge first. Each is replaced by who covers for them.

    It is empty only where a service has nobody in charge: no therapist for the client, no supervisor, no service lead.
    """
    there = list(members_on(referral.service, day))
    covers = _covers(referral, day, there)
    answering = (covers.get(one.user_id, one) for one in _in_charge(referral, there))
    return list({one.user_id: one for one in answering}.values())


# Clients are a person's, whatever membership they were given under: whoever is moved goes on answering for them.
def _in_charge(referral: Referral, there: list[Membership]) -> Iterator[Membership]:
    if referral.therapist:
        yield from _of_person(referral.therapist, there)
    supervises = [one for one in there if one.role == Role.SUPERVISOR and one.team_id]
    yield from (one for one in supervises if one.team_id == referral.team_id)
    yield from (one for one in there if one.role == Role.SERVICE_LEAD)


# Of two who cover for one person on a day, the one who was entered last.
def _covers(referral: Referral, day: date, there: list[Membership]) -> dict[int, Membership]:
    found = Cover.objects.filter(away__service=referral.service, first__lte=day, last__gte=day).order_by("pk")
    told = ((one.away.user_id, _of_person(one.by, there)) for one in found.select_related("away", "by"))
    return {away: by[0] for away, by in told if by}


def _of_person(member: Membership, there: list[Membership]) -> list[Membership]:
    """What a person is there, that very membership first where it still holds."""
    return sorted((one for one in there if one.user_id == member.user_id), key=lambda one: one.pk != member.pk)


def next_in(chain: list[Membership], holder: Membership | None) -> Membership | None:
    """Who comes after the one who has it now: the last goes on having it, and nobody has it where there is nobody."""
    if not chain:
        return None
    users = [one.user_id for one in chain]
    place = users.index(holder.user_id) + 1 if holder and holder.user_id in users else 0
    return chain[min(place, len(chain) - 1)]
