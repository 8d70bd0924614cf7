"""A sheet that is imported again must tell of the same courses, or each session of one would stand here twice."""

from __future__ import annotations

from collections.abc import Iterable

from caseness.web.caseload.models import Contact
from caseness.web.exchange.arriving import Row
from caseness.web.exchange.refusals import RecordRefused
from caseness.web.exchange.run import Run


def require_same_courses(run: Run, rows: Iterable[Row]) -> None:
    """Refuse a sheet of which a session is here already, in another course of the same client.

    A course is known by its first day. It has another one where an earlier session was added above it, or where an ending
    was put in or taken away between two of its sessions.

    Raises
    ------
    RecordRefused
        If there is such a session. Nothing is imported.
    """
    told = {row["CareContactId"]: row for row in rows}
    here = Contact.objects.filter(referral__service=run.service, care_contact_id__in=told).select_related("referral")
    for one in here:
        row = told[one.care_contact_id]
        if one.day == row["CareContDate"] and one.referral.service_request_id != row["ServiceRequestId"]:
            raise RecordRefused(
                f"The session {one.care_contact_id} is in this service already, in the course "
                f"{one.referral.service_request_id}, and the sheet has it in the course {row['ServiceRequestId']}. It would "
                "stand there twice. Nothing was imported. Let the course begin and end in the sheet as it did before, and "
                "record the earlier session or the ending in the application."
            )
