"""Signals, plans and alerts of the clients that a reader sees, and the covers that a reader can set."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from caseness.web.attention.models import Cover, Plan, RaisedSignal, RiskAlert, SignalAudit
from caseness.web.caseload.models import Circumstance, Contact, Goal, Medication, Note, Score
from caseness.web.caseload.scope import referrals_of
from caseness.web.caseload.staff import members_on
from caseness.web.services.models import Membership
from caseness.web.services.reader import Reader
from caseness.web.services.roles import Role

_STRIKEABLE: dict[str, Any] = {
    "goal": Goal,
    "circumstance": Circumstance,
    "medication": Medication,
    "note": Note,
    "contact": Contact,
}
_WITH = ("referral__client", "referral__service", "referral__therapist__user", "referral__team")


def signals_seen_by(reader: Reader) -> QuerySet[RaisedSignal]:
    """The raised signals of the clients that a reader sees."""
    found = RaisedSignal.objects.filter(referral__in=referrals_of(reader))
    return found.select_related(*_WITH, "acknowledged_by", "answered_with")


def find_signal(reader: Reader, key: UUID) -> RaisedSignal:
    """One of them, or a 404 that does not tell whether there is one."""
    return _found(signals_seen_by(reader).filter(key=key))


def find_plan(reader: Reader, key: UUID) -> Plan:
    """One plan after a signal of a client that the reader sees."""
    plans = Plan.objects.filter(signal__referral__in=referrals_of(reader), key=key)
    return _found(plans.select_related("signal__referral__client", "signal__referral__service"))


def alerts_seen_by(reader: Reader) -> QuerySet[RiskAlert]:
    """The risk alerts of the clients that a reader sees, the one that waits longest first."""
    found = RiskAlert.objects.filter(referral__in=referrals_of(reader)).order_by("escalate_at", "pk")
    return found.select_related(
        *_WITH, "score__replaced_by", "owner__user", "escalated_to__user", "acknowledged_by", "closed_by"
    )


def find_alert(reader: Reader, key: UUID) -> RiskAlert:
    """One of them, or a 404."""
    return _found(alerts_seen_by(reader).filter(key=key))


def find_score(reader: Reader, key: UUID) -> Score:
    """A score of a client that the reader sees."""
    found = Score.objects.filter(referral__in=referrals_of(reader), key=key)
    return _found(found.select_related("referral__client", "referral__service", "entered_by"))


def find_contact(reader: Reader, key: UUID) -> Contact:
    """An appointment of a client that the reader sees, and that was not struck out."""
    return _of_client(reader, Contact, key, struck__isnull=True)


def find_goal(reader: Reader, key: UUID) -> Goal:
    """A goal of a client that the reader sees, and that was not struck out."""
    return _of_client(reader, Goal, key, struck__isnull=True)


def find_medication(reader: Reader, key: UUID) -> Medication:
    """A medicine of a client that the reader sees, and that was not struck out."""
    return _of_client(reader, Medication, key, struck__isnull=True)


def find_struck(reader: Reader, kind: str, key: UUID) -> Any:
    """A goal, circumstance, medicine, note or appointment, struck out or not, of a client that the reader sees."""
    return _of_client(reader, _STRIKEABLE[kind], key)


def covered_by(reader: Reader) -> QuerySet[Cover]:
    """The covers that hold today in which the reader stands in for somebody."""
    holds = Q(first__lte=reader.today, last__gte=reader.today)
    return Cover.objects.filter(holds, by__user=reader.user, by__service=reader.service).select_related("away__user")


def covers_set_by(reader: Reader) -> QuerySet[Cover]:
    """The covers that the reader can set and take back."""
    found = Cover.objects.filter(away__in=away_for(reader))
    return found.select_related("away__user", "by__user").order_by("first", "pk")


def covers_to_come(reader: Reader) -> QuerySet[Cover]:
    """Those of them that are not over."""
    return covers_set_by(reader).filter(last__gte=reader.today)


def find_cover(reader: Reader, number: int) -> Cover:
    """One cover that the reader can take back."""
    return _found(covers_set_by(reader).filter(pk=number))


def away_for(reader: Reader) -> QuerySet[Membership]:
    """For whom the reader can set cover: a service lead for all, a supervisor for the team, a therapist for themselves."""
    found = members_on(reader.service, reader.today)
    if reader.role == Role.SERVICE_LEAD:
        return found
    own = Q(user=reader.user)
    return found.filter(own | Q(team=reader.team) if reader.role == Role.SUPERVISOR and reader.team else own)


def standing_in_for(reader: Reader) -> QuerySet[Membership]:
    """Who can stand in: for a service lead everybody who sees clients, for others those of the same team."""
    found = members_on(reader.service, reader.today)
    if reader.role == Role.SERVICE_LEAD:
        return found
    return found.filter(Q(team=reader.team) if reader.team else Q(pk__in=()))


def audit_for(reader: Reader) -> SignalAudit | None:
    """What the worker counted of the signals of the reader's service, None where it has not counted yet."""
    return SignalAudit.objects.filter(service=reader.service).first()


def _of_client(reader: Reader, model: Any, key: UUID, **asked: Any) -> Any:
    found = model._base_manager.filter(referral__in=referrals_of(reader), key=key, **asked)
    return _found(found.select_related("referral__client", "referral__service"))


def _found(found: QuerySet[Any]) -> Any:
    one = found.first()
    if one is None:
        raise Http404
    return one
