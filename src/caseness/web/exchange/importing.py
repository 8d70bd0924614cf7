"""The import of a checked record into a service: all of it in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from caseness.check import Checked
from caseness.web.events.models import Kind, record_event
from caseness.web.exchange.allocation import allocate
from caseness.web.exchange.answers import write_scores
from caseness.web.exchange.arriving import Arrival, choose_submissions, months_imported
from caseness.web.exchange.client_events import tell_of_clients
from caseness.web.exchange.keeping import write_kept
from caseness.web.exchange.ledger import forget_month
from caseness.web.exchange.looking import look_at_all
from caseness.web.exchange.people import write_people
from caseness.web.exchange.run import Run
from caseness.web.exchange.sessions import write_sessions
from caseness.web.exchange.telling import write_told
from caseness.web.services.models import Service

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Imported:
    """What an import did: months, and how many of each were added, changed, kept or left out."""

    months: tuple[str, ...]
    counts: dict[str, int]


def say_nothing(step: str) -> None:
    """For whoever need not know how far an import has come."""


@transaction.atomic
def import_record(
    *,
    checked: Checked,
    service: Service,
    by: UUID | None,
    now: datetime,
    tell: Tell = say_nothing,
    then_look: bool = True,
) -> Imported:
    """Write what checking left of a record into a service.

    The same record again changes nothing: a submission that was imported is known by its month and the time at which it
    was made. A later month updates, and a later submission of a month replaces what was sent of it.

    Parameters
    ----------
    checked : the record, as `caseness.check` left it
    service : whose it is
    by : the key of whoever imports; None for the operator at the command line
    now : when
    tell : is called with the name of what is written, piece by piece
    then_look : whether signals are raised of what was imported

    Raises
    ------
    RecordRefused
        If the record is of another provider. Nothing is written.
    """
    run = Run(service, choose_submissions(checked, service), now, tell)
    if run.arrival.months:
        _write(run, by)
        if then_look:
            look_at_all(service, now, tell)
    found = Imported(_named(run.arrival), _counts(run, checked))
    record_event(
        Kind.IMPORTED, "record", service=service.key, by=by, at=now, months=list(found.months), counts=found.counts
    )
    return found


def _write(run: Run, by: UUID | None) -> None:
    for month in set(run.arrival.months.values()) & set(months_imported(run.service)):
        forget_month(run.service, month)
    write_people(run)
    for submission in run.arrival.months:
        sessions = write_sessions(run, submission)
        write_scores(run, submission, sessions)
        write_told(run, submission)
    write_kept(run)
    allocate(run)
    tell_of_clients(run, by)


def _named(arrival: Arrival) -> tuple[str, ...]:
    return tuple(sorted(month or "a sheet" for month in arrival.months.values()))


def _counts(run: Run, checked: Checked) -> dict[str, int]:
    rejected = sum(one.unreadable + one.rejected for one in checked.tables.values())
    counts = {**run.counts, "rows rejected": rejected}
    counts |= {f"submissions {why}": count for why, count in run.arrival.left.items()}
    return {name.replace(" ", "_"): count for name, count in counts.items() if count}
