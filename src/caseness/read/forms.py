"""The forms in which one cell may be written, and what it stands for. None of these sees a whole column.

Each takes the text of a cell, trimmed, and answers with a `Reading`. They run once for each distinct text of a piece.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType

# Excel counts days from here, from March 1900 on (it believes that 1900 had a 29 February). Access begins its times here.
SERIAL_START = date(1899, 12, 30)
_LAST_SERIAL = 2958465  # 31 December 9999

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_BRITISH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_BRITISH_MONTH = re.compile(r"(\d{1,2})/(\d{4})", re.ASCII)
_SERIAL = re.compile(r"\d{1,7}(\.\d+)?", re.ASCII)
_WHOLE = re.compile(r"([+-]?\d{1,18})(\.0*)?", re.ASCII)
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)


@dataclass(frozen=True)
class Reading:
    """What a cell stands for, or why it stands for nothing. `lost` says that it held more, such as a time of day."""

    value: object = None
    reason: str = ""
    lost: str = ""


Form = Callable[[str, bool], Reading]

NOT_A_DATE = "not a date (2025-04-01 or 01/04/2025)"
NOT_A_TIME = "not a time of day (09:30 or 09:30:00)"
NOT_A_TIMESTAMP = "not a date and time (2025-04-01 09:30:00)"
NOT_A_MONTH = "not a month (2025-04)"
NOT_WHOLE = "not a whole number"
DECIMAL_COMMA = "a number with a decimal comma: write a point"
TIME_LOST = "a time of day beside a date"
DAY_LOST = "a day beside a month"


@lru_cache(maxsize=1 << 16)
def read_date(text: str, is_serial_known: bool = False) -> Reading:
    """A date: ISO, or day/month/year, with or without a time of day. A number of days only in workbooks.

    >>> read_date("01/04/2025").value, read_date("2025-02-30").reason
    (datetime.date(2025, 4, 1), 'not a date (2025-04-01 or 01/04/2025)')
    """
    found = read_timestamp(text, is_serial_known)
    if not isinstance(found.value, datetime):
        return Reading(reason=NOT_A_DATE)
    return Reading(found.value.date(), lost=TIME_LOST if found.value.time() != time.min else "")


@lru_cache(maxsize=1 << 16)
def read_timestamp(text: str, is_serial_known: bool = False) -> Reading:
    """A date with a time of day, or without one: then midnight. Parts of a second are left out.

    >>> read_timestamp("12/05/2025 09:30").value, read_timestamp("45748.5", True).value
    (datetime.datetime(2025, 5, 12, 9, 30), datetime.datetime(2025, 4, 1, 12, 0))
    """
    if is_serial_known and _SERIAL.fullmatch(text):
        return _from_serial(float(text))
    day_text, _, time_text = text.replace("T", " ", 1).partition(" ")
    day = _day(day_text)
    clock = _clock(time_text.strip()) if time_text else time.min
    if day is None or clock is None:
        return Reading(reason=NOT_A_TIMESTAMP)
    return Reading(datetime.combine(day, clock))


@lru_cache(maxsize=1 << 16)
def read_time(text: str, is_serial_known: bool = False) -> Reading:
    """A time of day. Access writes it beside its first day, 1899-12-30, and a workbook as a part of a day.

    >>> read_time("1899-12-30 09:00:00").value, read_time("2025-04-01 09:00").reason
    (datetime.time(9, 0), 'not a time of day (09:30 or 09:30:00)')
    """
    if is_serial_known and _SERIAL.fullmatch(text) and float(text) < 1:
        found = _from_serial(float(text)).value
        return Reading(found.time() if isinstance(found, datetime) else None)
    plain = text.replace("T", " ", 1).removeprefix(f"{SERIAL_START} ")
    clock = _clock(plain)
    return Reading(clock) if clock is not None else Reading(reason=NOT_A_TIME)


@lru_cache(maxsize=1 << 16)
def read_month(text: str, is_serial_known: bool = False) -> Reading:
    """A month as text, YYYY-MM. Of a whole date its month is taken.

    >>> read_month("06/2024").value, read_month("2024-06-01").value, read_month("2024-13").reason
    ('2024-06', '2024-06', 'not a month (2025-04)')
    """
    if found := _MONTH.fullmatch(text):
        year, month = found.groups()
    elif found := _BRITISH_MONTH.fullmatch(text):
        month, year = found.groups()
    else:
        day = read_date(text, is_serial_known).value
        whole = f"{day:%Y-%m}".rjust(7, "0") if isinstance(day, date) else None
        lost = DAY_LOST if isinstance(day, date) and day.day != 1 else ""
        return Reading(whole, lost=lost) if whole else Reading(reason=NOT_A_MONTH)
    is_one = 1 <= int(month) <= 12 and int(year) > 0
    return Reading(f"{year}-{int(month):02}") if is_one else Reading(reason=NOT_A_MONTH)


@lru_cache(maxsize=1 << 16)
def read_integer(text: str, is_serial_known: bool = False) -> Reading:
    """A whole number. `12.0`, as a workbook or a float column writes it, is one.

    >>> read_integer("12.0").value, read_integer("2,5").reason, read_integer("12.5").reason
    (12, 'a number with a decimal comma: write a point', 'not a whole number')
    """
    found = _WHOLE.fullmatch(text)
    if found:
        return Reading(int(found.group(1)))
    return Reading(reason=DECIMAL_COMMA if has_decimal_comma(text) else NOT_WHOLE)


def has_decimal_comma(text: str) -> bool:
    """Whether a text is a number with a comma for the point."""
    return _DECIMAL_COMMA.fullmatch(text) is not None


def _day(text: str) -> date | None:
    if found := _DATE.fullmatch(text):
        year, month, day = found.groups()
    elif found := _BRITISH.fullmatch(text):
        day, month, year = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _clock(text: str) -> time | None:
    found = _TIME.fullmatch(text)
    if not found:
        return None
    hour, minute, second = (int(part or 0) for part in found.groups())
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _from_serial(days: float) -> Reading:
    if not 0 <= days <= _LAST_SERIAL:
        return Reading(reason=NOT_A_TIMESTAMP)
    seconds = round(days % 1 * 86400)
    return Reading(datetime.combine(SERIAL_START, time.min) + timedelta(days=int(days), seconds=seconds))


FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "date": read_date,
        "timestamp": read_timestamp,
        "time": read_time,
        "month": read_month,
        "integer": read_integer,
    }
)
