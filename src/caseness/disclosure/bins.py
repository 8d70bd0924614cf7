"""Bins for counts that add up: which counts a released one may stand for, so that no sum tells more of its parts.

A count at the finest level falls in a bin of `base` counts: 0 to 4, 5 to 9, and so on. What is above it may not say which end
of its bin it lies at. So the bins of a sum begin only where each part can still lie at either end of its own:

- between the lowest and the highest that the parts can add up to,
- not so high that some part would have to leave the low end of its bin, and
- not ending so low that some part would have to leave the high end.

The bins of a sum follow from those of its parts alone. Whoever knows the rule learns no more from it than the bin itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caseness.stats.bounds import Array


@dataclass(frozen=True, eq=False)
class Binned:
    """Exact counts and the bins that they fall in: a row for each organisation, a column for each count."""

    counts: Array
    low: Array
    high: Array


def bin_counts(counts: Array, base: Array) -> Binned:
    """Put counts into bins of `base` counts each.

    >>> bin_counts(np.array([[3.0, 7.0]]), np.array([5.0, 5.0])).high
    array([[4., 9.]])
    """
    low = base * np.floor(counts / base)
    return Binned(counts, low, low + base - 1)


def bin_rests(rests: Array, base: Array) -> Binned:
    """Put what the parts of a whole leave over into bins: 0 by itself, then 1 to `base`, and so on.

    Where the parts come to more than their whole, nothing is said: low and high are NaN.

    >>> bin_rests(np.array([[0.0, 1.0, 7.0, -1.0]]), np.full(4, 5.0)).low
    array([[ 0.,  1.,  6., nan]])
    """
    low = base * np.floor((rests - 1) / base) + 1
    is_over, is_none = rests < 0, rests == 0
    low = np.where(is_over, np.nan, np.where(is_none, 0.0, low))
    return Binned(rests, low, np.where(is_none, 0.0, low + base - 1))


def bin_sums(parts: Binned, whole_of: np.ndarray, wholes: int, base: Array) -> Binned:
    """Add counts up, and put each sum into a bin that leaves its parts all of theirs.

    Parameters
    ----------
    parts : counts with their bins
    whole_of : for each row of `parts`, the number of the row that it is added to
    wholes : how many rows there are to add to, each with at least one part

    Examples
    --------
    Two counts of 4 make 8. "5 to 9" would say that neither is 0, so the sum is 0 to 8. Of ten counts, more can be said.

    >>> base = np.array([5.0])
    >>> two = bin_sums(bin_counts(np.full((2, 1), 4.0), base), np.zeros(2, int), 1, base)
    >>> two.low.item(), two.high.item()
    (0.0, 8.0)
    >>> ten = bin_sums(bin_counts(np.full((10, 1), 3.0), base), np.zeros(10, int), 1, base)
    >>> ten.low.item(), ten.high.item()
    (30.0, 34.0)
    """
    added, widest = add_bins(parts, whole_of, wholes), _over(np.maximum, parts.high - parts.low, whole_of, wholes)
    first, last = added.low + widest + 1, added.high - widest
    below = base * np.floor(np.minimum(added.counts, last) / base)
    above = base * np.ceil(np.maximum(added.counts + 1, first) / base)
    return Binned(
        added.counts,
        np.where(below >= first, below, added.low),
        np.where(above <= last, above - 1, added.high),
    )


def add_bins(parts: Binned, whole_of: np.ndarray, wholes: int) -> Binned:
    """Add counts up, and say of each sum what the bins of its parts say.

    >>> added = add_bins(bin_counts(np.full((2, 1), 4.0), np.array([5.0])), np.zeros(2, int), 1)
    >>> added.low.item(), added.high.item()
    (0.0, 8.0)
    """
    return Binned(*(_over(np.add, one, whole_of, wholes) for one in (parts.counts, parts.low, parts.high)))


def _over(operation: np.ufunc, rows: Array, whole_of: np.ndarray, wholes: int) -> Array:
    order = np.argsort(whole_of, kind="stable")
    starts = np.searchsorted(whole_of[order], np.arange(wholes))
    return operation.reduceat(rows[order], starts, axis=0) if wholes else rows[:0]
