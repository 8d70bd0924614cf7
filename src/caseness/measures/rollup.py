"""From the finest key up to any level: sums add, and medians, highest and lowest are taken of all numbers together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from caseness.measures.aggregate import Key, Spread, Sums
from caseness.measures.algebra import MAXIMUM, MEDIAN, MINIMUM
from caseness.measures.places import UNKNOWN, Places

PAIR = "sub-icb-provider"

Group = tuple[int, str, str | None]


@dataclass(frozen=True, eq=False)
class Level:
    """The groups of one level, each a period and an organisation (and its commissioner at the level of pairs).

    `group_of` says to which group a key belongs.
    """

    name: str
    groups: tuple[Group, ...]
    group_of: dict[Key, int]

    def add(self, sums: Sums) -> np.ndarray:
        """Each part summed over each group: a row for each group, a column for each part."""
        at = np.array([self.group_of[key] for key in sums.keys], dtype=np.int64)
        order = np.argsort(at, kind="stable")
        starts = np.searchsorted(at[order], np.arange(len(self.groups)))
        return np.add.reduceat(sums.cells[order], starts, axis=0) if len(starts) else sums.cells[:0]

    def pick(self, spread: Spread, statistic: str) -> np.ndarray:
        """The median, the highest or the lowest of the numbers of each group; not a number where it has none."""
        picked = np.full(len(self.groups), np.nan)
        for group, values, counts in self._by_group(spread):
            picked[group] = _PICKS[statistic](values, counts)
        return picked

    def _by_group(self, spread: Spread) -> Iterable[tuple[int, np.ndarray, np.ndarray]]:
        if not spread.keys:
            return ()
        at = np.array([self.group_of[key] for key in spread.keys], dtype=np.int64)
        order = np.lexsort((spread.values, at))
        groups, starts = np.unique(at[order], return_index=True)
        values, counts = np.split(spread.values[order], starts[1:]), np.split(spread.counts[order], starts[1:])
        return zip(groups.tolist(), values, counts, strict=True)


def lay_out(level: str, keys: Sequence[Key], places: Places) -> Level:
    """The groups of a level, in order of period and organisation."""
    named = places.of(level, [key[1] for key in keys], [key[2] for key in keys])
    found: list[Group] = [
        (key[0], organisation, (key[2] or UNKNOWN) if level == PAIR else None)
        for key, organisation in zip(keys, named, strict=True)
    ]
    groups = sorted(set(found), key=lambda group: (group[0], group[1], group[2] or ""))
    numbers = {group: number for number, group in enumerate(groups)}
    return Level(level, tuple(groups), {key: numbers[group] for key, group in zip(keys, found, strict=True)})


def _median(values: np.ndarray, counts: np.ndarray) -> float:
    """Of numbers that occur so often, in order: the middle one, or the mean of the two in the middle."""
    ends = np.cumsum(counts)
    middle = (np.array([ends[-1] - 1, ends[-1]]) // 2) + 1
    return float(values[np.searchsorted(ends, middle)].mean())


_PICKS = {
    MEDIAN: _median,
    MAXIMUM: lambda values, counts: values[-1],
    MINIMUM: lambda values, counts: values[0],
}
