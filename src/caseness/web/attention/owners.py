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
    there = {one.pk: one for one in members_on(referral.service, day)}
    covers = _covers(referral, day, there)
    answering = (covers.get(one.pk, one) for one in _in_charge(referral, list(there.values())))
    return list({one.user_id: one for one in answering}.values())


def _in_charge(referral: Referral, there: list[Membership]) -> Iterator[Membership]:
    yield from (one for one in there if one.pk == referral.therapist_id)
    supervises = [one for one in there if one.role == Role.SUPERVISOR and one.team_id]
    yield from (one for one in supervises if one.team_id == referral.team_id)
    yield from (one for one in there if one.role == Role.SERVICE_LEAD)


# Of two who cover for one person on a day, the one who was entered last.
def _covers(referral: Referral, day: date, there: dict[int, Membership]) -> dict[int, Membership]:
    found = Cover.objects.filter(away__service=referral.service, first__lte=day, last__gte=day).order_by("pk")
    return {one.away_id: there[one.by_id] for one in found if one.by_id in there}


def next_in(chain: list[Membership], holder: Membership | None) -> Membership | None:
    """Who comes after the one who has it now: the last goes on having it, and nobody has it where there is nobody."""
    if not chain:
        return None
    users = [one.user_id for one in chain]
    place = users.index(holder.user_id) + 1 if holder and holder.user_id in users else 0
    return chain[min(place, len(chain) - 1)]
