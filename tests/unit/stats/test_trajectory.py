"""The mixed log-linear model: against the likelihood written out in full, and on courses whose truth is known"""

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import ndtr

from caseness.stats.trajectory import error_of_mean, expected, fit, own_slopes
from caseness.stats.trajectory_sums import by_pattern, sums_by_person
from made_up_courses import CHANGE, LEVEL, OWN, RESIDUAL, courses

NAN = float("nan")


@pytest.fixture(scope="module")
def many():
    person, t, score, intake, slope = courses(np.random.default_rng(20261126), 20_000)
    sums = sums_by_person(person, t, score, intake)
    return sums, fit(sums), slope


def dense_log_likelihood(person, t, score, intake, coefficients, covariance, residual):
    total = 0.0
    for one in range(len(intake)):
        mine = person == one
        z = np.stack([np.ones(mine.sum()), t[mine]], axis=1)
        mean = z @ coefficients @ [1.0, intake[one]]
        variance = z @ covariance @ z.T + residual * np.eye(len(z))
        away = score[mine] - mean
        total -= 0.5 * (
            len(z) * np.log(2 * np.pi) + np.linalg.slogdet(variance)[1] + away @ np.linalg.solve(variance, away)
        )
    return total


def test_the_likelihood_is_that_of_all_scores_and_at_its_highest():
    person, t, score, intake, _ = courses(np.random.default_rng(7), 60)
    course = fit(sums_by_person(person, t, score, intake))

    def at(theta):
        root = np.array([[theta[4], 0], [theta[5], theta[6]]])
        rest = theta[:4].reshape(2, 2), root @ root.T, np.exp(theta[7])
        return dense_log_likelihood(person, t, score, intake, *rest)

    root = np.linalg.cholesky(course.covariance)
    here = np.concatenate([course.coefficients.ravel(), root[np.tril_indices(2)], [np.log(course.residual)]])
    assert at(here) == pytest.approx(course.log_likelihood, abs=1e-8)
    found = minimize(lambda theta: -at(theta), here * 1.05, method="BFGS", options={"gtol": 1e-4})
    np.testing.assert_allclose(found.x, here, atol=2e-3)
    assert -found.fun <= course.log_likelihood + 1e-8


def test_the_uncertainty_is_that_of_generalised_least_squares():
    person, t, score, intake, _ = courses(np.random.default_rng(8), 40)
    course = fit(sums_by_person(person, t, score, intake))
    information = np.zeros((4, 4))
    for one in range(40):
        z = np.stack([np.ones((person == one).sum()), t[person == one]], axis=1)
        x = np.hstack([z[:, :1] * [1, intake[one]], z[:, 1:] * [1, intake[one]]])
        variance = z @ course.covariance @ z.T + course.residual * np.eye(len(z))
        information += x.T @ np.linalg.solve(variance, x)
    np.testing.assert_allclose(course.uncertainty.reshape(4, 4), np.linalg.inv(information), rtol=1e-8)
    row = np.array([1, 2.0, 0.5, 1.0])
    error = np.sqrt(row @ np.linalg.inv(information) @ row)
    assert error_of_mean(course, [0.5], [2.0]).item() == pytest.approx(error, rel=1e-8)


def test_the_truth_is_found(many):
    _, course, _ = many
    np.testing.assert_allclose(course.coefficients, [LEVEL, CHANGE], atol=0.06)
    np.testing.assert_allclose(course.covariance, OWN, atol=0.3)
    assert course.residual == pytest.approx(RESIDUAL, abs=0.1)


def test_the_truth_lies_within_its_errors():
    """Of 25 small services, about as many miss each coefficient as should."""
    generator = np.random.default_rng(9)
    away = []
    for _ in range(25):
        person, t, score, intake, _ = courses(generator, 150, sessions=6)
        course = fit(sums_by_person(person, t, score, intake))
        errors = np.sqrt(np.diag(course.uncertainty.reshape(4, 4)))
        away.append((course.coefficients - [LEVEL, CHANGE]).ravel() / errors)
    assert (np.abs(away) < 1.96).mean() == pytest.approx(0.95, abs=0.06)


def test_a_slope_over_its_error_is_a_chance(many):
    """Of those whose slope lies near -1 of its errors, as many are falling as the normal distribution says."""
    sums, course, truth = many
    slope, error = own_slopes(course, sums)
    for index in (-1.5, -1.0):
        near = np.abs(slope / error - index) < 0.15
        assert near.sum() > 300
        assert (truth[near] < 0).mean() == pytest.approx(ndtr(-index), abs=0.04)
    held = np.abs(truth - slope) < 1.96 * error
    assert held.mean() == pytest.approx(0.95, abs=0.01)


def test_somebody_without_a_score_has_the_slope_of_people_alike(many):
    _, course, _ = many
    slope, error = own_slopes(course, sums_by_person([0], [0.0], [NAN], [2.0, 4.0]))
    np.testing.assert_allclose(slope, course.coefficients[1] @ [[1, 1], [2, 4]])
    np.testing.assert_allclose(error, np.sqrt(course.covariance[1, 1]))


def test_improved_is_improved_and_not_more_than_others():
    """All fall alike: by their own slopes all improve, whatever the mean slope is."""
    person, session = (one.ravel() for one in np.mgrid[0:50, 1:9])
    score = 20 - 5 * np.log(session) + np.random.default_rng(3).normal(0, 1, 400) + np.repeat(np.arange(50) % 7, 8)
    sums = sums_by_person(person, np.log(session), score)
    slope, error = own_slopes(fit(sums), sums)
    assert (slope / np.maximum(error, 1e-9) < -1.96).all()


def test_courses_that_do_not_differ_are_fitted_at_the_edge():
    person, session = (one.ravel() for one in np.mgrid[0:40, 1:6])
    course = fit(sums_by_person(person, np.log(session), 20 - session + np.tile([0, 1, -1, 1, -1.0], 40)))
    assert np.abs(course.covariance).max() < 1e-6


@pytest.mark.parametrize("deviations", [(0, 0), (3, 0), (0, 1), (3, 0.05), (1, 1)])
@pytest.mark.parametrize("correlation", [-1, 0.9])
def test_no_neighbour_is_more_likely(deviations, correlation):
    """Also where people do not differ in level or in change, and the maximum lies on an edge."""
    generator = np.random.default_rng(15)
    both = correlation * deviations[0] * deviations[1]
    own = generator.multivariate_normal(
        [0, 0], [[deviations[0] ** 2, both], [both, deviations[1] ** 2]], 15, method="svd"
    )
    person, session = (one.ravel() for one in np.mgrid[0:15, 1:6])
    t, intake = np.log(session), np.zeros(15)
    score = 15 + own[person, 0] + (own[person, 1] - 2) * t + generator.normal(0, 2, len(t))
    course = fit(sums_by_person(person, t, score))
    fixed = np.hstack([course.coefficients, np.zeros((2, 1))])
    for _ in range(25):
        nudge = generator.normal(0, 0.05, (2, 2))
        covariance = course.covariance + nudge @ nudge.T
        near = course.residual * np.exp(generator.normal(0, 0.02))
        assert dense_log_likelihood(person, t, score, intake, fixed, covariance, near) <= course.log_likelihood + 1e-6
    shrunk = dense_log_likelihood(person, t, score, intake, fixed, 0.9 * course.covariance, course.residual)
    assert shrunk <= course.log_likelihood + 1e-6


def test_the_order_of_scores_does_not_matter():
    person, t, score, intake, _ = courses(np.random.default_rng(10), 50)
    order = np.random.default_rng(11).permutation(len(t))
    one, other = (fit(sums_by_person(person[o], t[o], score[o], intake)) for o in (slice(None), order))
    np.testing.assert_allclose(one.coefficients, other.coefficients, rtol=1e-6)
    assert one.log_likelihood == pytest.approx(other.log_likelihood)


def test_as_few_patterns_as_there_are_ways_to_attend():
    person, t, score, intake, _ = courses(np.random.default_rng(12), 3000)
    patterns = by_pattern(sums_by_person(person, t, score, intake))
    assert len(patterns.people) == 11
    assert patterns.people.sum() == 3000


def test_expected_scores():
    person, t, score, intake, _ = courses(np.random.default_rng(13), 50)
    course = fit(sums_by_person(person, t, score, intake))
    found = expected(course, [0.0, 1.0], [3.0, 3.0])
    np.testing.assert_allclose(found, [course.coefficients[0] @ [1, 3], course.coefficients.sum(axis=0) @ [1, 3]])
    for wrong in (None, [[1.0, 2.0], [1.0, 2.0]]):
        with pytest.raises(ValueError, match="not those of the model"):
            expected(course, [0.0, 1.0], wrong)
    with pytest.raises(ValueError, match="not those of the model"):
        own_slopes(course, sums_by_person(person, t, score))


@pytest.mark.parametrize(
    "sessions",
    [[[1, 2], [1, 2]], [[1], [1]], [[1, 1, 1], [1, 1, 1]], [[0, 0, 0], [0, 0, 0]]],
    ids=["two scores each", "one score each", "one time", "no time"],
)
def test_scores_that_cannot_tell_are_refused(sessions):
    times = np.array(sessions, float)
    person = np.repeat([0, 1], times.shape[1])
    with pytest.raises(ValueError, match="cannot tell"):
        fit(sums_by_person(person, times.ravel(), np.arange(times.size)))


def test_a_search_that_is_cut_short_says_so():
    person, t, score, intake, _ = courses(np.random.default_rng(14), 50)
    with pytest.raises(ValueError, match="not maximised in 1 steps"):
        fit(sums_by_person(person, t, score, intake), steps=1)


def test_scores_without_person_or_covariate_are_refused():
    with pytest.raises(ValueError, match="a person and a time"):
        sums_by_person([0, 1], [0.0], [1.0])
    for covariates in ([1.0], [1.0, NAN]):
        with pytest.raises(ValueError, match="none may be unknown"):
            sums_by_person([0, 1], [0.0, 0.0], [1.0, 2.0], covariates)
