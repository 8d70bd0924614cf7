"""Contacts and activities out of a record, month by month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from hashlib import sha256
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

import ibis

from caseness.web.caseload.models import Activity, Contact
from caseness.web.events.models import Event, Kind
from caseness.web.exchange.arriving import Row
from caseness.web.exchange.merging import merge
from caseness.web.exchange.run import Run
from caseness.web.exchange.same_courses import require_free_days, require_same_courses
from caseness.web.exchange.shapes import ACTIVITY, CONTACT

_AT_ONCE = 2000
_LONGEST = 20
_THERAPIST = "of_therapist"
One = TypeVar("One")


@dataclass(frozen=True)
class Held:
    """A contact as its activities and scores need it."""

    pk: int
    referral: int
    day: date
    time: time | None


@dataclass(eq=False)
class Sessions:
    """The contacts and activities of one submission, by the identifiers that it uses."""

    contacts: dict[str, Held] = field(default_factory=dict)
    activities: dict[str, tuple[int, Held]] = field(default_factory=dict)


def write_sessions(run: Run, submission: int) -> Sessions:
    """Write the contacts of one submission, and then what was done in them."""
    sessions = Sessions()
    if not run.arrival.months[submission]:
        require_free_days(run, run.arrival.of(CONTACT, submission))
    told = run.arrival.of(CONTACT, submission, _therapists(run, submission), "CareContactId")
    for rows in pieces(told, _AT_ONCE):
        run.tell("contacts")
        if not run.arrival.months[submission]:
            require_same_courses(run, rows)
        _write_contacts(run, rows, sessions)
    for rows in pieces(run.arrival.of(ACTIVITY, submission), _AT_ONCE):
        run.tell("activities")
        _write_activities(run, rows, sessions)
    return sessions


def pieces(rows: Iterable[One], size: int) -> Iterator[list[One]]:
    """Rows, or keys, so many at once."""
    stream = iter(rows)
    while found := list(islice(stream, size)):
        yield found


def stored_identifier(identifier: str, day: date, taken: bool) -> str:
    """The identifier under which a row is stored: its own, or one that tells the month where another month has used it.

    >>> stored_identifier("C1", date(2025, 4, 2), taken=False), stored_identifier("C1", date(2025, 4, 2), taken=True)
    ('C1', 'C1~202504')
    """
    if not taken:
        return identifier
    told = f"{identifier}~{day:%Y%m}"
    return told if len(told) <= _LONGEST else sha256(told.encode()).hexdigest()[:_LONGEST]


# Where several people took part, one of them stands for the contact. All are in the activities.
def _therapists(run: Run, submission: int) -> ibis.Table | None:
    if not run.therapists or not run.arrival.has(ACTIVITY):
        return None
    rows = run.arrival.kept(ACTIVITY, submission)
    return rows.group_by("CareContactId").agg(**{_THERAPIST: rows.CarePersLocalId.min()})


def _write_contacts(run: Run, rows: list[Row], sessions: Sessions) -> None:
    known = [row for row in rows if row["ServiceRequestId"] in run.referrals]
    run.counts["rows without their parent"] += len(rows) - len(known)
    there = _find_contacts(run, known)
    new, changed = [], []
    for row in known:
        referral = run.referrals[row["ServiceRequestId"]][0]
        contact, taken = _match(there, referral, row["CareContactId"], row["CareContDate"])
        if contact is None:
            new.append(_make_contact(run, row, referral, taken))
            there[referral, new[-1].care_contact_id] = new[-1]
        else:
            changed.append((contact, row))
    Contact.objects.bulk_create(new, batch_size=_AT_ONCE)
    run.count("contacts added", (run.owners[one.referral_id] for one in new))
    run.count("contacts changed", (run.owners[one.referral_id] for one in _update(changed, CONTACT)))
    for row in known:
        referral = run.referrals[row["ServiceRequestId"]][0]
        contact, _ = _match(there, referral, row["CareContactId"], row["CareContDate"])
        assert contact is not None, "Unhandled contact"
        sessions.contacts[row["CareContactId"]] = Held(contact.pk, referral, contact.day, contact.time)


def _find_contacts(run: Run, rows: list[Row]) -> dict[tuple[int, str], Contact]:
    referrals = {run.referrals[row["ServiceRequestId"]][0] for row in rows}
    names = {
        stored_identifier(row["CareContactId"], row["CareContDate"], taken) for row in rows for taken in (False, True)
    }
    found = Contact.every.filter(referral_id__in=referrals, care_contact_id__in=names)
    return {(one.referral_id, one.care_contact_id): one for one in found}


def _match(
    there: Mapping[tuple[int, str], Contact], referral: int, identifier: str, day: date
) -> tuple[Contact | None, bool]:
    """The contact that a row tells of, if it is there, and whether another month has its identifier."""
    first = there.get((referral, identifier))
    if first is None or _same_month(first.day, day):
        return first, False
    return there.get((referral, stored_identifier(identifier, day, taken=True))), True


def _same_month(one: date, other: date) -> bool:
    return (one.year, one.month) == (other.year, other.month)


def _make_contact(run: Run, row: Row, referral: int, taken: bool) -> Contact:
    made = Contact(referral_id=referral, therapist_id=run.therapists.get(row.get(_THERAPIST) or ""))
    merge(made, CONTACT, row)
    _keep_identifier(made, "care_contact_id", "CareContactId", row["CareContDate"], taken)
    return made


def _keep_identifier(made: Any, name: str, column: str, day: date, taken: bool) -> None:
    if taken:
        own = getattr(made, name)
        setattr(made, name, stored_identifier(own, day, taken))
        made.other_columns[column] = own


def _update(changed: list[tuple[Any, Row]], table_id: str) -> list[Any]:
    touched = []
    for one, row in changed:
        stored, others = dict(one.__dict__), dict(one.other_columns)
        fields = merge(one, table_id, row)
        _restore_identifier(one, stored, others)
        if any(one.__dict__[name] != stored[name] for name in fields if name in stored):
            touched.append(one)
    ours = _changed_here(touched)
    told = [one for one in touched if getattr(one, "key", None) not in ours]
    if told:
        fields = [one.name for one in told[0]._meta.concrete_fields if not one.primary_key and one.name != "key"]
        type(told[0]).objects.bulk_update(told, fields, batch_size=200)
    return told


# The identifier that another month has used is stored with its month, and the merge has put the plain one back.
def _restore_identifier(one: Any, stored: dict[str, Any], others: dict[str, Any]) -> None:
    for name, column in (("care_contact_id", "CareContactId"), ("care_activity_id", "CareActId")):
        if name in stored:
            setattr(one, name, stored[name])
            if column in others:
                one.other_columns[column] = others[column]


# What somebody changed here stands, whatever a later submission of the same month says.
def _changed_here(found: list[Any]) -> set[UUID]:
    keys = [one.key for one in found if hasattr(one, "key")]
    if not keys:
        return set()
    told = Event.objects.filter(key__in=keys, kind__in=(Kind.CHANGED, Kind.CORRECTED, Kind.REMOVED))
    return {key for key in told.values_list("key", flat=True) if key is not None}


def _write_activities(run: Run, rows: list[Row], sessions: Sessions) -> None:
    known = [row for row in rows if row["CareContactId"] in sessions.contacts]
    run.counts["rows without their parent"] += len(rows) - len(known)
    contacts = {sessions.contacts[row["CareContactId"]].pk for row in known}
    there = {(one.contact_id, one.care_activity_id): one for one in Activity.objects.filter(contact_id__in=contacts)}
    new, changed = [], []
    for row in known:
        contact = sessions.contacts[row["CareContactId"]]
        activity = there.get((contact.pk, row["CareActId"]))
        if activity is None:
            made = Activity(contact_id=contact.pk)
            merge(made, ACTIVITY, row)
            new.append(made)
            there[contact.pk, row["CareActId"]] = made
        else:
            changed.append((activity, row))
    Activity.objects.bulk_create(new, batch_size=_AT_ONCE)
    owners = {one.pk: run.owners[one.referral] for one in sessions.contacts.values()}
    run.count("activities added", (owners[one.contact_id] for one in new))
    run.count("activities changed", (owners[one.contact_id] for one in _update(changed, ACTIVITY)))
    for row in known:
        contact = sessions.contacts[row["CareContactId"]]
        sessions.activities[row["CareActId"]] = (there[contact.pk, row["CareActId"]].pk, contact)
