"""The people, memberships and teams that a reader sees: those of the service."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from caseness.web.accounts.models import User
from caseness.web.services.models import Membership, Team
from caseness.web.services.reader import Reader


def memberships_of(reader: Reader) -> QuerySet[Membership]:
    """All memberships of the service, those that ended and those to come with them."""
    found = Membership.objects.filter(service=reader.service).select_related("user", "team", "service")
    return found.order_by("user__name", "user_id", "-started", "-id")


def find_membership(reader: Reader, key: UUID) -> Membership:
    """One membership of the service; 404 where there is none."""
    return get_object_or_404(memberships_of(reader), key=key)


def people_of(reader: Reader) -> QuerySet[User]:
    """Everybody who belongs, belonged or will belong to the service."""
    return User.objects.filter(memberships__service=reader.service).distinct().order_by("name", "id")


def find_person(reader: Reader, key: UUID) -> User:
    """One of them; 404 where there is none."""
    return get_object_or_404(people_of(reader), key=key)


def teams_of(reader: Reader) -> QuerySet[Team]:
    """The teams of the service."""
    return Team.objects.filter(service=reader.service)


def find_team(reader: Reader, key: UUID) -> Team:
    """One team of the service; 404 where there is none."""
    return get_object_or_404(teams_of(reader), key=key)
