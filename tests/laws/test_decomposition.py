"""Sharing out a difference: nothing is left over, and no factor is favoured"""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from caseness.stats.decomposition import decompose, decompose_bounds

numbers = st.floats(0, 3, allow_nan=False)


@st.composite
def two_points(draw, least=1, most=5):
    n = draw(st.integers(least, most))
    return tuple(np.array(draw(st.lists(numbers, min_size=n, max_size=n))) for _ in range(2))


def crooked(x):
    return float(np.prod(x) + np.max(x) - np.sin(x[0]))


@given(two_points())
def test_efficiency_nothing_is_left_over(points):
    start, end = points
    assert abs(decompose(crooked, start, end).sum() - (crooked(end) - crooked(start))) < 1e-9


@given(two_points(least=2))
def test_symmetry_equal_factors_have_equal_terms(points):
    start, end = points
    start[1], end[1] = start[0], end[0]
    terms = decompose(np.prod, start, end)
    assert abs(terms[0] - terms[1]) < 1e-9


@given(two_points(), st.data())
def test_dummy_a_factor_that_does_not_move_has_no_term(points, data):
    start, end = points
    still = data.draw(st.integers(0, len(start) - 1))
    end[still] = start[still]
    assert abs(decompose(crooked, start, end)[still]) < 1e-12


@given(two_points(), st.floats(-2, 2), st.floats(-2, 2))
def test_additivity_a_sum_of_two_is_the_sum_of_their_terms(points, one, other):
    start, end = points
    together = decompose(lambda x: one * np.prod(x) + other * np.sum(x), start, end)
    apart = one * decompose(np.prod, start, end) + other * decompose(np.sum, start, end)
    np.testing.assert_allclose(together, apart, atol=1e-9)


@given(two_points())
def test_the_way_back_undoes_the_way_there(points):
    start, end = points
    np.testing.assert_allclose(decompose(np.prod, start, end), -decompose(np.prod, end, start), atol=1e-9)


@given(two_points(least=2), st.data())
def test_groups_leave_nothing_over_either(points, data):
    start, end = points
    order = data.draw(st.permutations(range(len(start))))
    cut = data.draw(st.integers(1, len(order) - 1))
    terms = decompose(np.prod, start, end, [order[:cut], order[cut:]])
    assert abs(terms.sum() - (np.prod(end) - np.prod(start))) < 1e-9


@given(two_points(), two_points(least=5), st.data())
def test_bounds_hold_every_point_of_the_box(points, widths, data):
    start, low = points
    high = low + widths[0][: len(low)]
    least, most = decompose_bounds(np.prod, start, low, high)
    inside = low + (high - low) * np.array([data.draw(st.floats(0, 1)) for _ in low])
    terms = decompose(np.prod, start, inside)
    assert (least - 1e-9 <= terms).all()
    assert (terms <= most + 1e-9).all()
