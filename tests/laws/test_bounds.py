"""Intervals: nothing that may be so is ruled out, and nothing is narrower than it must be"""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from caseness.stats.bounds import Bounded, exact, overlap, share, total


@st.composite
def intervals(draw, most=60):
    low = draw(st.integers(0, most))
    return low, draw(st.integers(low, low + 6))


def bounded(*ends):
    return Bounded.of([low for low, _ in ends], [high for _, high in ends])


def between(draw, ends):
    return draw.draw(st.integers(*ends))


def ratios(part, whole, part_of_whole):
    return [
        100 * x / y
        for x in range(part[0], part[1] + 1)
        for y in range(whole[0], whole[1] + 1)
        if y > 0 and (x <= y or not part_of_whole)
    ]


@given(intervals(), intervals(), st.booleans())
def test_a_share_spans_exactly_what_its_counts_allow(part, whole, part_of_whole):
    "Tried with every pair of counts that there may be: the ends are reached, and nothing lies outside."
    worked_out = share(bounded(part), bounded(whole), part_of_whole)
    possible = ratios(part, whole, part_of_whole)
    if not possible:
        assert np.isnan(worked_out.low[0])
        assert np.isnan(worked_out.high[0])
        return
    assert worked_out.low[0] <= min(possible) + 1e-9
    assert max(possible) <= worked_out.high[0] + 1e-9
    assert abs(worked_out.low[0] - min(possible)) < 1e-9
    # Where the whole may be 0 without being so, the highest share of somebody has no end.
    if whole[0] > 0:
        assert abs(worked_out.high[0] - max(possible)) < 1e-9 or worked_out.high[0] == 100
    elif part[1] > 0 and not part_of_whole:
        assert np.isinf(worked_out.high[0])


@given(intervals(), intervals(), st.data())
def test_more_doubt_never_narrows_a_share(part, whole, data):
    wider = (between(data, (0, part[0])), part[1] + between(data, (0, 5)))
    one, other = share(bounded(part), bounded(whole)), share(bounded(wider), bounded(whole))
    if one.is_known[0]:
        assert other.low[0] <= one.low[0]
        assert one.high[0] <= other.high[0]


@given(st.lists(intervals(), min_size=1, max_size=5), st.data())
def test_sums_and_differences_hold_every_choice_of_terms(terms, data):
    chosen = [between(data, term) for term in terms]
    summed = total([bounded(term) for term in terms])
    assert summed.low[0] <= sum(chosen) <= summed.high[0]
    difference = bounded(terms[0]) - summed
    assert difference.low[0] <= chosen[0] - sum(chosen) <= difference.high[0]
    assert (-summed).low[0] == -summed.high[0]


@given(st.lists(intervals(), min_size=1, max_size=5))
def test_a_sum_along_an_axis_is_the_sum_of_its_terms(terms):
    summed, one_by_one = bounded(*terms).sum(0), total([bounded(term) for term in terms])
    assert (float(summed.low), float(summed.high)) == (one_by_one.low[0], one_by_one.high[0])


@given(intervals(), intervals())
def test_two_quantities_overlap_if_one_number_may_be_both(one, other):
    meets = bool(set(range(one[0], one[1] + 1)) & set(range(other[0], other[1] + 1)))
    assert overlap(bounded(one), bounded(other)).tolist() == [meets]


def test_an_unknown_term_makes_a_sum_and_a_share_unknown():
    unknown = Bounded.of([np.nan], [np.nan])
    for result in (exact(3.0) + unknown, share(unknown, exact(3.0)), share(exact(3.0), unknown)):
        assert not result.is_known.any()
    assert not overlap(unknown, unknown).any()


def test_a_whole_that_is_certainly_nothing_has_no_share():
    assert not share(exact(0.0), exact(0.0)).is_known.any()
    assert not share(exact(3.0), exact(0.0), part_of_whole=False).is_known.any()


def test_a_part_that_is_certainly_larger_than_its_whole_has_no_share():
    larger = Bounded.of([13.0], [17.0], [15.0])
    whole = Bounded.of([8.0], [12.0], [10.0])
    assert not share(larger, whole).is_known.any()
    assert np.isnan(share(larger, whole).value).all()
    assert share(larger, whole, part_of_whole=False).value.tolist() == [150.0]


def test_a_value_is_given_only_where_both_counts_were_printed():
    starred, printed = Bounded.of([0.0], [4.0]), Bounded.of([8.0], [12.0], [10.0])
    assert np.isnan(share(starred, printed).value).all()
    assert np.isnan(share(printed, Bounded.of([0.0], [2.0], [0.0])).value).all()
    assert share(printed, Bounded.of([18.0], [22.0], [20.0])).value.tolist() == [50.0]


def test_a_difference_printed_below_nothing_says_nothing():
    less = (Bounded.of([8.0], [12.0], [10.0]) - Bounded.of([13.0], [17.0], [15.0])).at_least(0.0)
    assert not less.is_known.any()
    close = (Bounded.of([8.0], [12.0], [10.0]) - Bounded.of([8.0], [12.0], [10.0])).at_least(0.0)
    assert (close.low[0], close.high[0], close.value[0]) == (0.0, 4.0, 0.0)


def test_parts_can_be_taken_out_and_told_exact():
    quantities = Bounded.of([1.0, 2.0], [1.0, 5.0])
    assert quantities.is_exact.tolist() == [True, False]
    assert quantities[1:].high.tolist() == [5.0]
