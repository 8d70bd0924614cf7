"""What one result costs, how far that may be off, and which assumption moves it most."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

from caseness.stats.bounds import Bounded

Array = NDArray[np.float64]
Model = Callable[[Mapping[str, float]], float]


@dataclass(frozen=True)
class Range:
    """A parameter: where it stands, and the lowest and the highest that it may be."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Swing:
    """What the two ends of one parameter give while all others stay where they are.

    `at_low` belongs to the low end of the parameter and `at_high` to its high end,
    whichever is larger. `width` is how far apart they are.
    """

    name: str
    at_low: float
    at_high: float

    @property
    def width(self) -> float:
        """How far the two results lie apart: infinite where either has no end, 0 where both have none."""
        return 0.0 if self.at_low == self.at_high else abs(self.at_high - self.at_low)


def cost_per(cost: Bounded, count: Bounded) -> Bounded:
    """A cost for each of so many results, when both are known only within bounds.

    Parameters
    ----------
    cost : Bounded
        Money. What is known of it below 0 is left out.
    count : Bounded, the same shape
        Results. What is known of them below 0 is left out.

    Returns
    -------
    Bounded, the same shape
        `high` is infinite where there may be no result at all. NaN throughout where there
        certainly is none, since nothing was bought then, and where either is unknown.
        `value` is NaN unless both have one and there was a result.

    Source
    ------
    Worked values: outcome-science, B12, after Radhakrishnan and others (2013), doi
    10.1016/j.brat.2012.10.001: 877 pounds a course, half recovered, .23 without treatment.

    Examples
    --------
    >>> from caseness.stats.bounds import exact
    >>> cost_per(exact(877.0), exact(0.50)).value.round(), cost_per(exact(877.0), exact(0.50 - 0.23)).value.round()
    (array([1754.]), array([3248.]))
    >>> cost_per(exact(100.0), Bounded.of([0.0], [4.0]))
    Bounded(low=array([25.]), high=array([inf]), value=array([nan]))
    """
    money, results = cost.at_least(0.0), count.at_least(0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        has_cost = (results.high > 0) & money.is_known
        low = money.low / results.high
        high = np.where(results.low > 0, money.high / results.low, np.inf)
        value = np.where(results.value > 0, money.value / results.value, np.nan)
    return Bounded(*(np.where(has_cost, end, np.nan) for end in (low, high, value)))


def fieller(
    numerators: ArrayLike,
    denominators: ArrayLike,
    numerator_variances: ArrayLike,
    denominator_variances: ArrayLike,
    covariances: ArrayLike = 0.0,
    coverage: float = 0.95,
) -> tuple[Array, Array]:
    """Fieller's interval of the ratio of two normal means, of which neither can be negative.

    Parameters
    ----------
    numerators, denominators : arrays of float above 0, shapes that broadcast
    numerator_variances, denominator_variances : arrays of float, 0 or above
        Of the means, not of single observations.
    covariances : array of float
        Of the two means.
    coverage : float, in 0..1
        How often such an interval holds the true ratio, about.

    Returns
    -------
    lower, upper : arrays of float, the shape of all together
        `lower` is never below 0. `upper` is infinite where the denominator is not told
        from 0, and `lower` is then 0 if nothing at all is ruled out.

    Raises
    ------
    ValueError
        If a mean is not above 0, a variance is below 0, or `coverage` is not between 0 and 1.

    Source
    ------
    Fieller (1954), Journal of the Royal Statistical Society B 16:175-185. Reference
    values: tests/reference/cost.csv, made by cost.R, which finds the ends by bisection.

    Examples
    --------
    >>> lower, upper = fieller(1587.0, 0.27, 40.0**2, 0.02**2)
    >>> lower.round().item(), upper.round().item()
    (5085.0, 6924.0)
    """
    a, b, va, vb, cab = _require_means(
        numerators, denominators, numerator_variances, denominator_variances, covariances
    )
    if not 0 < coverage < 1:
        raise ValueError(f"Coverage is a fraction between 0 and 1, not {coverage}.")
    z2 = float(ndtri((1 + coverage) / 2)) ** 2
    # The ratios r that are not ruled out: (a - b r)^2 <= z^2 var(a - b r), a quadratic in r.
    square, half, constant = b * b - z2 * vb, a * b - z2 * cab, a * a - z2 * va
    inside = half * half - square * constant
    with np.errstate(divide="ignore", invalid="ignore"):
        root = np.sqrt(np.maximum(inside, 0.0))
        first, last = (half - root) / square, (half + root) / square
    is_bounded = square > 0
    beyond = np.where(inside > 0, np.maximum(first, last), 0.0)
    lower = np.where(is_bounded, first, np.where(square < 0, beyond, constant / np.where(half == 0, np.inf, 2 * half)))
    return np.maximum(lower, 0.0), np.where(is_bounded, last, np.inf)


def move_each(model: Model, ranges: Mapping[str, Range]) -> tuple[float, tuple[Swing, ...]]:
    """Move each parameter of a model to both its ends, one at a time: the bars of a tornado.

    Parameters
    ----------
    model : function of all parameters by name
        May give infinity, where a result has no price.
    ranges : the parameters by name

    Returns
    -------
    base : float
        The result with every parameter at its value.
    swings : tuple of Swing
        The widest first. Those of one width keep the order in which they were given.

    Source
    ------
    One-way sensitivity analysis. Worked values: tests/unit/stats/test_cost.py.

    Examples
    --------
    >>> base, swings = move_each(lambda p: p["cost"] / p["share"], {"cost": Range(8, 6, 10), "share": Range(0.5, 0.4, 0.8)})
    >>> base, [(one.name, one.at_low, one.at_high) for one in swings]
    (16.0, [('share', 20.0, 10.0), ('cost', 12.0, 20.0)])
    """
    values = {name: one.value for name, one in ranges.items()}
    swings = [
        Swing(name, *(model({**values, name: end}) for end in (one.low, one.high))) for name, one in ranges.items()
    ]
    return model(values), tuple(sorted(swings, key=lambda one: -one.width))


def recoveries_of_shift(without: ArrayLike, shifts: ArrayLike) -> Array:
    """The share that crosses a threshold when normal scores move by so many standard deviations.

    Parameters
    ----------
    without : array of float in 0..1
        The share that is on the better side without the move.
    shifts : array of float, a shape that broadcasts
        Standardised mean differences; above 0 is better.

    Returns
    -------
    array of float in -1..1, the shape of both together
        The share with the move, less the share without.

    Raises
    ------
    ValueError
        If a share is outside 0..1.

    Source
    ------
    Furukawa & Leucht (2011), PLoS ONE 6:e19070, doi 10.1371/journal.pone.0019070, which
    found Furukawa's method nearer the responders of ten trials than the other one.
    Reference values: tests/reference/cost.csv, made by cost.R.

    Examples
    --------
    >>> recoveries_of_shift(0.32, [0.05, 0.10, 0.15]).round(4).tolist()
    [0.0181, 0.0365, 0.0554]
    """
    share = _require_shares(without)
    return ndtr(ndtri(share) + np.asarray(shifts, float)) - share


def shift_of_recoveries(without: ArrayLike, with_it: ArrayLike) -> Array:
    """By how many standard deviations normal scores moved, if this share crossed a threshold.

    Parameters
    ----------
    without, with_it : arrays of float in 0..1, shapes that broadcast
        The share on the better side without and with the move.

    Returns
    -------
    array of float, the shape of both together
        Above 0 is better. Infinite where one share is 0 or 1 and the other is not; NaN where both are the same end.

    Raises
    ------
    ValueError
        If a share is outside 0..1.

    Source
    ------
    The inverse of `recoveries_of_shift`. Reference values: tests/reference/cost.csv.

    Examples
    --------
    >>> shift_of_recoveries(0.23, 0.50).round(3).item()
    0.739
    """
    with np.errstate(invalid="ignore"):
        return ndtri(_require_shares(with_it)) - ndtri(_require_shares(without))


def _require_shares(shares: ArrayLike) -> Array:
    given = np.asarray(shares, float)
    if (given < 0).any() or (given > 1).any():
        raise ValueError("A share lies between 0 and 1.")
    return given


def _require_means(*given: ArrayLike) -> tuple[Array, ...]:
    a, b, va, vb, covariance = np.broadcast_arrays(*(np.asarray(one, float) for one in given))
    if (a <= 0).any() or (b <= 0).any() or (va < 0).any() or (vb < 0).any():
        raise ValueError("Both means lie above 0, and no variance below 0.")
    return a, b, va, vb, covariance
