"""Figures by the values of a variable: sums at the finest key and value, rolled up, and numbers in their order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from caseness.measures.algebra import MAXIMUM, MEDIAN, MINIMUM, Clock, Measure, Part
from caseness.measures.breakdown import NOWHERE, Variable
from caseness.measures.encoded import Encoded, Span, code_attributes, encode
from caseness.measures.figures import lay_split, work_out
from caseness.measures.rollup import PAIR, Level

# Cells up to this many are told apart by numbers that sort several times faster.
_SMALL = 1 << 16


@dataclass(frozen=True, eq=False)
class Having:
    """Which value each row has: the first, and for rows that have more, the rows and the values again.

    `values` is how many values there are. A row that has none has that number.
    """

    values: int
    first: np.ndarray
    rows: np.ndarray
    more: np.ndarray


def break_down(
    grains: object, variables: Sequence[Variable], measures: Sequence[Measure], span: Span, levels: Sequence[Level]
) -> Iterator[pa.Table]:
    """The figures of each variable and level, one table after the other."""
    if not variables or not measures or not span.keys:
        return
    parts = tuple(dict.fromkeys(part for one in measures for part in one.parts))
    coded = code_attributes(grains.attributes, variables, span)  # type: ignore[attr-defined]
    clocks = tuple(dict.fromkeys(part.on for part in parts))
    encoded = {clock: encode(getattr(grains, clock.grain), clock, parts, coded, variables, span) for clock in clocks}
    at = {level: np.array([level.group_of[key] for key in span.keys], dtype=np.int64) for level in levels}
    for variable in variables:
        having = {clock: find_values(rows.codes[variable], variable) for clock, rows in encoded.items()}
        sums, present = _sums(encoded, having, parts, len(span.keys), len(variable.values))
        for level in levels:
            counted = _Counted(level, at[level], encoded, having, parts)
            yield counted.lay(variable, measures, span.kind, sums, present)


def find_values(codes: np.ndarray, variable: Variable) -> Having:
    """Which values rows have, of the codes of a variable."""
    number = len(variable.values)
    if not variable.overlaps:
        return _with_wholes(number, np.where(codes == NOWHERE, number, codes).astype(np.int64), variable)
    first, rows, more = np.full(len(codes), number, dtype=np.int64), [], []
    for place in range(number):
        having = np.flatnonzero((codes >> place) & 1)
        again = having[first[having] < number]
        first[having[first[having] == number]] = place
        rows.append(again)
        more.append(np.full(len(again), place, dtype=np.int64))
    return Having(number, first, np.concatenate(rows), np.concatenate(more))


# A row of a value is in the main group as well, where that is a value of its own.
def _with_wholes(number: int, first: np.ndarray, variable: Variable) -> Having:
    whole = np.full(number + 1, NOWHERE, dtype=np.int64)
    whole[list(variable.wholes)] = list(variable.wholes.values())
    rows = np.flatnonzero(whole[first] != NOWHERE)
    return Having(number, first, rows, whole[first[rows]])


# A layer for each part, and in it a row for each key and a column for each value. Rows without a value are dropped.
def _sums(
    encoded: Mapping[Clock, Encoded], having: Mapping[Clock, Having], parts: Sequence[Part], keys: int, values: int
) -> tuple[np.ndarray, np.ndarray]:
    sums, width = np.zeros((len(parts), keys, values)), values + 1
    present = np.zeros((keys, values), dtype=bool)
    for clock, rows in encoded.items():
        held = having[clock]
        cell, more = rows.key * width + held.first, rows.key[held.rows] * width + held.more
        marked = np.zeros(len(rows.key), dtype=bool)
        found = np.bincount(np.concatenate([cell, more]), minlength=keys * width)
        present |= found.reshape(keys, width)[:, :values] > 0
        for layer, part in enumerate(parts):
            if part.on == clock:
                added = _add(part, rows, held, cell, more, marked, keys * width)
                sums[layer] = added.reshape(keys, width)[:, :values]
    return sums, present


def _add(
    part: Part, rows: Encoded, held: Having, cell: np.ndarray, more: np.ndarray, marked: np.ndarray, size: int
) -> np.ndarray:
    chosen, numbers = rows.chosen[part], rows.numbers.get(part)
    added = np.bincount(cell[chosen], numbers, size)
    if len(more):
        weights = np.zeros(len(rows.key)) if numbers is not None else None
        marked[chosen] = True
        if weights is not None:
            weights[chosen] = numbers
        again = marked[held.rows]
        added = added + np.bincount(more[again], None if weights is None else weights[held.rows[again]], size)
        marked[chosen] = False
    return added


@dataclass(frozen=True, eq=False)
class _Counted:
    level: Level
    at: np.ndarray
    encoded: Mapping[Clock, Encoded]
    having: Mapping[Clock, Having]
    parts: tuple[Part, ...]

    def lay(
        self, variable: Variable, measures: Sequence[Measure], kind: str, sums: np.ndarray, present: np.ndarray
    ) -> pa.Table:
        values = len(variable.values)
        added = _rolled_up(sums, self.at, len(self.level.groups)).reshape(len(self.parts), -1)
        columns = dict(zip(self.parts, added, strict=True))
        worked = [work_out(one, columns, lambda part, which: self._pick(part, which, values)) for one in measures]
        kept = _rolled_up(present[None].astype(np.float64), self.at, len(self.level.groups)).reshape(-1) > 0
        # Of pairs there are thousands, and most have nobody of a value.
        return lay_split(self.level, kind, measures, worked, variable, kept if self.level.name == PAIR else None)

    def _pick(self, part: Part, statistic: str, values: int) -> np.ndarray:
        rows, held = self.encoded[part.on], self.having[part.on]
        chosen, numbers = rows.chosen[part], rows.numbers[part]
        cell, numbers = _in_cells(chosen, numbers, held, self.at[rows.key])
        return pick(cell, numbers, len(self.level.groups) * (values + 1), statistic).reshape(-1, values + 1)[:, :values].reshape(-1)  # fmt: skip


# Numbers stay in their order within each cell: those of first values, and after them those of one further value at a time.
def _in_cells(chosen: np.ndarray, numbers: np.ndarray, held: Having, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    width = held.values + 1
    cell = at[chosen] * width + held.first[chosen]
    if not len(held.rows):
        return cell, numbers
    place = np.full(len(at), -1, dtype=np.int64)
    place[chosen] = np.arange(len(chosen))
    again = place[held.rows]
    kept = again >= 0
    cells = np.concatenate([cell, at[held.rows[kept]] * width + held.more[kept]])
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
    return np.add.reduceat(sums[:, order], starts, axis=1)
