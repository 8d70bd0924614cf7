"""One number as a reader meets it: what was printed, and what it can be."""

from __future__ import annotations

import math
from dataclasses import dataclass

from caseness.stats.bounds import Bounded


@dataclass(frozen=True)
class Quantity:
    """A number, the ends between which the truth lies, and why there is none if there is none.

    `value` is None for a suppressed cell, whose ends are then all that may be said, and
    for a number that does not exist, when the ends are None too. `unit` is count,
    percentage, days or appointments. Zero is a value.
    """

    value: float | None
    low: float | None
    high: float | None
    unit: str = "count"
    reason: str | None = None

    @property
    def is_known(self) -> bool:
        """Whether anything at all is known of it."""
        return self.low is not None

    @property
    def is_exact(self) -> bool:
        """Whether it is known to the unit."""
        return self.is_known and self.low == self.high


@dataclass(frozen=True)
class Estimate(Quantity):
    """A number that was estimated, not counted: its interval says how far the estimate may be off.

    `interval` says what the ends are: a 95 % interval, a range of assumptions, bounds, or several
    of them together.

    >>> Estimate(31.6, 28.0, 35.5, "percentage").interval
    '95 % interval'
    """

    interval: str = "95 % interval"


def quantity_of(bounded: Bounded, unit: str = "count", reason: str | None = None) -> Quantity:
    """The one quantity that a `Bounded` of a single element holds.

    A reason is kept only where there is no printed value. Without one given, bounds
    without a value mean suppressed, and no bounds mean no data.

    >>> from caseness.stats.bounds import exact
    >>> quantity_of(exact(3.0))
    Quantity(value=3.0, low=3.0, high=3.0, unit='count', reason=None)
    """
    value, low, high = (_finite(end.item()) for end in (bounded.value, bounded.low, bounded.high))
    if value is None and reason is None:
        reason = "no_data" if low is None else "suppressed"
    return Quantity(value, low, high, unit, reason if value is None else None)


def nothing(unit: str = "count", reason: str = "no_data") -> Quantity:
    """A number that does not exist."""
    return Quantity(None, None, None, unit, reason)


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None
