"""The courses of a practice sheet and those that are here: which go on, and what becomes of each."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Exists, OuterRef

from caseness.read.practice import KnownCourse, PracticeSheets
from caseness.web.caseload.courses import ATTENDED
from caseness.web.caseload.models import Contact, Referral
from caseness.web.exchange.known_sessions import KnownSessions, known_sessions
from caseness.web.exchange.shapes import REFERRAL
from caseness.web.services.models import Service

GOES_ON = "Added to the course that the client has here."
SAME = "Here already. What is new in it is added."
NEW_CLIENT = "A course of a client who is not here yet."
AFTER_AN_END = "Another course of a client whose courses here have ended."
BESIDE = (
    "Another course of a client who has an open one here: it began later than these rows, the sheet names another day of "
    "referral, several are open, or the sheet goes on with the open one above."
)
# More rows than these tell nothing more.
_MOST_ROWS = 20


def known_courses(service: Service, clients: Collection[str], with_sessions: bool = False) -> Iterator[KnownCourse]:
    """The courses of some clients, by their codes, with the identifiers of their sessions, or with the sessions themselves."""
    found = Referral.objects.filter(service=service, client__local_patient_id__in=clients).select_related("client")
    seen = Contact.objects.filter(referral=OuterRef("pk"), attendance__in=ATTENDED)
    sessions: dict[int, set[str]] = {}
    of_them = Contact.every.filter(referral__service=service, referral__client__local_patient_id__in=clients)
    for referral, contact in of_them.values_list("referral_id", "care_contact_id"):
        sessions.setdefault(referral, set()).add(contact)
    held = known_sessions(service, clients) if with_sessions else KnownSessions()
    for one in found.annotate(was_attended=Exists(seen)).order_by("pk"):
        told: Any = one
        yield KnownCourse(
            one.client.local_patient_id, one.service_request_id, one.received, one.ended is None, told.was_attended,
            frozenset(sessions.get(one.pk, ())), tuple(held.sessions.get(one.pk, ())), held.typed.get(one.pk, {}),
        )  # fmt: skip


def tell_courses(sheet: PracticeSheets, service: Service) -> list[dict[str, Any]]:
    """What becomes of each course of a sheet, and in which row it begins. No value of a row is in it."""
    courses = sheet.tables[REFERRAL].to_pylist()
    here: dict[str, list[KnownCourse]] = {}
    for one in known_courses(service, {row["LocalPatientId"] for row in courses}):
        here.setdefault(one.client, []).append(one)
    goes_on = {course.known.referral for course in sheet.courses if course.known}
    told: dict[str, list[dict[str, Any]]] = {}
    for row, where in zip(courses, sheet.places[REFERRAL], strict=True):
        says = _becomes(row["ServiceRequestId"], here.get(row["LocalPatientId"], []), goes_on)
        places = told.setdefault(says, [])
        if where:
            places.append({"sheet": sheet.sheets[where.sheet - 1].name, "row": where.row})
    order = (BESIDE, AFTER_AN_END, GOES_ON, SAME, NEW_CLIENT)
    return [{"says": says, "count": len(told[says]), "rows": told[says][:_MOST_ROWS]} for says in order if says in told]


def _becomes(referral: str, here: list[KnownCourse], goes_on: Collection[str]) -> str:
    if referral in goes_on:
        return GOES_ON
    if any(one.referral == referral for one in here):
        return SAME
    if not here:
        return NEW_CLIENT
    return BESIDE if any(one.is_open for one in here) else AFTER_AN_END
