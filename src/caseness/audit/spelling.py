"""Numbers as a reader meets them: an interval as an interval, a blank as its reason."""

from __future__ import annotations

from caseness.audit.quantity import Estimate, Quantity
from caseness.audit.rounding import round_number

# Keeps a number and its unit on one line.
UNBROKEN = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"

DECIMALS = {"count": 0, "ratio": 2, "number": 2, "pounds": 0, "pounds and pence": 2, "minutes": 0}
PREFIXES = {"pounds": "£", "pounds and pence": "£", "million pounds": "£"}
SUFFIXES = {
    "percentage": f"{UNBROKEN}%",
    "points": f"{UNBROKEN}points",
    "percentage points": f"{UNBROKEN}points",
    "days": f"{UNBROKEN}days",
    "months": f"{UNBROKEN}months",
    "minutes": f"{UNBROKEN}minutes",
    "million pounds": f"{UNBROKEN}million",
}
REASONS = {
    "suppressed": "suppressed", "not_applicable": "n/a", "no_data": "not published", "not_paid_back": "cannot be paid back",
}  # fmt: skip

# A printed 50.2 stands for 50.15 to 50.25: that much is said by its decimals, and is not written out.
_WIDTH_OF_A_PRINTED_DECIMAL = 1.001


def spell(quantity: Quantity, decimals: int | None = None, sign: bool = False) -> str:
    """A quantity in words and figures.

    Parameters
    ----------
    quantity : Quantity
    decimals : int, or None for the usual number of its unit
    sign : whether a rise is written with a plus

    Examples
    --------
    >>> spell(Quantity(1746265.0, 1746265.0, 1746265.0))
    '1,746,265'
    >>> spell(Quantity(None, 0.0, 4.0, "count", "suppressed"))
    '0 to 4 (suppressed)'
    >>> spell(Quantity(5.0, 5.0, 7.0))
    '5 to 7'
    >>> spell(Quantity(50.2, 50.15, 50.25, "percentage"))
    '50.2\\xa0%'
    >>> spell(Quantity(None, None, None, "count", "no_data"))
    'not published'
    >>> spell(Estimate(1587.0, 1402.4, 1633.0, "pounds"))
    '£1,587 (£1,402 to £1,633)'
    """
    places = DECIMALS.get(quantity.unit, 1) if decimals is None else decimals
    suffix = SUFFIXES.get(quantity.unit, "")
    if not quantity.is_known:
        return REASONS[quantity.reason or "no_data"]
    prefix = PREFIXES.get(quantity.unit, "")
    if _reads_as_one_number(quantity, places):
        return _number(_middle(quantity), places, sign, prefix) + suffix
    ends = f"{_number(quantity.low, places, sign, prefix)} to {_ceiling(quantity, places, sign, prefix)}"
    if isinstance(quantity, Estimate) and quantity.value is not None:
        return f"{_number(quantity.value, places, sign, prefix)}{suffix} ({ends})"
    return f"{ends}{suffix} (suppressed)" if _is_starred(quantity) else ends + suffix


def spell_number(number: float, unit: str = "count", decimals: int | None = None) -> str:
    """A plain number in the manner of its unit.

    >>> spell_number(12345), spell_number(50.25, "percentage")
    ('12,345', '50.3\\xa0%')
    """
    return spell(Quantity(number, number, number, unit), decimals)


def _reads_as_one_number(quantity: Quantity, places: int) -> bool:
    if quantity.is_exact:
        return True
    if quantity.high is None or quantity.unit == "count" or quantity.low is None:
        return False
    is_printed = (
        quantity.value is not None
        and not isinstance(quantity, Estimate)
        and quantity.high - quantity.low <= 10.0**-places * _WIDTH_OF_A_PRINTED_DECIMAL
    )
    return is_printed or _number(quantity.low, places, False) == _number(quantity.high, places, False)


def _is_starred(quantity: Quantity) -> bool:
    return quantity.reason == "suppressed" and quantity.unit == "count"


def _middle(quantity: Quantity) -> float | None:
    return quantity.low if quantity.value is None else quantity.value


def _ceiling(quantity: Quantity, places: int, sign: bool, prefix: str) -> str:
    return "any number" if quantity.high is None else _number(quantity.high, places, sign, prefix)


def _number(number: float | None, places: int, sign: bool, prefix: str = "") -> str:
    assert number is not None, "a known quantity has a lower end"
    rounded = round_number(number, places) + 0.0  # minus zero reads as zero
    mark = MINUS if rounded < 0 else "+" if sign and rounded else ""
    return f"{mark}{prefix}{abs(rounded):,.{places}f}"
