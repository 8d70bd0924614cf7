"""An attack on released tables: what a reader can find out about small counts who knows how the counts hang together.

Written from what stands in a release, and without the code of the policies. The unknowns are people: how many there are of
each kind, at each of the finest places and in each group. Every released figure is a bound on a sum of them, so that all that
adds up, and all that lies within something else, is known to the attacker. Integer programming finds the fewest and the most
that each count can be.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

_SECONDS = 1.0
_LITTLE = 1e-6
Unknown = Hashable
Sum = Mapping[Unknown, float]


@dataclass
class Attack:
    """Unknown whole numbers, none below 0, and what is known of sums of them."""

    unknowns: dict[Unknown, int] = field(default_factory=dict)
    known: list[tuple[Sum, float, float]] = field(default_factory=list)

    def is_told(self, total: Iterable[Unknown] | Sum, low: float, high: float) -> None:
        """A sum lies between two ends."""
        terms = dict(total) if isinstance(total, Mapping) else dict.fromkeys(total, 1.0)
        for one in terms:
            self.unknowns.setdefault(one, len(self.unknowns))
        self.known.append((terms, low, high))

    def is_told_a_share(self, part: Iterable[Unknown], whole: Iterable[Unknown], low: float, high: float) -> None:
        """Of a whole, so many per cent are a part of it."""
        inside = set(part)
        rest = [one for one in whole if one not in inside]
        least = dict.fromkeys(inside, 100 - low) | dict.fromkeys(rest, -low)
        most = dict.fromkeys(inside, 100 - high) | dict.fromkeys(rest, -high)
        self.is_told(least, -1e-6, np.inf)
        self.is_told(most, -np.inf, 1e-6)

    def finds(self, total: Iterable[Unknown]) -> tuple[int, int]:
        """The fewest and the most that a sum can be."""
        aim = np.zeros(len(self.unknowns))
        aim[[self.unknowns[one] for one in total]] = 1
        return round(self._least(aim)), round(-self._least(-aim))

    def _least(self, aim: np.ndarray) -> float:
        matrix, low, high = self._written()
        for whole in (0, 1):
            found = milp(
                aim,
                constraints=LinearConstraint(matrix, low, high),
                bounds=Bounds(0, 10_000),
                integrality=whole,
                options={"time_limit": _SECONDS},
            )
            assert found.x is not None, f"nothing can have been released like this: {found.message}"
            # Most of these programs have whole numbers for their answer without being asked to.
            if np.abs(found.x - np.round(found.x)).max() < _LITTLE:
                break
        # Where time runs out, what was found is a value that the sum can have: the true end lies no further inside.
        return aim @ found.x

    def _written(self) -> tuple[csr_array, np.ndarray, np.ndarray]:
        rows = [
            (row, self.unknowns[one], times)
            for row, (sums, _, _) in enumerate(self.known)
            for one, times in sums.items()
        ]
        row, column, times = zip(*rows, strict=True)
        matrix = csr_array((times, (row, column)), shape=(len(self.known), len(self.unknowns)))
        return matrix, np.array([one[1] for one in self.known]), np.array([one[2] for one in self.known])


@dataclass(frozen=True)
class Cell:
    """A count that is to be protected: what it is called, its true number, and the unknowns that it is a sum of."""

    name: Hashable
    truth: int
    people: tuple[Unknown, ...]


def disclosed(
    attack: Attack, cells: Iterable[Cell], is_protected: Callable[[int], bool], width: int
) -> dict[Hashable, tuple[int, int]]:
    """The protected cells of which the attacker is left fewer than `width` values, with the two ends."""
    found = {one.name: attack.finds(one.people) for one in cells if is_protected(one.truth)}
    return {name: ends for name, ends in found.items() if ends[1] - ends[0] + 1 < width}
