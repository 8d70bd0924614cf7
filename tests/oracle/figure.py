"""One figure of one measure, and the few ways to arrive at it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import median as middle
from typing import NamedTuple

Number = int | Fraction


class Period(NamedTuple):
    """A month, quarter or year, with its first and last day."""

    kind: str
    start: date
    end: date

    def holds(self, day: date | None) -> bool:
        """Whether a date lies in the period; a null date does not."""
        return day is not None and self.start <= day <= self.end


@dataclass(frozen=True)
class Figure:
    """A value with what it was made of.

    A count or a sum has itself as numerator and no denominator. A mean or percentage has both, and no value
    where the denominator is 0. A median, largest or smallest has the number of values as denominator only.
    """

    numerator: Number | None
    denominator: Number | None
    value: Number | None


def count(number: Number) -> Figure:
    return Figure(number, None, number)


def ratio(over: Number, under: Number, scale: int = 1) -> Figure:
    """`over` / `under`, times `scale`.

    >>> ratio(1, 8, 100).value, ratio(0, 0).value
    (Fraction(25, 2), None)
    """
    return Figure(over, under, Fraction(scale * over, under) if under else None)


def mean(values: Iterable[Number]) -> Figure:
    counted = list(values)
    return ratio(sum(counted), len(counted))


def median(values: Iterable[Number]) -> Figure:
    """The middle value, or halfway between the two in the middle.

    >>> median([1, 2, 9, 4]).value
    Fraction(3, 1)
    """
    counted = [Fraction(value) for value in values]
    return Figure(None, len(counted), middle(counted) if counted else None)


def extreme(values: Iterable[Number], pick: Callable[[list[Number]], Number]) -> Figure:
    """The largest or the smallest value."""
    counted = list(values)
    return Figure(None, len(counted), pick(counted) if counted else None)
