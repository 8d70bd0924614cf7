"""Change does not depend on the unit or the direction of a scale, and nobody is in two classes"""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from caseness.stats.change import INDICES, describe, reliability_of_change, reliable_change_index
from caseness.stats.change_classes import by_index, by_percentage, classify, tally
from caseness.stats.cut_offs import Population, cut_offs
from caseness.stats.sudden_gains import STABILITY, Criteria, find, reversed_later

SCORE = st.integers(0, 27)
PAIRS = st.lists(st.tuples(SCORE, SCORE), min_size=5, max_size=30)
COURSES = st.lists(st.one_of(SCORE.map(float), st.just(float("nan"))), min_size=2, max_size=14)


def measured(pairs):
    first, last = np.array(pairs, float).T
    assume(first.std() > 0 and last.std() > 0)
    return first, last


@given(PAIRS, st.sampled_from(sorted(INDICES)), st.floats(0.5, 0.95), st.floats(0.1, 9), st.floats(-50, 50))
def test_indices_do_not_depend_on_the_unit(pairs, index, reliability, unit, zero):
    first, last = measured(pairs)
    sample = describe(first, last, reliability, reliability)
    other = describe(first * unit + zero, last * unit + zero, reliability, reliability)
    assume(abs(reliability_of_change(sample)) > 1e-6)
    one = reliable_change_index(index, first, last, sample)
    np.testing.assert_allclose(
        one, reliable_change_index(index, first * unit + zero, last * unit + zero, other), atol=1e-6, rtol=1e-6
    )


@given(PAIRS, st.sampled_from(sorted(INDICES)), st.floats(0.5, 0.95))
def test_a_scale_upside_down_gives_the_same_classes(pairs, index, reliability):
    first, last = measured(pairs)
    ways = []
    for sign in (1, -1):
        sample = describe(sign * first, sign * last, reliability, reliability)
        assume(abs(reliability_of_change(sample)) > 1e-6)
        found = reliable_change_index(index, sign * first, sign * last, sample)
        assume(not (np.abs(np.abs(found) - 1.96) < 1e-9).any())
        ways.append(by_index(found, 1.96, lower_is_better=sign == 1))
    np.testing.assert_array_equal(*ways)


@given(PAIRS, st.integers(1, 27))
def test_everybody_is_in_one_class(pairs, cut_off):
    first, last = np.array(pairs, float).T
    found = classify(by_percentage(first, last), first >= cut_off, last < cut_off)
    assert sum(tally(found).values()) == len(pairs)


@given(st.floats(-50, 50), st.floats(0.5, 9), st.floats(-50, 50), st.floats(0.5, 9))
def test_cut_off_c_lies_between_the_means_and_as_far_from_either(mean, deviation, other, spread):
    assume(abs(mean - other) > 0.1)
    c = cut_offs(Population(mean, deviation), Population(other, spread)).c
    assert min(mean, other) <= c <= max(mean, other)
    np.testing.assert_allclose(abs(c - mean) / deviation, abs(c - other) / spread, atol=1e-9, rtol=1e-9)


@given(COURSES, st.sampled_from(STABILITY), st.floats(0.5, 10))
def test_a_loss_is_a_gain_of_the_scores_upside_down(scores, stability, least):
    x = np.array([scores])
    loss = find(x, Criteria(least, None, stability, loss=True))
    gain = find(-x, Criteria(least, None, stability))
    np.testing.assert_array_equal(loss.is_sudden, gain.is_sudden)
    np.testing.assert_array_equal(loss.is_judged, gain.is_judged)


@given(COURSES, st.sampled_from([None, *STABILITY]), st.floats(0.5, 10), st.floats(0, 1))
def test_each_criterion_can_only_take_gains_away(scores, stability, least, share):
    x = np.array([scores])
    bare, strict = find(x, Criteria(least, None, None)), find(x, Criteria(least, share, stability))
    assert (strict.is_sudden <= bare.is_sudden).all()
    assert (strict.is_sudden <= strict.is_judged).all()
    assert (reversed_later(x, strict.is_sudden) <= strict.is_sudden).all()
