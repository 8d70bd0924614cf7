"""The expected course: a mixed model that is linear in log(session), by exact maximum likelihood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize

from caseness.stats.trajectory_sums import Patterns, Sums, by_pattern

Array = NDArray[np.float64]

_LOWER = np.tril_indices(2)
_STARTS = 5

# Slope of the deviance for each score: what is left to gain shows in no digit that anybody reads.
_AT_REST = 1e-6


@dataclass(frozen=True, eq=False)
class Course:
    """A fitted model. With c = (1, covariates), the mean at time t is (coefficients[0] + t coefficients[1]) c.

    `coefficients` (2, q): of the level, and of the change for each unit of time. `covariance` (2, 2): of the
    people's own levels and changes about them. `residual`: variance of a score about its person's course.
    `uncertainty` (2, q, 2, q): covariance of the coefficients.
    """

    coefficients: Array
    covariance: Array
    residual: float
    uncertainty: Array
    log_likelihood: float
    people: int
    observations: int


def fit(sums: Sums, steps: int = 500) -> Course:
    """Fit the model y = (b0 + b1 x + u) + (b2 + b3 x + v) t + e, by exact maximum likelihood.

    u and v are a person's own, normal and correlated; e is independent. The likelihood is that of all scores,
    worked out from sums by pattern of sessions and maximised over three parameters, the others being solved for.

    Parameters
    ----------
    sums : Sums
        From `sums_by_person`, with time = log(session) for a log-linear course.
    steps : int
        The most iterations.

    Returns
    -------
    Course

    Raises
    ------
    ValueError
        If the scores cannot tell the parameters apart (nobody has three, everybody has one time), or the
        likelihood has not been maximised within `steps`.

    Source
    ------
    The course of Finch, Lambert & Schaalje (2001), doi 10.1002/cpp.286; the likelihood is the profiled one of
    a mixed linear model. Reference values: tests/reference/trajectory.csv, made by trajectory_values.py with
    MixedLM of statsmodels.

    Examples
    --------
    >>> from caseness.stats.trajectory_sums import sums_by_person
    >>> scores = [[18, 14, 13, 12], [15, 15, 12, 12], [20, 15, 11, 9], [12, 11, 11, 9]]
    >>> course = fit(sums_by_person(np.repeat(range(4), 4), np.tile(np.log([1, 2, 3, 4]), 4), np.ravel(scores)))
    >>> course.coefficients.ravel().round(2).tolist()
    [16.37, -4.17]
    """
    patterns = by_pattern(sums)
    _require_enough(patterns)

    def deviance(root: Array) -> tuple[float, Array]:
        solved = _solved(patterns, root)
        return solved.deviance, 2 * (solved.pull @ _root(root))[_LOWER]

    # Where a person's own terms have no variance the deviance is level, whether or not it is at its lowest. So the
    # search starts elsewhere, and where it came to rest there by mistake it is sent on.
    start = np.array([1.0, 0.0, 1.0])
    for _ in range(_STARTS):
        found = minimize(deviance, start, jac=True, method="BFGS", options={"maxiter": steps, "gtol": 1e-10})
        solved = _solved(patterns, found.x)
        uphill, directions = np.linalg.eigh(solved.pull)
        if np.abs(found.jac).max() < _AT_REST and uphill[0] > -_AT_REST:
            return _course(patterns, solved)
        beyond = solved.relative + max(0.01, np.trace(solved.relative) / 10) * np.outer(
            directions[:, 0], directions[:, 0]
        )
        start = np.linalg.cholesky(beyond + 1e-6 * np.eye(2))[_LOWER]
    raise ValueError(f"The likelihood was not maximised in {steps} steps.")


def expected(course: Course, time: ArrayLike, covariates: ArrayLike | None = None) -> Array:
    """The mean score at a time.

    Parameters
    ----------
    course : Course
    time : array of float, shape (n,)
    covariates : array of float, shape (n,) or (n, n_covariates)
        As the model was fitted with; None if with none.

    Returns
    -------
    array of float, shape (n,)

    Raises
    ------
    ValueError
        If the covariates are not those of the model.
    """
    return np.einsum("nkj,kj->n", _design(course, time, covariates), course.coefficients)


def error_of_mean(course: Course, time: ArrayLike, covariates: ArrayLike | None = None) -> Array:
    """The standard error of the mean score at a time, as `expected` gives it. It says nothing of a person's scores."""
    design = _design(course, time, covariates)
    return np.sqrt(np.einsum("nkj,kjlm,nlm->n", design, course.uncertainty, design))


def own_slopes(course: Course, sums: Sums) -> tuple[Array, Array]:
    """Each person's own change for a unit of time, as the model sees it, and its standard error.

    The mean is in it: below 0 means that the scores fell, not that they fell more than others'. Divided by
    its error it is an index of reliable change from all sessions (critical value 1.96), and 1 - the normal
    distribution of it is the chance that the score is falling.

    Parameters
    ----------
    course : Course
    sums : Sums
        Of the same people or of others.

    Returns
    -------
    slope, error : arrays of float, shape (n_people,)
        Somebody without a score has the mean slope of people alike, and the error of not being known at all.
        The uncertainty of the fitted coefficients is not in the error.

    Raises
    ------
    ValueError
        If the covariates are not those of the model.

    Source
    ------
    Empirical Bayes, the mixed model of Claus and others, doi 10.18637/jss.v111.i01. The source of their
    package divides a person's deviation from the mean slope instead, so that improved means there that
    others improved less. Reference values: tests/reference/trajectory_slopes.csv, made by trajectory_values.py.
    """
    if sums.covariates.shape[1] != course.coefficients.shape[1]:
        raise ValueError("The covariates are not those of the model.")
    design = np.stack([sums.count, sums.time, sums.time, sums.time_squared], axis=1).reshape(-1, 2, 2)
    mean = sums.covariates @ course.coefficients.T
    surplus = np.stack([sums.score, sums.time_score], axis=1) - np.einsum("nkl,nl->nk", design, mean)
    # (sigma^2 I + D S)^-1 D is the covariance of the person's own terms given the scores, over sigma^2.
    given = np.linalg.solve(course.residual * np.eye(2) + course.covariance @ design, course.covariance)
    own = np.einsum("nkl,nl->nk", given, surplus)
    return mean[:, 1] + own[:, 1], np.sqrt(course.residual * given[:, 1, 1])


@dataclass(frozen=True, eq=False)
class _Solved:
    deviance: float
    pull: Array
    relative: Array
    coefficients: Array
    information: Array
    residual: float


# The profiled deviance for each score, at a root of the relative covariance, and its slope by that covariance.
def _solved(patterns: Patterns, parameters: Array) -> _Solved:
    root = _root(parameters)
    n, q = patterns.observations, patterns.covariates.shape[1]
    shrunk, left, weights, determinant = _shrinkage(patterns.design.reshape(-1, 4).T, root)
    information = _summed(weights, patterns.covariates).reshape(2, 2, q, q)
    information = information.transpose(0, 2, 1, 3).reshape(2 * q, 2 * q)
    right = np.einsum("kljl->kj", _summed(left, patterns.weighted).reshape(2, 2, q, 2)).ravel()
    coefficients = np.linalg.solve(information, right)
    explained = np.einsum("kg,gk->", shrunk, patterns.products.reshape(-1, 4)) + right @ coefficients
    residual = (patterns.score_squared - explained) / n
    deviance = np.log(2 * np.pi * residual) + 1 + patterns.people @ np.log(determinant) / n
    fixed = coefficients.reshape(2, q)
    surplus = _surplus(patterns, left, fixed) / residual
    pull = ((weights @ patterns.people).reshape(2, 2) - surplus) / n
    return _Solved(float(deviance), pull, root @ root.T, fixed, information, float(residual))


# What the scores say of people's own terms beyond the means: squares of U(r - SBc), over all people.
def _surplus(patterns: Patterns, left: Array, fixed: Array) -> Array:
    means = np.einsum("gkl,lj->gkj", patterns.design, fixed)
    across = np.einsum("gkj,gjm->gkm", means, patterns.weighted)
    of_means = np.einsum("gkj,gmj->gkm", np.einsum("gkj,gjm->gkm", means, patterns.covariates), means)
    squares = patterns.products - across - across.transpose(0, 2, 1) + of_means
    u = left.T.reshape(-1, 2, 2)
    return np.einsum("gkl,gml->km", np.einsum("gkl,glm->gkm", u, squares), u)


def _root(parameters: Array) -> Array:
    return np.array([[parameters[0], 0.0], [parameters[1], parameters[2]]])


# With design S and root L of each pattern: P = L (1 + L'SL)^-1 L', 1 - SP, and S - SPS as rows of four, and |1 + L'SL|.
# Written out for 2 by 2, because a general solver takes ten times as long.
def _shrinkage(design: Array, root: Array) -> tuple[Array, Array, Array, Array]:
    n, t, _, tt = design
    (p, _), (q, r) = root
    a, b, d = 1 + p * p * n + 2 * p * q * t + q * q * tt, r * (p * t + q * tt), 1 + r * r * tt
    determinant = a * d - b * b
    p11 = p * p * d / determinant
    p12 = p * (q * d - r * b) / determinant
    p22 = (q * q * d - 2 * q * r * b + r * r * a) / determinant
    left = np.stack([1 - n * p11 - t * p12, -n * p12 - t * p22, -t * p11 - tt * p12, 1 - t * p12 - tt * p22])
    across = left[0] * t + left[1] * tt
    weights = np.stack([left[0] * n + left[1] * t, across, across, left[2] * t + left[3] * tt])
    return np.stack([p11, p12, p12, p22]), left, weights, determinant


# No matrix product: so narrow a one costs more than it saves.
def _summed(rows: Array, of_patterns: Array) -> Array:
    return np.einsum("kg,gm->km", rows, of_patterns.reshape(len(of_patterns), -1))


def _course(patterns: Patterns, solved: _Solved) -> Course:
    q = patterns.covariates.shape[1]
    errors: Array = np.asarray(np.linalg.inv(solved.information), float) * solved.residual
    return Course(
        coefficients=solved.coefficients,
        covariance=solved.residual * solved.relative,
        residual=solved.residual,
        uncertainty=errors.reshape(2, q, 2, q),
        log_likelihood=-solved.deviance * patterns.observations / 2,
        people=int(patterns.people.sum()),
        observations=patterns.observations,
    )


def _require_enough(patterns: Patterns) -> None:
    q = patterns.covariates.shape[1]
    information = np.einsum("gkl,gjm->kjlm", patterns.design, patterns.covariates).reshape(2 * q, 2 * q)
    size = np.sqrt(np.diag(information))
    size[size == 0] = 1
    # A correlation matrix: whether it has full rank does not depend on the units.
    rank = np.linalg.matrix_rank(information / np.outer(size, size), tol=1e-10)
    if rank < 2 * q or patterns.design[:, 0, 0].max() < 3:
        raise ValueError("The scores cannot tell level, change and error apart: too few people, times or scores.")


def _design(course: Course, time: ArrayLike, covariates: ArrayLike | None) -> Array:
    t = np.atleast_1d(np.asarray(time, float))
    given = np.empty((len(t), 0)) if covariates is None else np.asarray(covariates, float).reshape(len(t), -1)
    if given.shape[1] + 1 != course.coefficients.shape[1]:
        raise ValueError("The covariates are not those of the model.")
    c = np.hstack([np.ones((len(t), 1)), given])
    return np.stack([c, t[:, None] * c], axis=1)
