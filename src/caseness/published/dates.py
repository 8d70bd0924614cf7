"""Dates and years as releases write them.

Two forms are accepted: 2021-06-01, and 01/06/2021 for the first of June. The second is
also how an American program writes the sixth of January. A release covers whole months or
years, so a date that is read the wrong way round is caught: it opens no period.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import PurePath

from caseness.errors import UnreadableInput
from caseness.periods import Period, between

# Wide enough for every release there is and may come. A date outside was not meant.
FIRST_YEAR, LAST_YEAR = 2008, 2050

_WRITTEN = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?"),
    re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})(?: 00:00(?::00)?)?"),
)
_YEARS = (
    re.compile(r"(?<!\d)(20\d\d)[-_ ]?(\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(20\d\d)[-_ ](20\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(\d\d)(\d\d)(?!\d)"),
)
# Folders of the therapy outcomes are named after a year without its hyphen (2425). This
# one of them is also a calendar year.
_ALSO_A_CALENDAR_YEAR = "2021"
_PLACES = 3


def read_date(text: str) -> date | None:
    """The day that a text names, or None if it is in no accepted form.

    >>> read_date("01/06/2021") == read_date("2021-06-01") == date(2021, 6, 1)
    True
    >>> read_date("06/30/2021") is None
    True
    """
    for form in _WRITTEN:
        found = form.fullmatch(text.strip())
        if found:
            return _day(*(int(found[part]) for part in ("year", "month", "day")))
    return None


def read_dates(texts: Iterable[str], column: str, name: str) -> dict[str, date]:
    """The days that the texts of one column name.

    Raises
    ------
    UnreadableInput
        If one of them is in no accepted form, or outside the years of the programme.
    """
    days = {text: read_date(text) for text in texts}
    wrong = [text for text, day in days.items() if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR]
    if wrong:
        raise UnreadableInput(
            f"{name}: {len(wrong)} different values of {column} are no date from {FIRST_YEAR} on, such as {wrong[0]!r}. "
            "No figure is taken from the file, since it could land in the wrong period. "
            "Write dates as 2021-06-01 or 01/06/2021 (day first), or take the file as it was published."
        )
    return {text: day for text, day in days.items() if day is not None}


def require_periods(ends: Sequence[tuple[date, date]], name: str) -> None:
    """Refuse a file with a row that covers no whole month, quarter or financial year.

    Raises
    ------
    UnreadableInput
        Also when a day and a month have been exchanged.
    """
    wrong = [(start, end) for start, end in ends if between(start, end) is None]
    if wrong:
        start, end = wrong[0]
        raise UnreadableInput(
            f"{name}: {len(wrong)} of {len(ends)} periods are no whole month, quarter or financial year, "
            f"such as {start} to {end}. No figure is taken from the file, since it could land in the wrong "
            "period. If day and month are exchanged, write the dates as 2021-06-01."
        )


def year_in_path(path: PurePath) -> Period:
    """The financial year that a file's name gives, or else the name of a folder it lies in.

    The annual reports say nowhere else which year they are about.

    Raises
    ------
    UnreadableInput
        If no name gives a year, or one gives several.

    Examples
    --------
    >>> year_in_path(PurePath("psych-ther-ann-rep-csv-2021-22-main-csv.csv")).label
    '2021-22'
    """
    for part in reversed(path.parts[-_PLACES:]):
        years = _years_in(part)
        if len(years) == 1:
            return Period.parse(years.pop())
        if years:
            raise UnreadableInput(
                f"{path.name}: {part!r} names {len(years)} years ({', '.join(sorted(years))}), and the file itself "
                "none. No figure is taken from it. Rename it so that one year is left, such as 2021-22."
            )
    raise UnreadableInput(
        f"{path.name}: an annual report file does not say its year inside, and its name does not either. "
        "No figure is taken from it. Put the year in its name or its folder's, such as 2021-22."
    )


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _years_in(text: str) -> set[str]:
    found = {match.groups() for form in _YEARS for match in form.finditer(text) if match[0] != _ALSO_A_CALENDAR_YEAR}
    return {label for first, second in found if (label := _label(int(first) % 100, int(second) % 100))}


def _label(first: int, second: int) -> str | None:
    return f"20{first:02}-{second:02}" if second == (first + 1) % 100 else None
