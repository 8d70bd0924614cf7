"""What a membership cannot be: one that is over cannot change, none is given twice, and an identifier is one person's."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q, QuerySet

from caseness.errors import BadRequest
from caseness.web.accounts.models import User
from caseness.web.services.models import Membership, Service, Team
from caseness.web.services.roles import Role


class MembershipRefused(BadRequest):
    """Somebody cannot be given what was asked for in a service. Nothing was saved."""

    exit_code = 33

    def __init__(self, field: str, message: str):
        self.field = field
        super().__init__(message)


def require_open(membership: Membership, on: date) -> None:
    """Refuse a membership that is over: what somebody was until when stays as it was told."""
    if membership.ended is not None and membership.ended <= on:
        raise MembershipRefused(
            "role", "This role has ended already, and stays as it was. Give another role to the person instead."
        )


def require_not_held(
    *, service: Service, person: User, role: Role, team: Team | None, first: date, ended: date | None
) -> None:
    """Refuse a role that the person has on one of the days."""
    same = _during(service, first, ended).filter(user=person, role=role, team=team)
    if same.exists():
        raise MembershipRefused(
            "role", f"{person.name} has this role already. Open the page of the person to change it."
        )


def require_own_identifier(
    *, service: Service, person: User, care_person_id: str, first: date, ended: date | None
) -> None:
    """Refuse an identifier that somebody else has on one of the days. A blank passes: this person gives no therapy."""
    if not care_person_id:
        return
    others = _during(service, first, ended).filter(care_person_id=care_person_id).exclude(user=person)
    if other := others.select_related("user").first():
        raise MembershipRefused("care_person_id", f"{other.user.name} has this identifier. Each person has their own.")


# One that ended on the day on which it would have begun never held.
def _during(service: Service, first: date, ended: date | None) -> QuerySet[Membership]:
    found = service.memberships.filter(Q(ended__isnull=True) | Q(ended__gt=first)).exclude(ended=F("started"))
    return found.filter(started__lt=ended) if ended else found
