"""Funnels: limits hold the centre, and the usual spread between services only ever widens them"""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from caseness.stats.funnel import arcsine_limits, binomial_limits, fit_funnel
from caseness.stats.heterogeneity import measure_heterogeneity
from caseness.stats.multiplicity import adjust_by_holm, chance_of_difference

fractions = st.floats(0.01, 0.99)
sizes = st.integers(1, 5000)


@st.composite
def services(draw):
    totals = draw(st.lists(st.integers(20, 5000), min_size=2, max_size=30))
    return np.array([draw(st.integers(1, total - 1)) for total in totals]), np.array(totals)


@given(services(), st.floats(0, 0.4))
def test_the_usual_spread_pulls_every_score_in(counts, winsorised):
    funnel = fit_funnel(*counts, winsorised)
    assert funnel.between >= 0
    assert (np.abs(funnel.adjusted) <= np.abs(funnel.scores) + 1e-12).all()
    assert funnel.spread >= 0


@given(services(), st.randoms(use_true_random=False))
def test_the_order_of_services_changes_nothing(counts, random):
    part, whole = counts
    order = list(range(len(part)))
    random.shuffle(order)
    one, other = fit_funnel(part, whole), fit_funnel(part[order], whole[order])
    np.testing.assert_allclose(one.adjusted[order], other.adjusted, atol=1e-9)
    np.testing.assert_allclose(
        measure_heterogeneity(part, whole).q, measure_heterogeneity(part[order], whole[order]).q, rtol=1e-9
    )


@given(services())
def test_failures_lie_as_far_below_as_successes_above(counts):
    part, whole = counts
    one, other = fit_funnel(part, whole), fit_funnel(whole - part, whole)
    np.testing.assert_allclose(one.scores, -other.scores, atol=1e-7)


@given(services(), st.floats(1, 4))
def test_a_service_is_outside_the_limits_where_its_score_says_so(counts, z):
    part, whole = counts
    funnel = fit_funnel(part, whole)
    lower, upper = arcsine_limits(whole, funnel.centre, z, funnel.between)
    assert (lower <= funnel.centre).all()
    assert (funnel.centre <= upper).all()
    is_clear = np.abs(np.abs(funnel.adjusted) - z) > 1e-6
    outside = (part / whole > upper) | (part / whole < lower)
    # At 0 and 1 the scale ends, and no limit lies beyond.
    within = (lower > 0) & (upper < 1)
    np.testing.assert_array_equal(outside[is_clear & within], (np.abs(funnel.adjusted) > z)[is_clear & within])


@given(st.lists(sizes, min_size=1, max_size=5), fractions, st.floats(0.5, 0.999))
def test_exact_limits_stay_within_nothing_and_all_and_widen_with_coverage(denominators, target, coverage):
    lower, upper = binomial_limits(denominators, target, coverage)
    wider_lower, wider_upper = binomial_limits(denominators, target, (1 + coverage) / 2)
    assert ((lower >= 0) & (lower <= upper + 1e-12) & (upper <= 1)).all()
    assert (wider_lower <= lower + 1e-12).all()
    assert (upper <= wider_upper + 1e-12).all()


@given(services())
def test_the_share_beyond_chance_is_a_share_and_its_interval_is_in_order(counts):
    found = measure_heterogeneity(*counts)
    assert 0 <= found.low <= found.high <= 1
    assert 0 <= found.beyond_chance <= 1
    assert 0 <= found.chance <= 1


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_holm_never_makes_a_chance_smaller_and_keeps_the_order(chances):
    adjusted = adjust_by_holm(chances)
    assert (adjusted >= np.array(chances)).all()
    assert (adjusted <= np.minimum(1, len(chances) * np.array(chances)) + 1e-12).all()
    by_size = np.argsort(chances, kind="stable")
    assert (np.diff(adjusted[by_size]) >= 0).all()


@given(services())
def test_the_chance_of_a_difference_does_not_ask_which_group_came_first(counts):
    part, whole = counts
    one = chance_of_difference(part[:1], whole[:1], part[1:], whole[1:])
    other = chance_of_difference(part[1:], whole[1:], part[:1], whole[:1])
    np.testing.assert_allclose(one, other)
    assert ((one >= 0) & (one <= 1)).all()
