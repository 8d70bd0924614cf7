"""How a case study writes days and numbers: days from the referral, or dates where they were asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_WEEK = 7
# The same in every place, whatever the language of the machine.
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


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
            return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"
        if day < 0:
            return f"{many(-day, 'day')} before the referral"
        return f"day {day} (week {day // _WEEK + 1})" if day else "day 0"

    def text(self, text: str, received: date) -> str:
        """A text in which dates in words are written as this writes days. `received` is the day of the referral.

        >>> Spell().text("Last seen on 17 March 2025, 21 days ago.", date(2025, 3, 1))
        'Last seen on day 16 (week 3), 21 days ago.'
        """
        return _DATE.sub(lambda found: self.day((_date_in(found) - received).days), text)


_DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})\b")


def _date_in(found: re.Match[str]) -> date:
    return date(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]))


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
