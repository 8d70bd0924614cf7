"""Bands: how many scores they hold, what their factors are, and quantiles that follow the truth"""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import ndtr, ndtri
from scipy.stats import chi2, norm

from caseness.stats.trajectory import Course, fit
from caseness.stats.trajectory_bands import ANY, FALLING, RISING, model_band, quantiles, read_quantile, tolerance_factor
from caseness.stats.trajectory_sums import sums_by_person
from made_up_courses import courses

NAN = float("nan")


@pytest.fixture(scope="module")
def service():
    return courses(np.random.default_rng(20261126), 8000)


def test_the_band_of_the_model_holds_what_it_says_of_new_people(service):
    person, t, score, intake, _ = service
    course = fit(sums_by_person(person, t, score, intake))
    person, t, score, intake, _ = courses(np.random.default_rng(2), 8000)
    for content in (0.5, 0.8, 0.95):
        lower, upper = model_band(course, t, intake[person], content)
        for early in (t == 0, t > 1.5):
            held = ((score >= lower) & (score <= upper))[early]
            assert held.mean() == pytest.approx(content, abs=0.02)


def test_confidence_widens_a_band_and_less_so_with_more_people(service):
    person, t, score, *_ = service
    few = person < 100
    widths = []
    for used in (few, slice(None)):
        course = fit(sums_by_person(person[used], t[used], score[used]))
        plain, sure = (model_band(course, [0.0, 1.5], confidence=confidence) for confidence in (None, 0.95))
        widths.append((sure[1] - sure[0]) / (plain[1] - plain[0]))
    assert (widths[0] > 1.1).all()
    assert ((widths[1] > 1) & (widths[1] < 1.03)).all()


def test_a_mean_that_is_known_leaves_the_deviation():
    course = Course(np.array([[16.0], [-3.0]]), np.diag([9.0, 1.0]), 7.0, np.zeros((2, 1, 2, 1)), 0.0, 502, 3000)
    lower, upper = model_band(course, [0.0], content=0.9, confidence=0.95)
    assert (upper - lower).item() / 8 == pytest.approx(tolerance_factor(1e12, 500, 0.9, 0.95), rel=1e-9)


def exact_confidence(n, factor, content):
    """How often mean and deviation of n normal scores, with this factor, hold the content."""

    def given_mean(away):
        width = norm.ppf(0.5 + content / 2)
        for _ in range(60):
            # Newton: the half-width about `away` that holds the content.
            held = ndtr(away + width) - ndtr(away - width)
            width -= (held - content) / (norm.pdf(away + width) + norm.pdf(away - width))
        return chi2.sf((n - 1) * (width / factor) ** 2, n - 1)

    root = np.sqrt(n)
    return quad(lambda away: given_mean(away) * norm.pdf(away * root) * root, -8 / root, 8 / root)[0]


@pytest.mark.parametrize(("n", "content", "confidence"), [(10, 0.9, 0.95), (30, 0.8, 0.9), (60, 0.99, 0.95)])
def test_the_factor_is_near_the_exact_one(n, content, confidence):
    found = exact_confidence(n, tolerance_factor(n, n - 1, content, confidence), content)
    assert found == pytest.approx(confidence, abs=0.01)


@pytest.mark.parametrize(("n", "factor"), [(10, 3.39), (20, 2.76), (30, 2.55), (60, 2.34)])
def test_factors_of_a_table(n, factor):
    "95 % of the population with 95 % confidence: Statistics for Environmental Engineers, table 21.1."
    assert tolerance_factor(n, n - 1, 0.95, 0.95) == pytest.approx(factor, rel=0.01)


def test_fractions_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="Confidence"):
        tolerance_factor(10, 9, 0.9, 1.0)
    with pytest.raises(ValueError, match="Content"):
        tolerance_factor(10, 9, 1.0, 0.9)


def of_sessions(generator, people=40_000, sessions=10):
    """Scores that fall with log(session), spread 5 about a mean that depends on nothing else."""
    intake = generator.uniform(10, 20, people)
    session = generator.integers(1, sessions + 1, people)
    return intake, session, 18 - 3 * np.log(session) + generator.normal(0, 5, people)


def test_quantiles_follow_the_truth():
    intake, session, score = of_sessions(np.random.default_rng(4))
    found = quantiles(intake, session, score, [10, 15, 20])
    at = 18 - 3 * np.log(np.arange(1, 11))
    truth = at[:, None] + 5 * ndtri(np.array(found.levels))
    assert np.abs(found.values - truth).max() < 0.45
    raw = quantiles(intake, session, score, [10, 15, 20], width=0, direction=ANY)
    assert np.abs(found.values - truth).mean() < 0.75 * np.abs(raw.values - truth).mean()


def test_raw_quantiles_are_those_of_numpy():
    intake, session, score = of_sessions(np.random.default_rng(5), 3000, 4)
    found = quantiles(intake, session, score, [10, 15, 20], [0.1, 0.9], width=0, direction=ANY)
    mine = (intake >= 15) & (session == 3)
    np.testing.assert_allclose(found.values[1, 2], np.quantile(score[mine], [0.1, 0.9]))
    assert found.counts[1, 2] == mine.sum()
    assert found.counts.sum() == 3000


def test_a_cell_with_too_few_has_no_quantiles_and_lends_nothing():
    intake, session, score = of_sessions(np.random.default_rng(6), 3000, 4)
    late = np.append(session, np.full(50, 9)), np.append(score, np.full(50, 99.0)), np.append(intake, np.full(50, 12.0))
    alone = quantiles(intake, session, score, [10, 20])
    found = quantiles(late[2], late[0], late[1], [10, 20])
    assert np.isnan(found.values[0, 4:]).all()
    assert found.counts[0, 8] == 50
    np.testing.assert_allclose(found.values[0, :4], alone.values[0])
    empty = quantiles([30.0], [1], [5.0], [10, 20, 40], least=1)
    assert np.isnan(empty.values[0]).all()


def test_what_is_unknown_or_outside_is_left_out():
    found = quantiles([12, NAN, 12, 9, 20], [1, 1, 1, 1, 1], [5, 5, NAN, 5, 5], [10, 20], least=1)
    assert found.counts.tolist() == [[1]]


@pytest.mark.parametrize(("direction", "sign"), [(FALLING, -1), (RISING, 1)])
def test_curves_go_one_way(direction, sign):
    intake, session, score = of_sessions(np.random.default_rng(7), 2000, 6)
    found = quantiles(intake, session, score, [10, 20], least=10, width=0, direction=direction)
    assert (sign * np.diff(found.values, axis=1) >= 0).all()
    assert (np.diff(found.values, axis=2) >= 0).all()


def test_sessions_far_apart_keep_their_own():
    session = np.repeat([1, 10, 100], 5)
    score = np.repeat([20.0, 15.0, 12.0], 5)
    found = quantiles(np.full(15, 12.0), session, score, [10, 20], [0.5], least=5, width=0.05)
    np.testing.assert_allclose(found.values[0, [0, 9, 99], 0], [20, 15, 12])


def test_a_quantile_is_read_where_it_was_seen():
    intake, session, score = of_sessions(np.random.default_rng(8), 3000, 4)
    found = quantiles(intake, session, score, [10, 15, 20])
    read = read_quantile(found, [12, 15, 20, 9, 12, 12, NAN], [1, 2, 1, 1, 5, 0, 1], 0.9)
    assert read[:2].tolist() == [found.values[0, 0, 4], found.values[1, 1, 4]]
    assert np.isnan(read[2:]).all()
    with pytest.raises(ValueError, match=r"not 0\.8"):
        read_quantile(found, 12, 1, 0.8)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"edges": [10]}, "Edges"),
        ({"edges": [20, 10]}, "Edges"),
        ({"levels": []}, "Levels"),
        ({"levels": [0.9, 0.1]}, "Levels"),
        ({"levels": [0.0, 0.1]}, "Levels"),
        ({"levels": [0.5, 1.0]}, "Levels"),
        ({"session": [0]}, "first session is 1"),
        ({"width": -0.1}, "width is 0 or more"),
        ({"width": float("nan")}, "width is 0 or more"),
        ({"direction": 2}, "direction falling"),
    ],
)
def test_bands_that_cannot_be_are_refused(given, words):
    with pytest.raises(ValueError, match=words):
        quantiles(**({"intake": [12.0], "session": [1], "score": [5.0], "edges": [10, 20]} | given))
