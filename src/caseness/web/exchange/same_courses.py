"""A sheet that is imported again must tell of the same courses, or each session of one would stand here twice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from caseness.web.caseload.models import Contact, Referral
from caseness.web.exchange.arriving import Row
from caseness.web.exchange.refusals import RecordRefused
from caseness.web.exchange.run import Run

_AT_ONCE = 1000
# A referral and a day.
Place = tuple[str, date]


def require_same_courses(run: Run, rows: Iterable[Row]) -> None:
    """Refuse a sheet of which a session is here already, in another course of the same client, or after the end of its course.

    A course is known by its first day. It has another one where an earlier session was added above it, or where an ending
    was put in or taken away between two of its sessions.

    Raises
    ------
    RecordRefused
        If there is such a session. Nothing is imported.
    """
    told = {row["CareContactId"]: row for row in rows}
    here = Contact.every.filter(referral__service=run.service, care_contact_id__in=told).select_related("referral")
    _require_before_end(run, told, {one.care_contact_id for one in here})
    for one in here:
        row = told[one.care_contact_id]
        if one.day == row["CareContDate"] and one.referral.service_request_id != row["ServiceRequestId"]:
            raise RecordRefused(
                f"The session {one.care_contact_id} is in this service already, in the course "
                f"{one.referral.service_request_id}, and the sheet has it in the course {row['ServiceRequestId']}. It would "
                "stand there twice. Nothing was imported. Let the course begin and end in the sheet as it did before, and "
                "record the earlier session or the ending in the application."
            )


def require_free_days(run: Run, rows: Iterable[Row]) -> None:
    """Refuse a sheet with a new session of a day of which its course has one here that the sheet does not know.

    Reading a sheet finds these. One that is left was typed after the sheet was looked through.

    Raises
    ------
    RecordRefused
        If there is such a session. Nothing is imported.
    """
    told = {row["CareContactId"]: (row["ServiceRequestId"], row["CareContDate"]) for row in rows}
    names = list(told)
    for start in range(0, len(names), _AT_ONCE):
        _require_free(run, {name: told[name] for name in names[start : start + _AT_ONCE]}, told)


def _require_free(run: Run, some: Mapping[str, Place], told: Mapping[str, Place]) -> None:
    here = Contact.objects.filter(
        referral__service=run.service, referral__service_request_id__in={referral for referral, _ in some.values()}
    )
    found = list(here.values_list("care_contact_id", "referral__service_request_id", "day"))
    known = {name for name, _, _ in found}
    new = {place for name, place in some.items() if name not in known}
    for name, referral, day in found:
        if name not in told and (referral, day) in new:
            raise RecordRefused(
                f"A session of {day:%-d %B %Y} was recorded here in the course {referral} since the sheet was looked through. "
                "It would stand there twice. Nothing was imported. Check the sheet again."
            )


# Whoever ended a course here may have done so after the sheet was looked through.
def _require_before_end(run: Run, told: Mapping[str, Row], here: Collection[str]) -> None:
    new = [row for name, row in told.items() if name not in here]
    found = Referral.objects.filter(
        service=run.service, service_request_id__in={row["ServiceRequestId"] for row in new}
    )
    ends = dict(found.exclude(ended=None).values_list("service_request_id", "ended"))
    for row in new:
        end = ends.get(row["ServiceRequestId"])
        if end and row["CareContDate"] > end:
            raise RecordRefused(
                f"The course {row['ServiceRequestId']} ended here on {end:%-d %B %Y}, and the sheet has the session "
                f"{row['CareContactId']} after it. Nothing was imported. Open the referral again in the application, or put "
                "the ending into the sheet above the session, and check the sheet again."
            )
