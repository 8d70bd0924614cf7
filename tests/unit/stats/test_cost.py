"""What a result costs when there may be none, and which end of an assumption gives which end of a result."""

import math

import numpy as np
import pytest

from caseness.stats.bounds import Bounded, exact
from caseness.stats.cost import Range, Swing, cost_per, fieller, move_each, recoveries_of_shift, shift_of_recoveries


def test_nothing_bought_has_no_price():
    assert not cost_per(exact(100.0), exact(0.0)).is_known.any()


def test_a_result_that_may_not_be_there_has_no_highest_price():
    found = cost_per(Bounded.of([90.0], [110.0], [100.0]), Bounded.of([-5.0], [20.0], [0.0]))
    assert (found.low[0], found.high[0]) == (4.5, np.inf)
    assert np.isnan(found.value[0])


def test_an_unknown_cost_is_unknown_per_result():
    assert not cost_per(Bounded.of([np.nan], [np.nan]), exact(3.0)).is_known.any()


def test_the_bars_of_a_tornado_stand_in_the_order_of_their_width():
    """total = unit * contacts; 10 at 4 contacts: by hand, 8 to 12 and 10 to 80."""
    ranges = {"unit": Range(10, 8, 12), "contacts": Range(4, 4, 32)}
    base, swings = move_each(lambda given: given["unit"] * given["contacts"], ranges)
    assert base == 40
    assert swings == (Swing("contacts", 40, 320), Swing("unit", 32, 48))
    assert [one.width for one in swings] == [280, 16]


def test_a_parameter_that_makes_a_result_dearer_when_lower_keeps_its_ends_apart():
    _, (swing,) = move_each(lambda given: 100 / given["share"], {"share": Range(0.5, 0.4, 0.8)})
    assert (swing.at_low, swing.at_high) == (250, 125)


def test_a_bar_without_an_end_is_the_widest():
    ranges = {"cost": Range(10, 1, 1000), "natural": Range(0.2, 0.1, 0.5)}

    def cost(given):
        return given["cost"] / (0.5 - given["natural"]) if given["natural"] < 0.5 else math.inf

    _, swings = move_each(cost, ranges)
    assert [one.name for one in swings] == ["natural", "cost"]
    assert swings[0].width == math.inf
    assert Swing("both", math.inf, math.inf).width == 0


def test_a_denominator_that_is_not_told_from_nothing_leaves_a_ratio_open():
    lower, upper = fieller(10, 1, 100, 1)
    assert (lower, upper) == (0, np.inf)


@pytest.mark.parametrize("bad", [(0, 1, 1, 1), (1, 0, 1, 1), (1, 1, -1, 1), (1, 1, 1, -1)])
def test_means_that_are_not_above_nothing_are_refused(bad):
    with pytest.raises(ValueError, match="Both means"):
        fieller(*bad)


def test_a_coverage_is_a_fraction():
    with pytest.raises(ValueError, match="Coverage"):
        fieller(1, 1, 1, 1, coverage=95)


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_a_share_beyond_all_is_refused(share):
    with pytest.raises(ValueError, match="between 0 and 1"):
        recoveries_of_shift(share, 0.1)
    with pytest.raises(ValueError, match="between 0 and 1"):
        shift_of_recoveries(0.5, share)
