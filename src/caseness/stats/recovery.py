"""Recovery without treatment as a curve over time: laid through a few points, and averaged over times that differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincinv

Array = NDArray[np.float64]

MONOTONE, WEIBULL, EXPONENTIAL, LOGIT = "monotone", "Weibull", "exponential", "logit"
SHAPES = (MONOTONE, WEIBULL, EXPONENTIAL, LOGIT)

# A curve is averaged over its quantiles, in panels of 20 Gauss points: they agree with adaptive quadrature to 1e-5
# (tests/reference/recovery.csv), and one rule of 400 points would take half a second to find.
_PANELS, _POINTS = 20, 20


@dataclass(frozen=True, eq=False)
class Curve:
    """The share that has recovered by a time. `parameters` are those of its shape, and none if it follows the points."""

    shape: str
    parameters: tuple[float, ...]
    share_at: Callable[[ArrayLike], Array]


def fit(shape: str, times: ArrayLike, shares: ArrayLike) -> Curve:
    """Lay a curve through, or near, a few points.

    Parameters
    ----------
    shape : "monotone", "Weibull", "exponential" or "logit"
        Monotone goes through (0, 0) and every point without a wiggle between them, and stays
        level after the last (piecewise cubic, Fritsch and Butland 1984). The others are
        straight lines by least squares on a scale of their own: log(-log(1 - share)) on
        log(time), -log(1 - share) on time through the origin, and the logit on time, which
        alone does not begin at 0.
    times : array of float, shape (n_points,)
        Above 0 and rising, in any one unit.
    shares : array of float, shape (n_points,)
        Between 0 and 1, and never falling.

    Returns
    -------
    Curve
        `parameters` are shape and scale, rate, or intercept and slope, in the unit of the times.

    Raises
    ------
    ValueError
        If the points are not what is said here, there are too few for the shape (two, save
        one for the exponential and the monotone), or there is no such shape.

    Source
    ------
    The points of the example, 23, 32 and 53 % after 3, 6 and 12 months, are those of Whiteford and
    others (2013), doi 10.1017/S0033291712001717. Monotone: SciPy's `PchipInterpolator` in
    tests/unit/stats/test_recovery.py; the others by `lm` of R in tests/reference/recovery_fits.csv,
    made by recovery.R.

    Examples
    --------
    >>> weibull = fit("Weibull", [3, 6, 12], [0.23, 0.32, 0.53])
    >>> [round(one, 3) for one in weibull.parameters], weibull.share_at([3, 6, 12]).round(2).tolist()
    ([0.765, 18.425], [0.22, 0.35, 0.51])
    """
    t, p = _require_points(times, shares)
    if shape == MONOTONE:
        return Curve(shape, (), _through(np.append(0.0, t), np.append(0.0, p)))
    if shape == EXPONENTIAL:
        return _exponential(float(t @ -np.log1p(-p) / (t @ t)))
    if len(t) < 2:
        raise ValueError(f"A {shape} curve needs two points or more.")
    if shape == WEIBULL:
        slope, intercept = np.polyfit(np.log(t), np.log(-np.log1p(-p)), 1)
        return _weibull(float(slope), float(np.exp(-intercept / slope)))
    if shape == LOGIT:
        slope, intercept = np.polyfit(t, np.log(p / (1 - p)), 1)
        return _logit(float(intercept), float(slope))
    raise ValueError(f"The shape is one of {', '.join(SHAPES)}, not {shape!r}.")


def average(curve: Curve, mean: float, variation: float) -> float:
    """The share that has recovered among people whose times differ.

    Of a curve that bends down it is less than the share at their mean time (Jensen): what
    the long times add does not make up for what the short ones lack.

    Parameters
    ----------
    curve : Curve
    mean : float, 0 or more
        Mean of the times, in the unit of the curve. They follow a gamma distribution; with a mean of 0 all of them are 0.
    variation : float, 0 or more
        Coefficient of variation of the times: their standard deviation over their mean.

    Returns
    -------
    float between 0 and 1

    Raises
    ------
    ValueError
        If the mean or the variation is below 0, or not a number.

    Source
    ------
    `integrate` of R over the gamma density, in tests/reference/recovery.csv, made by recovery.R.

    Examples
    --------
    >>> half_in_six = fit("exponential", [6], [0.5])
    >>> round(average(half_in_six, 6, 0), 3), round(average(half_in_six, 6, 0.6), 3)
    (0.5, 0.461)
    """
    if not (mean >= 0 and variation >= 0):
        raise ValueError("Times need a mean and a variation of 0 or more.")
    if mean == 0 or variation == 0:
        return float(curve.share_at(mean))
    nodes, weights = np.polynomial.legendre.leggauss(_POINTS)
    quantiles = (np.arange(_PANELS)[:, None] + (nodes + 1) / 2) / _PANELS
    form = variation**-2
    return float((curve.share_at(gammaincinv(form, quantiles) * mean / form) @ weights).mean() / 2)


def _require_points(times: ArrayLike, shares: ArrayLike) -> tuple[Array, Array]:
    t, p = np.asarray(times, float), np.asarray(shares, float)
    if t.ndim != 1 or t.shape != p.shape or not len(t):
        raise ValueError("A curve needs one share for each time, and one point or more.")
    if t[0] <= 0 or (np.diff(t) <= 0).any():
        raise ValueError("The times of a curve are above 0, and each is later than the one before.")
    if p[0] <= 0 or p[-1] >= 1 or (np.diff(p) < 0).any():
        raise ValueError("The shares of a curve lie between 0 and 1, and none is below the one before.")
    return t, p


def _weibull(form: float, scale: float) -> Curve:
    return Curve(WEIBULL, (form, scale), lambda at: -np.expm1(-((np.asarray(at, float) / scale) ** form)))


def _exponential(rate: float) -> Curve:
    return Curve(EXPONENTIAL, (rate,), lambda at: -np.expm1(-rate * np.asarray(at, float)))


def _logit(intercept: float, slope: float) -> Curve:
    return Curve(LOGIT, (intercept, slope), lambda at: 1 / (1 + np.exp(-intercept - slope * np.asarray(at, float))))


def _through(t: Array, p: Array) -> Callable[[ArrayLike], Array]:
    steps, slopes = np.diff(t), np.diff(p) / np.diff(t)
    tangents = _tangents(steps, slopes)

    def share_at(at: ArrayLike) -> Array:
        x = np.clip(np.asarray(at, float), t[0], t[-1])
        i = np.clip(np.searchsorted(t, x, side="right") - 1, 0, len(steps) - 1)
        u = (x - t[i]) / steps[i]
        rise = u * u * (3 - 2 * u)
        bend = steps[i] * u * (1 - u) * ((1 - u) * tangents[i] - u * tangents[i + 1])
        return p[i] * (1 - rise) + p[i + 1] * rise + bend

    return share_at


# Fritsch and Butland 1984: between two intervals the weighted harmonic mean of their slopes, 0 where one is level.
def _tangents(steps: Array, slopes: Array) -> Array:
    if len(steps) == 1:
        return np.repeat(slopes, 2)
    before, after = 2 * steps[1:] + steps[:-1], steps[1:] + 2 * steps[:-1]
    with np.errstate(divide="ignore"):
        inner = (before + after) / (before / slopes[:-1] + after / slopes[1:])
    first = _at_end(steps[0], steps[1], slopes[0], slopes[1])
    last = _at_end(steps[-1], steps[-2], slopes[-1], slopes[-2])
    return np.concatenate([[first], inner, [last]])


# Three points, and not so steep or so bent that the curve would leave its points.
def _at_end(step: float, next_step: float, slope: float, next_slope: float) -> float:
    tangent = ((2 * step + next_step) * slope - step * next_slope) / (step + next_step)
    return float(np.clip(tangent, 0.0, 3 * slope if next_slope == 0 else max(tangent, 0.0)))
