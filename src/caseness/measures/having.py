"""Which values of a variable referral rows have, and how that is counted.

Every set of values that some row has is counted apart, so that each row counts once. A value is the sum of the sets that
have it: of one, of all subgroups of a main group, or of whatever it is found together with. Where there are many sets, a
few values are counted at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from caseness.measures.breakdown import NOWHERE, Variable

# Values are some dozens.
_PLACE = np.int8
# Of fourteen values that overlap there are up to 16,384 sets, and of five at a time no more than 32.
_MANY, _AT_A_TIME = 16, 5


@dataclass(frozen=True, eq=False)
class Told:
    """What some rows say: the key and the value of each, and its number. The numbers are in their order."""

    key: np.ndarray
    value: np.ndarray
    number: np.ndarray


@dataclass(frozen=True, eq=False)
class Having:
    """Which values each referral row has: the number of its set, and whether a set has a value.

    `sets` has a row for each set of values, which may be empty, and a column for each value.
    """

    of: np.ndarray
    sets: np.ndarray

    def cells(self, key: np.ndarray, row: np.ndarray) -> list[np.ndarray]:
        """The cell in which each row is counted, of the place of its key: in a table with a row for each key, a column for each set.

        There is one table, or one for every few values.
        """
        return [one._cells_of(key, row) for one in self.apart]

    def add_up(
        self,
        cells: Sequence[np.ndarray],
        keys: int,
        chosen: np.ndarray | slice = slice(None),
        numbers: np.ndarray | None = None,
    ) -> np.ndarray:
        """How many of the chosen rows there are, or the sum of their numbers: a row for each key, a column for each value."""
        tables = zip(self.apart, cells, strict=True)
        return np.hstack([one._lay(np.bincount(cell[chosen], numbers, keys * len(one.sets))) for one, cell in tables])

    def tell(self, key: np.ndarray, row: np.ndarray, numbers: np.ndarray) -> list[Told]:
        """What rows say that have a value: their numbers, in order. No key and value are in two of the lists."""
        which = self.of[row]
        return [_tell(key, layer[which], numbers) for layer in self._layers]

    @cached_property
    def apart(self) -> list[Having]:
        """The same of a few values at a time, where there are many times as many sets as values."""
        values = self.sets.shape[1]
        if len(self.sets) <= _MANY * values:
            return [self]
        return [self._only(slice(first, first + _AT_A_TIME)) for first in range(0, values, _AT_A_TIME)]

    def _only(self, values: slice) -> Having:
        sets, which = np.unique(self.sets[:, values], axis=0, return_inverse=True)
        return Having(which.reshape(-1).astype(np.int32)[self.of], sets)

    def _cells_of(self, key: np.ndarray, row: np.ndarray) -> np.ndarray:
        cells = int(key.max(initial=0) + 1) * len(self.sets)
        return key.astype(np.int64 if cells > np.iinfo(np.int32).max else np.int32) * len(self.sets) + self.of[row]

    def _lay(self, counted: np.ndarray) -> np.ndarray:
        return counted.reshape(-1, len(self.sets)) @ self.sets.astype(np.float64)

    # In each some values that no row has together: for each set the one that it has, or none.
    @cached_property
    def _layers(self) -> list[np.ndarray]:
        together = self.sets.T @ self.sets
        layers: list[list[int]] = []
        for value in range(self.sets.shape[1]):
            free = [layer for layer in layers if not together[value, layer].any()]
            (free[0] if free else _added_to(layers)).append(value)
        return [self._layer(layer) for layer in layers]

    def _layer(self, values: Sequence[int]) -> np.ndarray:
        held = self.sets[:, values]
        return np.where(held.any(axis=1), np.array(values)[held.argmax(axis=1)], NOWHERE).astype(_PLACE)


def _added_to(layers: list[list[int]]) -> list[int]:
    layers.append([])
    return layers[-1]


def _tell(key: np.ndarray, value: np.ndarray, numbers: np.ndarray) -> Told:
    kept = np.flatnonzero(value != NOWHERE)
    return Told(key[kept], value[kept], numbers[kept])


def find_values(codes: np.ndarray, variable: Variable) -> Having:
    """Which values rows have, of the codes of a variable."""
    told, places = np.unique(codes), np.arange(len(variable.values))
    sets = ((told[:, None] >> places) & 1) == 1 if variable.overlaps else told[:, None] == places
    for place, whole in variable.wholes.items():
        sets[:, whole] |= sets[:, place]
    return Having(np.searchsorted(told, codes).astype(np.int32), sets)
