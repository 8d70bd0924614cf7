"""One pass over a table: how often each rule of a row is broken, and how each field is filled, by submission."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import ibis
from ibis.expr.types import BooleanValue

from caseness.check.legality import is_illegal, is_uninformative, one_of
from caseness.check.model import VERSIONS, Row, Rule
from caseness.check.scope import RecordScope
from caseness.codes import code_list
from caseness.engine import fetch
from caseness.record import SUBMISSION, Column, Table

_ROWS = "rows"
# How a field is filled. What is in none of these is valid.
MISSING, INVALID, OTHER = "missing", "invalid", "other"


@dataclass(frozen=True)
class Passed:
    """What one pass over a table counted, by submission: rows, faults of each rule, and cells of each field."""

    rows: Mapping[int, int]
    faults: Mapping[str, Mapping[int, int]]
    cells: Mapping[tuple[str, str], int]

    @property
    def broken(self) -> frozenset[str]:
        """The ids of the rules that at least one row breaks."""
        return frozenset(rule for rule, counts in self.faults.items() if any(counts.values()))


NOTHING = Passed(MappingProxyType({}), MappingProxyType({}), MappingProxyType({}))


def add_up(parts: Sequence[Passed]) -> Passed:
    """Passes over the submissions of a table, some at a time, as one pass over all of them."""
    rules = dict.fromkeys(rule for one in parts for rule in one.faults)
    cells = Counter[tuple[str, str]]()
    for one in parts:
        cells.update(one.cells)
    return Passed(
        _joined(one.rows for one in parts),
        {rule: _joined(one.faults.get(rule, {}) for one in parts) for rule in rules},
        cells,
    )


def _joined(parts: Iterable[Mapping[int, int]]) -> dict[int, int]:
    return {submission: count for one in parts for submission, count in one.items()}


def row_rules(rules: Iterable[Rule], table: Table) -> tuple[Rule, ...]:
    """The rules of one table that need no other row."""
    return tuple(each for each in rules if each.table == table.id and isinstance(each.test, Row))


def pass_over(table: Table, rules: Sequence[Rule], scope: RecordScope) -> Passed:
    """Count in one query. Counts are sums of flags, which the engine does many times faster than filtered counts."""
    rows = laid_out(table, rules, scope)
    flags = {f"rule {place}": is_faulty(rule, rows) for place, rule in enumerate(rules)}
    judged = {rule.columns[0] for rule in rules if rule.id.endswith("-code")}
    cells = {
        f"{kind} {column.name}": claim
        for column in table.columns
        for kind, claim in _fillings(column, rows, column.name in judged)
    }
    told = rows.select(SUBMISSION, **flags, **cells)
    sums = {name: told[name].sum() for name in (*flags, *cells)}
    counted = fetch(told.group_by(SUBMISSION).agg(**{_ROWS: told.count(), **sums})).to_pydict()
    return Passed(
        _by_submission(counted, _ROWS),
        {rule.id: _by_submission(counted, f"rule {place}") for place, rule in enumerate(rules)},
        {_split(name): sum(filter(None, counted[name])) for name in cells},
    )


def laid_out(table: Table, rules: Iterable[Rule], scope: RecordScope) -> ibis.Table:
    """A table with all that its rules ask for beside each row."""
    wanted = dict.fromkeys(each for rule in rules if isinstance(rule.test, Row) for each in rule.test.beside)
    return scope.beside(table.id, *wanted)


def is_faulty(rule: Rule, rows: ibis.Table) -> BooleanValue:
    """Whether a row breaks a rule. Null is no fault, and a rule of one version judges that version alone."""
    assert isinstance(rule.test, Row), f"Unhandled {rule.test!r}"
    faulty = ibis.coalesce(rule.test.faulty(rows), ibis.literal(False))
    return faulty if set(rule.versions) == set(VERSIONS) else faulty & one_of(rows.data_set_version, rule.versions)


# A code is invalid where a rule of the profile says so: a practice may use a questionnaire that is in no list.
def _fillings(column: Column, rows: ibis.Table, is_judged: bool) -> Iterable[tuple[str, BooleanValue]]:
    cell = rows[column.name]
    yield MISSING, cell.isnull()
    if not column.codes:
        return
    codes = code_list(column.codes)
    illegal = is_illegal(cell, codes, rows.data_set_version) if is_judged else ibis.literal(False)
    yield INVALID, illegal
    uninformative = is_uninformative(cell, codes)
    if uninformative is not None:
        yield OTHER, uninformative & ~illegal


def _split(name: str) -> tuple[str, str]:
    kind, _, column = name.partition(" ")
    return column, kind


def _by_submission(counted: Mapping[str, list[int]], name: str) -> dict[int, int]:
    return {submission: count or 0 for submission, count in zip(counted[SUBMISSION], counted[name], strict=True)}
