"""What a rejected row takes with it: its children, its patient, its submission.

Two steps within one submission. First a patient without a sound registration or referral is taken out, whatever the
reason. Then, from the patient down, whatever names a rejected parent. Nothing moves between submissions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import ibis

from caseness.check.faults import Faults, keep, named
from caseness.check.model import Childless, OfRejected, Rule
from caseness.check.scope import RecordScope
from caseness.engine import fetch, hold
from caseness.record import ROW_ID, SUBMISSION, Table


@dataclass(frozen=True, eq=False)
class Rejects:
    """The rows of one table that rules reject, each once, and how many there are by submission."""

    ids: ibis.Table
    by_submission: Mapping[int, int]


@dataclass(frozen=True, eq=False)
class Cascaded:
    """Faults with all that hangs on them, and the rows that they reject, by table."""

    faults: Mapping[str, Faults]
    rejects: Mapping[str, Rejects]


def cascade(
    tables: Sequence[Table], rules: Sequence[Rule], found: Mapping[str, Faults], scopes: Sequence[RecordScope]
) -> Cascaded:
    """Follow every rejection. `tables` are those that hold rows, parents before children."""
    rejecting = [rule.id for rule in rules if rule.rejects]
    faults = dict(found)
    for scope in scopes:
        for rule, rows in _childless(tables, rules, faults, rejecting, scope):
            _add(faults, rule.table, named(rule, rows))
    rejects: dict[str, Rejects] = {}
    for table in tables:
        for scope in scopes:
            for rule, rows in _of_rejected(table, rules, rejects, scope):
                _add(faults, table.id, named(rule, rows))
        rejected = _rejects(faults.get(table.id), rejecting)
        if rejected:
            rejects[table.id] = rejected
    return Cascaded(faults, rejects)


def _childless(
    tables: Sequence[Table],
    rules: Sequence[Rule],
    faults: Mapping[str, Faults],
    rejecting: list[str],
    scope: RecordScope,
) -> Iterator[tuple[Rule, ibis.Table]]:
    present = {table.id for table in tables}
    for rule in rules:
        if isinstance(rule.test, Childless) and rule.table in present:
            child = rule.test.child
            sound = scope.table(child.table)
            if child.table in faults:
                sound = sound.anti_join(faults[child.table].of(rejecting), ROW_ID)
            rows = scope.table(rule.table)
            yield rule, rows.filter(rows[child.column].notnull()).anti_join(sound, [SUBMISSION, child.column])


def _of_rejected(
    table: Table, rules: Sequence[Rule], rejects: Mapping[str, Rejects], scope: RecordScope
) -> Iterator[tuple[Rule, ibis.Table]]:
    for rule in rules:
        if rule.table == table.id and isinstance(rule.test, OfRejected) and rule.test.parent.table in rejects:
            parent = rule.test.parent
            taken = scope.table(parent.table).semi_join(rejects[parent.table].ids, ROW_ID)
            yield rule, scope.table(table.id).semi_join(taken, [SUBMISSION, parent.column])


def _add(faults: dict[str, Faults], table_id: str, more: ibis.Table) -> None:
    if table_id in faults:
        faults[table_id] = faults[table_id].and_also(more)
    elif fresh := keep(table_id, more):
        faults[table_id] = fresh


def _rejects(faults: Faults | None, rejecting: list[str]) -> Rejects | None:
    if faults is None or not faults.counts.keys() & set(rejecting):
        return None
    ids = hold(faults.of(rejecting).select(SUBMISSION, ROW_ID).distinct())
    counted = fetch(ids.group_by(SUBMISSION).agg(times=ids.count())).to_pydict()
    counts = dict(zip(counted[SUBMISSION], counted["times"], strict=True))
    return Rejects(ids, counts)
