"""Bounds of a share with unknown outcomes: what is refused, and what rounded counts leave"""

import numpy as np
import pytest

from caseness.stats.bounds import Bounded, exact
from caseness.stats.missing import complete, manski_bounds


@pytest.mark.parametrize(("rate", "missing"), [(1.1, 0.1), (0.5, -0.1), (np.nan, 0.1)])
def test_what_is_no_share_is_refused(rate, missing):
    with pytest.raises(ValueError, match="must lie in 0"):
        manski_bounds(rate, missing)


def test_rounded_counts_are_taken_at_their_worst():
    """8 to 12 of 98 to 102 have it, and 18 to 22 have it not: at worst 8 of 102, at best 84 of 102."""
    rounded = [Bounded.of([middle - 2], [middle + 2], [middle]) for middle in (10.0, 20.0, 100.0)]
    completed = complete(*rounded)
    assert completed.none.low[0] == pytest.approx(100 * 8 / 102)
    assert completed.all.high[0] == pytest.approx(100 - 100 * 18 / 102)
    assert (completed.none.value[0], completed.all.value[0]) == (10, 80)


def test_of_nobody_there_is_no_share():
    completed = complete(exact(0.0), exact(0.0), exact(0.0))
    assert not completed.none.is_known.any()
    assert not completed.all.is_known.any()
