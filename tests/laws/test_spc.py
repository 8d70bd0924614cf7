"""Laws of XmR charts, and how often they cry wolf"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseness.stats.spc import judge, process_limits

RULES = ("outside", "trend", "two_of_three", "shift")

# Whole numbers, so that shifting and mirroring change no comparison by rounding.
series = st.lists(st.integers(-50, 50), min_size=1, max_size=40).map(lambda values: np.array(values, float))


@given(series)
def test_turned_upside_down_every_signal_turns_with_it(values):
    chart, mirrored = judge(values), judge(-values)
    for rule in RULES:
        np.testing.assert_array_equal(getattr(chart, rule), -getattr(mirrored, rule))


@given(series, st.booleans())
def test_what_is_worse_when_higher_is_better_is_better_when_lower_is(values, mirror):
    values = -values if mirror else values
    swapped = {"improvement": "concern", "concern": "improvement"}
    higher, lower = judge(values, "higher").verdict, judge(values, "lower").verdict
    assert [swapped.get(each, each) for each in higher.tolist()] == lower.tolist()


@given(series)
def test_run_backwards_the_same_points_are_outside(values):
    np.testing.assert_array_equal(judge(values).outside, judge(values[::-1]).outside[::-1])
    np.testing.assert_array_equal(judge(values).shift, judge(values[::-1]).shift[::-1])


@given(series, st.integers(1, 39))
def test_phases_are_judged_as_if_they_stood_alone(values, position):
    if position >= len(values):
        return
    whole = judge(values, breaks=[position])
    parts = [judge(values[:position]), judge(values[position:])]
    for name in (*RULES, "lower", "upper", "verdict"):
        np.testing.assert_array_equal(getattr(whole, name), np.concatenate([getattr(part, name) for part in parts]))


@given(series)
def test_screening_never_widens_the_limits(values):
    if len(values) > 1:
        screened, plain = process_limits(values, screen=True), process_limits(values)
        assert screened.average_moving_range <= plain.average_moving_range
        assert screened.mean == plain.mean


@given(series)
def test_a_rule_is_named_exactly_where_one_fires(values):
    chart = judge(values)
    fired = np.any([getattr(chart, rule) != 0 for rule in RULES], axis=0)
    np.testing.assert_array_equal(chart.is_special, fired)
    np.testing.assert_array_equal(chart.verdict != "common cause", fired)


# What chance alone brings, for independent normal values. Outside three sigma: 2 * 0.00135. A shift: a
# point lies in a run of at least seven with probability (7 + 1) / 2**7. A trend: k given points ascend
# with probability 1/k!, so an ascending run of exactly k begins at a point with 1/k! - 2/(k+1)! + 1/(k+2)!;
# summed over k of seven and more, times k points, times two directions, that is 0.00248.
@pytest.mark.parametrize(
    ("rule", "expected", "tolerance"),
    [("outside", 0.0027, 0.0003), ("trend", 0.00248, 0.0003), ("shift", 0.0625, 0.0025)],
)
def test_false_alarms_come_as_often_as_theory_says(rule, expected, tolerance):
    generator = np.random.default_rng(20261123)
    chart = judge(generator.normal(size=400_000))
    assert (getattr(chart, rule) != 0).mean() == pytest.approx(expected, abs=tolerance)


def test_nearly_half_of_stable_charts_of_63_months_show_some_signal():
    generator = np.random.default_rng(20261123)
    alarmed = [judge(generator.normal(size=63)).is_special.any() for _ in range(2000)]
    # One standard error is 0.011.
    assert np.mean(alarmed) == pytest.approx(0.46, abs=0.035)
