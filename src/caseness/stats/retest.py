"""Scores that fall because they were high: what a second measurement does when nobody changes."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

Array = NDArray[np.float64]

# True scores are summed from -9 to 9 standard deviations in steps that are fine beside the error of measurement.
_STEPS = np.arange(-9, 9.01, 0.05)


def expected_fall(mean: float, deviation: float, reliability: float, cut_off: float) -> float:
    """By how much the mean of those at or above a cut-off changes when nobody changes.

    Parameters
    ----------
    mean, deviation : float
        Of the first scores of everybody, which are about normal.
    reliability : float between 0 and 1
        Correlation of two measurements of people who do not change.
    cut_off : float
        In the unit of the scores.

    Returns
    -------
    float, 0 or less
        -(1 - reliability) deviation phi(z) / (1 - Phi(z)), where z = (cut_off - mean) / deviation.

    Raises
    ------
    ValueError
        If the deviation is not above 0, or the reliability not between 0 and 1.

    Source
    ------
    The mean of a truncated normal distribution, worked out twice: `dnorm` and `pnorm` of R in
    tests/reference/recovery.csv, made by recovery.R.

    Examples
    --------
    >>> round(expected_fall(0, 1, 0.8, 0), 4)
    -0.1596
    """
    _require_scale(deviation, reliability)
    z = (cut_off - mean) / deviation
    return float(-(1 - reliability) * deviation * np.exp(-z * z / 2) / np.sqrt(2 * np.pi) / ndtr(-z))


def expected_second(first: ArrayLike, mean: float, reliability: float) -> Array:
    """The second score to be expected of somebody who does not change, by the first.

    Parameters
    ----------
    first : array of float, any shape
    mean : float
        Of everybody's first scores, in the same unit.
    reliability : float between 0 and 1

    Returns
    -------
    array of float, the shape of `first`
        mean + reliability (first - mean).

    Examples
    --------
    >>> expected_second([20.0], 14.0, 0.5).tolist()
    [17.0]
    """
    return mean + reliability * (np.asarray(first, float) - mean)


def chance_below(mean: float, deviation: float, reliability: float, cut_off: float) -> float:
    """How likely a second score is below a cut-off that the first had reached, without any change.

    Parameters
    ----------
    mean, deviation, reliability, cut_off : float
        As for `expected_fall`. Scores that are whole numbers are cut half a point below the
        lowest that counts.

    Returns
    -------
    float between 0 and 1

    Raises
    ------
    ValueError
        If the deviation is not above 0, or the reliability not between 0 and 1.

    Source
    ------
    Bivariate normal scores; nested `integrate` and `pnorm` of R in tests/reference/recovery.csv,
    made by recovery.R. For a cut-off at the mean it is 1/2 - arcsin(reliability)/pi (Sheppard).

    Examples
    --------
    >>> round(chance_below(14, 6, 0.84, 9.5), 4)
    0.0884
    """
    _require_scale(deviation, reliability)
    below = _below((cut_off - mean) / deviation, reliability, _STEPS)
    weights = _normal(_STEPS)
    return float(weights @ ((1 - below) * below) / (weights @ (1 - below)))


def chance_below_both(
    means: ArrayLike, deviations: ArrayLike, reliabilities: ArrayLike, cut_offs: ArrayLike, correlation: float
) -> tuple[float, float]:
    """How likely both second scores are below their cut-offs when either first had reached its own, without any change.

    Each score is a true score, which stays, and an error of its own.

    Parameters
    ----------
    means, deviations, reliabilities, cut_offs : arrays of float, shape (2,)
        As for `chance_below`, of the two scales.
    correlation : float
        Of the two scores at one time, of everybody. At most the square root of the product
        of the reliabilities, as errors are independent.

    Returns
    -------
    two floats between 0 and 1
        The chance; and the share of everybody who is below both cut-offs at first, which can
        be held against a count.

    Raises
    ------
    ValueError
        If a deviation or reliability is not what is said, or the correlation exceeds what
        the reliabilities allow.

    Source
    ------
    Nested `integrate` of R in tests/reference/recovery.csv, made by recovery.R.

    Examples
    --------
    >>> chance, below_at_first = chance_below_both([14, 13], [6, 5], [0.84, 0.83], [9.5, 7.5], 0.7)
    >>> round(chance, 3), round(below_at_first, 3)
    (0.038, 0.093)
    """
    mean, deviation, reliable, cut = (np.asarray(one, float) for one in (means, deviations, reliabilities, cut_offs))
    for one, other in zip(deviation, reliable, strict=True):
        _require_scale(one, other)
    between_true = correlation / np.sqrt(reliable.prod())
    if not abs(between_true) <= 1:
        raise ValueError("The correlation of two scales cannot exceed the root of the product of their reliabilities.")
    z = (cut - mean) / deviation
    rest = np.sqrt(1 - between_true**2)
    one = _below(z[0], reliable[0], _STEPS)[:, None]
    other = _below(z[1], reliable[1], between_true * _STEPS[:, None] + rest * _STEPS[None, :])
    weights = _normal(_STEPS)[:, None] * _normal(_STEPS)[None, :]
    below = one * other
    first = float((weights * below).sum())
    return float((weights * (1 - below) * below).sum()) / (1 - first), first


# The chance that a score is below a cut-off (in standard deviations from the mean), given true scores in their own.
def _below(z: float, reliability: float, true: Array) -> Array:
    return ndtr((z - np.sqrt(reliability) * true) / np.sqrt(1 - reliability))


# Equal steps over a density that has died away at both ends are as exact as doubles allow.
def _normal(steps: Array) -> Array:
    density = np.exp(-steps * steps / 2)
    return density / density.sum()


def _require_scale(deviation: float, reliability: float) -> None:
    if not (deviation > 0 and 0 < reliability < 1):
        raise ValueError("Scores need a standard deviation above 0 and a reliability between 0 and 1.")
