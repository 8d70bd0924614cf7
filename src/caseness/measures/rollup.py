"""From the finest key up to any level: sums add, and medians, highest and lowest are taken of all numbers together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from caseness.measures.aggregate import Cells, Spread
from caseness.measures.algebra import MAXIMUM, MEDIAN, MINIMUM
from caseness.measures.columns import TEAM
from caseness.measures.finest import COMMISSIONER, PLAIN, PROVIDER, FinestKey, Key
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

    def add(self, sums: Cells) -> np.ndarray:
        """Each part summed over each group: a row for each group, a column for each part."""
        at = np.array([self.group_of[key] for key in sums.keys], dtype=np.int64)
        order = np.argsort(at, kind="stable")
        starts = np.searchsorted(at[order], np.arange(len(self.groups)))
        return np.add.reduceat(sums.cells[order], starts, axis=0) if len(starts) else sums.cells[:0]

    def periods_among(self, england: Level) -> np.ndarray:
        """For each group, the place of its period among the groups of England, which has one for each."""
        place = {group[0]: number for number, group in enumerate(england.groups)}
        return np.array([place[group[0]] for group in self.groups], dtype=np.int64)

    def pick(self, spread: Spread, statistic: str) -> np.ndarray:
        """The median, the highest or the lowest of the numbers of each group; not a number where it has none."""
        values, code = np.unique(spread.values, return_inverse=True)
        at = np.array([self.group_of[key] for key in spread.keys], dtype=np.int64)[spread.at]
        picked = np.full(len(self.groups), np.nan)
        for first in range(0, len(self.groups) if len(values) else 0, _block(len(values))):
            last = min(first + _block(len(values)), len(self.groups))
            inside = (at >= first) & (at < last)
            cell = (at[inside] - first) * len(values) + code[inside]
            counts = np.bincount(cell, spread.counts[inside], (last - first) * len(values))
            picked[first:last] = _pick(values, counts.reshape(last - first, len(values)), statistic)
        return picked


# As many groups at a time as a table of a few million cells has room for.
def _block(values: int) -> int:
    return max(1, 4_000_000 // max(values, 1))


def _pick(values: np.ndarray, counts: np.ndarray, statistic: str) -> np.ndarray:
    """Of each row of counts, one for each of the sorted values: the value in the middle, the last or the first."""
    ends = np.cumsum(counts, axis=1)
    number = ends[:, -1]
    ranks = {MEDIAN: ((number + 1) // 2, number // 2 + 1), MAXIMUM: (number, number), MINIMUM: (number * 0 + 1,) * 2}
    low, high = (values[(ends < rank[:, None]).sum(axis=1) % len(values)] for rank in ranks[statistic])
    return np.where(number > 0, (low + high) / 2, np.nan)


def lay_out(level: str, keys: Sequence[Key], places: Places, finest: FinestKey = PLAIN) -> Level:
    """The groups of a level, in order of period and organisation."""
    commissioners = finest.read(COMMISSIONER, keys)
    teams = finest.read(TEAM, keys) if level == TEAM else ()
    named = places.of(level, finest.read(PROVIDER, keys), commissioners, teams)
    found: list[Group] = [
        (key[0], organisation, (commissioner or UNKNOWN) if level == PAIR else None)
        for key, organisation, commissioner in zip(keys, named, commissioners, strict=True)
    ]
    groups = sorted(set(found), key=lambda group: (group[0], group[1], group[2] or ""))
    numbers = {group: number for number, group in enumerate(groups)}
    return Level(level, tuple(groups), {key: numbers[group] for key, group in zip(keys, found, strict=True)})
