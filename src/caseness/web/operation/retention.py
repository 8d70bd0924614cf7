"""Erasing a client's record when its retention is over. A legal hold refuses it, and events stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from caseness.errors import BadRequest
from caseness.web.caseload.models import Client, Contact, Referral
from caseness.web.events.models import Kind, record_event
from caseness.web.operation.erasing import remove_rows, rows_of


@dataclass(frozen=True)
class Due:
    """How many records may be erased, and how many of them a legal hold keeps."""

    free: int
    held: int


def day_before(today: date, years: int) -> date:
    """The same day some years before; the 28th for the 29th of February.

    >>> day_before(date(2024, 2, 29), 1)
    datetime.date(2023, 2, 28)
    """
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return today.replace(year=today.year - years, day=28)


def due_on(today: date, years: int) -> QuerySet[Client]:
    """Clients whose last referral ended, and whose last contact was, before that many years. An open referral keeps all."""
    limit = day_before(today, years)
    is_open = Referral.objects.filter(client=OuterRef("pk"), ended__isnull=True)
    was_seen = Contact.objects.filter(referral__client=OuterRef("pk"), day__gte=limit)
    ended = Client.objects.annotate(last_ended=Max("referrals__ended")).filter(last_ended__lt=limit)
    return ended.filter(~Exists(is_open), ~Exists(was_seen)).order_by("pk")


def count_due(today: date, years: int) -> Due:
    """How many records are due."""
    due = due_on(today, years)
    return Due(due.filter(legal_hold="").count(), due.exclude(legal_hold="").count())


def erase_due(now: datetime, today: date, years: int) -> int:
    """Erase every record that is due and not held, one transaction each, and give how many went."""
    keys = list(due_on(today, years).filter(legal_hold="").values_list("pk", flat=True))
    return sum(erase(key, now=now, today=today, years=years) for key in keys)


@transaction.atomic
def erase(client_id: int, *, now: datetime, today: date, years: int) -> bool:
    """Erase one client's record, and write an event that keeps the key and nothing else.

    Raises
    ------
    BadRequest
        If a legal hold stands, or the retention is not over: looked at again here, under a lock.
    """
    client = Client.objects.select_for_update().get(pk=client_id)
    if client.legal_hold:
        raise BadRequest("A legal hold stands on this record, so nothing of it was erased.")
    if not due_on(today, years).filter(pk=client_id).exists():
        raise BadRequest(f"The retention of {years} years is not over for this record, so nothing of it was erased.")
    remove_rows(rows_of(client))
    record_event(
        Kind.REMOVED,
        "client",
        service=client.service.key,
        by=None,
        client=client.key,
        at=now,
        why="retention",
        years=years,
    )
    return True
