"""What leaves of one client: the rows of every table, each in its months."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from caseness.record import table
from caseness.record.model import MONTHLY
from caseness.web.caseload.models import Problem, Referral
from caseness.web.exchange.arriving import Row
from caseness.web.exchange.bundles import Bundle, Sent
from caseness.web.exchange.cells import from_field, from_plain
from caseness.web.exchange.cut import Cut
from caseness.web.exchange.keeping import parent_of
from caseness.web.exchange.leaving_sessions import referral_rows
from caseness.web.exchange.merging import as_field
from caseness.web.exchange.months import month_bounds, month_named
from caseness.web.exchange.shapes import KEPT, LEDGERED, PERSON, PROBLEM, REFERRAL, SHAPES

Leaving = tuple[str, str, Row]
_GP = "IDS002GP"
# Stands for a practice that is not known: rule C001-06 takes it.
_NO_PRACTICE = "V81999"
# What ended before a month is not lawful in it.
_ENDS = {
    _GP: "EndDateGMPRegistration",
    "IDS108WaitingTimePauses": "PauseEndDate",
    "IDS803CareCluster": "EndDateCareClust",
}
_ENDING = ("EndCode", "ServDischDate")


def rows_of(bundle: Bundle, cut: Cut) -> Iterator[Leaving]:
    """All rows of one client."""
    own: list[Leaving] = []
    months: dict[str, set[str]] = {}
    for referral in bundle.referrals:
        request = referral.service_request_id
        below = list(referral_rows(referral, cut))
        own += below
        rows = list(_referral(bundle, referral, cut, {month for _, month, _ in below}))
        own += rows
        months[request] = {month for _, month, _ in rows}
        own += _problems(bundle, referral, months[request])
    present = set().union(*months.values()) if months else set()
    yield from _person(bundle, cut, present)
    yield from own
    yield from _kept(bundle, cut, present, months)


def _person(bundle: Bundle, cut: Cut, months: Iterable[str]) -> Iterator[Leaving]:
    client, sent = bundle.client, bundle.sent.get(PERSON, ())
    blank = {"OrgIDLocalPatientId": cut.service.provider_code}
    for month in sorted({*months, *(each for one in sent for each in one.months)} & set(cut.months)):
        yield PERSON, month, _ledgered(client, PERSON, sent, month, {}, blank)
    if not sent and _GP not in bundle.sent:
        for month in months:
            yield _GP, month, {"LocalPatientId": client.local_patient_id, "GMPCodeReg": _NO_PRACTICE}


def _referral(bundle: Bundle, referral: Referral, cut: Cut, below: Iterable[str]) -> Iterator[Leaving]:
    sent = bundle.of(REFERRAL, "ServiceRequestId", referral.service_request_id)
    was_sent = {month for one in sent for month in one.months}
    made = cut.after_import() if was_sent else cut.months
    opened = {month for month in made if _is_open_in(referral, month)}
    links = {"LocalPatientId": bundle.client.local_patient_id}
    for month in sorted((was_sent | opened | set(below)) & set(cut.months)):
        row = _ledgered(referral, REFERRAL, sent, month, links, {})
        if referral.ended and row.get("ServDischDate") == referral.ended and month < month_named(referral.ended):
            row = {name: value for name, value in row.items() if name not in _ENDING}
        yield REFERRAL, month, row


def _is_open_in(referral: Referral, month: str) -> bool:
    first, last = month_bounds(month)
    return referral.received <= last and (referral.ended is None or referral.ended >= first)


def _problems(bundle: Bundle, referral: Referral, months: Iterable[str]) -> Iterator[Leaving]:
    of_referral = bundle.of(PROBLEM, "ServiceRequestId", referral.service_request_id)
    last_sent = max((month for one in of_referral for month in one.months), default="")
    links = {"ServiceRequestId": referral.service_request_id}
    for problem in referral.problems.all():
        sent = [one for one in of_referral if _is_of(one, problem)]
        own = {month for one in sent for month in one.months}
        # One that was no longer told when the others were is not told again.
        is_told = not sent or not own or max(own) == last_sent
        for month in months:
            if month in own or (is_told and month > last_sent) or (not own and _is_known_in(problem, month)):
                yield PROBLEM, month, _ledgered(problem, PROBLEM, sent, month, links, {})


def _is_of(sent: Sent, problem: Problem) -> bool:
    return (sent.row.get("PresComp"), sent.row.get("PresCompDate")) == (problem.code, problem.recorded)


def _is_known_in(problem: Problem, month: str) -> bool:
    return problem.recorded is None or month_named(problem.recorded) <= month


def _ledgered(instance: Any, table_id: str, sent: Sequence[Sent], month: str, links: Row, blank: Row) -> Row:
    """A row as it was sent in a month; in the last of its months, and later, with what was changed here since."""
    months = [each for one in sent for each in one.months]
    last = max(months, default="")
    was_sent = next((one.row for one in sent if month in one.months), None)
    if was_sent is not None and month < last:
        return was_sent
    base = was_sent or next((one.row for one in sent if last in one.months or not one.months), None)
    return _with_changes(instance, table_id, base, links, blank)


def _with_changes(instance: Any, table_id: str, base: Row | None, links: Row, blank: Row) -> Row:
    shape = SHAPES[table_id]
    row = {**(base or blank), **links}
    if base is None and shape.keeps_others:
        declared = table(table_id)
        others = {name: from_plain(value, declared.column(name)) for name, value in instance.other_columns.items()}
        row = {**blank, **others, **links}
    for column, name in shape.fields.items():
        value = getattr(instance, name)
        if base is None or value != as_field(instance, name, base.get(column)):
            row[column] = from_field(value)
    return row


def _kept(bundle: Bundle, cut: Cut, present: set[str], by_request: dict[str, set[str]]) -> Iterator[Leaving]:
    """Rows that no page changes: in the months in which they were sent, and in those that followed the last of them."""
    for table_id, rows in bundle.sent.items():
        if table_id in LEDGERED or (table_id not in _KEPT and not cut.with_words and table_id not in _SCORES):
            continue
        declared = table(table_id)
        parent, is_monthly = parent_of(declared), declared.flows == MONTHLY
        for one in rows:
            of_parent = present if parent == "LocalPatientId" else by_request.get(one.row.get(parent, ""), present)
            months = set(one.months)
            if is_monthly:
                months |= _carried(bundle, cut, one, of_parent, parent)
            for month in sorted(months & set(cut.months)):
                if is_monthly and month not in one.months and _is_over(table_id, one.row, month):
                    continue
                yield table_id, month, one.row


def _carried(bundle: Bundle, cut: Cut, one: Sent, of_parent: set[str], parent: str) -> set[str]:
    if not one.months:
        return of_parent
    holder = PERSON if parent == "LocalPatientId" else REFERRAL
    own = {each for sent in bundle.of(holder, parent, one.row.get(parent)) for each in sent.months}
    last = max(own, default="")
    return {month for month in of_parent if month not in own and month > last} if last in one.months else set()


def _is_over(table_id: str, row: Row, month: str) -> bool:
    ended = row.get(_ENDS.get(table_id, ""))
    return isinstance(ended, date) and ended < month_bounds(month)[0]


_KEPT = frozenset(one.id for one in KEPT)
_SCORES = frozenset(name for name, shape in SHAPES.items() if shape.model == "Score")
