"""The rows that a clock places, as numbers: where each belongs, what it counts for, and which values of variables it has.

A row counts for few parts, so of each part there is the list of its rows. That is far smaller than the sums by every
variable would be, and each variable is then added up from the same lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_
from typing import Any

import ibis
import numpy as np
import pyarrow as pa

from caseness.engine import fetch, hold, load, load_beside
from caseness.measures.aggregate import parts_of, parts_of_spread
from caseness.measures.algebra import Clock, Condition, Measure, Part
from caseness.measures.breakdown import ENDED_IN_PERIOD, NOWHERE, Variable
from caseness.measures.catalogue import MONTH
from caseness.measures.clocks import PERIOD, holds, is_by_month, number_of, number_of_month, placed
from caseness.measures.columns import CONTACT, LOG
from caseness.measures.finest import FinestKey, Key

_PLACE, _PLACE_OF_CODES, _STANDS = "place", "place_of_codes", "stands"
# What finds the attributes of a row: an event has no row of its own, and is of the row that stands for its pathway in the
# period (UsePathway_Flag, UseQuarterReferral_Flag), which is the last of it.
_OF_PERIOD = "of_period"
_EVENT, _ROW = ("pathway", _OF_PERIOD), ("row_id",)


@dataclass(frozen=True, eq=False)
class Span:
    """The periods of a kind for which rows are looked for, the months in them, and the keys at which they can stand."""

    kind: str
    numbers: tuple[int, ...]
    months: tuple[int, ...]
    finest: FinestKey
    keys: tuple[Key, ...]


@dataclass(frozen=True, eq=False)
class Encoded:
    """The rows of a clock. `key` is the place of a row's key among those of the span, `row` that of its referral row in the codes.

    `chosen` lists the rows of each part, and `numbers` what each of these has, where the part adds up a number. Rows are in
    the order of these numbers for parts of whose numbers the middle or an end is looked for, and as they stand for all
    others.
    """

    key: np.ndarray
    row: np.ndarray
    chosen: Mapping[Part, np.ndarray]
    numbers: Mapping[Part, np.ndarray]


@dataclass(frozen=True, eq=False)
class Coded:
    """Which value of each variable every referral row has, as `Variable.code` gives it.

    `rows` is a table of the engine that says what finds a row, and its place in the arrays of `codes`. The last of these
    is for what has no referral row.
    """

    rows: ibis.Table
    codes: Mapping[Variable, np.ndarray] = field(repr=False)


def code_attributes(attributes: ibis.Table, variables: Sequence[Variable], span: Span) -> Coded:
    """The values of all referral rows of a span, each worked out once."""
    rows = attributes.filter(number_of(attributes["month"], MONTH).isin(span.months))
    ended = (number_of(rows["discharge_date"], span.kind) == number_of(rows["month"], span.kind)).fill_null(False)
    rows = rows.mutate(**{ENDED_IN_PERIOD: ended, _OF_PERIOD: number_of(rows["month"], span.kind)})
    told = {_column(i): one.code(rows).fill_null(_blank(one)) for i, one in enumerate(variables)}
    table = fetch(rows.select(*_ROW, *_EVENT, "month", **told))
    places = pa.array(np.arange(len(table), dtype=np.int32))
    found = load_beside(attributes, table.select([*_ROW, *_EVENT, "month"]).append_column(_PLACE_OF_CODES, places))
    # A column of its own: Ibis names the wrong table on Spark where a window stands in a filter.
    stands = found["month"] == found["month"].max().over(group_by=list(_EVENT))
    placed_in = hold(found.mutate(**{_STANDS: stands}).drop("month"))
    return Coded(placed_in, {one: _with_blank(table[_column(i)], one) for i, one in enumerate(variables)})


def _with_blank(codes: pa.ChunkedArray, variable: Variable) -> np.ndarray:
    held = _array(codes)
    return np.append(held, held.dtype.type(_blank(variable)))


def _blank(variable: Variable) -> int:
    return 0 if variable.overlaps else NOWHERE


def encode(rows: ibis.Table, clock: Clock, measures: Sequence[Measure], coded: Coded, span: Span) -> Encoded:
    """The rows that a clock places in the periods of a span, in one query."""
    own = [part for part in parts_of(measures) if part.on == clock]
    found = _placed(rows, clock, span)
    atoms = list(dict.fromkeys(atom for part in own if part.where for atom in part.where.atoms))
    numbers = list(dict.fromkeys(part.number for part in own if part.number))
    told = found.select(
        PERIOD,
        *span.finest.columns[1:],
        **_link(found, clock, span),
        **_flags(found, atoms),
        **_numbers(found, numbers),
    )
    table = fetch(_with_place(_with_codes(told, _coded_for(clock, coded)), span))
    key = _key(table, clock, span)
    flags = {atom: _array(table[f"is_{i}"]) for i, atom in enumerate(atoms)}
    values = {number: _array(table[f"number_{i}"]) for i, number in enumerate(numbers)}
    chosen, held = _lists(own, parts_of_spread(measures), flags, values, len(key))
    return Encoded(key, _array(table[_PLACE_OF_CODES]), chosen, held)


def _column(i: int) -> str:
    return f"code_{i}"


def _is_of_events(clock: Clock) -> bool:
    return clock.grain in (CONTACT, LOG)


def _link(rows: ibis.Table, clock: Clock, span: Span) -> dict[str, Any]:
    if not _is_of_events(clock):
        return {name: rows[name] for name in _ROW}
    return {"pathway": rows["pathway"], _OF_PERIOD: number_of(rows["month"], span.kind)}


def _coded_for(clock: Clock, coded: Coded) -> ibis.Table:
    if not _is_of_events(clock):
        return coded.rows.drop(*_EVENT, _STANDS)
    return coded.rows.filter(coded.rows[_STANDS]).drop(*_ROW, _STANDS)


# What is placed by month is placed so, and the months are put together afterwards.
def _placed(rows: ibis.Table, clock: Clock, span: Span) -> ibis.Table:
    if not is_by_month(clock):
        return placed(rows, clock, span.numbers, span.kind)
    months = np.array(span.months, dtype=np.int64)
    return placed(rows, clock, months[holds(clock, months, span.kind)].tolist(), MONTH)


def _flags(rows: ibis.Table, atoms: Sequence[Condition]) -> dict[str, Any]:
    return {f"is_{i}": atom.of(rows).fill_null(False) for i, atom in enumerate(atoms)}


def _numbers(rows: ibis.Table, numbers: Sequence[Condition]) -> dict[str, Any]:
    return {f"number_{i}": number.of(rows).cast("float64") for i, number in enumerate(numbers)}


def _with_codes(rows: ibis.Table, coded: ibis.Table) -> ibis.Table:
    link = [name for name in coded.columns if name != _PLACE_OF_CODES]
    found = rows.left_join(coded, link, rname="{name}_found")
    return found.drop(*link, *(f"{name}_found" for name in link)).mutate(
        **{_PLACE_OF_CODES: found[_PLACE_OF_CODES].fill_null(-1)}
    )


# A number stands for provider and commissioner, so that no text leaves the engine for each row.
def _with_place(rows: ibis.Table, span: Span) -> ibis.Table:
    columns = span.finest.columns[1:]
    places = _places(span)
    cells = {name: pa.array([place[i] for place in places], pa.string()) for i, name in enumerate(columns)}
    named = load(pa.table({_PLACE: pa.array(range(len(places)), pa.int32()), **{f"{name}_of_place": held for name, held in cells.items()}}))  # fmt: skip
    same = [rows[name].identical_to(named[f"{name}_of_place"]) for name in columns]
    return rows.inner_join(named, same).drop(*columns, *(f"{name}_of_place" for name in columns))


def _places(span: Span) -> tuple[Key, ...]:
    return tuple(dict.fromkeys(key[1:] for key in span.keys))


def _key(table: pa.Table, clock: Clock, span: Span) -> np.ndarray:
    period = _array(table[PERIOD]).astype(np.int64)
    period = number_of_month(period, span.kind) if is_by_month(clock) else period
    places = {place: number for number, place in enumerate(_places(span))}
    first, width = min(span.numbers), len(places)
    known = np.full((max(span.numbers) - first + 1) * width, -1, dtype=np.int32)
    for number, key in enumerate(span.keys):
        known[(key[0] - first) * width + places[key[1:]]] = number
    return known[(period - first) * width + _array(table[_PLACE])]


def _lists(
    parts: Iterable[Part],
    in_order: Sequence[Part],
    flags: Mapping[Condition, np.ndarray],
    values: Mapping[Condition, np.ndarray],
    rows: int,
) -> tuple[dict[Part, np.ndarray], dict[Part, np.ndarray]]:
    chosen: dict[Part, np.ndarray] = {}
    numbers: dict[Part, np.ndarray] = {}
    for part in parts:
        are = [flags[atom] for atom in part.where.atoms] if part.where else []
        listed = np.flatnonzero(reduce(and_, are)) if are else np.arange(rows)
        if part.number:
            listed = listed[~np.isnan(values[part.number][listed])]
            if part in in_order:
                listed = listed[np.argsort(values[part.number][listed], kind="stable")]
            numbers[part] = values[part.number][listed]
        chosen[part] = listed.astype(np.int32)
    return chosen, numbers


def _array(column: pa.ChunkedArray) -> np.ndarray:
    return column.to_numpy()
