"""Intervals of proportions: within 0 to 1, around what was counted, and narrower as more is known"""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import bdtrc

from caseness.stats.intervals import clopper_pearson, fisher_correlation, newcombe_difference, wilson

coverages = st.floats(0.5, 0.999)


@st.composite
def counted(draw, most=2000):
    whole = draw(st.integers(1, most))
    return draw(st.integers(0, whole)), whole


@given(counted(), coverages)
def test_an_interval_holds_the_proportion_and_stays_within_nothing_and_all(count, coverage):
    for interval in (wilson, clopper_pearson):
        lower, upper = interval(*count, coverage)
        assert 0 <= lower <= count[0] / count[1] <= upper <= 1


@given(counted(), coverages)
def test_the_exact_interval_holds_what_its_tails_allow(count, coverage):
    "Its lower end, taken as true, would bring as many successes or more in half the tail."
    part, whole = count
    lower, _ = clopper_pearson(part, whole, coverage)
    if part:
        assert abs(bdtrc(part - 1, whole, lower) - (1 - coverage) / 2) < 1e-9


@given(counted(), coverages)
def test_the_interval_of_the_failures_is_that_of_the_successes_turned_round(count, coverage):
    part, whole = count
    for interval in (wilson, clopper_pearson):
        lower, upper = interval(part, whole, coverage)
        other_lower, other_upper = interval(whole - part, whole, coverage)
        np.testing.assert_allclose([lower, upper], [1 - other_upper, 1 - other_lower], atol=1e-9)


@given(counted(), st.integers(2, 20), coverages)
def test_more_people_in_the_same_proportion_make_it_narrower(count, times, coverage):
    few, many = wilson(*count, coverage), wilson(count[0] * times, count[1] * times, coverage)
    assert many[1] - many[0] < few[1] - few[0]


@given(counted(), counted(), coverages)
def test_a_difference_is_held_and_turns_round_with_its_groups(one, other, coverage):
    lower, upper = newcombe_difference(*one, *other, coverage)
    back_lower, back_upper = newcombe_difference(*other, *one, coverage)
    difference = one[0] / one[1] - other[0] / other[1]
    assert -1 - 1e-12 <= lower <= difference <= upper <= 1 + 1e-12
    np.testing.assert_allclose([back_lower, back_upper], [-upper, -lower], atol=1e-12)


@given(st.floats(-1, 1), st.integers(0, 500), coverages)
def test_a_correlation_is_held_by_its_interval(correlation, pairs, coverage):
    lower, upper = fisher_correlation(correlation, pairs, coverage)
    assert -1 <= lower <= correlation + 1e-12
    assert correlation - 1e-12 <= upper <= 1
    if pairs <= 3:
        assert (lower, upper) == (-1, 1)
