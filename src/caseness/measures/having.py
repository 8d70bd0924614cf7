"""Which values of a variable referral rows have, and how that is counted.

Every set of values that some row has is counted apart, so that each row counts once. A value is the sum of the sets that
have it: of one, of all subgroups of a main group, or of whatever it is found together with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from caseness.measures.breakdown import NOWHERE, Variable

# Values are some dozens.
_PLACE = np.int8


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

    def cells(self, key: np.ndarray, row: np.ndarray) -> np.ndarray:
        """The cell in which each row is counted, of the place of its key: a row of a table for each key, a column for each set."""
        cells = int(key.max(initial=0) + 1) * len(self.sets)
        return key.astype(np.int64 if cells > np.iinfo(np.int32).max else np.int32) * len(self.sets) + self.of[row]

    def lay(self, counted: np.ndarray) -> np.ndarray:
        """What was counted in cells, by value: a row for each key, a column for each value."""
        return counted.reshape(-1, len(self.sets)) @ self.sets.astype(np.float64)

    def tell(self, key: np.ndarray, row: np.ndarray, numbers: np.ndarray) -> list[Told]:
        """What rows say that have a value: their numbers, in order. No key and value are in two of the lists."""
        which = self.of[row]
        return [_tell(key, layer[which], numbers) for layer in self._layers]

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
