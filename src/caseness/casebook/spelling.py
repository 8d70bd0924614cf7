"""How a case study writes days and numbers: days from the referral, or dates where they were asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

_WEEK = 7


@dataclass(frozen=True)
class Spell:
    """How days are written. With `received`, the day of the referral, they are dates; without it, days from that day.

    Examples
    --------
    >>> Spell().day(0), Spell().day(16), Spell().day(-3)
    ('day 0', 'day 16 (week 3)', '3 days before the referral')
    >>> Spell(date(2025, 3, 1)).day(16)
    '17 March 2025'
    """

    received: date | None = None

    def day(self, day: int) -> str:
        """One day in words."""
        if self.received is not None:
            on = self.received + timedelta(days=day)
            return f"{on.day} {on:%B %Y}"
        if day < 0:
            return f"{many(-day, 'day')} before the referral"
        return f"day {day} (week {day // _WEEK + 1})" if day else "day 0"


def plain(number: float) -> str:
    """A score as it is written on a form: no more decimals than it has.

    >>> plain(12.0), plain(2.35)
    ('12', '2.35')
    """
    return f"{number:g}"


def many(number: int, noun: str) -> str:
    """A number with its noun.

    >>> many(1, "day"), many(1200, "day")
    ('1 day', '1,200 days')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
