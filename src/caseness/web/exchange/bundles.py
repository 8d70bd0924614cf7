"""All that the application holds of some clients, loaded at once, so that an export is a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from caseness.record import table
from caseness.web.caseload.models import Circumstance, Client, Contact, Goal, KeptRow, Referral, Score
from caseness.web.exchange.arriving import Row
from caseness.web.exchange.cells import from_plain
from caseness.web.services.models import Service

_AT_ONCE = 250


@dataclass(frozen=True)
class Sent:
    """A row of the ledger, with its cells typed."""

    row: Row
    months: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Bundle:
    """One client, with referrals and all below them fetched, and the client's rows of the ledger by table."""

    client: Client
    referrals: Sequence[Referral]
    sent: Mapping[str, Sequence[Sent]]

    def of(self, table_id: str, column: str, value: object) -> list[Sent]:
        """The ledger's rows of a table with a value in a column."""
        return [one for one in self.sent.get(table_id, ()) if one.row.get(column) == value]


def bundles(service: Service) -> Iterator[Bundle]:
    """Every client of a service, some at a time."""
    last = 0
    while clients := list(_clients(service, last)):
        last = clients[-1].pk
        sent = _sent(service, clients)
        for client in clients:
            yield Bundle(client, list(client.referrals.all()), sent.get(client.pk, {}))


def sent_of_nobody(service: Service) -> Mapping[str, Sequence[Sent]]:
    """The ledger's rows that are of no client: headers, staff and teams."""
    return _typed(KeptRow.objects.filter(service=service, client=None)).get(None, {})


def _clients(service: Service, after: int):
    contacts = Contact.objects.order_by("day", "pk").prefetch_related("activities")
    # The record has no score without a total.
    scores = Score.objects.filter(is_current=True, total__isnull=False).order_by("pk")
    goals = Goal.objects.filter(struck__isnull=True).order_by("pk").prefetch_related("ratings")
    below = (
        Prefetch("contacts", contacts),
        Prefetch("scores", scores),
        Prefetch("goals", goals),
        "problems",
        Prefetch("circumstances", Circumstance.objects.filter(struck__isnull=True)),
    )
    referrals = Referral.objects.order_by("pk").prefetch_related(*below)
    found = Client.objects.filter(service=service, pk__gt=after).order_by("pk")
    return found.prefetch_related(Prefetch("referrals", referrals))[:_AT_ONCE]


def _sent(service: Service, clients: Sequence[Client]) -> Mapping[int | None, Mapping[str, Sequence[Sent]]]:
    return _typed(KeptRow.objects.filter(service=service, client__in=clients))


def _typed(rows) -> Mapping[int | None, Mapping[str, Sequence[Sent]]]:
    found: dict[int | None, dict[str, list[Sent]]] = defaultdict(lambda: defaultdict(list))
    for kept in rows.order_by("pk"):
        declared = table(kept.table)
        row = {name: from_plain(value, declared.column(name)) for name, value in kept.columns.items()}
        found[kept.client_id][kept.table].append(Sent(row, tuple(kept.months)))
    return found
