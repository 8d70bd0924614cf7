"""Numbers between two ends, exactly: no binary float comes between a count and its printed share."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Span:
    """Numbers from `low` to `high`. None is no end on that side; `value` is the printed one, if any.

    Ends are included unless `is_open_low` or `is_open_high` says otherwise.
    """

    low: Fraction | None
    high: Fraction | None
    value: Fraction | None = None
    is_open_low: bool = False
    is_open_high: bool = False

    def holds_all(self, other: Span) -> bool:
        """Whether every number of another span is one of this."""
        return _is_no_lower(self, other) and _is_no_higher(self, other)

    def holds_some(self, other: Span) -> bool:
        """Whether at least one number of another span is one of this."""
        return _is_below(self, other) and _is_below(other, self)

    @property
    def width(self) -> Fraction | None:
        """How far apart the ends are; None where an end is missing."""
        return None if self.low is None or self.high is None else self.high - self.low

    def times(self, factor: Fraction | int) -> Span:
        """The same span in another unit, such as percentages from fractions. The factor is above 0."""
        low, high, value = (None if end is None else end * factor for end in (self.low, self.high, self.value))
        return Span(low, high, value, self.is_open_low, self.is_open_high)


def less(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    """One end less another; no end where either is missing."""
    return None if one is None or other is None else one - other


def plus(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    """One end and another; no end where either is missing."""
    return None if one is None or other is None else one + other


def _is_no_lower(this: Span, other: Span) -> bool:
    if this.low is None:
        return True
    if other.low is None:
        return False
    return other.low > this.low or (other.low == this.low and (other.is_open_low or not this.is_open_low))


def _is_no_higher(this: Span, other: Span) -> bool:
    if this.high is None:
        return True
    if other.high is None:
        return False
    return other.high < this.high or (other.high == this.high and (other.is_open_high or not this.is_open_high))


def _is_below(this: Span, other: Span) -> bool:
    """Whether some number of one span does not exceed some number of another."""
    if this.low is None or other.high is None:
        return True
    touches = this.low == other.high and not (this.is_open_low or other.is_open_high)
    return this.low < other.high or touches
