"""Whose records a reader sees. Every page and action begins here, and nothing else reaches a client."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from caseness.web.caseload.models import Client, Referral
from caseness.web.services.models import Membership
from caseness.web.services.reader import Reader
from caseness.web.services.roles import Permission, Role


def referrals_of(reader: Reader) -> QuerySet[Referral]:
    """The referrals that a reader sees, open and ended, with their clients.

    A service lead sees all of the service, a supervisor those of the team. Supervisor and therapist see those allocated
    to them under any of their memberships of the service, and those of whom they cover for today. Nobody else sees any.
    """
    found = Referral.objects.filter(service=reader.service).select_related("client", "therapist__user", "team")
    return found.filter(_seen_by(reader))


def clients_of(reader: Reader) -> QuerySet[Client]:
    """The clients with a referral that a reader sees."""
    return Client.objects.filter(service=reader.service, referrals__in=referrals_of(reader)).distinct()


def find_referral(reader: Reader, key: UUID) -> Referral:
    """One referral that the reader sees.

    Raises
    ------
    Http404
        If there is none, or it is not theirs: the answer does not tell which.
    """
    found = referrals_of(reader).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def find_client(reader: Reader, key: UUID) -> Client:
    """One client whom the reader sees, with the same error."""
    found = clients_of(reader).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def is_seen_by(reader: Reader, referral: Referral) -> bool:
    """Whether the reader sees the referral, as it is now."""
    return referrals_of(reader).filter(pk=referral.pk).exists()


_NOBODY = Q(pk__in=())


def _seen_by(reader: Reader) -> Q:
    if not reader.may(Permission.READ_CLIENTS):
        return _NOBODY
    match reader.role:
        case Role.SERVICE_LEAD:
            return Q()
        case Role.SUPERVISOR:
            return (Q(team=reader.team) if reader.team else _NOBODY) | _own(reader)
        case _:
            return _own(reader)


# A client is a person's, whatever membership the client was given under: whoever is moved keeps their clients.
def _own(reader: Reader) -> Q:
    return Q(therapist__user=reader.user) | Q(therapist__user__in=_covered_by(reader))


# Whoever stands in for somebody sees that one's clients for as long as the cover holds.
def _covered_by(reader: Reader) -> Any:
    held = Membership.objects.filter(
        service=reader.service,
        covered__by__user=reader.user,
        covered__by__service=reader.service,
        covered__first__lte=reader.today,
        covered__last__gte=reader.today,
    )
    return held.values("user")
