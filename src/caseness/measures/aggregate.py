"""Add up every part of every measure in one pass for each clock, at the finest key that is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any, Protocol

import ibis
import numpy as np
import pyarrow as pa

from caseness.engine import fetch, hold
from caseness.measures.algebra import Clock, Condition, Measure, Part
from caseness.measures.catalogue import MONTH
from caseness.measures.clocks import holds, is_by_month, number_of_month, placed, standing
from caseness.measures.columns import REFERRAL
from caseness.measures.finest import PLAIN, FinestKey, Key

_VALUE, _NUMBER, _PART = "value", "number", "part"


class Grains(Protocol):
    """The tables that measures are made of, one row a pathway and month, a contact, a log, a finished course."""

    @property
    def referral(self) -> ibis.Table: ...

    @property
    def contact(self) -> ibis.Table: ...

    @property
    def internet_log(self) -> ibis.Table: ...

    @property
    def stage(self) -> ibis.Table: ...


@dataclass(frozen=True, eq=False)
class Cells:
    """Numbers at keys: a row for each of `keys`, a column for each of `parts`. A key may stand there twice."""

    keys: tuple[Key, ...]
    parts: tuple[Part, ...]
    cells: np.ndarray

    def by(self, kind: str, clock: Clock | None = None) -> Cells:
        """The same, where the keys are of months: those that count for their period of a kind, with its number."""
        months = np.array([key[0] for key in self.keys], dtype=np.int64)
        kept = holds(clock, months, kind) if clock else np.full(len(months), True)
        numbers = number_of_month(months, kind).tolist()
        keys = ((number, *key[1:]) for number, key, is_kept in zip(numbers, self.keys, kept, strict=True) if is_kept)
        return Cells(tuple(keys), self.parts, self.cells[kept])


@dataclass(frozen=True, eq=False)
class ByMonth:
    """What is added up once by month and serves every kind of period: `present` are the keys that have any row."""

    key: FinestKey
    present: Cells
    sums: Mapping[Clock, Cells]


@dataclass(frozen=True, eq=False)
class Spread:
    """How often each number of a part occurs at each key: one entry for each number that occurs.

    `at` is the place of an entry's key among `keys`, each of which stands there once.
    """

    keys: tuple[Key, ...]
    at: np.ndarray
    values: np.ndarray
    counts: np.ndarray

    @classmethod
    def of(cls, keys: Iterable[Key], values: np.ndarray, counts: np.ndarray) -> Spread:
        """The same, of the key of each entry."""
        places: dict[Key, int] = {}
        at = [places.setdefault(key, len(places)) for key in keys]
        return cls(tuple(places), np.array(at, dtype=np.int64), values, counts)


def parts_of(measures: Iterable[Measure]) -> tuple[Part, ...]:
    """All parts of some measures, each once."""
    return tuple(dict.fromkeys(part for one in measures for part in one.parts))


def parts_of_spread(measures: Iterable[Measure]) -> tuple[Part, ...]:
    """The parts of which some measures need the numbers themselves, each once."""
    return tuple(dict.fromkeys(one.above.parts[0] for one in measures if one.is_of_spread))


def add_up_months(
    grains: Grains, measures: Sequence[Measure], months: Sequence[int], key: FinestKey = PLAIN
) -> ByMonth:
    """The keys of these months, and the sums of all parts that a longer period takes from its months."""
    parts = parts_of(measures)
    named = dict.fromkeys((REFERRAL, *(part.on.grain for part in parts)))
    found = (fetch(_present(getattr(grains, grain), months, key)) for grain in named)
    keys = dict.fromkeys(each for table in found for each in key.keys_of(table))
    present = Cells(tuple(keys), (), np.zeros((len(keys), 0)))
    clocks = [clock for clock in _clocks_of(parts) if is_by_month(clock)]
    return ByMonth(key, present, {clock: _sums(grains, clock, parts, months, MONTH, key) for clock in clocks})


def add_up(grains: Grains, measures: Sequence[Measure], numbers: Sequence[int], kind: str, by_month: ByMonth) -> Cells:
    """The sums of all parts of some measures, in the periods of a kind that have these numbers.

    Every key that has a row is there, once, with 0 where nothing was to be added.
    """
    parts, wanted = parts_of(measures), set(numbers)
    keys = dict.fromkeys(key for key in by_month.present.by(kind).keys if key[0] in wanted)
    rows = {key: row for row, key in enumerate(keys)}
    cells, columns = np.zeros((len(rows), len(parts))), {part: column for column, part in enumerate(parts)}
    for clock in _clocks_of(parts):
        found = (
            by_month.sums[clock].by(kind, clock)
            if clock in by_month.sums
            else _sums(grains, clock, parts, numbers, kind, by_month.key)
        )
        _fill(cells, rows, columns, found)
    return Cells(tuple(rows), parts, cells)


def spread_out(
    grains: Grains, measures: Sequence[Measure], numbers: Sequence[int], kind: str, key: FinestKey = PLAIN
) -> dict[Part, Spread]:
    """How often each number occurs, for every part whose median, highest or lowest is asked for. One query for all."""
    parts = parts_of_spread(measures)
    if not parts:
        return {}
    held = {clock: _masked(grains, clock, parts, numbers, kind, key) for clock in _clocks_of(parts)}
    counted = [_histogram(held[part.on], i, key) for i, part in enumerate(parts)]
    table = fetch(ibis.union(*counted) if len(counted) > 1 else counted[0])
    which = _numbers(table[_PART])
    return {part: _spread(table.filter(pa.array(which == i)), key) for i, part in enumerate(parts)}


# Keys of periods that were not asked for have no row here.
def _fill(cells: np.ndarray, rows: Mapping[Key, int], columns: Mapping[Part, int], found: Cells) -> None:
    at = np.array([rows.get(key, -1) for key in found.keys], dtype=np.int64)
    into = [columns[part] for part in found.parts if part in columns]
    from_ = [column for column, part in enumerate(found.parts) if part in columns]
    np.add.at(cells, (at[at >= 0][:, None], np.array(into, dtype=np.int64)), found.cells[at >= 0][:, from_])


def _spread(table: pa.Table, key: FinestKey) -> Spread:
    return Spread.of(key.keys_of(table), _numbers(table[_VALUE]), _numbers(table[_NUMBER]))


# The rows of a clock with nothing but the numbers that are counted, so that the grain is gone through once and not for each.
def _masked(
    grains: Grains, clock: Clock, parts: Sequence[Part], numbers: Iterable[int], kind: str, key: FinestKey
) -> ibis.Table:
    rows = placed(getattr(grains, clock.grain), clock, numbers, kind)
    values = {f"{_VALUE}_{i}": _value(rows, part) for i, part in enumerate(parts) if part.on == clock}
    return hold(rows.select(*key.columns, **values))


def _value(rows: ibis.Table, part: Part) -> Any:
    assert part.number is not None, "a spread is of numbers"
    number = part.number.of(rows).cast("float64")
    return ibis.ifelse(part.where.of(rows), number, None) if part.where else number


def _histogram(held: ibis.Table, i: int, key: FinestKey) -> ibis.Table:
    rows = held.select(*key.columns, **{_VALUE: held[f"{_VALUE}_{i}"]})
    rows = rows.filter(rows[_VALUE].notnull())
    return rows.group_by([*key.columns, _VALUE]).agg(**{_NUMBER: rows.count()}).mutate(**{_PART: ibis.literal(i)})


def _sums(
    grains: Grains, clock: Clock, parts: Sequence[Part], numbers: Iterable[int], kind: str, key: FinestKey
) -> Cells:
    own = tuple(part for part in parts if part.on == clock)
    rows = placed(getattr(grains, clock.grain), clock, numbers, kind)
    table = fetch(_summed(rows, own, key.columns))
    cells = np.column_stack([_numbers(table.column(len(key.columns) + column)) for column in range(len(own))])
    return Cells(tuple(key.keys_of(table)), own, cells)


# DuckDB works an expression out as often as it is written, so each condition becomes a column before anything is added up.
def _summed(rows: ibis.Table, parts: Sequence[Part], by: Sequence[str]) -> ibis.Table:
    atoms = dict.fromkeys(atom for part in parts if part.where for atom in part.where.atoms)
    names = {atom: f"is_{i}" for i, atom in enumerate(atoms)}
    numbers = {number: f"number_{i}" for i, number in enumerate(dict.fromkeys(part.number for part in parts)) if number}
    flags = {name: atom.of(rows) for atom, name in names.items()}
    held = rows.select(*by, **flags, **{name: number.of(rows).cast("float64") for number, name in numbers.items()})
    sums = (_sum(held, part, names, numbers[part.number] if part.number else None) for part in parts)
    return held.group_by(list(by)).agg(**{f"p{i}": each for i, each in enumerate(sums)})


# COUNT(*) FILTER is several times slower than the sum of a flag. A null flag adds nothing, as it should.
def _sum(held: ibis.Table, part: Part, names: Mapping[Condition, str], number: str | None) -> Any:
    flags = [held[names[atom]] for atom in part.where.atoms] if part.where else []
    if not flags:
        return held[number].sum() if number else held.count()
    both = reduce(and_, flags)
    return ibis.ifelse(both, held[number], None).sum() if number else both.cast("int32").sum()


def _clocks_of(parts: Iterable[Part]) -> tuple[Clock, ...]:
    return tuple(dict.fromkeys(part.on for part in parts))


def _present(rows: ibis.Table, months: Iterable[int], key: FinestKey) -> ibis.Table:
    return standing(rows, months, MONTH).select(*key.columns).distinct()


def _numbers(column: pa.ChunkedArray) -> np.ndarray:
    return column.fill_null(0).to_numpy().astype(np.float64)
