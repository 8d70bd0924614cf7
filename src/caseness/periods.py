"""Months, quarters and financial years: reading them, walking through them, naming them.

A financial year runs from April to March and is named by both its calendar years:
2021-22. Quarters are those of the financial year, so 2021-22 Q1 is April to June 2021.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

from caseness.errors import UnknownName

MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}
FIRST_MONTH_OF_YEAR = 4
ACCEPTED = (
    "Write a month as 2021-04, Apr 2021 or April 2021, a quarter as 2021-22 Q1, "
    "and a financial year (April to March) as 2021-22 or 2021/22."
)
# Written out, because the names that the standard library gives follow the machine's language.
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MONTH_NUMBERS = {
    spelling.casefold(): number for number, name in enumerate(MONTH_NAMES, start=1) for spelling in (name, name[:3])
}


@total_ordering
@dataclass(frozen=True)
class Period:
    """A month, a quarter or a financial year, from its first day to its last.

    Periods are ordered by their first day and then by their last, so a month comes
    before the quarter and the year that it opens.

    Raises
    ------
    ValueError
        If the days are not those of a whole month, quarter or financial year.

    Examples
    --------
    >>> year = Period.parse("2021-22")
    >>> year.label, len(year.months()), year.next().label
    ('2021-22', 12, '2022-23')
    """

    kind: str
    start: date
    end: date

    def __post_init__(self) -> None:
        if self.kind not in MONTHS_IN:
            raise ValueError(f"A period is a month, a quarter or a year, not {self.kind!r}.")
        if (self.start, self.end) != _days(self.kind, self.start):
            raise ValueError(f"{self.start} to {self.end} is no {self.kind}.")

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Period):
            return NotImplemented
        return (self.start, self.end) < (other.start, other.end)

    def __str__(self) -> str:
        return self.label

    def __contains__(self, other: Period | date) -> bool:
        """Say whether a day, or the whole of another period, lies in this one."""
        if isinstance(other, Period):
            return self.start <= other.start and other.end <= self.end
        return self.start <= other <= self.end

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a period as people write it.

        A month is `2021-04`, `Apr 2021` or `April 2021`; a quarter is `2021-22 Q1`; a
        financial year is `2021-22` or `2021/22`. From 2000-01 to 2011-12 the form with a
        hyphen could be either (`2009-10` is the year 2009-10 or October 2009), so it is
        refused; from 2012-13, where the programme's data begin, no two forms clash.

        Raises
        ------
        UnknownName
            If the text is no period, or could be several. The message lists the forms.

        Examples
        --------
        >>> Period.parse("April 2021") == Period.parse("2021-04")
        True
        >>> Period.parse("2021-22 Q4").start
        datetime.date(2022, 1, 1)
        """
        wanted = " ".join(text.replace("\N{EN DASH}", "-").split())
        _refuse_ambiguous(wanted)
        for pattern, read in READERS:
            found = pattern.fullmatch(wanted)
            period = read(found) if found else None
            if period:
                return period
        raise UnknownName("period", text, (), ACCEPTED)

    @property
    def label(self) -> str:
        """The short name: 2021-04, 2021-22 Q1, 2021-22. From April 2012 `parse` reads it back."""
        if self.kind == "month":
            return f"{self.start.year}-{self.start.month:02}"
        first = _first_year(self.start)
        year = f"{first}-{(first + 1) % 100:02}"
        return year if self.kind == "year" else f"{year} Q{_quarter_number(self.start)}"

    @property
    def name(self) -> str:
        """The name in running text: April 2021, April to June 2021, 2021-22."""
        opening, closing = MONTH_NAMES[self.start.month - 1], MONTH_NAMES[self.end.month - 1]
        if self.kind == "month":
            return f"{opening} {self.start.year}"
        return f"{opening} to {closing} {self.end.year}" if self.kind == "quarter" else self.label

    def months(self) -> tuple[Period, ...]:
        """The months that make up this period, in order."""
        first = month(self.start.year, self.start.month)
        return tuple(first.shift(number) for number in range(MONTHS_IN[self.kind]))

    def quarters(self) -> tuple[Period, ...]:
        """The quarters that lie wholly in this period, in order. A month has none."""
        opening = self.months()[:: MONTHS_IN["quarter"]]
        found = (_period("quarter", each.start) for each in opening)
        return tuple(each for each in found if each in self)

    def shift(self, steps: int) -> Period:
        """The period of the same kind that lies so many steps later (or earlier, below zero)."""
        return _period(self.kind, _add_months(self.start, steps * MONTHS_IN[self.kind]))

    def next(self) -> Period:
        """The period of the same kind that follows."""
        return self.shift(1)

    def previous(self) -> Period:
        """The period of the same kind that came before."""
        return self.shift(-1)

    def months_until(self, other: Period) -> int:
        """Whole months from the start of this period to the start of another."""
        years = other.start.year - self.start.year
        return years * 12 + other.start.month - self.start.month

    def financial_year(self) -> Period:
        """The financial year in which this period lies."""
        return financial_year(_first_year(self.start))

    def year_before(self) -> Period:
        """The same month, quarter or year, one year earlier."""
        return _period(self.kind, _add_months(self.start, -12))


def month(year: int, number: int) -> Period:
    """One calendar month.

    >>> month(2024, 2).end
    datetime.date(2024, 2, 29)
    """
    return _period("month", date(year, number, 1))


def quarter(first_year: int, number: int) -> Period:
    """One quarter of the financial year that begins in April of `first_year`.

    >>> quarter(2021, 4).name
    'January to March 2022'
    """
    if number not in range(1, 5):
        raise ValueError(f"A year has quarters 1 to 4, not {number}.")
    opening = date(first_year, FIRST_MONTH_OF_YEAR, 1)
    return _period("quarter", _add_months(opening, (number - 1) * 3))


def financial_year(first_year: int) -> Period:
    """The financial year that begins in April of `first_year`.

    >>> financial_year(2021).label
    '2021-22'
    """
    return _period("year", date(first_year, FIRST_MONTH_OF_YEAR, 1))


def between(start: date, end: date) -> Period | None:
    """The period that has exactly these first and last days, or None where there is none.

    >>> between(date(2021, 4, 1), date(2022, 3, 31)).label
    '2021-22'
    >>> between(date(2021, 4, 2), date(2022, 3, 31)) is None
    True
    """
    kinds = (kind for kind in MONTHS_IN if _days(kind, start) == (start, end))
    return next((Period(kind, start, end) for kind in kinds), None)


def walk(first: Period, last: Period) -> Iterator[Period]:
    """Every period from the first to the last, both included. They are of one kind.

    >>> [each.label for each in walk(month(2021, 11), month(2022, 1))]
    ['2021-11', '2021-12', '2022-01']
    """
    if first.kind != last.kind:
        raise ValueError(f"Cannot walk from a {first.kind} to a {last.kind}.")
    while first <= last:
        yield first
        first = first.next()


def _period(kind: str, day: date) -> Period:
    return Period(kind, *_days(kind, day))


def _days(kind: str, day: date) -> tuple[date, date]:
    """The first and last day of the period of this kind in which a day lies."""
    into = (day.month - FIRST_MONTH_OF_YEAR) % MONTHS_IN[kind]
    start = _add_months(day.replace(day=1), -into)
    final = _add_months(start, MONTHS_IN[kind] - 1)
    return start, final.replace(day=monthrange(final.year, final.month)[1])


def _add_months(first_day: date, months: int) -> date:
    years, number = divmod(first_day.month - 1 + months, 12)
    return first_day.replace(year=first_day.year + years, month=number + 1)


def _first_year(day: date) -> int:
    return day.year if day.month >= FIRST_MONTH_OF_YEAR else day.year - 1


def _quarter_number(day: date) -> int:
    return (day.month - FIRST_MONTH_OF_YEAR) % 12 // 3 + 1


def _follows(first: str, second: str) -> bool:
    return int(second) == (int(first) + 1) % 100


def _read_year(found: re.Match[str]) -> Period | None:
    first, second = found.groups()
    return financial_year(int(first)) if _follows(first, second) else None


def _read_month(found: re.Match[str]) -> Period | None:
    year, number = map(int, found.groups())
    return month(year, number) if 1 <= number <= 12 else None


def _read_named_month(found: re.Match[str]) -> Period | None:
    number = MONTH_NUMBERS.get(found[1].casefold())
    return month(int(found[2]), number) if number else None


def _read_quarter(found: re.Match[str]) -> Period | None:
    first, second, number = found.groups()
    return quarter(int(first), int(number)) if _follows(first, second) else None


YEAR = r"((?:19|20)\d\d)"
READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Period | None]], ...] = (
    (re.compile(YEAR + r"[-/](\d\d)"), _read_year),
    (re.compile(YEAR + r"-(\d\d)"), _read_month),
    (re.compile(r"([A-Za-z]+) " + YEAR), _read_named_month),
    (re.compile(YEAR + r"[-/](\d\d) [Qq]([1-4])"), _read_quarter),
)


def _refuse_ambiguous(wanted: str) -> None:
    """A lone year is half of two financial years; 2009-10 is also October 2009."""
    if re.fullmatch(YEAR, wanted):
        readings = [financial_year(int(wanted) - 1).label, financial_year(int(wanted)).label]
    elif re.fullmatch(YEAR + r"-(0[1-9]|1[0-2])", wanted) and _follows(*wanted.split("-")):
        first, second = wanted.split("-")
        readings = [f"{first}/{second}", month(int(first), int(second)).name]
    else:
        return
    advice = f"It could be {' or '.join(readings)}: write the one you mean. {ACCEPTED}"
    raise UnknownName("single period", wanted, (), advice)
