"""Curves of recovery: shapes, their points and what is refused"""

import numpy as np
import pytest
from scipy.interpolate import PchipInterpolator

from caseness.stats.recovery import EXPONENTIAL, LOGIT, MONOTONE, WEIBULL, average, fit

MONTHS, SHARES = [3, 6, 12], [0.23, 0.32, 0.53]


@pytest.mark.parametrize(
    ("times", "shares"),
    [
        (MONTHS, SHARES),
        ([1, 2, 5, 9], [0.3, 0.3, 0.31, 0.9]),
        ([1, 4], [0.05, 0.9]),
        ([1, 4], [0.5, 0.5]),
        ([6], [0.4]),
        ([1, 2, 30], [0.01, 0.5, 0.51]),
    ],
)
def test_the_monotone_curve_is_that_of_scipy(times, shares):
    at = np.linspace(0, times[-1], 301)
    expected = at / times[0] * shares[0] if len(times) == 1 else PchipInterpolator([0, *times], [0, *shares])(at)
    np.testing.assert_allclose(fit(MONOTONE, times, shares).share_at(at), expected, atol=1e-12)


def test_the_monotone_curve_is_level_after_its_last_point():
    assert fit(MONOTONE, MONTHS, SHARES).share_at([0, 12, 40]).tolist() == pytest.approx([0, 0.53, 0.53])


def test_the_values_of_the_specification():
    """B8: Weibull of shape .765 and scale 18.4 months gives 22/35/51 %, exponential 17.6/32/54, logit -1.645 + 0.1473 months."""
    weibull, exponential, logit = (fit(shape, MONTHS, SHARES) for shape in (WEIBULL, EXPONENTIAL, LOGIT))
    assert [round(weibull.parameters[0], 3), round(weibull.parameters[1], 1)] == [0.765, 18.4]
    assert (100 * weibull.share_at(MONTHS)).round().tolist() == [22, 35, 51]
    assert (100 * exponential.share_at(MONTHS)).round().tolist() == [18, 32, 54]
    assert round(100 * float(exponential.share_at(3)), 1) == pytest.approx(17.6, abs=0.06)
    assert [round(logit.parameters[0], 3), round(logit.parameters[1], 4)] == [-1.645, 0.1473]
    assert np.abs(logit.share_at(MONTHS) - SHARES).max() < 0.002
    assert round(100 * float(logit.share_at(0))) == 16


def test_without_variation_the_average_is_that_of_the_mean():
    curve = fit(MONOTONE, MONTHS, SHARES)
    assert average(curve, 5.9, 0) == float(curve.share_at(5.9))


@pytest.mark.parametrize("shape", [MONOTONE, LOGIT])
def test_times_that_are_all_nought_are_where_the_curve_begins(shape):
    curve = fit(shape, MONTHS, SHARES)
    assert average(curve, 0, 0.5) == average(curve, 0, 0) == float(curve.share_at(0))


@pytest.mark.parametrize(("mean", "variation"), [(-0.1, 0.5), (float("nan"), 0.5), (6, -0.1), (6, float("nan"))])
def test_times_that_cannot_be_are_refused(mean, variation):
    with pytest.raises(ValueError, match="a mean and a variation of 0 or more"):
        average(fit(MONOTONE, MONTHS, SHARES), mean, variation)


@pytest.mark.parametrize(
    ("shape", "times", "shares", "said"),
    [
        (MONOTONE, [], [], "one point or more"),
        (MONOTONE, [3, 6], [0.2], "one share for each time"),
        (MONOTONE, [0, 6], [0.2, 0.3], "above 0"),
        (MONOTONE, [6, 3], [0.2, 0.3], "later than the one before"),
        (MONOTONE, [3, 6], [0.3, 0.2], "none is below"),
        (MONOTONE, [3], [1.0], "between 0 and 1"),
        (MONOTONE, [3], [0.0], "between 0 and 1"),
        (WEIBULL, [3], [0.2], "two points or more"),
        (LOGIT, [3], [0.2], "two points or more"),
        ("gamma", [3, 6], [0.2, 0.3], "not 'gamma'"),
    ],
)
def test_points_that_make_no_curve_are_refused(shape, times, shares, said):
    with pytest.raises(ValueError, match=said):
        fit(shape, times, shares)
