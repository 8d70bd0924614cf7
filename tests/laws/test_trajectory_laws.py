"""A course is fitted alike in every unit, and its bands lie within each other"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseness.stats.calibration import conformal_margin, coverage
from caseness.stats.trajectory import expected, fit, own_slopes
from caseness.stats.trajectory_bands import model_band, quantiles
from caseness.stats.trajectory_sums import sums_by_person
from made_up_courses import courses

SCORES = st.lists(st.tuples(st.integers(1, 8), st.integers(0, 27), st.integers(8, 27)), min_size=1, max_size=80)


@pytest.fixture(scope="module")
def made():
    return courses(np.random.default_rng(31), 80, sessions=6)


@pytest.fixture(scope="module")
def course(made):
    person, t, score, intake, _ = made
    return fit(sums_by_person(person, t, score, intake))


@given(st.floats(0.2, 5), st.floats(-30, 30))
@settings(max_examples=15)
def test_a_fit_does_not_depend_on_the_unit_of_the_scores(made, unit, zero):
    person, t, score, intake, _ = made
    one, other = (fit(sums_by_person(person, t, y, intake)) for y in (score, score * unit + zero))
    at, x = np.array([0.0, 1.0, 2.0]), np.array([-4.0, 0.0, 6.0])
    np.testing.assert_allclose(expected(other, at, x), expected(one, at, x) * unit + zero, rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose(other.covariance, one.covariance * unit**2, rtol=1e-3, atol=1e-4)
    np.testing.assert_allclose(
        own_slopes(other, sums_by_person(person, t, score * unit + zero, intake))[0],
        own_slopes(one, sums_by_person(person, t, score, intake))[0] * unit,
        rtol=1e-3,
        atol=1e-3,
    )


@given(st.floats(0.05, 0.9), st.floats(0.01, 0.09), st.floats(-5, 5), st.floats(0, 3))
def test_a_band_that_holds_more_holds_the_other(course, content, more, intake, time):
    inner, outer = (model_band(course, [time], [intake], one) for one in (content, content + more))
    assert outer[0] < inner[0] < inner[1] < outer[1]


@given(SCORES, st.sampled_from([-1, 0, 1]), st.floats(0, 1))
def test_quantiles_stay_in_order(rows, direction, width):
    session, score, intake = (np.array(one) for one in zip(*rows, strict=True))
    found = quantiles(intake, session, score, [8, 15, 28], least=2, width=width, direction=direction)
    seen = ~np.isnan(found.values)
    assert (seen.all(axis=2) == seen.any(axis=2)).all()
    assert (seen[..., 0] == (found.counts >= 2)).all()
    assert (np.diff(found.values, axis=2)[seen[..., 1:]] >= 0).all()
    assert found.counts.sum() == len(rows)
    for values in found.values:
        curve = values[~np.isnan(values[:, 0])]
        assert direction == 0 or (direction * np.diff(curve, axis=0) >= -1e-9).all()


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=60), st.floats(0.05, 0.95), st.floats(-5, 5))
def test_a_margin_makes_a_band_hold_its_part(scores, content, low):
    y = np.array(scores)
    margin = conformal_margin(y, np.full(len(y), low), np.full(len(y), low + 2), content)
    found = coverage(y, low - margin - 1e-9, low + 2 + margin + 1e-9, np.zeros(len(y)))
    assert found.inside.item() >= content - 1e-9
    assert found.inside + found.below + found.above == pytest.approx(1)
