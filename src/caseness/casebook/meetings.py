"""Appointments: how each went, what was done, by which therapist in turn, and the stretches without any."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise

from caseness.casebook.model import (
    ATTENDED,
    CANCELLED_BY_PERSON,
    CANCELLED_BY_PROVIDER,
    NOT_ATTENDED,
    NOT_RECORDED,
    Meeting,
    Stretch,
)
from caseness.casebook.rows import CaseRows, Row
from caseness.codes import code_list
from caseness.derive.contact import ASSESSMENT, FOLLOW_UP, TREATMENT
from caseness.record import SUBMISSION

CONTACT, ACTIVITY = "IDS201CareContact", "IDS202CareActivity"
# So many days without an attended contact are shown as a stretch. Assumed: ours, twice the usual two weeks; no source sets it.
STRETCH_DAYS = 28
_ATTENDANCE = {
    "5": ATTENDED,
    "6": ATTENDED,
    "7": NOT_ATTENDED,
    "3": NOT_ATTENDED,
    "2": CANCELLED_BY_PERSON,
    "4": CANCELLED_BY_PROVIDER,
}
Key = tuple[int, str]


@dataclass(frozen=True)
class Waits:
    """Days from the referral to the first assessment and the first treatment, and from that to the second. None where there is none."""

    to_assessment: int | None
    to_treatment: int | None
    to_second: int | None


def meetings_of(rows: CaseRows, received: date) -> tuple[Meeting, ...]:
    """The appointments of a course by day and time. One that the record holds twice is there once."""
    contacts = sorted(_once(rows.rows(CONTACT)), key=order_of)
    done = _activities(rows)
    therapists = _numbered(each["CarePersLocalId"] for one in contacts for each in done.get(key_of(one), ()))
    return tuple(_meeting(one, done.get(key_of(one), ()), therapists, received) for one in contacts)


def key_of(contact: Row) -> Key:
    """What tells a contact from others: another month may use its identifier again."""
    return contact[SUBMISSION], contact["CareContactId"]


def order_of(contact: Row) -> tuple[date, time, int]:
    """The order of contacts: by day, time and row. A blank time is the start of the day."""
    return contact["CareContDate"], contact["CareContTime"] or time.min, contact["row_id"]


def attendance_of(contact: Row) -> str:
    """How an appointment went. One that was not planned was attended, as the official measures have it.

    >>> attendance_of({"AttendOrDNACode": "3", "PlannedCareContIndicator": "Y"})
    'did not attend'
    """
    if contact["PlannedCareContIndicator"] == "N":
        return ATTENDED
    return _ATTENDANCE.get(contact["AttendOrDNACode"] or "", NOT_RECORDED)


def stretches_in(meetings: Sequence[Meeting]) -> tuple[Stretch, ...]:
    """The stretches of `STRETCH_DAYS` and more between attended contacts, in order."""
    attended = sorted({one.day for one in meetings if one.was_attended})
    return tuple(
        _stretch(meetings, since, until) for since, until in pairwise(attended) if until - since >= STRETCH_DAYS
    )


def waits_of(meetings: Sequence[Meeting]) -> Waits:
    """How long the person waited."""
    treated = [one.day for one in meetings if one.was_attended and one.is_treatment]
    assessed = [one.day for one in meetings if one.was_attended and one.is_assessment]
    second = treated[1] - treated[0] if len(treated) > 1 else None
    return Waits(min(assessed, default=None), min(treated, default=None), second)


def _once(contacts: Iterable[Row]) -> Iterable[Row]:
    return {(each["CareContactId"], each["CareContDate"], each["CareContTime"]): each for each in contacts}.values()


def _activities(rows: CaseRows) -> Mapping[Key, list[Row]]:
    found: dict[Key, list[Row]] = {}
    for each in rows.rows(ACTIVITY):
        found.setdefault(key_of(each), []).append(each)
    return found


def _numbered(staff: Iterable[str | None]) -> Mapping[str, int]:
    return {name: number for number, name in enumerate(dict.fromkeys(filter(None, staff)), start=1)}


def _meeting(contact: Row, activities: Sequence[Row], therapists: Mapping[str, int], received: date) -> Meeting:
    purpose = contact["AppType"]
    seen = [therapists[each["CarePersLocalId"]] for each in activities if each["CarePersLocalId"]]
    return Meeting(
        (contact["CareContDate"] - received).days,
        attendance_of(contact),
        meaning("AppType", purpose),
        purpose in ASSESSMENT,
        purpose in TREATMENT,
        purpose == FOLLOW_UP,
        meaning("ConsMechanism", contact["ConsMechanism"]),
        contact["ClinContDurOfCareCont"],
        _therapies(activities),
        _intensities(activities),
        seen[0] if seen else None,
        meaning("PsychMed", contact["PsychMed"]),
    )


def _therapies(activities: Sequence[Row]) -> tuple[str, ...]:
    told = (meaning("CodeProcAndProcStatus", each["CodeProcAndProcStatus"]) for each in activities)
    return tuple(dict.fromkeys(filter(None, told)))


def _intensities(activities: Sequence[Row]) -> tuple[str, ...]:
    found = (code_list("CodeProcAndProcStatus").find(each["CodeProcAndProcStatus"]) for each in activities)
    return tuple(dict.fromkeys(one.group for one in found if one is not None))


def meaning(name: str, code: str | None) -> str:
    """What a code means in the words of its list, and nothing where it is blank. A code that is not listed is not passed on.

    >>> meaning("AppType", "02"), meaning("AppType", None), meaning("AppType", "77")
    ('Treatment', '', 'a code that is not listed')
    """
    return "" if not code else code_list(name).meaning_of(code) or "a code that is not listed"


def _stretch(meetings: Sequence[Meeting], since: int, until: int) -> Stretch:
    between = [one.attendance for one in meetings if since < one.day < until]
    cancelled = sum(one in (CANCELLED_BY_PERSON, CANCELLED_BY_PROVIDER) for one in between)
    return Stretch(since, until, between.count(NOT_ATTENDED), cancelled)
