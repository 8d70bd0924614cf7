"""A mean of means, and how far rounded sizes of the groups can move it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseness.stats.bounds import Bounded, exact
from caseness.stats.weighting import weighted_mean


def test_known_sizes_give_one_mean():
    found = weighted_mean(exact([10.0, 20.0, 40.0]), exact([2.0, 1.0, 1.0]))
    assert (found.low, found.value, found.high) == (20, 20, 20)


def test_rounded_sizes_give_an_interval():
    """Sizes 8 to 12 each: 8 x 10 and 12 x 20 make 16, 12 x 10 and 8 x 20 make 14."""
    found = weighted_mean(exact([10.0, 20.0]), Bounded.of([8.0, 8.0], [12.0, 12.0], [10.0, 10.0]))
    assert (found.low, found.value, found.high) == pytest.approx((14, 15, 16))


def test_an_empty_group_needs_no_mean():
    found = weighted_mean(exact([10.0, np.nan]), exact([3.0, 0.0]))
    assert found.value == 10


@pytest.mark.parametrize(
    ("means", "weights"),
    [
        (exact([10.0, np.nan]), Bounded.of([3.0, 0.0], [3.0, 4.0])),
        (exact([10.0]), exact([0.0])),
        (exact([10.0, 20.0]), Bounded.of([0.0, 0.0], [4.0, 4.0])),
    ],
    ids=["a group that may have members has no mean", "nobody", "perhaps nobody"],
)
def test_some_means_cannot_be_known(means, weights):
    assert not weighted_mean(means, weights).is_known


def test_printed_sizes_of_nought_give_bounds_without_a_value():
    found = weighted_mean(exact([10.0, 20.0]), Bounded.of([0.0, 1.0], [2.0, 2.0], [0.0, 0.0]))
    assert np.isnan(found.value)
    assert (found.low, found.high) == pytest.approx((40 / 3, 20))


@given(st.lists(st.tuples(st.floats(0, 100), st.integers(1, 50), st.integers(-2, 2)), min_size=1, max_size=8))
def test_the_true_mean_lies_within(groups):
    means, sizes, shifts = (np.array(column, float) for column in zip(*groups, strict=True))
    printed = np.maximum(sizes + shifts, 0)
    found = weighted_mean(exact(means), Bounded.of(np.maximum(printed - 2, 0), printed + 2, printed))
    truth = np.average(means, weights=sizes)
    assert not found.is_known or found.low - 1e-9 <= truth <= found.high + 1e-9
