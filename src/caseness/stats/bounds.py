"""Numbers that are known only to lie between two ends, and sums and shares of them.

A publisher that rounds and suppresses leaves an interval, not a number. Intervals are
carried through sums and shares, so that what is said of a service is never more exact
than what was published about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Bounded:
    """Quantities between `low` and `high`, with the printed `value` where there is one.

    Parameters
    ----------
    low, high : arrays of float, any one shape
        The ends, both included. NaN where nothing is known.
    value : array of float, the same shape
        What was printed, or follows from what was printed. NaN where a cell was
        suppressed: the ends are then all that may be said.

    Examples
    --------
    >>> exact(3.0) + Bounded.of(low=[0.0], high=[4.0])
    Bounded(low=array([3.]), high=array([7.]), value=array([nan]))
    """

    low: Array
    high: Array
    value: Array

    @classmethod
    def of(cls, low: ArrayLike, high: ArrayLike, value: ArrayLike | None = None) -> Bounded:
        """Make bounded quantities from anything array-like. No `value` means none was printed."""
        ends = np.broadcast_arrays(np.asarray(low, float), np.asarray(high, float))
        if value is None:
            value = np.full(ends[0].shape, np.nan)
        return cls(ends[0], ends[1], np.broadcast_to(np.asarray(value, float), ends[0].shape))

    @property
    def is_known(self) -> NDArray[np.bool_]:
        """Whether anything at all is known of each quantity."""
        return ~np.isnan(self.low)

    @property
    def is_exact(self) -> NDArray[np.bool_]:
        """Whether each quantity is known to the unit."""
        return self.low == self.high

    def __add__(self, other: Bounded) -> Bounded:
        return Bounded(self.low + other.low, self.high + other.high, self.value + other.value)

    def __sub__(self, other: Bounded) -> Bounded:
        return Bounded(self.low - other.high, self.high - other.low, self.value - other.value)

    def __getitem__(self, index: object) -> Bounded:
        return Bounded(
            np.asarray(self.low[index]),  # type: ignore[index]
            np.asarray(self.high[index]),  # type: ignore[index]
            np.asarray(self.value[index]),  # type: ignore[index]
        )

    def at_least(self, floor: float) -> Bounded:
        """The same quantities, knowing that none is below `floor` (a count is not below 0)."""
        return Bounded(np.maximum(self.low, floor), np.maximum(self.high, floor), self.value)

    def sum(self, axis: int) -> Bounded:
        """Sum along an axis. One unknown term makes the sum unknown."""
        return Bounded(self.low.sum(axis), self.high.sum(axis), self.value.sum(axis))


def exact(value: ArrayLike) -> Bounded:
    """Quantities that are known to the unit.

    >>> exact([1.0, 2.0]).high
    array([1., 2.])
    """
    numbers = np.atleast_1d(np.asarray(value, float))
    return Bounded(numbers, numbers, numbers)


def total(terms: Sequence[Bounded]) -> Bounded:
    """Sum several quantities of one shape, term by term.

    >>> total([exact(1.0), exact(2.0)]).value
    array([3.])
    """
    first, *others = terms
    for term in others:
        first = first + term
    return first


def share(part: Bounded, whole: Bounded, part_of_whole: bool = True) -> Bounded:
    """What percentage `part` is of `whole`.

    When the part is counted within the whole it cannot exceed it: the highest share is
    then at most 100, and the lowest is found with the part no larger than the whole.

    Parameters
    ----------
    part, whole : Bounded, one shape
        Counts, 0 or more.
    part_of_whole : bool
        Whether everyone in `part` is also counted in `whole`.

    Returns
    -------
    Bounded, the same shape
        Percentages, 0 to 100 when `part_of_whole`. NaN where either is unknown or where
        the whole may be nothing but is printed as 0; `high` is infinite where the whole
        may be 0 and the part need not lie within it.

    Examples
    --------
    >>> share(Bounded.of([5.0], [7.0], [5.0]), Bounded.of([8.0], [12.0], [10.0]))
    Bounded(low=array([41.66666667]), high=array([87.5]), value=array([50.]))
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        low = 100 * part.low / whole.high
        high = 100 * part.high / whole.low
        value = 100 * part.value / whole.value
    low, high = _where_nothing_is_left(part, whole, low, high)
    if part_of_whole:
        low, high = np.minimum(low, 100), np.minimum(high, 100)
    return Bounded(low, high, np.where(np.isfinite(value), value, np.nan))


# 0 of 0 is no share at all. 0 of "0 to 4" may be any share of nothing or 0 per cent of
# something: 0. A part that may be positive of a whole that may be 0 has no upper end
# (100 when it is a part of the whole).
def _where_nothing_is_left(part: Bounded, whole: Bounded, low: Array, high: Array) -> tuple[Array, Array]:
    is_empty = whole.high == 0
    low = np.where(is_empty, np.nan, low)
    high = np.where((whole.low == 0) & (part.high == 0) & ~is_empty, 0.0, high)
    return low, np.where(is_empty, np.nan, high)


def overlap(one: Bounded, other: Bounded, tolerance: float = 0.0) -> NDArray[np.bool_]:
    """Whether two quantities can be equal, give or take `tolerance`. Unknown never can.

    >>> overlap(exact(5.0), Bounded.of([6.0], [8.0])).tolist()
    [False]
    """
    return (one.low <= other.high + tolerance) & (other.low <= one.high + tolerance)
