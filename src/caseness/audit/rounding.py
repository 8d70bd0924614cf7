"""Rounding as a publisher does it: once, half away from zero, from the exact counts."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from caseness.results import ENGLAND
from caseness.stats.bounds import Bounded

_DECIMALS_OF_ENGLAND = 1


def round_half_away(exact: Fraction, decimals: int) -> float:
    """Round an exact number, half away from zero.

    Binary floats cannot hold most decimals, and rounding twice moves a figure across an
    edge: 44.84996 to two decimals and then to one would be 44.9.

    Parameters
    ----------
    exact : Fraction
    decimals : int, 0 or more

    Examples
    --------
    >>> round_half_away(Fraction(189_152 * 100, 468_881 - 47_137), 1)
    44.8
    >>> round_half_away(Fraction(-5, 2), 0)
    -3.0
    """
    scale = 10**decimals
    doubled = abs(exact) * scale * 2
    whole = (doubled.numerator // doubled.denominator + 1) // 2
    return float(Fraction(whole, scale)) * (-1 if exact < 0 else 1)


def round_number(number: float, decimals: int) -> float:
    """Round a number that is shown in decimals, half away from zero in the decimals that it is shown in.

    >>> round_number(44.85, 1), round(44.85, 1)
    (44.9, 44.9)
    >>> round_number(0.25, 1), round(0.25, 1)
    (0.3, 0.2)
    """
    return float(Decimal(repr(number)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def rounded_share(part: Bounded, whole: Bounded, decimals: int) -> float | None:
    """A percentage as it would be printed, or None unless both counts are known to the unit.

    Parameters
    ----------
    part, whole : Bounded of one element
    """
    is_whole = part.is_exact.all() and whole.is_exact.all() and whole.low.item() > 0
    if not is_whole:
        return None
    return round_half_away(Fraction(100 * int(part.low.item()), int(whole.low.item())), decimals)


def printed_decimals(organisation: str) -> int:
    """Decimals of a printed percentage: one for England, none below.

    Source: NHS England, rules of publication of the annual and monthly files, as observed in the released files.
    """
    return _DECIMALS_OF_ENGLAND if organisation == ENGLAND else 0
