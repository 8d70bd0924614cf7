"""Which numbers make a claim true, given the decimals in which it was printed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from caseness.audit.claims.model import Claim
from caseness.audit.claims.spans import Span


def accepted(claim: Claim) -> Span:
    """The numbers that make a claim true.

    The printed decimals give the tolerance: 57.7 is printed for 57.65 up to, but not
    including, 57.75. Halfway cases are accepted under both rules in use: 57.75 is printed
    57.8 by rounding half up and by rounding half to even, while 57.65 is printed 57.7 by
    the first and 57.6 by the second, so both claims pass.

    "At least" and "at most" include what prints the same figure. "More than" and "less
    than" are strict, and have no tolerance.

    >>> prints(Decimal("57.7"))
    Span(low=Fraction(1153, 20), high=Fraction(231, 4), value=None, is_open_low=False, is_open_high=True)
    """
    if claim.compare == "about":
        assert claim.low is not None
        assert claim.high is not None
        lower, upper = prints(claim.low), prints(claim.high)
        return Span(lower.low, upper.high, None, lower.is_open_low, upper.is_open_high)
    assert claim.value is not None
    return _COMPARED[claim.compare](claim.value)


def prints(value: Decimal) -> Span:
    """The numbers that are printed as this value.

    The last printed digit counts, so 1.2e6 stands for 1.15 to 1.25 million, while 1200000
    stands for itself alone.
    """
    half = Fraction(10) ** _exponent(value) / 2
    exact = Fraction(value)
    is_even = _last_digit(value) % 2 == 0
    if exact < 0:
        return Span(exact - half, exact + half, None, not is_even, False)
    return Span(exact - half, exact + half, None, False, not is_even)


def decimals_of(value: Decimal) -> int:
    """How many decimals a value was printed with, 0 for whole numbers.

    >>> decimals_of(Decimal("50.0"))
    1
    """
    return max(0, -_exponent(value))


def _at_least(value: Decimal) -> Span:
    printed = prints(value)
    return Span(printed.low, None, None, printed.is_open_low)


def _at_most(value: Decimal) -> Span:
    printed = prints(value)
    return Span(None, printed.high, None, False, printed.is_open_high)


def _more_than(value: Decimal) -> Span:
    return Span(Fraction(value), None, None, True)


def _less_than(value: Decimal) -> Span:
    return Span(None, Fraction(value), None, False, True)


_COMPARED = {
    "equals": prints,
    "at_least": _at_least,
    "at_most": _at_most,
    "more_than": _more_than,
    "less_than": _less_than,
}


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int), f"not a finite number: {value}"
    return exponent


def _last_digit(value: Decimal) -> int:
    return value.as_tuple().digits[-1]
