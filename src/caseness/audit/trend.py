"""How each figure moves: months against what chance does, years against the years before."""

from __future__ import annotations

from dataclasses import dataclass

from caseness.audit.quantity import Quantity
from caseness.periods import Period


@dataclass(frozen=True)
class MonthPoint:
    """One month of an XmR chart.

    `mean`, `lower` and `upper` are the limits of its phase, None where there are none.
    `rule` is the first Making Data Count rule that fires, or "". `verdict` is one of
    common cause, improvement, concern, high, low and no data. A month known only within
    bounds is not judged: its verdict is no data and its bounds are in `quantity`.
    """

    period: Period
    quantity: Quantity
    phase: int
    mean: float | None
    lower: float | None
    upper: float | None
    rule: str
    verdict: str


@dataclass(frozen=True)
class MonthSeries:
    """The months of one figure on the monthly basis. `breaks` are the months where a phase opens, with the reason."""

    basis: str
    points: tuple[MonthPoint, ...]
    breaks: tuple[tuple[Period, str], ...]
    target: float | None
    assurance: str | None
    short_phases: tuple[int, ...]


@dataclass(frozen=True)
class YearPoint:
    """One year, compared with the earlier years on the same basis only.

    `difference` is from the year before: percentage points for a percentage, else in the
    unit of the figure; None where either year is unknown. `lowest_since` is the last
    earlier year that was as low or lower; `lowest_of_years` how many of the latest known
    years, this one included, it is the strict lowest of (1 means lower than none). The same
    for highest. `is_record_low` and `is_record_high`: lowest or highest of all known
    years so far. All are None or False where the year or its rank is not certain.
    """

    period: Period
    quantity: Quantity
    difference: Quantity | None
    lowest_since: Period | None
    lowest_of_years: int | None
    highest_since: Period | None
    highest_of_years: int | None
    is_record_low: bool
    is_record_high: bool
    remark: str


@dataclass(frozen=True)
class YearSeries:
    """The years of one figure on one basis, in order. Years are never compared across bases."""

    basis: str
    points: tuple[YearPoint, ...]


@dataclass(frozen=True)
class Trend:
    """One figure over time, for one organisation.

    `better` is higher, lower or neutral. `numerator` and `denominator` say in words what
    is divided by what ("" for a plain count).
    """

    id: str
    label: str
    unit: str
    better: str
    numerator: str
    denominator: str
    organisation: str
    months: MonthSeries | None
    years: tuple[YearSeries, ...]
