"""Cut-offs of populations that are joined, and of one alone."""

import numpy as np
import pytest

from caseness.stats.cut_offs import Population, cut_offs, joined, outside_clinical


def test_joined_populations_have_the_moments_of_all_their_people():
    """Worked out twice: by the formula, and over the values of two groups."""
    one, other = np.array([1.0, 3, 5, 7]), np.array([6.0, 8, 10, 12, 14, 16])
    found = joined(Population(one.mean(), one.std()), Population(other.mean(), other.std()), len(one) / 10)
    everybody = np.concatenate([one, other])
    assert (found.mean, found.deviation) == pytest.approx((everybody.mean(), everybody.std()))


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_that_cannot_be_is_refused(share):
    with pytest.raises(ValueError, match="share"):
        joined(Population(1, 1), Population(2, 1), share)


def test_cut_off_a_needs_no_functional_population():
    clinical = Population(14, 6)
    assert outside_clinical(clinical) == cut_offs(clinical, Population(4, 3)).a == 2
    assert outside_clinical(clinical, lower_is_better=False) == cut_offs(clinical, Population(40, 3)).a == 26
