"""How far chance alone may have moved a proportion, the difference of two, or a correlation."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv, ndtri

Array = NDArray[np.float64]


def wilson(successes: ArrayLike, totals: ArrayLike, coverage: float = 0.95) -> tuple[Array, Array]:
    """Wilson score interval of a proportion, without continuity correction.

    Parameters
    ----------
    successes, totals : arrays of float, shapes that broadcast
        Counts: 0 <= successes <= totals. NaN where unknown.
    coverage : float, in 0..1
        How often such an interval holds the true proportion, about.

    Returns
    -------
    lower, upper : arrays of float in 0..1, the shape of both together
        A total of 0 says nothing: 0 to 1. Unknown counts give NaN.

    Raises
    ------
    ValueError
        If a count is below 0, exceeds its total, or `coverage` is not between 0 and 1.

    Source
    ------
    Wilson (1927), Journal of the American Statistical Association 22:209-212,
    doi 10.1080/01621459.1927.10502953. Reference values: tests/reference/intervals.csv,
    made by intervals.R with prop.test.

    Examples
    --------
    >>> lower, upper = wilson([15, 0], [148, 20])
    >>> lower.round(4).tolist(), upper.round(4).tolist()
    ([0.0624, 0.0], [0.1605, 0.1611])
    """
    part, whole = _require_counts(successes, totals)
    z2 = _normal_quantile(coverage) ** 2
    with np.errstate(invalid="ignore", divide="ignore"):
        centre = (part + z2 / 2) / (whole + z2)
        reach = np.sqrt(z2) / (whole + z2) * np.sqrt(part * (whole - part) / whole + z2 / 4)
    # At the ends the formula cancels, and would miss 0 and 1 by the last bit.
    lower = np.where((part == 0) | (whole == 0), 0.0, centre - reach)
    upper = np.where((part == whole) | (whole == 0), 1.0, centre + reach)
    return lower, upper


def clopper_pearson(successes: ArrayLike, totals: ArrayLike, coverage: float = 0.95) -> tuple[Array, Array]:
    """Exact interval of a proportion: it covers at least as often as it says, at the price of width.

    Parameters
    ----------
    successes, totals : arrays of float, shapes that broadcast
        Counts: 0 <= successes <= totals. NaN where unknown.
    coverage : float, in 0..1
        How often such an interval holds the true proportion, at least.

    Returns
    -------
    lower, upper : arrays of float in 0..1, the shape of both together
        A total of 0 says nothing: 0 to 1. Unknown counts give NaN.

    Raises
    ------
    ValueError
        If a count is below 0, exceeds its total, or `coverage` is not between 0 and 1.

    Source
    ------
    Clopper & Pearson (1934), Biometrika 26:404-413, doi 10.1093/biomet/26.4.404.
    Reference values: tests/reference/intervals.csv, made by intervals.R with binom.test.

    Examples
    --------
    >>> lower, upper = clopper_pearson([15, 0], [148, 20])
    >>> lower.round(4).tolist(), upper.round(4).tolist()
    ([0.0578, 0.0], [0.1617, 0.1684])
    """
    part, whole = _require_counts(successes, totals)
    tail = (1 - _require_coverage(coverage)) / 2
    lower = np.where(part == 0, 0.0, betaincinv(np.maximum(part, 1e-300), whole - part + 1, tail))
    upper = np.where(part == whole, 1.0, betaincinv(part + 1, np.maximum(whole - part, 1e-300), 1 - tail))
    return lower, upper


def newcombe_difference(
    successes: ArrayLike,
    totals: ArrayLike,
    other_successes: ArrayLike,
    other_totals: ArrayLike,
    coverage: float = 0.95,
) -> tuple[Array, Array]:
    """Interval of the first proportion minus the other, for two groups that share nobody.

    It joins the two Wilson intervals (Newcombe's method 10).

    Parameters
    ----------
    successes, totals, other_successes, other_totals : arrays of float, shapes that broadcast
        Counts of either group: 0 <= successes <= totals. NaN where unknown.
    coverage : float, in 0..1
        How often such an interval holds the true difference, about.

    Returns
    -------
    lower, upper : arrays of float in -1..1, the shape of all together
        A total of 0 says nothing of its group; NaN where both the difference and its
        interval are unknown, which is where any total is 0 or any count unknown.

    Raises
    ------
    ValueError
        If a count is below 0, exceeds its total, or `coverage` is not between 0 and 1.

    Source
    ------
    Newcombe (1998), Statistics in Medicine 17:873-890, method 10,
    doi 10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
    Reference values: tests/reference/intervals.csv, made by intervals.R from the Wilson
    limits that prop.test gives.

    Examples
    --------
    >>> lower, upper = newcombe_difference(56, 70, 48, 80)
    >>> lower.round(4).item(), upper.round(4).item()
    (0.0524, 0.3339)
    """
    one, other = _require_counts(successes, totals), _require_counts(other_successes, other_totals)
    (low, high), (other_low, other_high) = wilson(*one, coverage), wilson(*other, coverage)
    with np.errstate(invalid="ignore", divide="ignore"):
        here, there = one[0] / one[1], other[0] / other[1]
    difference = here - there
    return (
        difference - np.hypot(here - low, other_high - there),
        difference + np.hypot(high - here, there - other_low),
    )


def fisher_correlation(correlations: ArrayLike, pairs: ArrayLike, coverage: float = 0.95) -> tuple[Array, Array]:
    """Interval of a correlation by Fisher's transformation.

    Parameters
    ----------
    correlations : array of float, in -1..1
    pairs : array of float, a shape that broadcasts
        On how many pairs each correlation rests.
    coverage : float, in 0..1
        How often such an interval holds the true correlation, about, if the two are
        jointly normal.

    Returns
    -------
    lower, upper : arrays of float in -1..1, the shape of both together
        Three pairs or fewer say nothing: -1 to 1. NaN where the correlation is unknown.

    Raises
    ------
    ValueError
        If a correlation is outside -1..1, or `coverage` is not between 0 and 1.

    Source
    ------
    Fisher's transformation as cor.test of R takes it: normal, with variance 1 / (n - 3).
    Reference values: tests/reference/intervals.csv, made by intervals.R.

    Examples
    --------
    >>> lower, upper = fisher_correlation(0.5, 28)
    >>> lower.round(4).item(), upper.round(4).item()
    (0.156, 0.7358)
    """
    r, n = np.broadcast_arrays(np.asarray(correlations, float), np.asarray(pairs, float))
    if (np.abs(r) > 1).any():
        raise ValueError("A correlation lies between -1 and 1.")
    z = _normal_quantile(coverage)
    with np.errstate(divide="ignore", invalid="ignore"):
        # A perfect correlation stays perfect: infinite, whatever is added to it.
        centre, reach = np.arctanh(r), z / np.sqrt(np.maximum(n - 3, 0))
        says_nothing = np.isinf(reach) & ~np.isnan(r)
        lower, upper = np.tanh(centre - reach), np.tanh(centre + reach)
    return np.where(says_nothing, -1.0, lower), np.where(says_nothing, 1.0, upper)


def _normal_quantile(coverage: float) -> float:
    return float(ndtri((1 + _require_coverage(coverage)) / 2))


def _require_coverage(coverage: float) -> float:
    if not 0 < coverage < 1:
        raise ValueError(f"Coverage is a fraction between 0 and 1, not {coverage}.")
    return coverage


def _require_counts(successes: ArrayLike, totals: ArrayLike) -> tuple[Array, Array]:
    part, whole = np.broadcast_arrays(np.asarray(successes, float), np.asarray(totals, float))
    if (part < 0).any() or (part > whole).any():
        raise ValueError("Successes are counts from 0 to their total.")
    # A part without a whole, or a whole without a part, says nothing at all.
    is_unknown = np.isnan(part) | np.isnan(whole)
    return np.where(is_unknown, np.nan, part), np.where(is_unknown, np.nan, whole)
