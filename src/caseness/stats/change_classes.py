"""Recovered, improved, unchanged or deteriorated: one class for each person under each definition of change."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Classes = NDArray[np.int8]


class Class(IntEnum):
    """What became of a person between a first and a last score."""

    UNKNOWN = 0
    RECOVERED = 1
    IMPROVED = 2
    UNCHANGED = 3
    DETERIORATED = 4


def by_index(index: ArrayLike, critical: float, lower_is_better: bool = True) -> Array:
    """The direction in which somebody changed reliably: beyond the critical value, not at it.

    Parameters
    ----------
    index : array of float, any shape
        Below 0 where the score fell.
    critical : float, above 0
    lower_is_better : bool

    Returns
    -------
    array of 1 (improved), 0 (unchanged), -1 (deteriorated) or NaN (unknown), the shape of `index`

    Source
    ------
    Jacobson & Truax (1991), doi 10.1037/0022-006X.59.1.12: greater than 1.96.

    Examples
    --------
    >>> by_index([-2.1, 1.96, 2.5, float("nan")], 1.96).tolist()
    [1.0, 0.0, -1.0, nan]
    """
    better = -np.asarray(index, float) if lower_is_better else np.asarray(index, float)
    return _direction(better, better > critical, better < -critical)


def by_amount(
    first: ArrayLike, last: ArrayLike, improvement: float, deterioration: float, lower_is_better: bool = True
) -> Array:
    """The direction by an amount of change that matters: an anchor's difference, or a manual's threshold.

    An anchor is a judgement from outside the scale, such as "a little better". How much it takes is not
    computed here: it comes with its source. Reaching the amount is enough.

    Parameters
    ----------
    first, last : arrays of float, shapes that broadcast
    improvement, deterioration : float, above 0
        Least change, in the unit of the scores.
    lower_is_better : bool

    Returns
    -------
    array of 1, 0, -1 or NaN, the shape of both together

    Raises
    ------
    ValueError
        If an amount is not above 0.

    Source
    ------
    As the source of clinicalsignificance takes a minimal important difference, doi 10.18637/jss.v111.i01.

    Examples
    --------
    >>> by_amount([14, 14, 14], [8, 9, 20], 6, 6).tolist()
    [1.0, 0.0, -1.0]
    """
    if not (improvement > 0 and deterioration > 0):
        raise ValueError("Amounts of change are above 0.")
    better = _gain(first, last, lower_is_better)
    return _direction(better, better >= improvement, better <= -deterioration)


def by_percentage(
    first: ArrayLike,
    last: ArrayLike,
    improvement: float = 0.5,
    deterioration: float = 0.25,
    lower_is_better: bool = True,
) -> Array:
    """The direction by the part of the first score that was gained or lost.

    Parameters
    ----------
    first, last : arrays of float, shapes that broadcast, 0 or more
        On a scale that begins at 0: elsewhere a percentage means nothing.
    improvement, deterioration : float, above 0
        Fractions of the first score. Reaching them is enough. Assumed: a half and a quarter.
    lower_is_better : bool

    Returns
    -------
    array of 1, 0, -1 or NaN, the shape of both together
        NaN where a score is unknown, and where the first is 0: nothing is a part of nothing.

    Raises
    ------
    ValueError
        If a fraction is not above 0.

    Examples
    --------
    >>> by_percentage([20, 20, 20, 0], [10, 11, 25, 4]).tolist()
    [1.0, 0.0, -1.0, nan]
    """
    if not (improvement > 0 and deterioration > 0):
        raise ValueError("Amounts of change are above 0.")
    start = np.asarray(first, float)
    base = np.where(start > 0, start, np.nan)
    better = _gain(base, last, lower_is_better)
    # A product and no quotient: 0.3 of 10 must be reached by 3 exactly.
    return _direction(better, better >= improvement * base, better <= -deterioration * base)


def classify(direction: ArrayLike, began_clinical: ArrayLike, ended_functional: ArrayLike) -> Classes:
    """One class for each person.

    Recovered: improved, from a clinical first score to a functional last one. Improved: the rest of those
    who improved. Somebody who crosses the cut-off without improving reliably is unchanged.

    Parameters
    ----------
    direction : array of 1, 0, -1 or NaN, shape (n_people,)
    began_clinical, ended_functional : arrays of bool, shapes that broadcast

    Returns
    -------
    array of int8, codes of `Class`

    Source
    ------
    Jacobson & Truax (1991), doi 10.1037/0022-006X.59.1.12.

    Examples
    --------
    >>> [Class(one).name for one in classify([1, 1, 0, -1], [True, False, True, True], [True, True, True, False])]
    ['RECOVERED', 'IMPROVED', 'UNCHANGED', 'DETERIORATED']
    """
    way = np.asarray(direction, float)
    recovered = (way == 1) & np.asarray(began_clinical, bool) & np.asarray(ended_functional, bool)
    states = [recovered, way == 1, way == 0, way == -1]
    return np.select(states, [np.int8(one) for one in list(Class)[1:]], np.int8(Class.UNKNOWN)).astype(np.int8)


def tally(classes: ArrayLike) -> dict[Class, int]:
    """How many people are in each class, the unknown among them.

    Examples
    --------
    >>> tally([1, 1, 3])[Class.RECOVERED]
    2
    """
    counts = np.bincount(np.asarray(classes, np.int64).ravel(), minlength=len(Class))
    return {one: int(counts[one]) for one in Class}


def _gain(first: ArrayLike, last: ArrayLike, lower_is_better: bool) -> Array:
    change = np.asarray(last, float) - np.asarray(first, float)
    return -change if lower_is_better else change


def _direction(better: Array, improved: NDArray[np.bool_], deteriorated: NDArray[np.bool_]) -> Array:
    return np.where(np.isnan(better), np.nan, improved.astype(float) - deteriorated)
