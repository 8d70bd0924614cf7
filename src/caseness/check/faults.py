"""Which rows are at fault, and by which rules: held in the engine, fetched in part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import ibis

from caseness.check.model import Counts, Relation, Rule
from caseness.check.passing import is_faulty, laid_out
from caseness.check.scope import RecordScope
from caseness.engine import fetch, hold
from caseness.record import ROW_ID, SUBMISSION, Table

RULE = "rule"
# How many row ids a finding shows. Files hold all of them.
SHOWN = 10


@dataclass(frozen=True, eq=False)
class Faults:
    """The rows of one table that are at fault: `submission`, `row_id` and `rule`, one row for each fault.

    `counts` says how many rows break each rule, by submission.
    """

    table: str
    held: ibis.Table
    counts: Mapping[str, Counts]

    def of(self, rules: Iterable[str]) -> ibis.Table:
        """The faults of some rules alone."""
        return self.held.filter(self.held[RULE].isin(sorted(self.counts.keys() & set(rules))))

    def and_also(self, more: ibis.Table) -> Faults:
        """These faults and more of the same table."""
        return keep(self.table, self.held.union(more)) or self


def first_rows(faults: Iterable[Faults]) -> dict[str, tuple[int, ...]]:
    """The first row ids of each rule."""
    parts = [each.held for each in faults]
    if not parts:
        return {}
    told = reduce(lambda some, more: some.union(more), parts)
    placed = told.mutate(place=ibis.row_number().over(group_by=RULE, order_by=ROW_ID))
    shown = fetch(
        placed.filter(placed.place < SHOWN, placed[ROW_ID].notnull()).order_by(RULE, ROW_ID).select(RULE, ROW_ID)
    ).to_pylist()
    found: dict[str, tuple[int, ...]] = {}
    for each in shown:
        found[each[RULE]] = (*found.get(each[RULE], ()), each[ROW_ID])
    return found


def find_faults(table: Table, broken: Sequence[Rule], rules: Iterable[Rule], scope: RecordScope) -> Faults | None:
    """Fetch the rows at fault of one table: those of the rules that a pass found broken, and those of its relations.

    None where no row is at fault.
    """
    related = [named(rule, rule.test.faulty(scope)) for rule in rules if isinstance(rule.test, Relation)]
    parts = [*([_of_rows(table, broken, scope)] if broken else []), *related]
    return keep(table.id, reduce(lambda some, more: some.union(more), parts)) if parts else None


def join_faults(parts: Sequence[Faults]) -> Faults | None:
    """The faults that were found some submissions at a time."""
    if not parts:
        return None
    counts: dict[str, Counts] = {}
    for one in parts:
        for rule, found in one.counts.items():
            counts[rule] = {**counts.get(rule, {}), **found}
    return Faults(parts[0].table, reduce(lambda some, more: some.union(more), (one.held for one in parts)), counts)


def keep(table_id: str, faults: ibis.Table) -> Faults | None:
    """Hold faults in the engine, or None where there are none."""
    held = hold(faults)
    counts: dict[str, dict[int | None, int]] = {}
    for each in fetch(held.group_by([RULE, SUBMISSION]).agg(times=held.count())).to_pylist():
        counts.setdefault(each[RULE], {})[each[SUBMISSION]] = each["times"]
    return Faults(table_id, held, counts) if counts else None


def named(rule: Rule, rows: ibis.Table) -> ibis.Table:
    """Rows at fault, with the rule that says so."""
    return rows.select(SUBMISSION, ROW_ID, **{RULE: ibis.literal(rule.id)})


def _of_rows(table: Table, broken: Sequence[Rule], scope: RecordScope) -> ibis.Table:
    rows = laid_out(table, broken, scope)
    chosen = [ibis.ifelse(is_faulty(rule, rows), rule.id, ibis.null("string")) for rule in broken]
    told = rows.select(SUBMISSION, ROW_ID, **{RULE: ibis.array(chosen).unnest()})
    return told.filter(told[RULE].notnull())
