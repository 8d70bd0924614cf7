"""Rows that no page of the application changes: kept whole, with the months in which they were sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, islice

from caseness.record import Table
from caseness.record.model import OWN_MONTH
from caseness.web.exchange.arriving import Row
from caseness.web.exchange.ledger import Ledger, Version, plain
from caseness.web.exchange.run import Run
from caseness.web.exchange.shapes import HEADER, KEPT

_AT_ONCE = 1000
_PARENTS = ("LocalPatientId", "ServiceRequestId")
_OF_CLIENT = "of_client"


def write_kept(run: Run) -> None:
    """Every table that is no model, one after the other."""
    for declared in KEPT:
        # A submission of many months stands for none of them, so its header is not given back.
        if declared.id == HEADER and not any(run.arrival.months.values()):
            continue
        run.tell(declared.title.lower())
        for found in _pieces(run, declared):
            ledger = Ledger.of(run.service, declared.id, {client for client, _ in found})
            for client, (row, months) in found:
                ledger.add(client, plain(row), months or own_month(declared, row))
            keep(run, ledger)


def keep_rows(run: Run, submission: int, table_id: str, rows: list[tuple[int | None, Row]]) -> None:
    """Keep rows of one submission that a model cannot hold whole."""
    if not rows:
        return
    month = run.arrival.months[submission]
    ledger = Ledger.of(run.service, table_id, {client for client, _ in rows})
    for client, row in rows:
        ledger.add(client, plain(row), [month] if month else [])
    keep(run, ledger)


def keep(run: Run, ledger: Ledger) -> None:
    """Write what is new in a ledger. A row that was sent in one month more says nothing new of a client."""
    run.count("rows kept", (row.client_id for row in ledger.new if row.client_id is not None))
    of_nobody = sum(row.client_id is None for row in ledger.new)
    run.counts["rows kept"] += of_nobody + ledger.save() - len(ledger.new)


def own_month(declared: Table, row: Row) -> tuple[str, ...]:
    """The month of a row that is sent once, by the first of its dates.

    >>> from datetime import date
    >>> from caseness.record import table
    >>> own_month(table("EXT02"), {"EndingReviewDate": date(2025, 4, 7)}), own_month(table("IDS002"), {})
    (('2025-04',), ())
    """
    if declared.flows != OWN_MONTH:
        return ()
    days = (row.get(one.name) for one in declared.columns if one.type == "date")
    return tuple(f"{day:%Y-%m}" for day in islice(filter(None, days), 1))


def parent_of(declared: Table) -> str:
    """The column that says whose a row is, or nothing."""
    names = {one.name for one in declared.columns}
    return next((name for name in _PARENTS if name in names), "")


def _pieces(run: Run, declared: Table) -> Iterator[list[tuple[int | None, Version]]]:
    """Rows with their clients, all of a client in one piece."""
    parent = parent_of(declared)
    versions = run.arrival.versions(declared.id, (parent or declared.key[0],))
    groups = groupby(_known(run, parent, versions), lambda each: each[0])
    while piece := [each for _, group in islice(groups, _AT_ONCE) for each in group]:
        yield piece


def _known(run: Run, parent: str, versions: Iterable[Version]) -> Iterator[tuple[int | None, Version]]:
    for row, months in versions:
        client = _client(run, parent, row)
        if parent and client is None:
            run.counts["rows without their parent"] += 1
        else:
            yield client, (row, months)


def _client(run: Run, parent: str, row: Row) -> int | None:
    if parent == "LocalPatientId":
        return run.clients.get(row[parent])
    found = run.referrals.get(row[parent]) if parent else None
    return found[1] if found else None
