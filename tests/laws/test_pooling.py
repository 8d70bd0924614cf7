"""Pooling: an average, whatever the order and the unit"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseness.stats.pooling import pool

METHODS = st.sampled_from(["DL", "REML", "PM"])
STUDIES = st.lists(st.tuples(st.floats(-4, 4), st.floats(0.01, 2)), min_size=2, max_size=12)


@given(STUDIES, METHODS, st.booleans())
def test_the_pooled_effect_lies_among_the_effects(studies, method, hartung_knapp):
    effects, variances = np.transpose(studies)
    found = pool(effects, variances, method, hartung_knapp=hartung_knapp)
    assert effects.min() - 1e-9 <= found.effect <= effects.max() + 1e-9
    assert found.prediction_low <= found.low <= found.effect <= found.high <= found.prediction_high
    assert 0 <= found.i_squared < 100


@given(STUDIES, METHODS, st.randoms(use_true_random=False))
def test_the_order_of_studies_is_irrelevant(studies, method, order):
    shuffled = list(studies)
    order.shuffle(shuffled)
    one, other = (pool(*np.transpose(listed), method) for listed in (studies, shuffled))
    assert (one.effect, one.tau_squared) == pytest.approx((other.effect, other.tau_squared), abs=1e-7)


@given(STUDIES, METHODS, st.floats(-3, 3), st.floats(0.5, 3))
def test_another_unit_gives_the_same_in_that_unit(studies, method, shift, scale):
    effects, variances = np.transpose(studies)
    plain, moved = pool(effects, variances, method), pool(effects * scale + shift, variances * scale**2, method)
    assert moved.effect == pytest.approx(plain.effect * scale + shift, abs=1e-6)
    assert moved.low == pytest.approx(plain.low * scale + shift, abs=1e-6)
