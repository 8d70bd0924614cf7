"""Figures by the values of a variable: sums at the finest key and value, rolled up, and numbers in their order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

import numpy as np
import pyarrow as pa

from caseness.measures.algebra import MAXIMUM, MEDIAN, MINIMUM, Clock, Measure, Part
from caseness.measures.at_once import in_order
from caseness.measures.breakdown import NOWHERE, Variable
from caseness.measures.encoded import Encoded, Span, code_attributes, encode
from caseness.measures.figures import Beyond, lay_split, work_out
from caseness.measures.rollup import PAIR, Level
from caseness.settings import load_settings

# Cells up to this many are told apart by numbers that sort several times faster.
_SMALL = 1 << 16
# So many figures are worked out in one piece, if every key were an organisation: less than a hundred megabytes, in each thread.
_AT_ONCE = 250_000


@dataclass(frozen=True, eq=False)
class Having:
    """Which value each row has: the first, and for rows that have more, the rows and the values again.

    `values` is how many values there are. A row that has none has that number.
    """

    values: int
    first: np.ndarray
    rows: np.ndarray
    more: np.ndarray

    def cells(self, at: np.ndarray) -> np.ndarray:
        """The cell of each row, of the place of its key or group: a row of a table for each place, a column for each value."""
        return at * (self.values + 1) + self.first

    def cells_again(self, at: np.ndarray) -> np.ndarray:
        """The cells of the rows that have more than one value, again."""
        return at[self.rows] * (self.values + 1) + self.more


# The cell of each row, those of the rows that have more than one value, and which these are.
Cells: TypeAlias = tuple[np.ndarray, np.ndarray, Having]


def break_down(
    grains: object,
    variables: Sequence[Variable],
    measures: Sequence[Measure],
    span: Span,
    levels: Sequence[Level],
    england: Level,
) -> Iterator[pa.Table]:
    """The figures of each variable and level, one table after the other: of as many measures as memory has room for."""
    if not variables or not measures or not span.keys:
        return
    parts = tuple(dict.fromkeys(part for one in measures for part in one.parts))
    encoded = _encode_all(grains, variables, parts, span)
    at = {level: _groups_of(level, span) for level in levels}
    pieces = (
        partial(_lay_all, counted, at, some)
        for counted in (_count(variable, span, encoded, england) for variable in variables)
        for some in _shared_out(measures, len(span.keys) * len(counted.variable.values))
    )
    for tables in in_order(pieces, load_settings().threads):
        yield from tables


# The coded attributes are let go of here: nothing reads them once every clock is encoded.
def _encode_all(
    grains: object, variables: Sequence[Variable], parts: Sequence[Part], span: Span
) -> dict[Clock, Encoded]:
    coded = code_attributes(grains.attributes, variables, span)  # type: ignore[attr-defined]
    clocks = tuple(dict.fromkeys(part.on for part in parts))
    return {clock: encode(getattr(grains, clock.grain), clock, parts, coded, variables, span) for clock in clocks}


def _lay_all(counted: _Counted, at: Mapping[Level, np.ndarray], measures: Sequence[Measure]) -> list[pa.Table]:
    sums = counted.sums(measures)
    return [counted.lay(level, groups, measures, sums) for level, groups in at.items()]


def _count(variable: Variable, span: Span, encoded: Mapping[Clock, Encoded], england: Level) -> _Counted:
    having = _having(encoded, variable)
    cells = {clock: _cells_of(encoded[clock], held) for clock, held in having.items()}
    present = _present(cells, len(span.keys), len(variable.values))
    return _Counted(variable, span, encoded, having, cells, present, england)


def _cells_of(rows: Encoded, held: Having) -> Cells:
    return held.cells(rows.key), held.cells_again(rows.key), held


# Which keys have anybody of each value.
def _present(cells: Mapping[Clock, Cells], keys: int, values: int) -> np.ndarray:
    size = keys * (values + 1)
    counts = (np.bincount(each, minlength=size) for cell, again, _ in cells.values() for each in (cell, again))
    return (sum(counts, np.zeros(size)) > 0).astype(np.float64).reshape(keys, values + 1)[:, :values]


def _groups_of(level: Level, span: Span) -> np.ndarray:
    return np.array([level.group_of[key] for key in span.keys], dtype=np.int32)


def _having(encoded: Mapping[Clock, Encoded], variable: Variable) -> dict[Clock, Having]:
    return {clock: find_values(rows.codes[variable], variable) for clock, rows in encoded.items()}


def _shared_out(measures: Sequence[Measure], cells: int) -> Iterator[Sequence[Measure]]:
    step = max(1, _AT_ONCE // cells)
    return (measures[first : first + step] for first in range(0, len(measures), step))


def find_values(codes: np.ndarray, variable: Variable) -> Having:
    """Which values rows have, of the codes of a variable."""
    number = len(variable.values)
    if not variable.overlaps:
        return _with_wholes(number, np.where(codes == NOWHERE, number, codes).astype(np.int32), variable)
    first, rows, more = np.full(len(codes), number, dtype=np.int32), [], []
    for place in range(number):
        having = np.flatnonzero((codes >> place) & 1)
        again = having[first[having] < number]
        first[having[first[having] == number]] = place
        rows.append(again)
        more.append(np.full(len(again), place, dtype=np.int32))
    return Having(number, first, np.concatenate(rows), np.concatenate(more))


# A row of a value is in the main group as well, where that is a value of its own.
def _with_wholes(number: int, first: np.ndarray, variable: Variable) -> Having:
    whole = np.full(number + 1, NOWHERE, dtype=np.int32)
    whole[list(variable.wholes)] = list(variable.wholes.values())
    rows = np.flatnonzero(whole[first] != NOWHERE)
    return Having(number, first, rows, whole[first[rows]])


@dataclass(frozen=True, eq=False)
class _Counted:
    variable: Variable
    span: Span
    encoded: Mapping[Clock, Encoded]
    having: Mapping[Clock, Having]
    cells: Mapping[Clock, Cells]
    present: np.ndarray
    england: Level

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.span.keys), len(self.variable.values)

    # Of each part a row for each key, and a column for each value. Rows without a value are dropped.
    def sums(self, measures: Sequence[Measure]) -> dict[Part, np.ndarray]:
        parts = dict.fromkeys(part for one in measures for part in one.parts)
        return {part: self._sum(part) for part in parts}

    def _sum(self, part: Part) -> np.ndarray:
        keys, values = self.shape
        cell, again, held = self.cells[part.on]
        rows, size = self.encoded[part.on], keys * (values + 1)
        added = _add(rows.chosen[part], rows.numbers.get(part), cell, again, held, size)
        return added.reshape(keys, values + 1)[:, :values]

    def lay(
        self, level: Level, at: np.ndarray, measures: Sequence[Measure], sums: Mapping[Part, np.ndarray]
    ) -> pa.Table:
        groups = len(level.groups)
        added = {part: _rolled_up(each, at, groups).reshape(-1) for part, each in sums.items()}
        beyond = self._beyond(level, at, sums)
        worked = [
            work_out(one, added, lambda part, which: self._pick(part, which, at, groups), beyond) for one in measures
        ]
        # Of pairs there are thousands, and most have nobody of a value.
        kept = _rolled_up(self.present, at, groups).reshape(-1) > 0 if level.name == PAIR else None
        return lay_split(level, self.span.kind, measures, worked, self.variable, kept)

    # Everybody is there once, whatever values they have or lack.
    def _beyond(self, level: Level, at: np.ndarray, sums: Mapping[Part, np.ndarray]) -> Beyond:
        periods, values = level.periods_among(self.england), len(self.variable.values)

        def everybody(part: Part) -> np.ndarray:
            rows = self.encoded[part.on]
            chosen = rows.key[rows.chosen[part]]
            whole = np.bincount(chosen, rows.numbers.get(part), len(self.span.keys))[:, None]
            return np.repeat(_rolled_up(whole, at, len(level.groups)).reshape(-1), values)

        def england(part: Part) -> np.ndarray:
            whole = _rolled_up(sums[part], _groups_of(self.england, self.span), len(self.england.groups))
            return whole[periods].reshape(-1)

        return Beyond(everybody, england)

    def _pick(self, part: Part, statistic: str, at: np.ndarray, groups: int) -> np.ndarray:
        rows, held, width = self.encoded[part.on], self.having[part.on], len(self.variable.values) + 1
        cell, numbers = _in_cells(rows.chosen[part], rows.numbers[part], held, at[rows.key])
        return pick(cell, numbers, groups * width, statistic).reshape(-1, width)[:, :-1].reshape(-1)


def _add(
    chosen: np.ndarray, numbers: np.ndarray | None, cell: np.ndarray, again: np.ndarray, held: Having, size: int
) -> np.ndarray:
    added = np.bincount(cell[chosen], numbers, size)
    if not len(again):
        return added
    if numbers is None:
        is_chosen = np.zeros(len(cell), dtype=bool)
        is_chosen[chosen] = True
        return added + np.bincount(again[is_chosen[held.rows]], minlength=size)
    weights = np.zeros(len(cell))
    weights[chosen] = numbers
    return added + np.bincount(again, weights[held.rows], size)


# Numbers stay in their order within each cell.
def _in_cells(chosen: np.ndarray, numbers: np.ndarray, held: Having, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    cell = held.cells(at)[chosen]
    if not len(held.rows):
        return cell, numbers
    place = np.full(len(at), -1, dtype=np.int32)
    place[chosen] = np.arange(len(chosen), dtype=np.int32)
    again = place[held.rows]
    kept = again >= 0
    cells = np.concatenate([cell, held.cells_again(at)[kept]])
    both = np.concatenate([numbers, numbers[again[kept]]])
    order = np.argsort(both, kind="stable")
    return cells[order], both[order]


def pick(cell: np.ndarray, numbers: np.ndarray, size: int, statistic: str) -> np.ndarray:
    """The median, the highest or the lowest of the numbers in each cell, which come in their order.

    >>> pick(np.array([0, 2, 0]), np.array([1.0, 5.0, 8.0]), 3, "median").tolist()
    [4.5, nan, 5.0]
    """
    counts = np.bincount(cell, minlength=size)
    within = numbers[np.argsort(cell.astype(np.uint16) if size <= _SMALL else cell, kind="stable")]
    starts = np.cumsum(counts) - counts
    held = np.flatnonzero(counts)
    first, number = starts[held], counts[held]
    ranks = {
        MEDIAN: (first + (number - 1) // 2, first + number // 2),
        MAXIMUM: (first + number - 1,) * 2,
        MINIMUM: (first, first),
    }
    low, high = ranks[statistic]
    picked = np.full(size, np.nan)
    picked[held] = (within[low] + within[high]) / 2
    return picked


def _rolled_up(sums: np.ndarray, at: np.ndarray, groups: int) -> np.ndarray:
    order = np.argsort(at, kind="stable")
    starts = np.searchsorted(at[order], np.arange(groups))
    return np.add.reduceat(sums[order], starts, axis=0)
