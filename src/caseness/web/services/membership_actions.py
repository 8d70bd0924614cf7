"""Giving, ending and changing what somebody is in a service."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from caseness.errors import LastAdministrator
from caseness.web.accounts.models import User
from caseness.web.events.models import Kind
from caseness.web.services.membership_rules import require_not_held, require_open, require_own_identifier
from caseness.web.services.models import HAS_ACCESS, Membership, Service, Team, holding_on
from caseness.web.services.reader import Reader
from caseness.web.services.roles import Role


@transaction.atomic
def give_membership(
    *, by: Reader, person: User, role: Role, team: Team | None, care_person_id: str, first: date, last: date | None
) -> Membership:
    """Somebody belongs to the reader's service from the first to the last day, or until it is ended.

    Raises
    ------
    MembershipRefused
        If the person has the role already, or another has the identifier.
    """
    service = Service.objects.select_for_update().get(pk=by.service.pk)
    ended = last + timedelta(days=1) if last else None
    require_not_held(service=service, person=person, role=role, team=team, first=first, ended=ended)
    require_own_identifier(service=service, person=person, care_person_id=care_person_id, first=first, ended=ended)
    given = Membership.objects.create(
        user=person, service=by.service, team=team, role=role, care_person_id=care_person_id, started=first, ended=ended
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
    MembershipRefused
        If it has ended already.
    """
    require_open(membership, on)
    _require_another_administrator(by, membership)
    membership.ended = max(on, membership.started)
    membership.save(update_fields=["ended"])
    by.tell(Kind.CHANGED, "membership", key=membership.key, fields=["ended"])


@transaction.atomic
def move_member(*, by: Reader, membership: Membership, role: Role, team: Team | None, on: date) -> Membership:
    """From that day the same person is something else in the service. What they did before stays told of the former.

    Their clients stay theirs: a client is a person's, whatever membership the client was given under.
    """
    require_open(membership, on)
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


@transaction.atomic
def change_identifier(*, by: Reader, membership: Membership, care_person_id: str) -> Membership:
    """Say by which identifier the record knows somebody. What is recorded already keeps the former.

    Raises
    ------
    MembershipRefused
        If the membership has ended, or another person has the identifier.
    """
    require_open(membership, by.today)
    service = Service.objects.select_for_update().get(pk=by.service.pk)
    require_own_identifier(
        service=service, person=membership.user, care_person_id=care_person_id, first=membership.started,
        ended=membership.ended,
    )  # fmt: skip
    membership.care_person_id = care_person_id
    membership.save(update_fields=["care_person_id"])
    by.tell(Kind.CHANGED, "membership", key=membership.key, fields=["care_person_id"])
    return membership


# The row of the service is held until the transaction ends, so that two administrators cannot remove each other at once.
# Somebody who was invited and has set no password yet cannot manage anything, and one whose time runs out will not.
def _require_another_administrator(by: Reader, leaving: Membership) -> None:
    if leaving.role != Role.ADMINISTRATOR:
        return
    service = Service.objects.select_for_update().get(pk=by.service.pk)
    able = service.memberships.filter(holding_on(by.today), HAS_ACCESS, role=Role.ADMINISTRATOR, ended=None)
    if not able.exclude(pk=leaving.pk).exists():
        raise LastAdministrator(service.name)
