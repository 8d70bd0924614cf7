"""Recovery curves rise and stay among their points; what was high falls, and more so the less it is reliable"""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from caseness.stats.recovery import average, fit
from caseness.stats.retest import chance_below, chance_below_both, expected_fall

SHAPES = st.sampled_from(["monotone", "Weibull", "exponential", "logit"])


@st.composite
def points(draw):
    size = draw(st.integers(2, 5))
    steps = draw(st.lists(st.floats(0.5, 9), min_size=size, max_size=size))
    rises = draw(st.lists(st.floats(0.01, 1), min_size=size, max_size=size))
    return np.cumsum(steps), np.cumsum(rises) / (sum(rises) + draw(st.floats(0.05, 2)))


@given(points(), SHAPES)
def test_a_curve_never_falls_and_is_a_share(given_points, shape):
    times, shares = given_points
    at = fit(shape, times, shares).share_at(np.linspace(0, 2 * times[-1], 200))
    assert (np.diff(at) >= -1e-12).all()
    assert at.min() >= 0
    assert at.max() <= 1


@given(points())
def test_a_monotone_curve_goes_through_its_points(given_points):
    times, shares = given_points
    curve = fit("monotone", times, shares)
    np.testing.assert_allclose(curve.share_at(times), shares, atol=1e-12)
    assert curve.share_at(0) == 0


@given(st.floats(0.5, 30), st.floats(0.05, 0.9), st.floats(1, 24), st.floats(0.05, 1.5))
def test_the_average_of_a_curve_that_bends_down_is_less_than_at_the_mean(month, share, mean, variation):
    curve = fit("exponential", [month], [share])
    assert average(curve, mean, variation) <= float(curve.share_at(mean)) + 1e-9


@given(st.floats(-2, 2), st.floats(0.1, 0.95), st.floats(0.01, 0.04))
def test_a_less_reliable_scale_falls_more(z, reliability, less):
    assert expected_fall(0, 1, reliability - less, z) < expected_fall(0, 1, reliability, z) < 0
    assert chance_below(0, 1, reliability - less, z) > chance_below(0, 1, reliability, z) > 0


@given(st.floats(-1.5, 1.5), st.floats(-1.5, 1.5), st.floats(0.5, 0.95), st.floats(0.5, 0.95), st.floats(0, 1))
def test_both_scales_below_is_the_chance_of_either_order(z, other, reliability, second, part):
    correlation = part * np.sqrt(reliability * second)
    one = chance_below_both([0, 0], [1, 1], [reliability, second], [z, other], correlation)
    two = chance_below_both([0, 0], [1, 1], [second, reliability], [other, z], correlation)
    np.testing.assert_allclose(one, two, atol=1e-9)
    assert 0 <= one[0] <= 1
