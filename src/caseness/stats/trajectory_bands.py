"""Bands around the expected course: of the fitted model, and of the scores themselves by intake and session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import isotonic_regression
from scipy.special import chdtri, ndtri

from caseness.stats.trajectory import Course, error_of_mean, expected

Array = NDArray[np.float64]

FALLING, ANY, RISING = -1, 0, 1

# The hundredth session lies further than this from its neighbours in log(session): nothing would be smoothed.
_NARROWEST = 0.01


def model_band(
    course: Course,
    time: ArrayLike,
    covariates: ArrayLike | None = None,
    content: float = 0.8,
    confidence: float | None = None,
) -> tuple[Array, Array]:
    """Between which scores most people lie at a time, if people's courses and errors are normal.

    Parameters
    ----------
    course : Course
    time : array of float, shape (n,)
    covariates : array of float, shape (n,) or (n, n_covariates)
        As the model was fitted with; None if with none.
    content : float, in 0..1
        The part of people whose score lies between.
    confidence : float, in 0..1, or None
        How sure the band is to hold that part, with a factor that widens it for having been estimated.
        None gives the band as if the estimates were the truth.

    Returns
    -------
    lower, upper : arrays of float, shape (n,)
        They may pass the ends of the scale, which the model does not know.

    Raises
    ------
    ValueError
        If a fraction is not between 0 and 1, or the covariates are not those of the model.

    Source
    ------
    The variance is that of the model. The factor is `tolerance_factor`, with as many people as would give
    the fitted mean its error (Wallis's effective number, assumed), and one degree of freedom a person.

    Examples
    --------
    >>> course = Course(np.array([[16.0], [-3.0]]), np.diag([9.0, 1.0]), 7.0, np.zeros((2, 1, 2, 1)), 0.0, 500, 3000)
    >>> lower, upper = model_band(course, np.log([1, 4]))
    >>> lower.round(1).tolist(), upper.round(1).tolist()
    ([10.9, 6.4], [21.1, 17.3])
    """
    mean = expected(course, time, covariates)
    t = np.atleast_1d(np.asarray(time, float))
    level, change, both = course.covariance[0, 0], course.covariance[1, 1], course.covariance[0, 1]
    variance = level + t * t * change + 2 * t * both + course.residual
    factor = _two_sided(content)
    if confidence is not None:
        error = error_of_mean(course, time, covariates) ** 2
        people = variance / np.maximum(error, variance / 1e12)
        factor = tolerance_factor(people, course.people - course.coefficients.size, content, confidence)
    return mean - factor * np.sqrt(variance), mean + factor * np.sqrt(variance)


def tolerance_factor(people: ArrayLike, freedom: ArrayLike, content: float, confidence: float) -> Array:
    """By how many estimated deviations a mean must be passed to hold a part of a normal population, with confidence.

    Parameters
    ----------
    people : array of float, above 0
        On how many people the mean rests.
    freedom : array of float, above 0
        Degrees of freedom of the deviation.
    content, confidence : float, in 0..1

    Returns
    -------
    array of float, the shape of both together

    Raises
    ------
    ValueError
        If a fraction is not between 0 and 1.

    Source
    ------
    Howe's approximation as the NIST/SEMATECH e-Handbook has it, section 7.2.6.3; the example is that of a
    worksheet made from it (43 people, 90 %, 99 % sure: 2.2173). It lies within a hundredth of the exact
    factors in tests/unit/stats/test_trajectory_bands.py.

    Examples
    --------
    >>> tolerance_factor(43, 42, content=0.9, confidence=0.99).round(4).item()
    2.2173
    """
    if not 0 < confidence < 1:
        raise ValueError(f"Confidence is a fraction between 0 and 1, not {confidence}.")
    n, df = np.asarray(people, float), np.asarray(freedom, float)
    return _two_sided(content) * np.sqrt(df * (1 + 1 / n) / chdtri(df, confidence))


@dataclass(frozen=True, eq=False)
class Quantiles:
    """Quantiles of scores by band of intake and session.

    `edges` (n_bands + 1,): a band reaches from its edge up to the next, without it. `values` (n_bands,
    n_sessions, n_levels): session 1 first, NaN where too few people were seen. `counts` (n_bands, n_sessions).
    """

    edges: Array
    levels: tuple[float, ...]
    values: Array
    counts: NDArray[np.int64]


def quantiles(
    intake: ArrayLike,
    session: ArrayLike,
    score: ArrayLike,
    edges: ArrayLike,
    levels: Sequence[float] = (0.1, 0.25, 0.5, 0.75, 0.9),
    least: int = 100,
    width: float = 0.3,
    direction: int = FALLING,
) -> Quantiles:
    """The course of people who began alike, from the scores themselves: no curve and no distribution is assumed.

    Each cell of intake and session has its own quantiles. Along the sessions they are smoothed by local lines
    in log(session), then made monotone by least squares, both weighted by the number of people; last, no level
    may pass another. Curves beyond the early sessions are those of people who are still there.

    Parameters
    ----------
    intake, score : arrays of float, shape (n_scores,)
        A score with either unknown, or an intake outside the edges, is left out.
    session : array of int, shape (n_scores,)
        1 or more.
    edges : array of float, shape (n_bands + 1,), rising
    levels : fractions, rising
    least : int
        A cell with fewer scores has no quantiles, and lends nothing to its neighbours.
    width : float, 0 or more
        Of the smoothing, in log(session). Below 0.01 it is left out. Assumed: less than half a doubling.
    direction : FALLING, ANY or RISING
        Which way the curves may go from session to session.

    Returns
    -------
    Quantiles

    Raises
    ------
    ValueError
        If edges or levels do not rise, a level is not between 0 and 1, a session is below 1, the width is below 0, or
        there is no such direction.

    Source
    ------
    Monotone: `isotonic_regression` of SciPy. Levels that cross are sorted, which can only bring them nearer to
    monotone truth (Chernozhukov and others 2010, not verified).

    Examples
    --------
    >>> found = quantiles([15, 15, 15, 15], [1, 1, 2, 2], [14, 16, 11, 13], [10, 20], levels=[0.5], least=2, width=0)
    >>> found.values.ravel().tolist()
    [15.0, 12.0]
    """
    bounds, parts = np.asarray(edges, float), np.asarray(levels, float)
    x, s, y = np.asarray(intake, float), np.asarray(session, np.int64), np.asarray(score, float)
    _require_sense(bounds, parts, s, width, direction)
    band = np.searchsorted(bounds, x, side="right") - 1
    used = ~np.isnan(x + y) & (band >= 0) & (band < len(bounds) - 1)
    shape = (len(bounds) - 1, int(s.max(initial=1)))
    values, counts = _cells(band[used] * shape[1] + s[used] - 1, y[used], shape, parts, least)
    for one, number in zip(values, counts, strict=True):
        seen = number >= least
        if seen.any():
            weights = number[seen].astype(float)
            one[seen] = _monotone(_smooth(one[seen], np.flatnonzero(seen) + 1, weights, width), weights, direction)
    return Quantiles(bounds, tuple(float(part) for part in parts), np.sort(values, axis=2), counts)


def read_quantile(found: Quantiles, intake: ArrayLike, session: ArrayLike, level: float) -> Array:
    """The score at one level for people of an intake at a session.

    Parameters
    ----------
    found : Quantiles
    intake : array of float, shape (n,)
    session : array of int, shape (n,)
    level : one of `found.levels`

    Returns
    -------
    array of float, shape (n,)
        NaN where too few people were seen, and outside the edges and the sessions seen.

    Raises
    ------
    ValueError
        If the level was not fitted.
    """
    if level not in found.levels:
        raise ValueError(f"The level is one of {found.levels}, not {level}.")
    x, s = np.broadcast_arrays(np.asarray(intake, float), np.asarray(session, np.int64))
    bands, sessions, _ = found.values.shape
    band = np.searchsorted(found.edges, x, side="right") - 1
    inside = (band >= 0) & (band < bands) & (s >= 1) & (s <= sessions)
    values = found.values[band.clip(0, bands - 1), s.clip(1, sessions) - 1, found.levels.index(level)]
    return np.where(inside, values, np.nan)


def _two_sided(content: float) -> float:
    if not 0 < content < 1:
        raise ValueError(f"Content is a fraction between 0 and 1, not {content}.")
    return float(ndtri((1 + content) / 2))


def _require_sense(edges: Array, levels: Array, session: NDArray[np.int64], width: float, direction: int) -> None:
    if len(edges) < 2 or (np.diff(edges) <= 0).any():
        raise ValueError("Edges of intake are two or more, and rise.")
    if not len(levels) or levels[0] <= 0 or levels[-1] >= 1 or (np.diff(levels) <= 0).any():
        raise ValueError("Levels are fractions between 0 and 1, and rise.")
    if session.min(initial=1) < 1:
        raise ValueError("The first session is 1.")
    if not width >= 0 or direction not in (FALLING, ANY, RISING):
        raise ValueError("A width is 0 or more, and a direction falling, any or rising.")


def _cells(
    cell: NDArray[np.int64], score: Array, shape: tuple[int, int], levels: Array, least: int
) -> tuple[Array, NDArray[np.int64]]:
    counts = np.bincount(cell, minlength=shape[0] * shape[1])
    values = np.full((len(counts), len(levels)), np.nan)
    ordered = score[np.argsort(cell.astype(np.int32), kind="stable")]
    ends = np.cumsum(counts)
    for one in np.flatnonzero(counts >= max(least, 1)):
        values[one] = np.quantile(ordered[ends[one] - counts[one] : ends[one]], levels)
    return values.reshape(*shape, len(levels)), counts.reshape(shape)


# At each session the height of the line that fits best nearby.
def _smooth(values: Array, sessions: NDArray[np.int64], weights: Array, width: float) -> Array:
    if width < _NARROWEST or len(values) < 3:
        return values
    x = np.log(sessions)
    away = x[None, :] - x[:, None]
    near = weights * np.exp(-0.5 * (away / width) ** 2)
    zero, one, two = near.sum(axis=1), (near * away).sum(axis=1), (near * away**2).sum(axis=1)
    tells = zero * two - one * one
    line = near * (two[:, None] - one[:, None] * away) @ values
    # Where no neighbour is near enough to lend anything, a cell keeps its own.
    alone = (tells < 1e-12 * zero * zero)[:, None]
    return np.where(alone, values, line / np.where(alone, 1.0, tells[:, None]))


def _monotone(values: Array, weights: Array, direction: int) -> Array:
    if direction == ANY:
        return values
    fitted = [isotonic_regression(one, weights=weights, increasing=direction == RISING).x for one in values.T]
    return np.stack(fitted, axis=1)
