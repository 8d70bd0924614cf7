"""Appointments as the page of a client lists them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from caseness.codes import code_list
from caseness.web.caseload.courses import was_attended
from caseness.web.caseload.models import Contact

BOOKED, NOT_RECORDED = "Booked", "Not recorded"
# Short words for the codes of `AttendOrDNACode`, which has the long ones.
_CAME = {
    "5": "Attended",
    "6": "Attended, late",
    "7": "Too late to be seen",
    "3": "Did not attend",
    "2": "Cancelled by client",
    "4": "Cancelled by service",
}


@dataclass(frozen=True)
class Appointment:
    """One appointment in words. `was_attended` is None where nobody has recorded it yet."""

    key: UUID
    day: date
    time: time | None
    purpose: str
    medium: str
    came: str
    was_attended: bool | None
    therapies: str
    minutes: int | None

    @property
    def colour(self) -> str:
        """That of its tag, which says no more than its words."""
        if self.was_attended:
            return "green"
        return {BOOKED: "blue", NOT_RECORDED: "yellow"}.get(self.came, "grey")


def appointments_of(contacts: Iterable[Contact], today: date) -> list[Appointment]:
    """The appointments of a referral, the latest first."""
    found = [_appointment(one, today) for one in contacts]
    return sorted(found, key=lambda one: (one.day, one.time or time.min), reverse=True)


def _appointment(contact: Contact, today: date) -> Appointment:
    therapies = (_meaning("CodeProcAndProcStatus", one.procedure.split(":")[0]) for one in contact.activities.all())
    return Appointment(
        key=contact.key,
        day=contact.day,
        time=contact.time,
        purpose=_meaning("AppType", contact.appointment_type),
        medium=_meaning("ConsMechanism", contact.medium),
        came=_came(contact, today),
        was_attended=was_attended(contact),
        therapies=", ".join(dict.fromkeys(filter(None, therapies))),
        minutes=contact.minutes,
    )


def say_appointment(contact: Contact) -> str:
    """One appointment in a few words, without its day."""
    at = f" at {contact.time:%H:%M}" if contact.time else ""
    came = _CAME.get(contact.attendance, contact.attendance).lower()
    return f"Appointment{at}, {came or 'outcome not recorded'}"


def _came(contact: Contact, today: date) -> str:
    if not contact.attendance:
        return BOOKED if contact.day >= today else NOT_RECORDED
    return _CAME.get(contact.attendance, contact.attendance)


def _meaning(name: str, code: str) -> str:
    return (code_list(name).meaning_of(code) or code) if code else ""


def say_attendance(appointments: Sequence[Appointment]) -> str:
    """What became of appointments, counted, in a sentence.

    >>> say_attendance([])
    'No appointment is recorded yet.'
    """
    counts = Counter(one.came for one in appointments if one.came != BOOKED)
    if not counts:
        return "No appointment is recorded yet."
    return "; ".join(f"{came.lower()}: {many}" for came, many in counts.most_common()).capitalize() + "."
