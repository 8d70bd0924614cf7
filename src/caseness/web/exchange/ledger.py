"""The ledger of what was sent: each different row of a table once, with the months in which it was in a submission."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from caseness.web.caseload.models import KeptRow
from caseness.web.exchange.arriving import Row
from caseness.web.exchange.cells import to_plain
from caseness.web.services.models import Service

Version = tuple[Row, tuple[str, ...]]
_AT_ONCE = 1000


def plain(row: Row) -> Row:
    """A row as it is kept: without blanks, as JSON has it."""
    return {name: to_plain(value) for name, value in row.items() if value is not None}


@dataclass(eq=False)
class Ledger:
    """The kept rows of some clients in one table, and what is to be written of them."""

    service: Service
    table: str
    held: dict[tuple[int | None, str], KeptRow] = field(default_factory=dict)
    new: list[KeptRow] = field(default_factory=list)
    grown: list[KeptRow] = field(default_factory=list)

    @classmethod
    def of(cls, service: Service, table: str, clients: Iterable[int | None]) -> Ledger:
        """What is kept of these clients; of None, what is kept of nobody."""
        wanted = set(clients)
        rows = KeptRow.objects.filter(service=service, table=table)
        told = rows.filter(client_id__in=wanted - {None}) if wanted - {None} else rows.none()
        found = [*told, *(rows.filter(client=None) if None in wanted else ())]
        return cls(service, table, {(one.client_id, _spelled(one.columns)): one for one in found})

    def add(self, client: int | None, columns: Row, months: Iterable[str]) -> None:
        """Note that a row was sent in some months."""
        key = (client, _spelled(columns))
        row = self.held.get(key)
        if row is None:
            row = KeptRow(service=self.service, client_id=client, table=self.table, columns=columns, months=[*months])
            self.held[key] = row
            self.new.append(row)
        elif more := set(months) - set(row.months):
            row.months = sorted({*row.months, *more})
            if row.pk:
                self.grown.append(row)

    def save(self) -> int:
        """Write what is new. Gives how many rows were added or sent in one month more."""
        KeptRow.objects.bulk_create(self.new, batch_size=_AT_ONCE)
        grown = list({row.pk: row for row in self.grown}.values())
        KeptRow.objects.bulk_update(grown, ["months"], batch_size=_AT_ONCE)
        return len(self.new) + len(grown)


def forget_month(service: Service, month: str) -> None:
    """Take a month out of the ledger, since a newer submission of it comes. What was sent in no other month goes."""
    spelled = Cast("months", TextField())
    rows = KeptRow.objects.filter(service=service).annotate(spelled=spelled).filter(spelled__contains=f'"{month}"')
    changed, gone = [], []
    for row in rows.iterator(_AT_ONCE):
        row.months = [one for one in row.months if one != month]
        (changed if row.months else gone).append(row)
    KeptRow.objects.bulk_update(changed, ["months"], batch_size=_AT_ONCE)
    for start in range(0, len(gone), _AT_ONCE):
        KeptRow.objects.filter(pk__in=[row.pk for row in gone[start : start + _AT_ONCE]]).delete()


def by_key(versions: Iterable[Version], key: tuple[str, ...]) -> Iterator[tuple[tuple[Any, ...], list[Version]]]:
    """Versions that follow each other with the same key, together."""
    for found, group in groupby(versions, lambda each: tuple(each[0][name] for name in key)):
        yield found, list(group)


def _spelled(columns: Row) -> str:
    return json.dumps(columns, sort_keys=True)
