"""A client comes, is given to somebody, and goes."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from caseness.web.caseload.accepting import (
    hold,
    identifier,
    require_alike,
    require_code,
    require_day,
    require_month,
    require_past,
    require_same,
    require_text,
)
from caseness.web.caseload.client_details import DETAILS, require_details, require_somebody, say_fields
from caseness.web.caseload.courses import ATTENDED
from caseness.web.caseload.models import Client, Problem, Referral, Reopening
from caseness.web.caseload.refusals import NotAccepted
from caseness.web.caseload.scope import clients_of
from caseness.web.caseload.staff import teams_for, therapists_for
from caseness.web.events.models import Kind
from caseness.web.services.models import Membership, Team
from caseness.web.services.reader import Reader
from caseness.web.services.roles import Role

NO_IDENTIFIER = (
    "The record does not know you yet: you have no identifier in it, so that no client can be yours. Ask the administrator "
    "of your service to enter it."
)
# `FindSchemeInUse`: a code of SNOMED CT is a number, and every other one of ICD-10.
_ICD10, _SNOMED = "01", "04"
_CODES = {
    "source_of_referral": "SourceOfReferralIAPT",
    "was_diagnosed_before": "PrevDiagCondInd",
    "problem": "PresComp",
}
# A year that was mistyped, such as 1900. Records of thirty years ago may still be brought in.
_LONG_AGO = 30
_OF_REFERRAL = ("received", "source_of_referral", "onset_month", "was_diagnosed_before")


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A client who came, and with what. Blank: it is not recorded. Without an identifier one is made."""

    received: date
    local_patient_id: str = ""
    given_name: str = ""
    family_name: str = ""
    birth_date: date | None = None
    nhs_number: str = ""
    gender: str = ""
    ethnic_category: str = ""
    preferred_language: str = ""
    source_of_referral: str = ""
    onset_month: str = ""
    was_diagnosed_before: str = ""
    problem: str = ""
    team: Team | None = None
    therapist: Membership | None = None


@transaction.atomic
def add_referral(*, arrival: Arrival, by: Reader, entry: uuid.UUID) -> Referral:
    """A new client with a referral, or a new referral of a client whom the reader sees. The same form counts once.

    Raises
    ------
    NotAccepted
        If a day or a code cannot be, the identifier is that of a client whom the reader does not see, or the form was
        saved already with something else.
    """
    team = arrival.team or (arrival.therapist.team if arrival.therapist else None)
    given = {"team": team, "therapist": arrival.therapist, **{name: getattr(arrival, name) for name in _OF_REFERRAL}}
    if saved := Referral.objects.filter(key=entry, service=by.service).first():
        require_same(saved, "received", given)
        require_alike(_is_of(arrival, saved, entry), "received")
        return saved
    _require(arrival, by)
    client = _client(arrival, by, entry)
    referral = Referral.objects.create(
        key=entry, service=by.service, client=client, service_request_id=identifier(entry), **given
    )
    if arrival.problem:
        scheme = _SNOMED if arrival.problem.isdigit() else _ICD10
        Problem.objects.create(referral=referral, scheme=scheme, code=arrival.problem, recorded=by.today)
    by.tell(Kind.ADDED, "referral", client=client.key, key=referral.key)
    return referral


@transaction.atomic
def end_referral(*, referral: Referral, by: Reader, ended: date, end_code: str) -> Referral:
    """Close a referral on a day, for a reason of `EndCode`.

    Raises
    ------
    NotAccepted
        If it is closed already, or the day is before the last contact or score, or still to come.
    """
    held = hold(referral)
    if held.ended:
        raise NotAccepted("ended", f"The referral ended on {held.ended:%-d %B %Y} already.")
    if not end_code:
        raise NotAccepted("end_code", "Choose why the referral ends.")
    require_code("EndCode", end_code, "end_code")
    require_day(held, ended, by.today, "ended")
    last = _last_day(held)
    if last and ended < last:
        raise NotAccepted(
            "ended", f"The client was seen, or filled something in, on {last:%-d %B %Y}: end it no earlier."
        )
    held.ended, held.end_code = ended, end_code
    held.save(update_fields=("ended", "end_code"))
    by.tell(Kind.CHANGED, "referral", client=held.client.key, key=held.key, fields=["end_code", "ended"])
    return held


@transaction.atomic
def reopen_referral(*, referral: Referral, by: Reader, entry: uuid.UUID, why: str) -> Reopening:
    """Take back an end that should not have been. It stays to be seen, with the reason, and counts no longer.

    Raises
    ------
    NotAccepted
        If nobody says why, the referral is open, or a newer one of the client is.
    """
    # Whoever adds a referral of the client waits for this, and this for them.
    Client.objects.select_for_update().get(pk=referral.client_id)
    held = hold(referral)
    if saved := Reopening.objects.filter(key=entry, referral=held).first():
        require_same(saved, "why", {"why": why.strip()})
        return saved
    require_text(why, "why", "Write why it is opened again. The end stays to be seen with this reason.")
    if held.ended is None:
        raise NotAccepted("why", "The referral is open: it has no end to take back.")
    if _newer_of(held).filter(ended__isnull=True).exists():
        raise NotAccepted(
            "why", "A newer referral of this client is open. Enter there what follows, or end that first."
        )
    made = Reopening.objects.create(
        key=entry, referral=held, ended=held.ended, end_code=held.end_code, why=why.strip(), by=by.user
    )
    held.ended, held.end_code = None, ""
    held.save(update_fields=("ended", "end_code"))
    fields = ["end_code", "ended"]
    by.tell(Kind.CORRECTED, "referral", client=held.client.key, key=held.key, fields=fields, reopening=str(made.key))
    return made


@transaction.atomic
def allocate_referral(*, referral: Referral, by: Reader, team: Team | None, therapist: Membership | None) -> Referral:
    """Give a client to a team, and to a therapist of it.

    Raises
    ------
    NotAccepted
        If either is none that the reader can give a client to, or the therapist is of another team; or if a supervisor
        names neither, since the client would be seen by a service lead alone.
    """
    held = hold(referral)
    _require_place(by, team, therapist)
    if not team and not therapist and by.role != Role.SERVICE_LEAD:
        raise NotAccepted("team", "Choose a team or a person. Without either only a service lead would see the client.")
    if team and therapist and therapist.team_id not in (None, team.pk):
        raise NotAccepted("therapist", f"{therapist.user.name} is not in {team.name}. Choose somebody of that team.")
    held.team, held.therapist = team or (therapist.team if therapist else None), therapist
    held.save(update_fields=("team", "therapist"))
    by.tell(Kind.CHANGED, "referral", client=held.client.key, key=held.key, fields=["team", "therapist"])
    return held


def _require(arrival: Arrival, by: Reader) -> None:
    for field, list_id in _CODES.items():
        require_code(list_id, getattr(arrival, field), field)
    require_month(arrival.onset_month, "onset_month")
    require_past(arrival.received, by.today, "received")
    if by.today.year - arrival.received.year > _LONG_AGO:
        raise NotAccepted("received", f"This day is more than {_LONG_AGO} years ago. Check the year.")
    require_details(arrival, by.today)
    if arrival.birth_date and arrival.birth_date >= arrival.received:
        raise NotAccepted("birth_date", "The day of birth is before the day of the referral.")
    require_somebody(arrival, arrival.local_patient_id)
    _require_place(by, arrival.team, arrival.therapist)


def _require_place(by: Reader, team: Team | None, therapist: Membership | None) -> None:
    if team and not teams_for(by).filter(pk=team.pk).exists():
        raise NotAccepted("team", "Choose one of the teams that you can give a client to.")
    if therapist == by.membership and not by.membership.care_person_id:
        raise NotAccepted("therapist", NO_IDENTIFIER)
    if therapist and not therapists_for(by).filter(pk=therapist.pk).exists():
        raise NotAccepted("therapist", "Choose one of the people that you can give a client to.")


# Whoever types an identifier that exists must not come to see a client who is not theirs.
def _client(arrival: Arrival, by: Reader, entry: uuid.UUID) -> Client:
    given = {name: getattr(arrival, name) for name in DETAILS}
    local = arrival.local_patient_id.strip() or identifier(entry)
    found = Client.objects.select_for_update().filter(service=by.service, local_patient_id=local).first()
    if found is None:
        return Client.objects.create(service=by.service, local_patient_id=local, **given)
    if not clients_of(by).filter(pk=found.pk).exists():
        raise NotAccepted(
            "local_patient_id",
            "Another client has this identifier. If it is the same person, ask a service lead to add it.",
        )
    _require_same_person(found, given)
    return found


# Whether a form that was saved told of this client. Of one whom it made, what was left blank is blank.
def _is_of(arrival: Arrival, saved: Referral, entry: uuid.UUID) -> bool:
    client, made = saved.client, identifier(entry)
    given = {name: getattr(arrival, name) for name in DETAILS}
    is_made = client.local_patient_id == made
    codes = set(saved.problems.values_list("code", flat=True))
    return (
        (arrival.local_patient_id.strip() or made) == client.local_patient_id
        and codes == ({arrival.problem} if arrival.problem else set())
        and all(_is_same(typed, getattr(client, name)) for name, typed in given.items() if typed or is_made)
    )


# What was typed of somebody who is here is neither dropped nor written over: it may be somebody else.
def _require_same_person(found: Client, given: dict[str, Any]) -> None:
    differ = [name for name, typed in given.items() if typed and not _is_same(typed, getattr(found, name))]
    if differ:
        raise NotAccepted(
            "local_patient_id",
            f"{found.name} has this identifier, and what is recorded differs from what you entered: {say_fields(differ)}. "
            "If it is the same person, leave that blank here, and change it on the page of the client. If it is somebody else, "
            "enter another identifier.",
            client=found.key,
        )


def _is_same(typed: Any, recorded: Any) -> bool:
    return typed == recorded or (isinstance(typed, str) and typed.strip().casefold() == recorded.casefold())


def _last_day(referral: Referral) -> date | None:
    seen = referral.contacts.filter(attendance__in=ATTENDED).aggregate(last=Max("day"))["last"]
    scored = referral.scores.filter(is_current=True).aggregate(last=Max("day"))["last"]
    return max((day for day in (seen, scored) if day), default=None)


# Of two that were received on one day the one that was added later is the newer.
def _newer_of(referral: Referral) -> QuerySet[Referral]:
    later = Q(received__gt=referral.received) | Q(received=referral.received, pk__gt=referral.pk)
    return Referral.objects.filter(later, client_id=referral.client_id)
