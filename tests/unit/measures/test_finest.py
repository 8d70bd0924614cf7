"""The finest key: what it tells apart more finely adds up to the same."""

import numpy as np
import pytest

from caseness.measures import choose
from caseness.measures.aggregate import add_up, add_up_months, spread_out
from caseness.measures.clocks import number_of
from caseness.measures.finest import PLAIN, FinestKey
from caseness.measures.places import Places
from caseness.measures.rollup import lay_out
from random_grains import MONTHS, random_grains

# A count, a rate, a mean and a median, all of referrals.
MEASURES = choose(["M001", "M192", "M048", "M049"])
WIDER = FinestKey(("end_code",))
NUMBERS = [number_of(month, "month") for month in MONTHS]


def added(grains, key, level):
    """The groups of a level, with the sums of every part and the medians of all numbers, added up at a finest key."""
    by_month = add_up_months(grains, MEASURES, NUMBERS, key)
    sums = add_up(grains, MEASURES, NUMBERS, "month", by_month)
    laid = lay_out(level, sums.keys, Places(), key)
    spreads = spread_out(grains, MEASURES, NUMBERS, "month", key)
    return laid.groups, laid.add(sums), [laid.pick(one, "median") for one in spreads.values()], len(sums.keys)


@pytest.mark.parametrize("level", ["england", "provider", "sub-icb-provider"])
def test_a_column_more_changes_no_figure(level):
    grains = random_grains(1)
    groups, sums, medians, keys = added(grains, PLAIN, level)
    groups_too, sums_too, medians_too, more_keys = added(grains, WIDER, level)
    assert more_keys > keys
    assert groups_too == groups
    np.testing.assert_allclose(sums_too, sums)
    np.testing.assert_allclose(medians_too, medians)


def test_a_key_reads_its_own_columns():
    keys = [(1, "A", "11A", "10"), (1, "A", None, None)]
    assert WIDER.read("end_code", keys) == ["10", None]
    assert WIDER.read("commissioner", keys) == ["11A", None]
