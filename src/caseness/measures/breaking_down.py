"""Figures by the values of a variable: sums at the finest key and value, rolled up, and numbers in their order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from typing import TypeAlias

import numpy as np
import pyarrow as pa

from caseness.measures.aggregate import parts_of, parts_of_spread
from caseness.measures.algebra import MAXIMUM, MEDIAN, MINIMUM, Clock, Measure, Part
from caseness.measures.at_once import in_order
from caseness.measures.breakdown import Variable
from caseness.measures.encoded import Encoded, Span, code_attributes, encode
from caseness.measures.figures import Beyond, lay_split, work_out
from caseness.measures.having import Having, Told, find_values
from caseness.measures.rollup import PAIR, Level
from caseness.settings import load_settings

# So many bits of a number at a time are sorted by their digits, several times faster than whole numbers.
_BITS = 16
# So many figures are worked out in one piece, if every key were an organisation: less than a hundred megabytes, in each thread.
_AT_ONCE = 250_000

# At a level, of a part: its median, highest or lowest in each group and value.
Picked: TypeAlias = dict[tuple[Level, Part, str], np.ndarray]


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
    coded = code_attributes(grains.attributes, variables, span)  # type: ignore[attr-defined]
    clocks = dict.fromkeys(part.on for part in parts_of(measures))
    encoded = {clock: encode(getattr(grains, clock.grain), clock, measures, coded, span) for clock in clocks}
    at = {level: _groups_of(level, span) for level in levels}
    pieces = (
        partial(_lay_all, counted, at, some)
        for counted in (_count(variable, span, encoded, codes, england) for variable, codes in coded.codes.items())
        for some in _shared_out(measures, len(span.keys) * len(counted.variable.values))
    )
    for tables in in_order(pieces, load_settings().threads):
        yield from tables


def _lay_all(counted: _Counted, at: Mapping[Level, np.ndarray], measures: Sequence[Measure]) -> list[pa.Table]:
    sums, picked = counted.sums(measures), counted.pick(measures, at)
    return [counted.lay(level, groups, measures, sums, picked) for level, groups in at.items()]


def _count(
    variable: Variable, span: Span, encoded: Mapping[Clock, Encoded], codes: np.ndarray, england: Level
) -> _Counted:
    having = find_values(codes, variable)
    cells = {clock: having.cells(rows.key, rows.row) for clock, rows in encoded.items()}
    counted = (having.add_up(each, len(span.keys)) for each in cells.values())
    present = (np.sum(list(counted), axis=0) > 0).astype(np.float64)
    return _Counted(variable, span, encoded, having, cells, present, england)


def _groups_of(level: Level, span: Span) -> np.ndarray:
    return np.array([level.group_of[key] for key in span.keys], dtype=np.int32)


def _shared_out(measures: Sequence[Measure], cells: int) -> Iterator[Sequence[Measure]]:
    step = max(1, _AT_ONCE // cells)
    return (measures[first : first + step] for first in range(0, len(measures), step))


@dataclass(frozen=True, eq=False)
class _Counted:
    variable: Variable
    span: Span
    encoded: Mapping[Clock, Encoded]
    having: Having
    cells: Mapping[Clock, Sequence[np.ndarray]]
    present: np.ndarray
    england: Level

    # Of each part a row for each key, and a column for each value.
    def sums(self, measures: Sequence[Measure]) -> dict[Part, np.ndarray]:
        return {part: self._sum(part) for part in parts_of(measures)}

    def _sum(self, part: Part) -> np.ndarray:
        rows, cells = self.encoded[part.on], self.cells[part.on]
        return self.having.add_up(cells, len(self.span.keys), rows.chosen[part], rows.numbers.get(part))

    # What the rows say of one part at a time, as that is as large as they are.
    def pick(self, measures: Sequence[Measure], at: Mapping[Level, np.ndarray]) -> Picked:
        picked: Picked = {}
        wanted = dict.fromkeys((one.above.parts[0], one.statistic) for one in measures if one.is_of_spread)
        for part in parts_of_spread(measures):
            rows, chosen = self.encoded[part.on], self.encoded[part.on].chosen[part]
            told = self.having.tell(rows.key[chosen], rows.row[chosen], rows.numbers[part])
            for level, groups in at.items():
                for statistic in (which for of, which in wanted if of == part):
                    picked[level, part, statistic] = self._pick(told, statistic, groups, len(level.groups))
        return picked

    def lay(
        self,
        level: Level,
        at: np.ndarray,
        measures: Sequence[Measure],
        sums: Mapping[Part, np.ndarray],
        picked: Picked,
    ) -> pa.Table:
        groups = len(level.groups)
        added = {part: _rolled_up(each, at, groups).reshape(-1) for part, each in sums.items()}
        beyond = self._beyond(level, at, sums)
        worked = [work_out(one, added, lambda part, which: picked[level, part, which], beyond) for one in measures]
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

    def _pick(self, told: Sequence[Told], statistic: str, at: np.ndarray, groups: int) -> np.ndarray:
        values = len(self.variable.values)
        picked = (pick(at[one.key] * values + one.value, one.number, groups * values, statistic) for one in told)
        return reduce(np.fmax, picked)


def pick(cell: np.ndarray, numbers: np.ndarray, size: int, statistic: str) -> np.ndarray:
    """The median, the highest or the lowest of the numbers in each cell, which come in their order.

    >>> pick(np.array([0, 2, 0]), np.array([1.0, 5.0, 8.0]), 3, "median").tolist()
    [4.5, nan, 5.0]
    """
    counts = np.bincount(cell, minlength=size)
    order = _in_order_of(cell, size)
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
    picked[held] = (numbers[order[low]] + numbers[order[high]]) / 2
    return picked


# Where each row goes if they are sorted by cell and otherwise left as they stand.
def _in_order_of(cell: np.ndarray, size: int) -> np.ndarray:
    order = np.argsort((cell & ((1 << _BITS) - 1)).astype(np.uint16), kind="stable")
    if size <= 1 << _BITS:
        return order
    return order[np.argsort((cell >> _BITS)[order].astype(np.uint16), kind="stable")]


def _rolled_up(sums: np.ndarray, at: np.ndarray, groups: int) -> np.ndarray:
    order = np.argsort(at, kind="stable")
    starts = np.searchsorted(at[order], np.arange(groups))
    return np.add.reduceat(sums[order], starts, axis=0)
