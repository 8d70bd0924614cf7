"""The interval that a printed cell stands for.

NHS England prints England exactly (percentages and means to one decimal). Below England
counts are rounded to the nearest 5 and values under 5 are starred; percentages are whole
numbers worked out before rounding; means keep one decimal. So, below England:

    printed      a count is        a percentage is
    *            0 to 4            0 to 100
    5            5 to 7            4.5 to 5.5
    n            n - 2 to n + 2    n - 0.5 to n + 0.5

A star is not a zero and not missing. The text NULL, or a dash, says that there is no such
figure: no interval at all.

Source: NHS England, Psychological Therapies annual reports and monthly activity files,
publication rules as observed in the released files, 2019-20 to March 2026.
"""

from __future__ import annotations

import ibis
from ibis import ifelse, null

STAR = "*"
ABSENT = "NULL"

_UNROUNDED = ("count", "median", "min", "max")


def with_interval(cells: ibis.Table) -> ibis.Table:
    """Add `low`, `high` and `reason` to cells that have level, statistic, value and mark.

    `mark` is the star, or the sign for no figure, where no value was printed.
    """
    is_starred = (cells.mark == STAR) & (cells.level != "england")
    low, high = _printed_ends(cells)
    star_low, star_high = _starred_ends(cells)
    return cells.mutate(
        low=ifelse(is_starred, star_low, low),
        high=ifelse(is_starred, star_high, high),
        reason=ibis.cases(
            (cells.value.notnull(), null("string")),
            (is_starred, "suppressed"),
            else_="no_data",
        ),
    )


def _printed_ends(cells: ibis.Table) -> tuple[ibis.Value, ibis.Value]:
    margin = _margin(cells)
    is_printed_five = (cells.statistic == "count") & (cells.level != "england") & (cells.value == 5)
    low = ifelse(is_printed_five, 5.0, cells.value - margin)
    high = cells.value + margin
    is_counted = cells.statistic.isin(("count", "percentage"))
    return (
        ifelse(is_counted, ibis.greatest(low, 0.0), low),
        ifelse(cells.statistic == "percentage", ibis.least(high, 100.0), high),
    )


def _margin(cells: ibis.Table) -> ibis.Value:
    is_england = cells.level == "england"
    return ibis.cases(
        ((cells.statistic == "count") & ~is_england, 2.0),
        (cells.statistic.isin(_UNROUNDED), 0.0),
        ((cells.statistic == "percentage") & ~is_england, 0.5),
        else_=0.05,
    )


def _starred_ends(cells: ibis.Table) -> tuple[ibis.Value, ibis.Value]:
    low = ifelse(cells.statistic.isin(("count", "percentage")), 0.0, null("float64"))
    high = ibis.cases(
        (cells.statistic == "count", 4.0),
        (cells.statistic == "percentage", 100.0),
        else_=null("float64"),
    )
    return low, high
