"""Years against the years before, on one basis: how far from the last, and lowest or highest since when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from caseness.audit.quantity import Quantity
from caseness.periods import Period

_LEAST_TO_RANK = 2


@dataclass(frozen=True)
class YearPoint:
    """One year, compared with the earlier known years on the same basis only.

    `difference` is from the year before: in points for a percentage, else in the unit of
    the figure; None where either year is unknown. `lowest_since` is the last earlier year
    that was as low or lower, None where there was none or it is not certain.
    `lowest_of_years` is the number of latest known years, this one included, of which it
    is the lowest for certain: 1 means only of itself. `is_record_low`: lower than every
    known year before it. The same for highest.
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


def compare_years(
    basis: str, years: Sequence[tuple[Period, Quantity]], remarks: Mapping[Period, str] = MappingProxyType({})
) -> YearSeries:
    """Compare each year with those before it.

    Parameters
    ----------
    basis : str
    years : sequence of (Period, Quantity), in order of time
        Only years of which something is known.
    remarks : mapping of Period to str
        What a reader must know of a year, such as a break.

    Examples
    --------
    >>> from caseness.periods import financial_year
    >>> rates = {2018: 52.1, 2019: 51.1, 2020: 51.4, 2021: 50.2}
    >>> years = [(financial_year(year), Quantity(rate, rate, rate, "percentage")) for year, rate in rates.items()]
    >>> last = compare_years("annual report", years).points[-1]
    >>> round(last.difference.value, 1), last.lowest_of_years, last.is_record_low
    (-1.2, 4, True)
    """
    return YearSeries(
        basis, tuple(_point(years[: number + 1], remarks.get(period, "")) for number, (period, _) in enumerate(years))
    )


def difference(later: Quantity, earlier: Quantity) -> Quantity:
    """How far one quantity is from another: percentages in points, anything else in its unit.

    >>> difference(Quantity(None, 5.0, 7.0, reason="suppressed"), Quantity(3.0, 3.0, 3.0)).low
    2.0
    """
    unit = "points" if later.unit == "percentage" else later.unit
    low, high = _less(later.low, earlier.high), _less(later.high, earlier.low)
    value = _less(later.value, earlier.value)
    reason = (later.reason or earlier.reason) if value is None else None
    return Quantity(value, low, high, unit, reason)


def _point(years: Sequence[tuple[Period, Quantity]], remark: str) -> YearPoint:
    *before, (period, quantity) = years
    known = dict(before)
    last = known.get(period.previous())
    lower, higher = _standing(before, quantity, _is_above), _standing(before, quantity, _is_below)
    gap = (
        "" if last is not None or not before else f"The year before is not known; compared with {before[-1][0].label}."
    )
    return YearPoint(
        period,
        quantity,
        None if last is None else difference(quantity, last),
        lower.since,
        lower.of_years,
        higher.since,
        higher.of_years,
        lower.is_record,
        higher.is_record,
        " ".join(part for part in (remark, gap) if part),
    )


@dataclass(frozen=True)
class _Standing:
    of_years: int
    since: Period | None
    is_record: bool


# Walk back while each earlier year is beyond this one for certain. What stops the walk is either a
# year that is as low for certain (then it is named), or one of which the rounding leaves it open.
def _standing(
    before: Sequence[tuple[Period, Quantity]], quantity: Quantity, is_beyond: Callable[[Quantity, Quantity], bool]
) -> _Standing:
    counted = 1
    for period, earlier in reversed(before):
        if not is_beyond(earlier, quantity):
            is_certain = is_beyond(quantity, earlier) or (earlier.is_exact and quantity.is_exact)
            return _Standing(counted, period if is_certain else None, False)
        counted += 1
    return _Standing(counted, None, counted >= _LEAST_TO_RANK)


def _is_above(one: Quantity, other: Quantity) -> bool:
    return one.low is not None and other.high is not None and one.low > other.high


def _is_below(one: Quantity, other: Quantity) -> bool:
    return _is_above(other, one)


def _less(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other
