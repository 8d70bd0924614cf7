"""The months of a record as days since 1970, and on which days referrals come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

_EPOCH = date(1970, 1, 1)
# 1 January 1970 was a Thursday: so many days after a Monday.
_EPOCH_WEEKDAY = 3
_SATURDAY = 5
# The day of the following month on which a primary submission is made, and of the next one for a refresh: both lie in
# the windows of every month whose calendar was read.
WINDOW_DAY = 18


def to_day(moment: date) -> int:
    """Days since 1970-01-01."""
    return (moment - _EPOCH).days


@dataclass(frozen=True)
class Months:
    """Consecutive months, the first beginning on `first`.

    Examples
    --------
    >>> months = Months(date(2024, 4, 1), 2)
    >>> months.starts.tolist() == [to_day(date(2024, 4, 1)), to_day(date(2024, 5, 1))], months.label(1)
    (True, '2024-05')
    >>> months.of(np.array([to_day(date(2024, 5, 31)), to_day(date(2024, 6, 1))])).tolist()
    [1, 2]
    """

    first: date
    count: int

    @cached_property
    def starts(self) -> np.ndarray:
        """The first day of each month."""
        return np.array([to_day(self.begin(place)) for place in range(self.count)])

    @property
    def end(self) -> int:
        """The day after the last."""
        return to_day(self.begin(self.count))

    def begin(self, place: int) -> date:
        """The first day of one month, or of one after the last."""
        number = self.first.year * 12 + self.first.month - 1 + place
        return date(number // 12, number % 12 + 1, 1)

    def label(self, place: int) -> str:
        """A month as 2024-04."""
        return f"{self.begin(place):%Y-%m}"

    def of(self, days: np.ndarray) -> np.ndarray:
        """The place of the month of each day. Days beyond the end get the count, days before the start -1."""
        bounds = np.append(self.starts, self.end)
        return np.searchsorted(bounds, days, side="right").astype(np.int16) - 1

    def draw_days(self, size: int, season: Sequence[float], growth: float, rng: np.random.Generator) -> np.ndarray:
        """Days of referral. `season` weighs the twelve months of the year, `growth` is the rise in a year.

        Weekends have a tenth of the referrals of other days, as people refer themselves then too.
        """
        days = np.arange(self.starts[0], self.end)
        place = self.of(days)
        calendar_month = np.array([self.begin(int(each)).month for each in range(self.count)])[place]
        weights = np.asarray(season, float)[calendar_month - 1] * (1 + growth) ** (place / 12)
        weights = weights * np.where(weekday(days) >= _SATURDAY, 0.1, 1.0)
        return rng.choice(days, size, p=weights / weights.sum()).astype(np.int32)


def weekday(days: np.ndarray) -> np.ndarray:
    """0 for Monday to 6 for Sunday."""
    return (days + _EPOCH_WEEKDAY) % 7


def to_working_day(days: np.ndarray) -> np.ndarray:
    """Saturdays and Sundays moved to the Monday after them."""
    over = weekday(days) - _SATURDAY
    return days + np.where(over >= 0, 2 - over, 0)
