"""Costs: never below nothing, never narrower than what is known, and the same whichever way they are worked out"""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from caseness.stats.bounds import Bounded
from caseness.stats.cost import Range, cost_per, fieller, move_each, recoveries_of_shift, shift_of_recoveries

positive = st.floats(0.5, 1000)
shares = st.floats(0.01, 0.99)
shifts = st.floats(-2, 2)


@st.composite
def intervals(draw, least=-20):
    low = draw(st.integers(least, 60))
    return low, draw(st.integers(low, low + 40))


@given(intervals(0), intervals(), st.floats(0, 1), st.floats(0, 1))
def test_every_cost_of_every_count_lies_within(cost, count, at_cost, at_count):
    found = cost_per(Bounded.of([cost[0]], [cost[1]]), Bounded.of([count[0]], [count[1]]))
    results = max(count[0], 0) + at_count * (count[1] - max(count[0], 0))
    if results <= 0:
        return
    one = (cost[0] + at_cost * (cost[1] - cost[0])) / results
    assert found.low[0] - 1e-9 <= one <= found.high[0] + 1e-9
    assert found.low[0] >= 0


@given(positive, positive, st.floats(0, 50), st.floats(0, 50), st.floats(0.5, 0.99))
def test_an_interval_holds_its_ratio_and_more_coverage_never_narrows_it(a, b, va, vb, coverage):
    lower, upper = fieller(a, b, va, vb, 0.0, coverage)
    wider_lower, wider_upper = fieller(a, b, va, vb, 0.0, (1 + coverage) / 2)
    room = 1e-6 * a / b
    assert 0 <= lower <= a / b + room
    assert upper >= a / b - room
    assert wider_lower <= lower + room
    assert wider_upper >= upper - room


@given(st.dictionaries(st.sampled_from("abcd"), st.tuples(positive, positive, positive), min_size=1))
def test_a_tornado_of_a_product_moves_each_part_by_its_own_share(parts):
    ranges = {name: Range(*sorted(ends)[1:2], min(ends), max(ends)) for name, ends in parts.items()}
    base, swings = move_each(lambda given: float(np.prod(list(given.values()))), ranges)
    assert {one.name for one in swings} == set(ranges)
    assert [one.width for one in swings] == sorted((one.width for one in swings), reverse=True)
    for one in swings:
        stands = ranges[one.name]
        np.testing.assert_allclose(
            [one.at_low, one.at_high], [base * stands.low / stands.value, base * stands.high / stands.value]
        )


@given(shares, shifts)
def test_a_shift_and_its_share_are_each_others_inverse(without, shift):
    crossed = recoveries_of_shift(without, shift)
    assume(1e-6 < without + crossed < 1 - 1e-6)
    np.testing.assert_allclose(shift_of_recoveries(without, without + crossed), shift, atol=1e-6)


@given(shares, shifts, shifts)
def test_a_larger_shift_never_makes_fewer_recover(without, one, other):
    few, many = recoveries_of_shift(without, sorted((one, other)))
    assert few <= many
