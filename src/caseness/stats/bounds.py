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

    def __neg__(self) -> Bounded:
        return Bounded(-self.high, -self.low, -self.value)

    def at_least(self, floor: float) -> Bounded:
        """The same quantities, knowing that none is below `floor` (a count is not below 0).

        A printed value that lies below it, as a difference of two rounded counts may, says
        nothing and becomes NaN; so do the ends of a quantity that cannot reach it.

        >>> Bounded.of([-3.0, -3.0], [4.0, -1.0], [-1.0, -2.0]).at_least(0.0)
        Bounded(low=array([ 0., nan]), high=array([ 4., nan]), value=array([nan, nan]))
        """
        with np.errstate(invalid="ignore"):
            is_possible, is_printed = self.high >= floor, self.value >= floor
        return Bounded(
            np.where(is_possible, np.maximum(self.low, floor), np.nan),
            np.where(is_possible, self.high, np.nan),
            np.where(is_possible & is_printed, self.value, np.nan),
        )

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

    When the part is counted within the whole it cannot exceed it. The highest share is
    then at most 100. Counts that say otherwise contradict each other, and no share
    follows from them.

    Parameters
    ----------
    part, whole : Bounded, one shape
        Counts. What is known of them below 0 is left out, since no count is negative.
    part_of_whole : bool
        Whether everyone in `part` is also counted in `whole`.

    Returns
    -------
    Bounded, the same shape
        Percentages, 0 to 100 when `part_of_whole`. `low` and `high` are NaN where either
        count is unknown, where the whole is certainly 0, and where a part of the whole is
        certainly larger than it. `high` is infinite where the whole may be 0 and the part
        need not lie within it. `value` is NaN where either count was not printed, the
        whole was printed as 0, or a part of it was printed as larger.

    Examples
    --------
    >>> share(Bounded.of([5.0], [7.0], [5.0]), Bounded.of([8.0], [12.0], [10.0]))
    Bounded(low=array([41.66666667]), high=array([87.5]), value=array([50.]))
    """
    part, whole = part.at_least(0.0), whole.at_least(0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = 100 * part.low / whole.high, _highest_share(part, whole)
        value = np.where(whole.value > 0, 100 * part.value / whole.value, np.nan)
        has_share = (whole.high > 0) & part.is_known & (~np.bool_(part_of_whole) | (part.low <= whole.high))
    if part_of_whole:
        high, value = np.minimum(high, 100), np.where(value <= 100, value, np.nan)
    return Bounded(*(np.where(has_share, end, np.nan) for end in (low, high, value)))


# Nobody of "0 to 4" is 0 per cent, whatever the whole turns out to be, as long as there is
# somebody in it. Somebody of a whole that may be 0 has no highest share.
def _highest_share(part: Bounded, whole: Bounded) -> Array:
    return np.where(part.high == 0, 0.0, 100 * part.high / whole.low)


def overlap(one: Bounded, other: Bounded, tolerance: float = 0.0) -> NDArray[np.bool_]:
    """Whether two quantities can be equal, give or take `tolerance`. Unknown never can.

    >>> overlap(exact(5.0), Bounded.of([6.0], [8.0])).tolist()
    [False]
    """
    return (one.low <= other.high + tolerance) & (other.low <= one.high + tolerance)
