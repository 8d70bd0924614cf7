"""What holds for every distance of a margin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseness.synthetic.distances import (
    absolute_difference,
    relative_difference,
    standardised_difference,
    total_variation,
)

parts = st.dictionaries(st.sampled_from("abcde"), st.integers(1, 1000).map(float), min_size=1)
numbers = st.floats(-1e6, 1e6)
deviations = st.floats(0.01, 1e3)


@given(parts, parts)
def test_total_variation_is_a_share_and_has_no_direction(one, other):
    distance = total_variation(one, other)
    assert -1e-12 <= distance <= 1 + 1e-12
    assert distance == pytest.approx(total_variation(other, one))


@given(parts, st.integers(1, 50))
def test_a_distribution_is_at_no_distance_from_itself_at_any_size(one, times):
    assert total_variation(one, {key: times * part for key, part in one.items()}) == pytest.approx(0, abs=1e-12)


@given(parts, parts, parts)
def test_no_way_round_is_shorter(one, other, third):
    assert total_variation(one, third) <= total_variation(one, other) + total_variation(other, third) + 1e-12


@given(parts)
def test_distributions_without_a_common_part_are_as_far_as_can_be(one):
    assert total_variation(one, {"z": 1.0}) == pytest.approx(1)


@pytest.mark.parametrize("wrong", [{}, {"a": 0.0}, {"a": -1.0, "b": 2.0}])
def test_what_is_no_distribution_is_refused(wrong):
    with pytest.raises(ValueError, match="a distribution has parts"):
        total_variation(wrong, {"a": 1.0})


@given(numbers, numbers, deviations)
def test_differences_are_never_negative_and_have_no_direction(one, other, deviation):
    assert absolute_difference(one, other) == absolute_difference(other, one) >= 0
    assert standardised_difference(one, other, deviation) == standardised_difference(other, one, deviation) >= 0
    assert absolute_difference(one, one) == 0


@given(numbers, deviations, st.floats(0.1, 10))
def test_a_relative_difference_does_not_depend_on_the_unit(one, published, unit):
    assert relative_difference(one * unit, published * unit) == pytest.approx(
        relative_difference(one, published), rel=1e-6, abs=1e-9
    )
