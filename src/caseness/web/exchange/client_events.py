"""What an import wrote of each client, as an event that is found by the client."""

from __future__ import annotations

from uuid import UUID

from caseness.web.caseload.models import Client
from caseness.web.events.models import Kind, record_events
from caseness.web.exchange.run import Run
from caseness.web.exchange.sessions import pieces

IMPORTED = "imported"
_AT_ONCE = 1000


def tell_of_clients(run: Run, by: UUID | None) -> None:
    """One event for each client to whom something was added or of whom something changed, with what and how much."""
    run.tell("events")
    for some in pieces(run.of_clients, _AT_ONCE):
        keys = Client.objects.filter(pk__in=some).values_list("pk", "key")
        told = [(_kind(run, pk), key, {"counts": _counts(run, pk)}) for pk, key in keys]
        record_events(IMPORTED, told, service=run.service.key, by=by, at=run.now)


def _kind(run: Run, client: int) -> Kind:
    return Kind.ADDED if run.of_clients[client]["clients added"] else Kind.CHANGED


def _counts(run: Run, client: int) -> dict[str, int]:
    return {name.replace(" ", "_"): count for name, count in run.of_clients[client].items() if count}
