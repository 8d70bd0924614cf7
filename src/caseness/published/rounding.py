"""The interval that a printed cell stands for.

NHS England prints England exactly (percentages and means to one decimal). Below England
counts are rounded to the nearest 5 and values under 5 are starred; percentages are whole
numbers worked out before rounding; means keep one decimal. So, below England:

    printed      a count is        a percentage is
    *            0 to 4            0 to 100
    5            5 to 7            4.5 to 5.5
    n            n - 2 to n + 2    n - 0.5 to n + 0.5

A star is not a zero and not missing. The text NULL, or a dash, says that there is no such
figure: no interval at all. How sums of minutes are rounded below England is not verified,
so nothing is said of them beyond what is printed.

Source: NHS England, Psychological Therapies annual reports and monthly activity files,
publication rules as observed in the released files, 2019-20 to March 2026.
"""

from __future__ import annotations

import ibis
from ibis import ifelse, null

STAR = "*"
ABSENT = "NULL"

_EXACT_IN_ENGLAND = ("count", "sum")
_NEVER_ROUNDED = ("median", "min", "max")
_NOT_BELOW_NOTHING = ("count", "percentage")


def with_interval(cells: ibis.Table) -> ibis.Table:
    """Add `low`, `high` and `reason` to cells that have level, statistic, value and mark.

    `mark` is the star, or the sign for no figure, where no value was printed.
    """
    low, high = ends_of(cells.value, cells.mark == STAR, cells.statistic, cells.level)
    return cells.mutate(
        low=low,
        high=high,
        reason=ibis.cases(
            (cells.value.notnull(), null("string")),
            (cells.mark == STAR, "suppressed"),
            else_="no_data",
        ),
    )


def ends_of(
    value: ibis.Value, is_starred: ibis.Value, statistic: ibis.Value, level: ibis.Value
) -> tuple[ibis.Value, ibis.Value]:
    """The lowest and highest quantity that a printed value or a star may stand for.

    Null where nothing is known: neither a value nor a star, or a star for a mean.
    """
    low, high = _printed_ends(value, statistic, level)
    is_star = is_starred.fill_null(False) & value.isnull()
    star_low = ifelse(statistic.isin(_NOT_BELOW_NOTHING), 0.0, null("float64"))
    star_high = ibis.cases((statistic == "count", 4.0), (statistic == "percentage", 100.0), else_=null("float64"))
    return ifelse(is_star, star_low, low), ifelse(is_star, star_high, high)


# Written as cases, not as the greater of two: the engine's `greatest` takes the other
# number where one is null, and a cell without a figure would come out as 0.
def _printed_ends(value: ibis.Value, statistic: ibis.Value, level: ibis.Value) -> tuple[ibis.Value, ibis.Value]:
    margin = _margin(statistic, level)
    low, high = value - margin, value + margin
    is_printed_five = (statistic == "count") & (level != "england") & (value == 5)
    return (
        ibis.cases(
            (is_printed_five, 5.0),
            (statistic.isin(_NOT_BELOW_NOTHING) & (low < 0), 0.0),
            else_=low,
        ),
        ifelse((statistic == "percentage") & (high > 100), 100.0, high),
    )


def _margin(statistic: ibis.Value, level: ibis.Value) -> ibis.Value:
    is_england = level == "england"
    return ibis.cases(
        (statistic.isin(_NEVER_ROUNDED), 0.0),
        (statistic.isin(_EXACT_IN_ENGLAND) & is_england, 0.0),
        (statistic == "count", 2.0),
        (statistic == "sum", null("float64")),
        ((statistic == "percentage") & ~is_england, 0.5),
        else_=0.05,
    )
