"""Appointments: booked, kept, missed or called off, and what was done in them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, time

from django.db import transaction

from caseness.web.caseload.accepting import (
    hold,
    identifier,
    require_alike,
    require_code,
    require_day,
    require_same,
)
from caseness.web.caseload.models import Activity, Contact, Referral
from caseness.web.caseload.refusals import NotAccepted
from caseness.web.events.models import Kind
from caseness.web.services.models import Membership
from caseness.web.services.reader import Reader

_CODES = {
    "attendance": "AttendOrDNACode",
    "appointment_type": "AppType",
    "medium": "ConsMechanism",
    "psychotropic_medication": "PsychMed",
}
_FIELDS = ("day", "time", "minutes", "therapist", *_CODES)


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """One appointment. While `attendance` is blank it is booked. `therapies` are codes of `CodeProcAndProcStatus`."""

    day: date
    time: time | None = None
    appointment_type: str = ""
    medium: str = ""
    attendance: str = ""
    minutes: int | None = None
    psychotropic_medication: str = ""
    therapist: Membership | None = None
    therapies: tuple[str, ...] = ()


@transaction.atomic
def book_contact(*, referral: Referral, by: Reader, entry: uuid.UUID, appointment: Appointment) -> Contact:
    """An appointment, booked or over. The same form counts once.

    Raises
    ------
    NotAccepted
        If a day or a code cannot be, it is still to come and has an attendance, or the form was saved already with
        something else.
    """
    held = hold(referral)
    given = {name: getattr(appointment, name) for name in _FIELDS}
    saved = Contact.every.filter(key=entry, referral=held).first()
    if saved:
        require_same(saved, "day", given)
        done = [one.procedure for one in saved.activities.order_by("pk") if one.procedure]
        require_alike(done == list(appointment.therapies), "day")
        return saved
    _require(held, by, appointment)
    contact = Contact.objects.create(key=entry, referral=held, care_contact_id=identifier(entry), planned="Y", **given)
    _set_therapies(contact, appointment)
    by.tell(Kind.ADDED, "contact", client=held.client.key, key=contact.key)
    return contact


@transaction.atomic
def change_contact(*, contact: Contact, by: Reader, appointment: Appointment) -> Contact:
    """Record what became of an appointment, or put right what is recorded of it.

    Raises
    ------
    NotAccepted
        If a day or a code cannot be, or it was struck out.
    """
    held = hold(contact.referral)
    contact = Contact.every.get(pk=contact.pk)
    if contact.struck:
        raise NotAccepted("day", "This appointment was struck out meanwhile. Add it anew if it took place.")
    _require(held, by, appointment)
    changed = [name for name in _FIELDS if getattr(contact, name) != getattr(appointment, name)]
    for name in changed:
        setattr(contact, name, getattr(appointment, name))
    contact.save(update_fields=changed)
    if _set_therapies(contact, appointment):
        changed.append("therapies")
    by.tell(Kind.CHANGED, "contact", client=held.client.key, key=contact.key, fields=changed)
    return contact


def _require(referral: Referral, by: Reader, appointment: Appointment) -> None:
    require_day(referral, appointment.day, by.today, may_be_later=not appointment.attendance)
    for field, list_id in _CODES.items():
        require_code(list_id, getattr(appointment, field), field)
    for code in appointment.therapies:
        require_code("CodeProcAndProcStatus", code, "therapy")
    if len(set(appointment.therapies)) < len(appointment.therapies):
        raise NotAccepted("second_therapy", "The second therapy is the same as the first. Choose another, or none.")


# The first activity of a contact is its first therapy. One that a score stands under is kept, without a therapy.
def _set_therapies(contact: Contact, appointment: Appointment) -> bool:
    held = list(contact.activities.order_by("pk"))
    wanted = list(appointment.therapies)
    if [one.procedure for one in held if one.procedure] == wanted:
        return False
    for place, code in enumerate(wanted):
        if place < len(held):
            held[place].procedure = code
            held[place].save(update_fields=("procedure",))
        else:
            _add_activity(contact, place, code)
    for one in held[len(wanted) :]:
        _drop_activity(one)
    return True


def _add_activity(contact: Contact, place: int, code: str) -> None:
    person = contact.therapist.care_person_id if contact.therapist else ""
    made = identifier(contact.key, place + 1)
    Activity.objects.create(
        contact=contact, care_activity_id=made, procedure=code, care_person_id=person, minutes=contact.minutes
    )


def _drop_activity(activity: Activity) -> None:
    if activity.scores.exists():
        activity.procedure = ""
        activity.save(update_fields=("procedure",))
    else:
        activity.delete()
