"""Funnels at their edges"""

import numpy as np
import pytest

from caseness.stats.funnel import arcsine_limits, binomial_limits, fit_funnel, score
from caseness.stats.heterogeneity import measure_heterogeneity
from caseness.stats.multiplicity import adjust_by_holm, chance_of_difference


def test_services_that_differ_less_than_chance_have_no_spread():
    funnel = fit_funnel([50, 50, 51], [100, 100, 100])
    assert (funnel.between, funnel.spread) == (0.0, 0.0)
    np.testing.assert_array_equal(funnel.adjusted, funnel.scores)


def test_the_spread_reads_as_a_proportion():
    "Near one half, tau of .05 on the arcsine scale is five percentage points."
    funnel = fit_funnel([4500, 5500, 4480, 5520], [10000] * 4)
    assert funnel.spread == pytest.approx(np.sqrt(funnel.between), rel=1e-3)


def test_a_few_far_services_do_not_set_the_limits():
    far = fit_funnel([500] * 18 + [900, 100], [1000] * 20)
    assert far.raw_dispersion > 50
    assert far.between == 0


@pytest.mark.parametrize(
    ("part", "whole"), [([1], [2]), ([1, 2], [2]), ([3, 1], [2, 2]), ([-1, 1], [2, 2]), ([0, 0], [0, 5])]
)
def test_what_cannot_be_compared_is_refused(part, whole):
    for compare in (fit_funnel, measure_heterogeneity):
        with pytest.raises(ValueError, match=r"at least two services|from 0 to their total"):
            compare(part, whole)


def test_no_more_than_half_is_drawn_in():
    with pytest.raises(ValueError, match="one half"):
        fit_funnel([1, 2], [5, 5], winsorised=0.5)


@pytest.mark.parametrize("asked", [{"target": 0}, {"target": 1.0}, {"target": 50}, {"target": 0.5, "coverage": 95}])
def test_limits_need_fractions(asked):
    with pytest.raises(ValueError, match="between 0 and 1"):
        binomial_limits([10], **asked)


@pytest.mark.parametrize("denominator", [0, 2.5])
def test_limits_need_whole_denominators(denominator):
    with pytest.raises(ValueError, match="whole number"):
        binomial_limits([denominator], 0.5)


def test_limits_stop_at_nothing_and_all():
    assert [end.item() for end in arcsine_limits([4], 0.5, 9.0)] == [0.0, 1.0]
    assert binomial_limits([1], 0.5)[0].tolist() == [0.0]


def test_a_score_is_drawn_in_by_the_spread():
    assert abs(score([60], [100], 0.5, 0.01)[0]) < abs(score([60], [100], 0.5)[0])


def test_services_all_alike_have_nothing_beyond_chance():
    found = measure_heterogeneity([0, 0], [100, 100])
    assert (found.q, found.beyond_chance, found.low) == (0.0, 0.0, 0.0)


def test_services_wholly_apart_have_an_interval_too():
    "Small services at both ends of the scale: the profile looks beyond its first step."
    found = measure_heterogeneity([0, 5000, 0, 5000], [5000, 5000, 5000, 5000])
    assert 0.99 < found.low < found.high <= 1


def test_nothing_known_stays_unknown_and_counts_for_nothing():
    adjusted = adjust_by_holm([np.nan, 0.02, 0.03])
    assert np.isnan(adjusted[0])
    assert adjusted[1:].tolist() == [0.04, 0.04]
    assert np.isnan(chance_of_difference([1, np.nan], [0, 5], [1, 1], [2, 2])).all()


def test_two_groups_of_nobody_recovered_do_not_differ():
    assert chance_of_difference(0, 10, 0, 20) == 1
