"""Rounding counts and percentages, and the intervals that rounding leaves. Arrays in, arrays out."""

from __future__ import annotations

import numpy as np

from caseness.stats.bounds import Array, Bounded

# Shares of counts that lie half-way are found a little off it in binary.
_LITTLE = 1e-9


def round_counts(counts: Array, threshold: int, base: int) -> Bounded:
    """Round counts to the nearest multiple of `base`, half up, and suppress those below `threshold`.

    Parameters
    ----------
    counts : array of whole numbers, NaN where there is none
    threshold : counts below it have no value, and lie between 0 and one less
    base : 1 leaves the rest exact

    Examples
    --------
    >>> round_counts(np.array([0.0, 4.0, 5.0, 8.0]), 5, 5)
    Bounded(low=array([0., 0., 5., 8.]), high=array([ 4.,  4.,  7., 12.]), value=array([nan, nan,  5., 10.]))
    """
    below = base // 2
    nearest = base * np.floor((counts + below) / base)
    is_small = counts < threshold
    low = np.where(is_small, 0.0, np.maximum(nearest - below, threshold))
    high = np.where(is_small, threshold - 1.0, nearest - below + base - 1)
    blank = np.where(np.isnan(counts), np.nan, 0.0)
    return Bounded(low + blank, high + blank, np.where(is_small, np.nan, nearest))


def round_half_up(numbers: Array, decimals: int) -> Bounded:
    """Round to decimals, half up, with the interval that this leaves.

    >>> round_half_up(np.array([44.85]), 1).value
    array([44.9])
    """
    scale = 10.0**decimals
    value = np.floor(numbers * scale + 0.5 + _LITTLE) / scale
    half = 0.5 / scale
    return Bounded(value - half, value + half, value)


def suppress(numbers: Bounded, is_hidden: np.ndarray, low: float = np.nan, high: float = np.nan) -> Bounded:
    """Take the value of some numbers away. What is left to say of them is `low` and `high`.

    >>> suppress(Bounded.of([19.5], [20.5], [20.0]), np.array([True]), 0.0, 100.0)
    Bounded(low=array([0.]), high=array([100.]), value=array([nan]))
    """
    return Bounded(
        np.where(is_hidden, low, numbers.low),
        np.where(is_hidden, high, numbers.high),
        np.where(is_hidden, np.nan, numbers.value),
    )


def pick(is_first: np.ndarray, first: Bounded, second: Bounded) -> Bounded:
    """One or the other of two quantities, place by place.

    >>> pick(np.array([True, False]), Bounded.of([1, 1], [1, 1]), Bounded.of([2, 2], [2, 2])).low
    array([1., 2.])
    """
    ends = ("low", "high", "value")
    return Bounded(*(np.where(is_first, getattr(first, end), getattr(second, end)) for end in ends))
