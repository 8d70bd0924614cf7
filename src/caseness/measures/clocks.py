"""Which rows of a grain a clock places in which period: the expressions that every aggregation begins with.

A period is a number here: months are counted from year 0, quarters and financial years by their number in that count. So
one arithmetic serves all three, on every engine, and no table of periods has to be joined.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import ibis
import numpy as np

from caseness.measures.algebra import Clock
from caseness.measures.catalogue import MONTH, YEAR
from caseness.measures.columns import PATHWAYS
from caseness.periods import MONTHS_IN, Period, financial_year, month, quarter

PERIOD, PERIOD_END = "period", "period_end"
# A financial year begins in April, three months into the count of a calendar year.
_SHIFT = {YEAR: 3}
_FLAG = {"quarter": "is_latest_in_quarter", YEAR: "is_latest_in_year"}


def number_of(day: Any, kind: str) -> Any:
    """The number of the month, quarter or financial year in which a day lies: of an expression or of a date."""
    return number_of_month(_months(day), kind)


def number_of_month(months: Any, kind: str) -> Any:
    """The number of the quarter or financial year in which the month of a number lies."""
    return months if kind == MONTH else (months - _SHIFT.get(kind, 0)) // MONTHS_IN[kind]


def period_of(number: int, kind: str) -> Period:
    """The period of a number.

    >>> period_of(number_of(date(2025, 3, 31), "year"), "year").label
    '2024-25'
    """
    first = number * MONTHS_IN[kind] + _SHIFT.get(kind, 0)
    opening = month(first // 12, first % 12 + 1)
    if kind == MONTH:
        return opening
    year = opening.financial_year()
    return year if kind == YEAR else quarter(year.start.year, year.months_until(opening) // 3 + 1)


def is_by_month(clock: Clock) -> bool:
    """Whether a longer period is made of what was placed in its months.

    A contact or a log belongs to the month in which it was submitted, and a quarter has those of its months. The stock of
    a quarter is that of its last month. A pathway, though, counts once in a quarter, by its last row.
    """
    return clock.column is None or clock.grain not in PATHWAYS


def holds(clock: Clock, months: np.ndarray, kind: str) -> np.ndarray:
    """Which months count for their period of a kind: all of them, or for a stock the last."""
    if clock.column is not None:
        return np.full(len(months), True)
    return (months + 1 - _SHIFT.get(kind, 0)) % MONTHS_IN[kind] == 0


def placed(rows: ibis.Table, clock: Clock, numbers: Iterable[int], kind: str) -> ibis.Table:
    """The rows that a clock places in one of the periods, with the number of the period.

    A flow takes the rows whose date lies in the period: of pathways, those that stand for theirs in it. A stock takes all
    rows of a month, as they were at its end, and has that day as `period_end`.
    """
    rows = standing(rows, numbers, kind)
    if clock.column is None:
        end = (rows["month"] + ibis.interval(months=1) - ibis.interval(days=1)).cast("date")
        return rows.mutate(**{PERIOD_END: end})
    if kind in _FLAG:
        rows = rows.filter(rows[_FLAG[kind]])
    return rows.filter(number_of(rows[clock.column], kind) == rows[PERIOD])


def standing(rows: ibis.Table, numbers: Iterable[int], kind: str) -> ibis.Table:
    """All rows of the periods, whatever their dates, with the number of the period."""
    wanted = sorted(set(numbers))
    if not wanted:
        return rows.filter(ibis.literal(False)).mutate(**{PERIOD: number_of(rows["month"], kind)})
    first, last = (period_of(number, kind) for number in (wanted[0], wanted[-1]))
    # By the day: what lies outside is then passed over in the file, and most of what is asked for is one run of periods.
    rows = rows.filter(rows["month"].between(first.start, last.end))
    rows = rows.mutate(**{PERIOD: number_of(rows["month"], kind)})
    return rows if len(wanted) == wanted[-1] - wanted[0] + 1 else rows.filter(rows[PERIOD].isin(wanted))


def _months(day: Any) -> Any:
    if isinstance(day, date):
        return day.year * 12 + day.month - 1
    return day.year().cast("int32") * 12 + day.month().cast("int32") - 1


def whole_periods(months: Iterable[date]) -> tuple[Period, ...]:
    """The months, and the quarters and financial years of which every month is there.

    >>> [one.label for one in whole_periods(date(2025, number, 1) for number in range(3, 8))]
    ['2025-03', '2025-04', '2025-05', '2025-06', '2025-07', '2025-26 Q1']
    """
    given = sorted({month(day.year, day.month) for day in months})
    years = sorted({financial_year(one.financial_year().start.year) for one in given})
    longer = [one for year in years for one in (*year.quarters(), year)]
    return (*given, *(one for one in longer if set(one.months()) <= set(given)))
