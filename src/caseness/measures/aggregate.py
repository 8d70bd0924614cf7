"""Add up every part of every measure in one pass for each clock, at the finest key: period, provider, commissioner."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import ibis
import numpy as np
import pyarrow as pa

from caseness.engine import fetch
from caseness.measures.algebra import Clock, Measure, Part
from caseness.measures.clocks import PERIOD, placed, standing
from caseness.measures.columns import REFERRAL

KEY = (PERIOD, "provider", "commissioner")
_VALUE, _NUMBER, _PART = "value", "number", "part"

Key = tuple[int, str | None, str | None]


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
class Sums:
    """The sum of each part at each key: `cells` has a row for each of `keys` and a column for each of `parts`."""

    keys: tuple[Key, ...]
    parts: tuple[Part, ...]
    cells: np.ndarray


@dataclass(frozen=True, eq=False)
class Spread:
    """How often each number of a part occurs at each key: one entry for each number that occurs."""

    keys: tuple[Key, ...]
    values: np.ndarray
    counts: np.ndarray


def add_up(grains: Grains, measures: Sequence[Measure], numbers: Sequence[int], kind: str) -> Sums:
    """The sums of all parts of some measures, in the periods of a kind that have these numbers.

    Every key that has a row is there, with 0 where nothing was to be added.
    """
    parts = tuple(dict.fromkeys(part for one in measures for part in one.parts))
    clocks = tuple(dict.fromkeys(part.on for part in parts))
    tables = {
        clock: _sums_of(grains, clock, [one for one in parts if one.on == clock], numbers, kind) for clock in clocks
    }
    present = [_keys(fetch(_present(getattr(grains, grain), numbers, kind))) for grain in _grains_of(clocks)]
    rows = {key: row for row, key in enumerate(dict.fromkeys(key for keys in present for key in keys))}
    cells = np.zeros((len(rows), len(parts)))
    columns = {part: column for column, part in enumerate(parts)}
    for clock, table in tables.items():
        at = np.array([rows[key] for key in _keys(table)], dtype=np.int64)
        for column, part in enumerate(one for one in parts if one.on == clock):
            cells[at, columns[part]] = _numbers(table.column(len(KEY) + column))
    return Sums(tuple(rows), parts, cells)


def spread_out(grains: Grains, measures: Sequence[Measure], numbers: Sequence[int], kind: str) -> dict[Part, Spread]:
    """How often each number occurs, for every part whose median, highest or lowest is asked for. One query for all."""
    parts = tuple(dict.fromkeys(one.above.parts[0] for one in measures if one.is_of_spread))
    if not parts:
        return {}
    counted = [
        _histogram(grains, part, numbers, kind).mutate(**{_PART: ibis.literal(i)}) for i, part in enumerate(parts)
    ]
    table = fetch(ibis.union(*counted) if len(counted) > 1 else counted[0])
    which = _numbers(table[_PART])
    return {part: _spread(table.filter(pa.array(which == i))) for i, part in enumerate(parts)}


def _spread(table: pa.Table) -> Spread:
    return Spread(tuple(_keys(table)), _numbers(table[_VALUE]), _numbers(table[_NUMBER]))


def _histogram(grains: Grains, part: Part, numbers: Iterable[int], kind: str) -> ibis.Table:
    rows = placed(getattr(grains, part.on.grain), part.on, numbers, kind)
    assert part.number is not None, "a spread is of numbers"
    rows = rows.filter(part.where.of(rows)) if part.where else rows
    rows = rows.select(*KEY, **{_VALUE: part.number.of(rows).cast("float64")})
    rows = rows.filter(rows[_VALUE].notnull())
    return rows.group_by([*KEY, _VALUE]).agg(**{_NUMBER: rows.count()})


def _sums_of(grains: Grains, clock: Clock, parts: Sequence[Part], numbers: Iterable[int], kind: str) -> pa.Table:
    rows = placed(getattr(grains, clock.grain), clock, numbers, kind)
    return fetch(rows.group_by(list(KEY)).agg(**{f"p{i}": _summed(rows, part) for i, part in enumerate(parts)}))


# COUNT(*) FILTER is several times slower than the sum of a flag. A null flag adds nothing, as it should.
def _summed(rows: ibis.Table, part: Part) -> Any:
    if part.number is None:
        return part.where.of(rows).cast("int32").sum() if part.where else rows.count()
    number = part.number.of(rows).cast("float64")
    return (ibis.ifelse(part.where.of(rows), number, None) if part.where else number).sum()


# Contacts and logs belong to a pathway that has a row of its own, so the pathways say which organisations there are. Of
# stages only those who finished have rows.
def _grains_of(clocks: Iterable[Clock]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((REFERRAL, *(clock.grain for clock in clocks))))


def _present(rows: ibis.Table, numbers: Iterable[int], kind: str) -> ibis.Table:
    return standing(rows, numbers, kind).select(*KEY).distinct()


def _keys(table: pa.Table) -> list[Key]:
    return list(zip(*(table[name].to_pylist() for name in KEY), strict=True))


def _numbers(column: pa.ChunkedArray) -> np.ndarray:
    return column.fill_null(0).to_numpy().astype(np.float64)
