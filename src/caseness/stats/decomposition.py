"""The difference between two points, shared out among the factors in which they differ.

Change the factors one by one from the first point to the second, and note what each adds. What it
adds depends on the order, so the average over all orders is taken. It leaves nothing over.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from math import factorial

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Value = Callable[[Array], float]

# Every subset of the factors is tried, so twelve factors are 4,096 evaluations.
_MOST_FACTORS = 12


def decompose(value: Value, start: ArrayLike, end: ArrayLike, groups: Sequence[Sequence[int]] | None = None) -> Array:
    """Share out `value(end) - value(start)` among the factors, averaged over every order of change.

    Parameters
    ----------
    value : function of an array of float, shape (n_factors,)
        What is to be explained.
    start, end : arrays of float, shape (n_factors,)
        The two points.
    groups : sequences of indices, each factor in exactly one
        Factors that change together. None means that each changes alone.

    Returns
    -------
    array of float, shape (n_factors,), or (n_groups,) where groups are given
        The terms, in the unit of `value`. They sum to the difference to floating error. A factor
        that is the same at both points has none.

    Raises
    ------
    ValueError
        If the points differ in length, the groups are no partition of the factors, or there are
        more than 12 of them.

    Source
    ------
    Shorrocks (2013), Journal of Economic Inequality 11:99-126, doi 10.1007/s10888-011-9214-z. For
    products it is the decomposition of Das Gupta (1993), "Standardization and decomposition of
    rates: a user's manual". Reference values: tests/reference/decomposition.csv, made by
    decomposition.R, which goes through every order.

    Examples
    --------
    >>> terms = decompose(np.prod, start=[100, 0.5], end=[80, 0.4])
    >>> terms.round(9).tolist(), float(terms.sum().round(9))
    ([-9.0, -9.0], -18.0)
    """
    first, last = np.asarray(start, float), np.asarray(end, float)
    parts = _check(first, last, groups)
    values = _values_of_subsets(value, first, last, parts)
    return np.array([_average_step(values, one, len(parts)) for one in range(len(parts))])


def decompose_bounds(value: Value, start: ArrayLike, low: ArrayLike, high: ArrayLike) -> tuple[Array, Array]:
    """The least and the most that each term can be, where the second point is known within bounds only.

    The ends are those at the corners of the box. They hold for any `value` that is linear in each
    factor by itself, as a product is: each term is then linear in each factor too.

    Parameters
    ----------
    value, start
        As in `decompose`.
    low, high : arrays of float, shape (n_factors,)
        The ends of the second point.

    Returns
    -------
    low, high : arrays of float, shape (n_factors,)
        In the unit of `value`. The ends do not sum to the ends of the difference: not all terms can
        be at their least at once.

    Raises
    ------
    ValueError
        As `decompose`.

    Source
    ------
    Shorrocks (2013), doi 10.1007/s10888-011-9214-z, at every corner. Held by laws: tests/laws/test_decomposition.py.

    Examples
    --------
    >>> low, high = decompose_bounds(np.prod, start=[100, 0.5], low=[80, 0.4], high=[80, 0.5])
    >>> low.round(9).tolist(), high.round(9).tolist()
    ([-10.0, -9.0], [-9.0, 0.0])
    """
    ends = [sorted({float(a), float(b)}) for a, b in zip(np.asarray(low), np.asarray(high), strict=True)]
    terms = np.array([decompose(value, start, corner) for corner in product(*ends)])
    return terms.min(axis=0), terms.max(axis=0)


def _check(first: Array, last: Array, groups: Sequence[Sequence[int]] | None) -> list[list[int]]:
    if first.ndim != 1 or first.shape != last.shape:
        raise ValueError("start and end must be of one length")
    parts = [[index] for index in range(len(first))] if groups is None else [list(group) for group in groups]
    if sorted(index for part in parts for index in part) != list(range(len(first))):
        raise ValueError("each factor must be in exactly one group")
    if len(parts) > _MOST_FACTORS:
        raise ValueError(f"at most {_MOST_FACTORS} factors can be told apart")
    return parts


# One value for each subset of the parts: those in the subset stand where they end, the others where they start.
def _values_of_subsets(value: Value, first: Array, last: Array, parts: list[list[int]]) -> Array:
    values = np.empty(1 << len(parts))
    for subset in range(len(values)):
        point = first.copy()
        for number, part in enumerate(parts):
            if subset >> number & 1:
                point[part] = last[part]
        values[subset] = float(value(point))
    return values


def _average_step(values: Array, part: int, n: int) -> float:
    without = [subset for subset in range(len(values)) if not subset >> part & 1]
    steps = (_weight(subset.bit_count(), n) * (values[subset | 1 << part] - values[subset]) for subset in without)
    return float(sum(steps))


# The share of all orders in which exactly these `size` others have changed before.
def _weight(size: int, n: int) -> float:
    return factorial(size) * factorial(n - size - 1) / factorial(n)
