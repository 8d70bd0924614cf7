"""What a mixed model needs of a million trajectories: six sums for each person, and their totals by pattern of sessions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Sums:
    """Sums over the scores of each person, shape (n_people,), and what the means depend on.

    `covariates` has shape (n_people, n_covariates + 1); its first column is 1.
    """

    count: Array
    time: Array
    time_squared: Array
    score: Array
    time_score: Array
    score_squared: Array
    covariates: Array


@dataclass(frozen=True, eq=False)
class Patterns:
    """The same, added up over people whose times have the same number, sum and sum of squares.

    The likelihood depends on the scores through these alone, so it costs as much as there are patterns,
    however many people there are. With q columns of covariates c, design matrix [1, time] and S its
    cross-product: `people` (n,), `design` S (n, 2, 2), `covariates` sum of c c' (n, q, q), `weighted` sum of
    c r' (n, q, 2) and `products` sum of r r' (n, 2, 2), where r is the design times the scores.
    """

    people: Array
    design: Array
    covariates: Array
    weighted: Array
    products: Array
    score_squared: float
    observations: int


def sums_by_person(person: ArrayLike, time: ArrayLike, score: ArrayLike, covariates: ArrayLike | None = None) -> Sums:
    """Add up the scores of each person.

    Parameters
    ----------
    person : array of int, shape (n_scores,)
        0, 1, 2 ... in any order.
    time, score : arrays of float, shape (n_scores,)
        A score that is NaN is left out. For a log-linear course, time is log(session).
    covariates : array of float, shape (n_people,) or (n_people, n_covariates)
        What intercept and slope depend on, such as the intake score, less its mean. If that is the score at
        the first session, leave that session out of the scores: it would be explained by itself.

    Returns
    -------
    Sums

    Raises
    ------
    ValueError
        If the arrays differ in length, a covariate is unknown, or a person has no row of covariates.

    Examples
    --------
    >>> found = sums_by_person([0, 0, 1, 1], [0, 1, 0, 1], [12, 9, 15, float("nan")])
    >>> found.count.tolist(), found.score.tolist(), found.time_score.tolist()
    ([2.0, 1.0], [21.0, 15.0], [9.0, 0.0])
    """
    who, t, y = np.asarray(person, np.int64), np.asarray(time, float), np.asarray(score, float)
    if not who.shape == t.shape == y.shape or who.ndim != 1:
        raise ValueError("Each score needs a person and a time.")
    known = ~np.isnan(y)
    if not known.all():
        who, t, y = who[known], t[known], y[known]
    people = int(who.max(initial=-1)) + 1
    columns = _with_ones(covariates, people)

    def added(values: Array | None) -> Array:
        return np.bincount(who, values, minlength=len(columns)).astype(float)

    return Sums(added(None), added(t), added(t * t), added(y), added(t * y), added(y * y), columns)


def by_pattern(sums: Sums) -> Patterns:
    """Add the sums of people up by pattern of times.

    Parameters
    ----------
    sums : Sums
        People without a score are left out.

    Returns
    -------
    Patterns

    Examples
    --------
    >>> sums = sums_by_person([0, 0, 1, 1, 2], [0, 1, 0, 1, 0], [12, 9, 15, 11, 7])
    >>> by_pattern(sums).people.tolist()
    [1.0, 2.0]
    """
    # Sums of the same times in another order may differ in the last bit. Rounding only decides who is added up together.
    keys = np.stack([sums.time_squared.round(9), sums.time.round(9), sums.count])
    order = np.lexsort(keys)
    order = order[sums.count[order] > 0]
    keys = keys[:, order]
    starts = np.flatnonzero(np.append(True, (np.diff(keys) != 0).any(axis=0)))
    c = sums.covariates[order]
    r = np.stack([sums.score[order], sums.time_score[order]], axis=1)

    def added(left: Array, right: Array) -> Array:
        pairs = [np.add.reduceat(one * other, starts) for one in left.T for other in right.T]
        return np.stack(pairs, axis=1).reshape(len(starts), left.shape[1], right.shape[1])

    n, t, tt = (one[order][starts] for one in (sums.count, sums.time, sums.time_squared))
    return Patterns(
        people=np.diff(np.append(starts, len(order))).astype(float),
        design=np.stack([n, t, t, tt], axis=1).reshape(-1, 2, 2),
        covariates=added(c, c),
        weighted=added(c, r),
        products=added(r, r),
        score_squared=float(sums.score_squared.sum()),
        observations=int(sums.count.sum()),
    )


def _with_ones(covariates: ArrayLike | None, people: int) -> Array:
    if covariates is None:
        return np.ones((people, 1))
    given = np.asarray(covariates, float)
    columns = given[:, None] if given.ndim == 1 else given
    if len(columns) < people or np.isnan(columns).any():
        raise ValueError("Each person needs covariates, and none may be unknown.")
    return np.hstack([np.ones((len(columns), 1)), columns])
