"""Unknown outcomes: the truth lies within the bounds, both ends are reached, and ignorance only grows"""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from caseness.stats.bounds import Bounded, exact
from caseness.stats.missing import complete, manski_bounds

counts = st.integers(0, 40)


@given(counts, counts, counts, st.data())
def test_the_truth_lies_within_and_both_ends_are_reached(having, lacking, unknown, data):
    everyone = having + lacking + unknown
    if not everyone:
        return
    completed = complete(*(exact(float(one)) for one in (having, lacking, everyone)))
    low, high = completed.none.value[0], completed.all.value[0]
    truth = 100 * (having + data.draw(st.integers(0, unknown))) / everyone
    assert low - 1e-9 <= truth <= high + 1e-9
    assert abs(low - 100 * having / everyone) < 1e-9
    assert abs(high - 100 * (having + unknown) / everyone) < 1e-9


@given(counts, counts, counts, counts)
def test_the_width_grows_with_every_level(having, lacking, unknown, more):
    "A level further out adds people of whom nothing is known."
    if not having + lacking + unknown:
        return
    inner, outer = (
        complete(exact(float(having)), exact(float(lacking)), exact(float(having + lacking + unknown + added)))
        for added in (0, more)
    )
    assert outer.none.value[0] <= inner.none.value[0] + 1e-9
    assert outer.all.value[0] >= inner.all.value[0] - 1e-9


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_width_is_the_share_that_is_missing(rate, missing):
    low, high = manski_bounds(rate, missing)
    assert abs((high - low) - missing) < 1e-12
    assert low >= 0
    assert high <= 1 + 1e-12


@given(counts, counts, counts, st.data())
def test_rounded_counts_never_rule_out_what_exact_ones_allow(having, lacking, unknown, data):
    everyone = having + lacking + unknown
    if not everyone:
        return
    rounded = [
        Bounded.of([max(one - data.draw(st.integers(0, 4)), 0)], [one + data.draw(st.integers(0, 4))])
        for one in (having, lacking, everyone)
    ]
    one = complete(*(exact(float(count)) for count in (having, lacking, everyone)))
    other = complete(*rounded)
    if other.none.is_known[0] and other.all.is_known[0]:
        assert other.none.low[0] <= one.none.value[0] + 1e-9
        assert other.all.high[0] >= one.all.value[0] - 1e-9
        assert np.isnan(other.none.value[0])
