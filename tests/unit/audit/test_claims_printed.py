"""Which numbers make a claim true: printed decimals, halfway cases, comparisons."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseness.audit.claims.model import Claim
from caseness.audit.claims.printed import accepted, decimals_of, prints
from caseness.audit.claims.spans import Span
from caseness.periods import financial_year


def claim(compare="equals", value=None, low=None, high=None):
    numbers = {name: Decimal(text) for name, text in (("value", value), ("low", low), ("high", high)) if text}
    return Claim("a", "says", "source", "share", financial_year(2021), "recovery", compare=compare, **numbers)


def exactly(text):
    number = Fraction(Decimal(text))
    return Span(number, number)


@pytest.mark.parametrize(
    ("value", "number", "is_true"),
    [
        ("57.7", "57.65", True),
        ("57.7", "57.6499", False),
        ("57.7", "57.7499", True),
        ("57.7", "57.75", False),
        ("57.8", "57.75", True),
        ("57.6", "57.65", True),
        ("50.0", "50.049", True),
        ("50.0", "50.06", False),
        ("50", "50.4", True),
        ("50", "50.5", True),
        ("50", "50.51", False),
        ("51", "50.5", True),
        ("-1.2", "-1.25", True),
        ("-1.2", "-1.2359", True),
        ("-1.3", "-1.25", True),
        ("-1.3", "-1.24", False),
        ("0", "-0.5", True),
        ("0", "0.5", True),
        ("1.2E+6", "1249999", True),
        ("1.2E+6", "1250001", False),
        ("1200000", "1200001", False),
    ],
)
def test_a_value_stands_for_all_that_is_printed_so(value, number, is_true):
    assert prints(Decimal(value)).holds_all(exactly(number)) is is_true


@pytest.mark.parametrize(
    ("compare", "numbers", "number", "is_true"),
    [
        ("at_least", {"value": "50.2"}, "50.153", True),
        ("at_least", {"value": "50.2"}, "50.1", False),
        ("at_most", {"value": "50.2"}, "50.2499", True),
        ("at_most", {"value": "50.2"}, "50.26", False),
        ("more_than", {"value": "40"}, "40", False),
        ("more_than", {"value": "40"}, "40.001", True),
        ("less_than", {"value": "-2.5"}, "-2.5", False),
        ("less_than", {"value": "-2.5"}, "-2.51", True),
        ("about", {"low": "37", "high": "40"}, "36.49", False),
        ("about", {"low": "37", "high": "40"}, "36.5", True),
        ("about", {"low": "37", "high": "40"}, "40.5", True),
        ("about", {"low": "37", "high": "40"}, "40.51", False),
    ],
)
def test_comparisons(compare, numbers, number, is_true):
    assert accepted(claim(compare, **numbers)).holds_all(exactly(number)) is is_true


def test_the_printed_decimals_survive():
    assert [decimals_of(Decimal(text)) for text in ("50.0", "50", "0.10", "1.2e6")] == [1, 0, 2, 0]


def test_an_interval_is_held_in_part_or_in_whole():
    printed = prints(Decimal("57.7"))
    inside, across, outside = (
        Span(Fraction(low), Fraction(high)) for low, high in (("57.66", "57.7"), ("57.7", "58"), ("58", "59"))
    )
    assert [printed.holds_all(one) for one in (inside, across, outside)] == [True, False, False]
    assert [printed.holds_some(one) for one in (inside, across, outside)] == [True, True, False]


@given(
    st.fractions(min_value=-1000, max_value=1000, max_denominator=10_000),
    st.integers(min_value=0, max_value=4),
)
def test_a_rounded_number_always_stands_for_the_number(number, decimals):
    "Both rules of rounding halfway cases pass."
    scale = 10**decimals
    half_even = Decimal(round(number * scale)).scaleb(-decimals)
    whole, rest = divmod(abs(number) * scale, 1)
    half_up = Decimal(int(whole) + (rest >= Fraction(1, 2))).scaleb(-decimals) * (-1 if number < 0 else 1)
    for value in (half_even, half_up):
        assert prints(value).holds_all(Span(number, number)), value


@given(
    st.integers(min_value=0, max_value=10**6),
    st.integers(min_value=1, max_value=10**6),
    st.integers(min_value=0, max_value=4),
    st.sampled_from([-1, 1]),
)
def test_one_printed_unit_off_never_stands_for_the_number(part, whole, decimals, step):
    "Unless the number lies halfway, where both neighbours are in use."
    number = Fraction(100 * part, whole) * 10**decimals
    if number % 1 == Fraction(1, 2):
        return
    off = Decimal(round(number) + step).scaleb(-decimals)
    exact = number / 10**decimals
    assert not prints(off).holds_some(Span(exact, exact))
