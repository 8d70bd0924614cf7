"""Months as they are named in the ledger, such as 2025-04."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def month_named(day: date) -> str:
    """The month of a day.

    >>> month_named(date(2025, 4, 7))
    '2025-04'
    """
    return f"{day:%Y-%m}"


def month_bounds(month: str) -> tuple[date, date]:
    """The first and the last day of a month.

    >>> month_bounds("2024-02")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    """
    first = date.fromisoformat(f"{month}-01")
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def months_between(first: str, last: str) -> tuple[str, ...]:
    """All months from one to another, both among them.

    >>> months_between("2024-11", "2025-02")
    ('2024-11', '2024-12', '2025-01', '2025-02')
    """
    year, month = map(int, first.split("-"))
    found = []
    while (named := f"{year}-{month:02}") <= last:
        found.append(named)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return tuple(found)
