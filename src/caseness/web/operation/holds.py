"""A legal hold on a client's record: while it stands nothing of the record is erased."""

from __future__ import annotations

from django.db import transaction

from caseness.errors import BadRequest
from caseness.web.caseload.models import Client
from caseness.web.events.models import Kind, record_event
from caseness.web.services.models import Service

LONGEST = 200


@transaction.atomic
def hold_record(service: Service, identifier: str, reason: str) -> Client:
    """Keep a client's record whatever its age. A hold that stands already gets the new reason.

    Raises
    ------
    BadRequest
        If no client of the service has that identifier, or the reason is blank or too long.
    """
    client = _find(service, identifier)
    client.legal_hold = _reason(reason)
    client.save(update_fields=["legal_hold"])
    record_event(
        Kind.CHANGED, "legal hold", service=service.key, by=None, client=client.key, fields=["legal_hold"], is_held=True
    )
    return client


@transaction.atomic
def release_record(service: Service, identifier: str, reason: str) -> Client:
    """Take the hold away. Why stands in the event, since the record tells of it no more.

    Raises
    ------
    BadRequest
        If no client of the service has that identifier, none is held, or the reason is blank or too long.
    """
    client = _find(service, identifier)
    why = _reason(reason)
    if not client.legal_hold:
        raise BadRequest("No legal hold stands on this record, so nothing was changed.")
    client.legal_hold = ""
    client.save(update_fields=["legal_hold"])
    record_event(
        Kind.CHANGED, "legal hold", service=service.key, by=None, client=client.key, fields=["legal_hold"],
        is_held=False, why=why,
    )  # fmt: skip
    return client


def _find(service: Service, identifier: str) -> Client:
    found = Client.objects.select_for_update().filter(service=service, local_patient_id=identifier).first()
    if found is None:
        raise BadRequest(f"No client of {service.name} has this identifier, so nothing was changed.")
    return found


def _reason(text: str) -> str:
    if not 0 < len(text.strip()) <= LONGEST:
        raise BadRequest(f"Give a reason of one to {LONGEST} letters. Nothing was changed.")
    return text.strip()
