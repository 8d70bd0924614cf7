"""Giving, ending and changing what somebody is in a service."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from caseness.errors import LastAdministrator
from caseness.web.accounts.models import User
from caseness.web.events.models import Kind
from caseness.web.services.models import Membership, Service, Team
from caseness.web.services.reader import Reader
from caseness.web.services.roles import Role


@transaction.atomic
def give_membership(
    *, by: Reader, person: User, role: Role, team: Team | None, care_person_id: str, first: date, last: date | None
) -> Membership:
    """Somebody belongs to the reader's service from the first to the last day, or until it is ended."""
    given = Membership.objects.create(
        user=person,
        service=by.service,
        team=team,
        role=role,
        care_person_id=care_person_id,
        started=first,
        ended=last + timedelta(days=1) if last else None,
    )
    by.tell(Kind.ADDED, "membership", key=given.key, role=role, person=str(person.key))
    return given


@transaction.atomic
def end_membership(*, by: Reader, membership: Membership, on: date) -> None:
    """From that day it holds no more. One that would have begun later never does.

    Raises
    ------
    LastAdministrator
        If nobody would be left who manages people.
    """
    _require_another_administrator(by, membership)
    membership.ended = max(on, membership.started)
    membership.save(update_fields=["ended"])
    by.tell(Kind.CHANGED, "membership", key=membership.key, fields=["ended"])


@transaction.atomic
def move_member(*, by: Reader, membership: Membership, role: Role, team: Team | None, on: date) -> Membership:
    """From that day the same person is something else in the service. What they did before stays told of the former."""
    if role != Role.ADMINISTRATOR:
        _require_another_administrator(by, membership)
    last = membership.last
    membership.ended = max(on, membership.started)
    membership.save(update_fields=["ended"])
    by.tell(Kind.CHANGED, "membership", key=membership.key, fields=["ended"])
    return give_membership(
        by=by,
        person=membership.user,
        role=role,
        team=team,
        care_person_id=membership.care_person_id,
        first=on,
        last=last,
    )


# The row of the service is held until the transaction ends, so that two administrators cannot remove each other at once.
# Somebody who was invited and has set no password yet cannot manage anything, and one whose time runs out will not.
def _require_another_administrator(by: Reader, leaving: Membership) -> None:
    if leaving.role != Role.ADMINISTRATOR:
        return
    service = Service.objects.select_for_update().get(pk=by.service.pk)
    others = service.memberships.filter(role=Role.ADMINISTRATOR, ended=None, user__is_active=True)
    others = others.exclude(pk=leaving.pk).select_related("user")
    if not any(each.holds_on(by.today) and each.user.has_usable_password() for each in others):
        raise LastAdministrator(service.name)
