"""Arithmetic of the fit: curves through published points, a table from its margins, the spread of a count."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from scipy import optimize, stats

# How much of the tail lies beyond each point that is set by its hazard.
TAIL = (0.5, 0.8, 0.95, 0.99)


def tail_by_hazard(shares: Sequence[float], days: Sequence[float], longest: float) -> tuple[list[float], list[float]]:
    """Carry on the hazard of the last band, to the longest wait that is allowed."""
    (early, late), (start, end) = shares[-2:], days[-2:]
    hazard = np.log((1 - early) / (1 - late)) / (end - start)
    beyond = [float(end - np.log(1 - part) / hazard) for part in TAIL]
    kept = [(late + part * (1 - late), wait) for part, wait in zip(TAIL, beyond, strict=True) if wait < longest]
    return [*shares, *(share for share, _ in kept), 1.0], [*days, *(wait for _, wait in kept), longest]


def tail_by_mean(shares: Sequence[float], days: Sequence[float], mean: float) -> tuple[list[float], list[float]]:
    """Set the longest wait so that the mean is as published. The tail falls off in one bend, half below a third."""
    late, end = shares[-1], days[-1]
    known = sum((b - a) * (u + v) / 2 for (a, b), (u, v) in zip(pairwise(shares), pairwise(days), strict=True))
    # The halves of the tail have means end + length/6 and end + 2 length/3, so 5/12 of the length together.
    length = ((mean - known) / (1 - late) - end) * 12 / 5
    if length <= 0:
        raise ValueError("the published mean is smaller than the published bands allow")
    return [*shares, (1 + late) / 2, 1.0], [*days, end + length / 3, end + length]


def table_from_margins(seed: np.ndarray, rows: Sequence[float], columns: Sequence[float]) -> np.ndarray:
    """The table nearest to a seed whose rows and columns add up as published (iterative proportional fitting)."""
    table = np.asarray(seed, dtype=float)
    for _ in range(2000):
        table = table * (np.asarray(rows) / table.sum(axis=1))[:, None]
        table = table * (np.asarray(columns) / table.sum(axis=0))[None, :]
    return table


def contacts_from_two(mean: float, median: int, longest: int) -> tuple[float, np.ndarray]:
    """A negative binomial of contacts beyond two, with the published mean and half of all at the published median.

    Returns the size parameter and the shares of 2, 3, ... contacts. The median only says that half lie at or below it
    and half at or above; the size that puts the middle of the median's own share at one half is taken.
    """

    def off(size: float) -> float:
        below, at = (
            stats.nbinom.cdf(median - 3, size, p := size / (size + mean - 2)),
            stats.nbinom.pmf(median - 2, size, p),
        )
        return float(below + at / 2 - 0.5)

    size = float(optimize.brentq(off, 0.3, 50))  # pyright: ignore[reportArgumentType]
    shares = stats.nbinom.pmf(np.arange(longest - 1), size, size / (size + mean - 2))
    return size, shares / shares.sum()
