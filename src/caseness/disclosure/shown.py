"""What may be shown of each measure, once its counts are in bins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from caseness.disclosure.bins import Binned
from caseness.disclosure.linkage import Linkage, counted_parts
from caseness.disclosure.rounding import round_half_up, suppress
from caseness.measures.algebra import COUNT, MEAN, MEDIAN, PERCENTAGE, Measure, Total
from caseness.stats.bounds import Array, Bounded, exact, share

_DECIMALS_OF_MEANS = 1
# With so many times the base behind it, a mean of one decimal is possible for any count of its bin: of n whole numbers, n
# at least 10, some total lies within 0.05 of it. Ours.
_TIMES_FOR_MEANS = 2
# The middle of a bin that is wider than the base is shown if it is off by a quarter at most, as 7 is of 5 to 9 by more. Ours.
_FAR_OFF = 0.25


class _Rules(Protocol):
    @property
    def base(self) -> int: ...

    @property
    def decimals(self) -> int: ...


@dataclass(frozen=True, eq=False)
class Shown:
    """Figures with what may stand beside them as numerator and denominator. Filled measure by measure."""

    figures: Bounded
    beside: dict[str, Array]

    @classmethod
    def of(cls, rows: int) -> Shown:
        """So many figures, none of them filled."""
        return cls(Bounded(*_blanks(3, rows)), dict(zip(("numerator", "denominator"), _blanks(2, rows), strict=True)))

    def put(self, rows: np.ndarray, other: Shown) -> None:
        """Fill some of the figures."""
        for end in ("low", "high", "value"):
            getattr(self.figures, end)[rows] = getattr(other.figures, end)
        for name, held in other.beside.items():
            self.beside[name][rows] = held


@dataclass(frozen=True, eq=False)
class Counted:
    """The bins of all counts of a linkage, and in which row of them each of some figures has its own."""

    linkage: Linkage
    binned: Binned
    at: np.ndarray

    def total(self, total: Total) -> Bounded:
        """What the bins of the parts of a total add up to, and no less than 0."""
        column = {part: number for number, part in enumerate(self.linkage.atoms)}
        low, high = np.zeros(len(self.at)), np.zeros(len(self.at))
        for sign, part in total.terms:
            ends = [end[self.at, column[part]] for end in (self.binned.low, self.binned.high)]
            low, high = low + sign * ends[sign < 0], high + sign * ends[sign > 0]
        return Bounded.of(np.maximum(low, 0.0), high)

    def is_held_back(self, measure: Measure) -> bool:
        """Whether a measure rests on a count that is not let out for the sake of others."""
        held = self.linkage.division.instead
        return any(self.linkage.atoms[part].id in held for part in counted_parts(measure))


def show(measure: Measure, counted: Counted, value: Array, rules: _Rules) -> Shown:
    """What may be shown of one measure.

    Parameters
    ----------
    counted : the counts that it is made of, for each figure of it
    value : the exact figures
    """
    if counted.is_held_back(measure):
        return Shown.of(len(value))
    below = counted.total(measure.below) if measure.below else exact(np.full(len(value), np.nan))
    if measure.statistic in (MEAN, MEDIAN):
        is_few = ~(below.low >= _TIMES_FOR_MEANS * rules.base)
        rounded = round_half_up(value, _DECIMALS_OF_MEANS) if measure.statistic == MEAN else exact(value)
        return Shown(suppress(rounded, is_few), {})
    if measure.statistic not in (COUNT, PERCENTAGE):
        return Shown.of(len(value))
    above = _valued(counted.total(measure.above), rules.base)
    if measure.statistic == COUNT:
        return Shown(above, {"numerator": above.value})
    below = _valued(below, rules.base)
    return Shown(_share(above, below, value, rules.decimals), {"numerator": above.value, "denominator": below.value})


# The middle of the bin; none where the count may be small, or where the middle may be far off.
def _valued(count: Bounded, base: int) -> Bounded:
    value = np.floor((count.low + count.high) / 2)
    is_far_off = (count.high - count.low >= base) & (count.high - value > _FAR_OFF * count.low)
    return Bounded(count.low, count.high, np.where((count.low < base) | is_far_off, np.nan, value))


def _share(part: Bounded, whole: Bounded, truth: Array, decimals: int) -> Bounded:
    found = share(part, whole, part_of_whole=False)
    top = np.where(truth > 100, np.inf, 100.0)
    low, high = np.fmin(np.nan_to_num(found.low), top), np.fmin(np.where(np.isnan(found.high), np.inf, found.high), top)
    value = np.clip(round_half_up(found.value, decimals).value, low, high)
    return Bounded(low, high, value)


def _blanks(number: int, rows: int) -> list[Array]:
    return [np.full(rows, np.nan) for _ in range(number)]
