"""Sharing out a difference: what is refused, and factors that change together"""

import numpy as np
import pytest

from caseness.stats.decomposition import decompose


def test_points_of_different_length_are_refused():
    with pytest.raises(ValueError, match="one length"):
        decompose(np.prod, [1, 2], [1, 2, 3])


@pytest.mark.parametrize("groups", [[[0]], [[0], [0, 1]], [[0, 1], [2]]])
def test_groups_that_are_no_partition_are_refused(groups):
    with pytest.raises(ValueError, match="exactly one group"):
        decompose(np.prod, [1, 2], [3, 4], groups)


def test_too_many_factors_are_refused():
    with pytest.raises(ValueError, match="at most 12"):
        decompose(np.sum, np.zeros(13), np.ones(13))


def test_factors_of_a_group_change_together():
    """2 x 3 x 5 becomes 3 x 1 x 4, the first two at once: 6 becomes 3, and 5 becomes 4."""
    assert decompose(np.prod, [2, 3, 5], [3, 1, 4], groups=[[0, 1], [2]]).tolist() == [-13.5, -4.5]


def test_ten_factors_are_exact():
    start, end = np.linspace(1, 2, 10), np.linspace(2, 1, 10)
    assert decompose(np.prod, start, end * 1.1).sum() == pytest.approx(np.prod(end * 1.1) - np.prod(start), rel=1e-12)
