"""How much of what differs between services is chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc, chdtri

from caseness.stats.funnel import require_services

Array = NDArray[np.float64]

# Steps of halving: enough for the last bit of a double.
_HALVINGS = 100


@dataclass(frozen=True)
class Heterogeneity:
    """How much of the spread between services chance does not explain.

    `q` is the weighted sum of squares about the weighted mean, on the arcsine scale;
    `freedom` the services less one; `chance` how often chance alone gives such a `q` or a
    larger one. `beyond_chance` is I squared: the share, in 0..1, of the spread that chance
    does not explain, for the variance between services at which `q` is what it should be
    (Paule and Mandel), with an interval from `low` to `high` by the Q profile.
    """

    q: float
    freedom: int
    chance: float
    beyond_chance: float
    low: float
    high: float


def measure_heterogeneity(successes: ArrayLike, totals: ArrayLike, coverage: float = 0.95) -> Heterogeneity:
    """Split the spread between services into what chance gives and what it does not.

    Parameters
    ----------
    successes, totals : arrays of float, shape (n_services,)
        Counts: 0 <= successes <= totals, totals at least 1. At least two services.
    coverage : float, in 0..1
        Of the interval about `beyond_chance`.

    Raises
    ------
    ValueError
        If a count is not what is said here.

    Source
    ------
    Higgins & Thompson (2002), Statistics in Medicine 21:1539-1558, doi 10.1002/sim.1186;
    Viechtbauer (2007), Statistics in Medicine 26:37-52, doi 10.1002/sim.2514, for the Q
    profile. Reference values: tests/reference/heterogeneity.csv, made by funnel.R with
    metafor 3.8 (measure PAS, method PM).

    Examples
    --------
    >>> found = measure_heterogeneity([250, 240, 300, 200], [500, 500, 500, 500])
    >>> round(found.q, 1), found.freedom, round(found.beyond_chance, 2)
    (41.1, 3, 0.93)
    """
    part, whole = require_services(successes, totals)
    lies, within = np.arcsin(np.sqrt(part / whole)), 0.25 / whole
    q, freedom = _squares(lies, within, 0.0), len(whole) - 1
    tail, typical = (1 - coverage) / 2, _typical_chance(within)
    expected = (float(freedom), float(chdtri(freedom, tail)), float(chdtri(freedom, 1 - tail)))
    between = (_profile(lies, within, each) for each in expected)
    value, low, high = (each / (each + typical) for each in between)
    return Heterogeneity(q, freedom, float(chdtrc(freedom, q)), value, low, high)


def _squares(lies: Array, within: Array, between: float) -> float:
    weights = 1 / (within + between)
    return float(weights @ (lies - weights @ lies / weights.sum()) ** 2)


# The more services truly differ, the less of a difference surprises: the sum falls as `between` grows.
def _profile(lies: Array, within: Array, expected: float) -> float:
    low, high = 0.0, 1.0
    if _squares(lies, within, low) <= expected:
        return 0.0
    while _squares(lies, within, high) > expected:
        high *= 2
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _squares(lies, within, middle) > expected else (low, middle)
    return (low + high) / 2


def _typical_chance(within: Array) -> float:
    weights = 1 / within
    return float((len(within) - 1) * weights.sum() / (weights.sum() ** 2 - (weights**2).sum()))
