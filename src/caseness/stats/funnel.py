"""Do services differ by more than chance, and by more than services usually do? Funnels for proportions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import bdtr, bdtrik

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Funnel:
    """Services on the arcsine scale, where chance is as large at every proportion.

    Parameters
    ----------
    centre : float, in 0..1
        The proportion of all services taken together.
    scores : array of float, shape (n_services,)
        How many standard errors of chance alone each service lies from the centre.
    adjusted : array of float, shape (n_services,)
        The same in standard errors that hold the usual spread between services as well.
    raw_dispersion : float
        Mean square of the scores: 1 if chance alone were at work.
    dispersion : float
        The same with the scores Winsorised, so that a few services do not set the limits
        that they are judged by.
    between : float
        Variance between services, on the arcsine scale (tau squared). 0 where chance
        explains the dispersion.
    """

    centre: float
    scores: Array
    adjusted: Array
    raw_dispersion: float
    dispersion: float
    between: float

    @property
    def spread(self) -> float:
        """Standard deviation between services as a proportion, at the centre."""
        return float(2 * np.sqrt(self.centre * (1 - self.centre)) * np.sqrt(self.between))


def fit_funnel(successes: ArrayLike, totals: ArrayLike, winsorised: float = 0.1) -> Funnel:
    """Compare services with all of them together, allowing for the usual spread between services.

    Y = asin sqrt(O / n), s = 1 / (2 sqrt n); z = (Y - asin sqrt(sum O / sum n)) / s, drawn in
    to its 10 % and 90 % quantiles; phi is the mean of z squared; and tau squared is
    [I phi - (I - 1)] / [sum w - sum w^2 / sum w], w = 1 / s^2, or 0 if phi is below (I - 1) / I.

    Parameters
    ----------
    successes, totals : arrays of float, shape (n_services,)
        Counts: 0 <= successes <= totals, totals at least 1. At least two services.
    winsorised : float, in 0..0.5
        Which share of the scores is drawn in at either end.

    Returns
    -------
    Funnel

    Raises
    ------
    ValueError
        If a count is not what is said here.

    Source
    ------
    Spiegelhalter (2005), Statistics in Medicine 24:1185-1202, doi 10.1002/sim.1970, in the
    form of FunnelPlotR. Reference values: tests/reference/funnel.csv, made by funnel.R.

    Examples
    --------
    >>> funnel = fit_funnel([250, 240, 300, 200], [500, 500, 500, 500])
    >>> round(funnel.centre, 3), round(funnel.dispersion, 2), round(funnel.spread, 3)
    (0.495, 5.53, 0.056)
    """
    part, whole = require_services(successes, totals)
    if not 0 <= winsorised < 0.5:
        raise ValueError(f"A share from 0 to one half is drawn in at either end, not {winsorised}.")
    centre = part.sum() / whole.sum()
    scores = score(part, whole, centre)
    drawn_in = np.clip(scores, *np.quantile(scores, [winsorised, 1 - winsorised]))
    dispersion = float(np.mean(drawn_in**2))
    between = _between(dispersion, whole)
    adjusted = score(part, whole, centre, between)
    return Funnel(float(centre), scores, adjusted, float(np.mean(scores**2)), dispersion, between)


def score(successes: ArrayLike, totals: ArrayLike, centre: float, between: float = 0.0) -> Array:
    """How many standard errors each service lies from a centre.

    Parameters
    ----------
    successes, totals : arrays of float, shape (n_services,)
    centre : float, in 0..1
    between : float
        Variance between services on the arcsine scale, added to that of chance.

    Examples
    --------
    >>> score([300], [500], 0.5).round(2).tolist()
    [4.5]
    """
    whole = np.asarray(totals, float)
    lies = np.arcsin(np.sqrt(np.asarray(successes, float) / whole))
    return (lies - np.arcsin(np.sqrt(centre))) / np.sqrt(0.25 / whole + between)


def arcsine_limits(totals: ArrayLike, centre: float, z: float, between: float = 0.0) -> tuple[Array, Array]:
    """The proportions that lie `z` standard errors below and above a centre.

    Parameters
    ----------
    totals : array of float, any shape
        Sizes of services, at least 1.
    centre : float, in 0..1
    z : float
        1.96 for a warning limit, 3.09 for an action limit.
    between : float
        Variance between services on the arcsine scale (`Funnel.between`); 0 for chance alone.

    Returns
    -------
    lower, upper : arrays of float in 0..1, the shape of `totals`

    Source
    ------
    Spiegelhalter (2005), doi 10.1002/sim.1970. Reference values: tests/reference/funnel.csv.

    Examples
    --------
    >>> [end.round(3).tolist() for end in arcsine_limits([500], centre=0.5, z=3.09)]
    [[0.431], [0.569]]
    """
    middle = np.arcsin(np.sqrt(centre))
    reach = z * np.sqrt(0.25 / np.asarray(totals, float) + between)
    lower, upper = np.clip([middle - reach, middle + reach], 0, np.pi / 2)
    return np.sin(lower) ** 2, np.sin(upper) ** 2


def binomial_limits(denominators: ArrayLike, target: float, coverage: float = 0.998) -> tuple[Array, Array]:
    """Control limits of a funnel plot for a proportion, by chance alone.

    A service whose true rate is `target` falls outside these limits with probability
    about `1 - coverage`, half on each side. The limits are exact and interpolated
    between counts, so that they do not jump for small services.

    Parameters
    ----------
    denominators : array of int, shape (n_services,)
        Referrals each service is judged on. At least 1.
    target : float, in 0..1
        The proportion all services are compared with. A fraction, not a percentage.
    coverage : float, in 0..1
        0.95 for a warning limit, 0.998 for an action limit.

    Returns
    -------
    lower, upper : arrays of float in 0..1, shape (n_services,)
        In the order of `denominators`.

    Raises
    ------
    ValueError
        If `target` or `coverage` is not between 0 and 1, or a denominator is no count.

    Source
    ------
    Spiegelhalter (2005), Statistics in Medicine 24:1185-1202, doi 10.1002/sim.1970.
    Reference values: tests/reference/funnel_limits.csv, made by funnel.R with qbinom and pbinom.

    Examples
    --------
    >>> lower, upper = binomial_limits([50, 500], target=0.5)
    >>> upper.round(3).tolist()
    [0.707, 0.568]
    """
    n = np.asarray(denominators, float)
    if not (0 < target < 1 and 0 < coverage < 1):
        raise ValueError("Target and coverage are fractions between 0 and 1.")
    if (n < 1).any() or (n % 1 != 0).any():
        raise ValueError("A denominator is a whole number, at least 1.")
    tail = (1 - coverage) / 2
    return _interpolated_quantile(n, target, tail), _interpolated_quantile(n, target, 1 - tail)


def _between(dispersion: float, whole: Array) -> float:
    services, weights = len(whole), 4 * whole
    excess = services * dispersion - (services - 1)
    return max(0.0, float(excess / (weights.sum() - (weights**2).sum() / weights.sum())))


# Below a count of successes the chance rises in steps: the limit lies as far between two counts as the tail lies
# between their chances, and never outside 0 to all.
def _interpolated_quantile(n: Array, target: float, tail: float) -> Array:
    count = np.ceil(bdtrik(tail, n, target) - 1e-9)
    count = np.clip(count, 0, n)
    whole = n.astype(np.int64)
    here = bdtr(count, whole, target)
    before = np.where(count > 0, bdtr(np.maximum(count - 1, 0), whole, target), 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        back = np.where(here > before, (here - tail) / (here - before), 0.0)
    return np.clip(count - back, 0, n) / n


def require_services(successes: ArrayLike, totals: ArrayLike) -> tuple[Array, Array]:
    """The counts of at least two services as arrays.

    Raises
    ------
    ValueError
        If there are fewer, or a count is not between 0 and its total.
    """
    part, whole = np.asarray(successes, float), np.asarray(totals, float)
    if part.shape != whole.shape or part.ndim != 1 or len(part) < 2:
        raise ValueError("A funnel compares at least two services, each with a count and a total.")
    if not ((part >= 0) & (part <= whole) & (whole >= 1)).all():
        raise ValueError("Successes are counts from 0 to their total, and a total is at least 1.")
    return part, whole
