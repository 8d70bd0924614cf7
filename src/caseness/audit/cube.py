"""Figures of one basis laid out for counting: figure by period by organisation.

A ratio is only ever formed inside one cube, and a cube has one basis, so no ratio can mix
the annual report with the sum of the monthly files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from caseness.periods import Period
from caseness.stats.bounds import Bounded


@dataclass(frozen=True)
class Cell:
    """Which figure a plane of a cube holds: the figure, and the wait and band where it is split."""

    figure_id: str
    wait: str | None = None
    band: str | None = None


@dataclass(frozen=True, eq=False)
class Cube:
    """Every figure of one basis, as planes of periods by organisations.

    Shapes: each plane is (n_periods, n_organisations). `months` says how many monthly
    files each cell of a summed cube rests on.
    """

    basis: str
    periods: tuple[Period, ...]
    organisations: tuple[str, ...]
    planes: Mapping[Cell, Bounded] = field(repr=False)
    months: Mapping[Cell, NDArray[np.int64]] = field(default_factory=dict, repr=False)

    @property
    def shape(self) -> tuple[int, int]:
        """How many periods and organisations there are."""
        return len(self.periods), len(self.organisations)

    def holds(self, figure_id: str, wait: str | None = None, band: str | None = None) -> bool:
        """Whether any cell of this figure was published."""
        return Cell(figure_id, wait, band) in self.planes

    def plane(self, figure_id: str, wait: str | None = None, band: str | None = None) -> Bounded:
        """A figure for all periods and organisations; unknown everywhere if it was never published."""
        held = self.planes.get(Cell(figure_id, wait, band))
        if held is not None:
            return held
        return Bounded.of(np.full(self.shape, np.nan), np.full(self.shape, np.nan))

    def index(self, period: Period, organisation: str) -> tuple[int, int] | None:
        """Where a period and an organisation stand, or None where this basis lacks either."""
        if period not in self.periods or organisation not in self.organisations:
            return None
        return self.periods.index(period), self.organisations.index(organisation)
