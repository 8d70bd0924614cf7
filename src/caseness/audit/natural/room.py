"""Small makers of quantities, and the range in which an assumption may lie."""

from __future__ import annotations

from caseness.audit.assumptions import Assumption
from caseness.audit.quantity import Quantity


def exactly(number: float, unit: str = "percentage") -> Quantity:
    """A number that was worked out from what is given, with no room of its own."""
    return Quantity(number, number, number, unit)


def range_of(assumption: Assumption) -> tuple[float, ...]:
    """The different numbers among the low end, the value and the high end of an assumption, in order."""
    ends = (assumption.low, assumption.number, assumption.high)
    return tuple(sorted({one for one in ends if one is not None}))
