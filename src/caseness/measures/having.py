"""Which value of a variable each row has, and how that is counted: in cells, one for each place and value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from caseness.measures.breakdown import NOWHERE, Variable

# Rows of a country are tens of millions, and values some dozens.
_ROW, _PLACE = np.int32, np.int8


@dataclass(frozen=True, eq=False)
class Told:
    """What some rows say: the key and the value of each, and its number. The numbers are in their order."""

    key: np.ndarray
    value: np.ndarray
    number: np.ndarray


@dataclass(frozen=True, eq=False)
class Having:
    """Which value each row has: the first, and for rows that have more, the rows and the values again.

    `values` is how many values there are. A row that has none has that number. `wholes` says of which value another is
    the main group as a whole: no row has that as its first.
    """

    values: int
    first: np.ndarray
    rows: np.ndarray
    more: np.ndarray
    wholes: Mapping[int, int]

    @property
    def width(self) -> int:
        """How many columns a table of cells has: one for each value, and one for rows without any."""
        return self.values + 1

    def cells(self, at: np.ndarray) -> np.ndarray:
        """The cell of each row, of the place of its key or group: a row of a table for each place, a column for each value."""
        return at * self.width + self.first

    def cells_again(self, at: np.ndarray) -> np.ndarray:
        """The cells of the rows that have more than one value, again."""
        return at[self.rows] * self.width + self.more

    def lay(self, counted: np.ndarray) -> np.ndarray:
        """What was counted in cells as a table, with each main group as a whole and without the rows that have no value."""
        table = counted.reshape(-1, self.width)
        for place, whole in self.wholes.items():
            table[:, whole] += table[:, place]
        return table[:, : self.values]

    def tell(self, key: np.ndarray, chosen: np.ndarray, numbers: np.ndarray) -> tuple[Told, ...]:
        """What the chosen rows say that have a value, and once more for the main groups: no cell is in both."""
        value = self.first[chosen]
        if len(self.rows):
            place = np.full(len(self.first), -1, dtype=_ROW)
            place[chosen] = np.arange(len(chosen), dtype=_ROW)
            again = place[self.rows]
            kept = again >= 0
            both = np.concatenate([numbers, numbers[again[kept]]])
            order = np.argsort(both, kind="stable")
            chosen = np.concatenate([chosen, self.rows[kept]])[order]
            value, numbers = np.concatenate([value, self.more[kept]])[order], both[order]
        own = _only(key[chosen], value, numbers, value < self.values)
        if not self.wholes:
            return (own,)
        whole = np.full(self.values, NOWHERE, dtype=_PLACE)
        whole[list(self.wholes)] = list(self.wholes.values())
        upper = whole[own.value]
        return own, _only(own.key, upper, own.number, upper != NOWHERE)


def _only(key: np.ndarray, value: np.ndarray, number: np.ndarray, wanted: np.ndarray) -> Told:
    kept = np.flatnonzero(wanted)
    return Told(key[kept], value[kept], number[kept])


def find_values(codes: np.ndarray, variable: Variable) -> Having:
    """Which values rows have, of the codes of a variable."""
    number = len(variable.values)
    if not variable.overlaps:
        first, nothing = np.where(codes == NOWHERE, number, codes).astype(_PLACE), np.zeros(0, dtype=_ROW)
        return Having(number, first, nothing, nothing.astype(_PLACE), variable.wholes)
    lowest = _lowest(codes)
    lowest[lowest < 0] = number
    return Having(number, lowest, *_further(codes), variable.wholes)


# The place of the lowest bit of each code, -1 where there is none. Powers of two are exact.
def _lowest(codes: np.ndarray) -> np.ndarray:
    return np.frexp((codes & -codes).astype(np.float32))[1].astype(_PLACE) - _PLACE(1)


# The rows and places of all bits but the lowest.
def _further(codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    rest = codes & (codes - 1)
    rows = np.flatnonzero(rest).astype(_ROW)
    rest = rest[rows]
    listed, places = [rows], [_lowest(rest)]
    while len(rows):
        rest = rest & (rest - 1)
        kept = np.flatnonzero(rest)
        rows, rest = rows[kept], rest[kept]
        listed.append(rows)
        places.append(_lowest(rest))
    return np.concatenate(listed), np.concatenate(places)
