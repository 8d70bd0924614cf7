"""Whether two proportions differ by more than chance, and what many such questions at once ask for."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc

Array = NDArray[np.float64]


def chance_of_difference(
    successes: ArrayLike, totals: ArrayLike, other_successes: ArrayLike, other_totals: ArrayLike
) -> Array:
    """How often chance alone would part two groups of one true proportion as far as they are, or farther.

    The score test with the pooled proportion, without continuity correction.

    Parameters
    ----------
    successes, totals, other_successes, other_totals : arrays of float, shapes that broadcast
        Counts of two groups that share nobody: 0 <= successes <= totals. NaN where unknown.

    Returns
    -------
    array of float in 0..1, the shape of all together
        1 where nobody or everybody in both groups succeeded. NaN where a total is 0 or a
        count is unknown.

    Source
    ------
    Reference values: tests/reference/multiplicity.csv, made by multiplicity.R with prop.test.

    Examples
    --------
    >>> chance_of_difference([56, 5], [70, 10], [48, 10], [80, 20]).round(4).tolist()
    [0.008, 1.0]
    """
    a, n, b, m = (np.asarray(one, float) for one in (successes, totals, other_successes, other_totals))
    with np.errstate(invalid="ignore", divide="ignore"):
        pooled = (a + b) / (n + m)
        variance = pooled * (1 - pooled) * (1 / n + 1 / m)
        square = (a / n - b / m) ** 2 / variance
    return np.where(variance == 0, 1.0, chdtrc(1, square))


def adjust_by_holm(chances: ArrayLike) -> Array:
    """Chances that hold for a whole family of questions together, by Holm's steps.

    To call those below 0.05 real is wrong about one of them in at most 5 % of such
    families, whatever the questions have to do with each other.

    Parameters
    ----------
    chances : array of float in 0..1, shape (n_questions,)
        NaN is no question, and does not count.

    Returns
    -------
    array of float in 0..1, shape (n_questions,)
        In the order of `chances`, none smaller than before. NaN stays NaN.

    Source
    ------
    Holm (1979), Scandinavian Journal of Statistics 6:65-70. Reference values:
    tests/reference/multiplicity.csv, made by multiplicity.R with p.adjust.

    Examples
    --------
    >>> adjust_by_holm([0.01, 0.04, 0.03]).round(2).tolist()
    [0.03, 0.06, 0.06]
    """
    given = np.asarray(chances, float)
    adjusted = np.full(given.shape, np.nan)
    order = np.argsort(given, kind="stable")[: np.count_nonzero(~np.isnan(given))]
    steps = given[order] * np.arange(len(order), 0, -1)
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return adjusted
