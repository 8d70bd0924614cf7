"""The cells of a practice sheet as dates, times and numbers. What is not one, or could be two, says why."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

# What stands for nothing in a cell.
NOTHING = ("", "-", "–", "—", "n/a", "N/A", "#N/A")

_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?")
_PARTS = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?: \d{1,2}:\d{2}(?::\d{2})?)?")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ \-/.]*([A-Za-z]{3,9})\.?,?[ \-/.]*(\d{4})")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")  # fmt: skip
_SHORT_YEAR = re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2}")
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?::(\d{2}))?")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?", re.ASCII)
# The first day of each numbering is what a workbook counts from: day 1 is 1 January 1900, with a day too many.
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 73_050
_SERIAL_ZERO = date(1899, 12, 30)
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


@dataclass(frozen=True)
class Day:
    """A day, or the reason why there is none."""

    day: date | None = None
    reason: str = ""


def text_of(cell: object) -> str:
    """A cell as text: whole numbers without decimals, days as 2025-03-31, nothing as an empty text.

    >>> text_of(12.0), text_of(2.5), text_of(date(2025, 3, 31)), text_of(" DNA "), text_of(None), text_of(True)
    ('12', '2.5', '2025-03-31', 'DNA', '', 'yes')
    """
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(" ")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = "" if cell is None else str(cell).strip()
    return "" if text in NOTHING else text


def has_month_first(cells: Iterable[object]) -> bool:
    """Whether a column holds a day such as 12/25/2025, which only makes sense with the month first.

    >>> has_month_first(["03/04/2025", "12/25/2025"]), has_month_first(["03/04/2025", "25/12/2025"])
    (True, False)
    """
    found = (_PARTS.fullmatch(text_of(cell)) for cell in cells if isinstance(cell, str))
    return any(parts and int(parts[2]) > 12 >= int(parts[1]) for parts in found)


def read_day(cell: object, is_workbook: bool = False, month_first: bool = False) -> Day:
    """Read a day.

    Parameters
    ----------
    is_workbook
        Whether a bare number is a day as a workbook counts it, since only a workbook counts days.
    month_first
        Whether the column holds a day with the month first, so that 03/04/2025 could be two days.

    Examples
    --------
    >>> read_day("31/03/2025").day, read_day("2025-03-31").day, read_day(45747.0, is_workbook=True).day
    (datetime.date(2025, 3, 31), datetime.date(2025, 3, 31), datetime.date(2025, 3, 31))
    >>> read_day("03/04/2025", month_first=True).reason
    'could be two days, since the column has days with the month first'
    """
    if isinstance(cell, datetime):
        return _within(cell.date())
    if isinstance(cell, date):
        return _within(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _serial(float(cell), is_workbook)
    return _written(text_of(cell), month_first)


def _serial(number: float, is_workbook: bool) -> Day:
    if not is_workbook or not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return Day(reason="not a date")
    return Day(_SERIAL_ZERO + timedelta(days=int(number)))


def _written(text: str, month_first: bool) -> Day:
    if not text:
        return Day(reason="blank")
    if iso := _ISO.fullmatch(text):
        return _made(int(iso[1]), int(iso[2]), int(iso[3]))
    if parts := _PARTS.fullmatch(text):
        return _day_first(int(parts[1]), int(parts[2]), int(parts[3]), month_first)
    if (named := _NAMED.fullmatch(text)) and (month := _month(named[2])):
        return _made(int(named[3]), month, int(named[1]))
    if _SHORT_YEAR.fullmatch(text):
        return Day(reason="the year has two digits, so it could be two days")
    return Day(reason="not a date")


def _month(name: str) -> int:
    """The number of a month by its name or its first three letters, or 0."""
    word = name.casefold()
    return next(
        (i for i, each in enumerate(_MONTHS, start=1) if word in (each, each[:3], "sept" if i == 9 else each)), 0
    )


def _day_first(day: int, month: int, year: int, month_first: bool) -> Day:
    if month > 12 >= day:
        return Day(reason="the month stands first: write 31/03/2025 or 2025-03-31")
    if month_first and day <= 12 and day != month:
        return Day(reason="could be two days, since the column has days with the month first")
    return _made(year, month, day)


def _made(year: int, month: int, day: int) -> Day:
    try:
        return _within(date(year, month, day))
    except ValueError:
        return Day(reason="there is no such day")


def _within(day: date) -> Day:
    return Day(day) if _FIRST_YEAR <= day.year <= _LAST_YEAR else Day(reason="the year cannot be right")


def read_time(cell: object) -> str | None:
    """A time of the day as 14:30:00, or None.

    >>> read_time("9.05"), read_time(time(14, 30)), read_time("noon")
    ('09:05:00', '14:30:00', None)
    """
    if isinstance(cell, datetime):
        return cell.time().isoformat("seconds")
    if isinstance(cell, time):
        return cell.isoformat("seconds")
    if isinstance(cell, timedelta):
        return str(cell).zfill(8) if timedelta() <= cell < timedelta(days=1) and not cell.microseconds else None
    found = _TIME.fullmatch(text_of(cell))
    if not found or int(found[1]) > 23 or int(found[2]) > 59 or int(found[3] or 0) > 59:
        return None
    return f"{int(found[1]):02}:{found[2]}:{found[3] or '00'}"


def read_number(cell: object) -> str | None:
    """A number as text with a point, whether it was written with a point or a comma; None if it is none.

    >>> read_number("2,35"), read_number(14.0), read_number("12?")
    ('2.35', '14', None)
    """
    text = text_of(cell)
    return text.replace(",", ".") if _NUMBER.fullmatch(text) else None
