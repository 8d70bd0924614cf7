"""Intervals at their edges: nothing counted, nothing known, and what cannot be"""

import numpy as np
import pytest

from caseness.stats.intervals import clopper_pearson, fisher_correlation, newcombe_difference, wilson

PROPORTIONS = (wilson, clopper_pearson)


@pytest.mark.parametrize("interval", PROPORTIONS)
def test_nobody_counted_says_nothing(interval):
    assert [end.item() for end in interval(0, 0)] == [0.0, 1.0]


@pytest.mark.parametrize("interval", PROPORTIONS)
def test_the_unknown_stays_unknown(interval):
    lower, upper = interval([np.nan, 5, 5], [10, np.nan, 10])
    assert np.isnan(lower).tolist() == np.isnan(upper).tolist() == [True, True, False]


@pytest.mark.parametrize("interval", PROPORTIONS)
@pytest.mark.parametrize("count", [(-1, 10), (11, 10)])
def test_more_than_all_and_less_than_none_are_refused(interval, count):
    with pytest.raises(ValueError, match="from 0 to their total"):
        interval(*count)


@pytest.mark.parametrize("coverage", [0, 1, 95])
def test_a_coverage_is_a_fraction(coverage):
    for interval in PROPORTIONS:
        with pytest.raises(ValueError, match="between 0 and 1"):
            interval(5, 10, coverage)


def test_a_difference_with_an_empty_group_is_unknown():
    lower, upper = newcombe_difference([5, 5], [10, 10], [0, 2], [0, 10])
    assert np.isnan(lower).tolist() == np.isnan(upper).tolist() == [True, False]


def test_a_perfect_correlation_leaves_no_room_once_there_are_enough_pairs():
    assert [end.item() for end in fisher_correlation(1.0, 20)] == [1.0, 1.0]
    assert np.isnan(fisher_correlation(np.nan, 3)).all()


def test_no_correlation_exceeds_one():
    with pytest.raises(ValueError, match="between -1 and 1"):
        fisher_correlation(1.2, 20)
