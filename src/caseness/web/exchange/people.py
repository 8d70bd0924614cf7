"""Clients, referrals and problems out of a record: the latest row of each in its model, and every row in the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import models

from caseness.record import table
from caseness.web.caseload.models import Client, Problem, Referral
from caseness.web.exchange.arriving import Row
from caseness.web.exchange.cells import from_plain
from caseness.web.exchange.keeping import keep
from caseness.web.exchange.ledger import Ledger, Version, by_key, plain
from caseness.web.exchange.merging import merge
from caseness.web.exchange.refusals import RecordRefused
from caseness.web.exchange.run import Run
from caseness.web.exchange.shapes import PERSON, PROBLEM, REFERRAL

_AT_ONCE = 1000
Key = tuple[Any, ...]
Found = list[tuple[Key, list[Version]]]


@dataclass(frozen=True)
class _Kind:
    """What differs between the three: how those that are there are found, how one is made, and whose it is."""

    table: str
    key: tuple[str, ...]
    counted: str
    find: Callable[[Run, Found], Mapping[Key, Any]]
    make: Callable[[Run, Row], models.Model | None]
    client: Callable[[Run, Row], int | None]


def write_people(run: Run) -> None:
    """Clients first, then their referrals, then what they came with."""
    _write(run, _CLIENTS)
    run.clients = dict(Client.objects.filter(service=run.service).values_list("local_patient_id", "pk"))
    _write(run, _REFERRALS)
    rows = Referral.objects.filter(service=run.service).values_list("service_request_id", "pk", "client_id")
    run.referrals = {request: (pk, client) for request, pk, client in rows}
    _write(run, _PROBLEMS)


def _write(run: Run, kind: _Kind) -> None:
    for found in _pieces(by_key(run.arrival.versions(kind.table, kind.key), kind.key)):
        run.tell(kind.counted)
        _write_piece(run, kind, found)


def _write_piece(run: Run, kind: _Kind, found: Found) -> None:
    there = kind.find(run, found)
    ledger, before = _before(run, kind, found)
    new: dict[Key, Any] = {}
    changed: list[Any] = []
    for key, versions in found:
        row, month = latest(versions)
        sent_before = before.get(key)
        instance = there.get(key)
        if instance is None:
            made = kind.make(run, row)
            if made is not None:
                merge(made, kind.table, row)
                new[key] = made
        # A sheet of a practice is of no month, and of new rows alone it lacks what the first ones say.
        elif _is_news(month, sent_before) and merge(
            instance, kind.table, row, sent_before and sent_before[0], blanks_say=bool(month)
        ):
            changed.append(instance)
    _save(run, kind, [*new.values()], changed)
    _note(run, kind, found, ledger)


def _is_news(month: str, sent_before: tuple[Row, str] | None) -> bool:
    return sent_before is None or month >= sent_before[1]


def latest(versions: Sequence[Version]) -> tuple[Row, str]:
    """The row that was sent last, and its month. Rows that were sent in no month by name come first."""
    row, months = max(versions, key=lambda each: each[1][-1] if each[1] else "")
    return row, months[-1] if months else ""


# What was sent last, before this import: what the application changed since is not undone by a row that says the same.
def _before(run: Run, kind: _Kind, found: Found) -> tuple[Ledger, dict[Key, tuple[Row, str]]]:
    clients = {kind.client(run, row) for _, versions in found for row, _ in versions} - {None}
    ledger = Ledger.of(run.service, kind.table, clients) if clients else Ledger(run.service, kind.table)
    declared = table(kind.table)
    before: dict[Key, tuple[Row, str]] = {}
    for kept in ledger.held.values():
        row = {name: from_plain(value, declared.column(name)) for name, value in kept.columns.items()}
        key = tuple(row.get(name) for name in kind.key)
        month = kept.months[-1] if kept.months else ""
        if key not in before or month > before[key][1]:
            before[key] = (row, month)
    return ledger, before


def _save(run: Run, kind: _Kind, new: list[Any], changed: list[Any]) -> None:
    model = type(new[0] if new else changed[0]) if new or changed else None
    if model is None:
        return
    model.objects.bulk_create(new, batch_size=_AT_ONCE)
    fields = [one.name for one in model._meta.concrete_fields if not one.primary_key and one.name != "key"]
    model.objects.bulk_update(changed, fields, batch_size=200)
    run.count(f"{kind.counted} added", (_owner(run, one) for one in new))
    run.count(f"{kind.counted} changed", (_owner(run, one) for one in changed))


def _owner(run: Run, one: Client | Referral | Problem) -> int:
    if isinstance(one, Client):
        return one.pk
    return one.client_id if isinstance(one, Referral) else run.owners[one.referral_id]


def _note(run: Run, kind: _Kind, found: Found, ledger: Ledger) -> None:
    if kind is _CLIENTS:
        keys = [key[0] for key, _ in found]
        run.clients.update(
            Client.objects.filter(service=run.service, local_patient_id__in=keys).values_list("local_patient_id", "pk")
        )
    for _, versions in found:
        for row, months in versions:
            client = kind.client(run, row)
            if client is not None:
                ledger.add(client, plain(row), months)
    keep(run, ledger)


def _pieces(entities: Iterator[tuple[Key, list[Version]]]) -> Iterator[Found]:
    while found := list(islice(entities, _AT_ONCE)):
        yield found


def _rows(found: Found) -> Iterable[Row]:
    return (row for _, versions in found for row, _ in versions)


def _find_clients(run: Run, found: Found) -> Mapping[Key, Client]:
    wanted = [key[0] for key, _ in found]
    there = {
        (one.local_patient_id,): one for one in Client.objects.filter(service=run.service, local_patient_id__in=wanted)
    }
    run.clients.update({one.local_patient_id: one.pk for one in there.values()})
    return there


# A referral is the same for the same client alone: what hangs on it would else arrive in the course of somebody else.
def _find_referrals(run: Run, found: Found) -> Mapping[Key, Referral]:
    sent = {key[0]: latest(versions)[0]["LocalPatientId"] for key, versions in found}
    rows = Referral.objects.filter(service=run.service, service_request_id__in=sent).select_related("client")
    there = {one.service_request_id: one for one in rows}
    for request, one in there.items():
        if one.client.local_patient_id != sent[request]:
            raise RecordRefused(
                f"The referral {request} is in this service already, and it is another client's than the record says. "
                "Nothing was imported. Give one referral no two clients, and import the record again."
            )
    return {(request,): one for request, one in there.items()}


def _find_problems(run: Run, found: Found) -> Mapping[Key, Problem]:
    requests = {row["ServiceRequestId"] for row in _rows(found)}
    of = {run.referrals[one][0]: one for one in requests if one in run.referrals}
    rows = Problem.objects.filter(referral_id__in=of)
    return {(of[one.referral_id], one.recorded, one.code): one for one in rows}


def _make_client(run: Run, row: Row) -> Client:
    return Client(service=run.service)


def _make_referral(run: Run, row: Row) -> Referral | None:
    client = run.clients.get(row["LocalPatientId"])
    if client is None or row["ReferralRequestReceivedDate"] is None:
        run.counts["rows without their parent"] += 1
        return None
    return Referral(service=run.service, client_id=client)


def _make_problem(run: Run, row: Row) -> Problem | None:
    referral = run.referrals.get(row["ServiceRequestId"])
    return Problem(referral_id=referral[0]) if referral else None


def _client_of_person(run: Run, row: Row) -> int | None:
    return run.clients.get(row["LocalPatientId"])


def _client_of_problem(run: Run, row: Row) -> int | None:
    referral = run.referrals.get(row["ServiceRequestId"])
    return referral[1] if referral else None


_CLIENTS = _Kind(PERSON, ("LocalPatientId",), "clients", _find_clients, _make_client, _client_of_person)
_REFERRALS = _Kind(REFERRAL, ("ServiceRequestId",), "referrals", _find_referrals, _make_referral, _client_of_person)
_PROBLEMS = _Kind(
    PROBLEM,
    ("ServiceRequestId", "PresCompDate", "PresComp"),
    "problems",
    _find_problems,
    _make_problem,
    _client_of_problem,
)
