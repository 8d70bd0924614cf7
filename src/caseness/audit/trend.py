"""How each figure moves: months against what chance does, years against the years before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from caseness.audit.counts import COUNTS, count
from caseness.audit.cube import Cell, Cube
from caseness.audit.quantity import Quantity, nothing, quantity_of
from caseness.audit.record import Record
from caseness.audit.terms import add_up, read_terms
from caseness.audit.trend_table import FOLLOWED, Followed
from caseness.audit.years import YearPoint, YearSeries, compare_years
from caseness.periods import Period, walk
from caseness.programme import Programme
from caseness.programme.model import Break
from caseness.results import ANNUAL, MONTHLY, PRESS, SUMMED
from caseness.stats.bounds import Bounded, share, total
from caseness.stats.spc import Chart, judge

__all__ = ["MonthPoint", "MonthSeries", "Trend", "YearPoint", "YearSeries", "follow"]

_LEAST_MONTHS = 2


@dataclass(frozen=True)
class MonthPoint:
    """One month of an XmR chart.

    `mean`, `lower` and `upper` are the limits of its phase, None where there are none.
    `rule` is the first Making Data Count rule that fires, or "". `verdict` is one of
    common cause, improvement, concern, high, low and no data. A month of which no value
    was printed is not judged: its verdict is no data and its bounds are in `quantity`.
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
    """The months of one figure on the monthly basis, from the first that is known, with none left out.

    `breaks` are the months where a phase opens, with the reason. `target` is the verified
    target in force in the last month, None where there is none. `short_phases` have fewer
    than twelve months: their limits should be read with care.
    """

    basis: str
    points: tuple[MonthPoint, ...]
    breaks: tuple[tuple[Period, str], ...]
    target: float | None
    assurance: str | None
    short_phases: tuple[int, ...]


@dataclass(frozen=True)
class Trend:
    """One figure over time, for one organisation.

    `better` is higher, lower or neutral. `numerator` and `denominator` say in words what
    is divided by what (no denominator for a plain count).
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

    def year(self, basis: str, period: Period) -> YearPoint | None:
        """One year on one basis, or None where it is not known."""
        found = (point for series in self.years if series.basis == basis for point in series.points)
        return next((point for point in found if point.period == period), None)


def follow(record: Record, organisation: str, programme: Programme) -> tuple[Trend, ...]:
    """Follow every declared figure of one organisation through its months and years.

    Parameters
    ----------
    record : Record
    organisation : str
    programme : Programme
        Gives the breaks, at which limits begin anew, and the targets.

    Returns
    -------
    tuple of Trend
        Shares are recomputed from counts, not read as printed. Below England they rest on
        rounded counts: their bounds are given, and their printed values are judged.

    Examples
    --------
    >>> from caseness.audit.record import gather
    >>> from caseness.periods import financial_year
    >>> from caseness.programme import load
    >>> from caseness.published import Embedded
    >>> recovery = follow(gather(Embedded()), "ENGLAND", load("england"))[0]
    >>> year = recovery.year("annual report", financial_year(2021))
    >>> year.lowest_since.label, round(year.difference.value, 1)
    ('2016-17', -1.2)
    """
    return tuple(
        Trend(
            each.id,
            each.label,
            each.unit,
            each.better,
            each.numerator,
            each.denominator,
            organisation,
            _months(record.cube(MONTHLY), each, organisation, programme),
            tuple(_years(record, each, organisation, programme)),
        )
        for each in FOLLOWED
    )


def _series(cube: Cube, followed: Followed, organisation: str) -> list[Quantity]:
    """The figure in every period of a cube."""
    part, whole = _sides(cube, followed)
    made = part if whole is None else share(part, whole, part_of_whole=followed.unit == "percentage")
    column = made[:, cube.organisations.index(organisation)]
    scale = 1.0 if whole is None else followed.per / 100
    scaled = Bounded(column.low * scale, column.high * scale, column.value * scale)
    return [quantity_of(scaled[[row]], followed.unit) for row in range(len(cube.periods))]


def _sides(cube: Cube, followed: Followed) -> tuple[Bounded, Bounded | None]:
    if cube.basis == ANNUAL and followed.annual_whole is not None:
        cells = (*followed.annual_part, followed.annual_whole)
        *parts, whole = (cube.plane(cell.figure_id, cell.wait, cell.band) for cell in cells)
        return total(parts), whole
    return _counted(cube, followed.part), _counted(cube, followed.whole) if followed.whole else None


def _counted(cube: Cube, name: str) -> Bounded:
    return count(cube, name) if name in COUNTS else add_up(cube, read_terms(name))


def _months(cube: Cube, followed: Followed, organisation: str, programme: Programme) -> MonthSeries | None:
    line = _timeline(cube, followed, organisation)
    if sum(each.is_known for each in line.values()) < _LEAST_MONTHS:
        return None
    months = list(line)
    opened = _phases(programme, followed, months)
    target = _target(programme, followed, months[-1])
    values = [np.nan if each.value is None else each.value for each in line.values()]
    chart = judge(values, followed.better, target=target, breaks=[months.index(month) for month, _ in opened])
    points = tuple(_point(month, each, chart, row) for row, (month, each) in enumerate(line.items()))
    return MonthSeries(cube.basis, points, opened, target, chart.assurance, chart.short_phases)


# Releases leave months out: those of March to December 2020 may not be here. A gap in the line keeps
# the months on both sides of it from being taken for neighbours.
def _timeline(cube: Cube, followed: Followed, organisation: str) -> dict[Period, Quantity]:
    if organisation not in cube.organisations:
        return {}
    found = dict(zip(cube.periods, _series(cube, followed, organisation), strict=True))
    known = [month for month, quantity in found.items() if quantity.is_known]
    return (
        {month: found.get(month, nothing(followed.unit)) for month in walk(known[0], cube.periods[-1])} if known else {}
    )


def _point(month: Period, quantity: Quantity, chart: Chart, row: int) -> MonthPoint:
    mean, lower, upper = (_finite(limit[row]) for limit in (chart.mean, chart.lower, chart.upper))
    return MonthPoint(
        month, quantity, int(chart.phase[row]), mean, lower, upper, str(chart.rule[row]), str(chart.verdict[row])
    )


# A break opens a phase, and so does the month after its last where the series then returns.
def _phases(programme: Programme, followed: Followed, months: Sequence[Period]) -> tuple[tuple[Period, str], ...]:
    opened: dict[Period, str] = {}
    for each in _breaks(programme, followed):
        opened.setdefault(each.month, each.what)
        if each.until is not None:
            opened.setdefault(each.until.next(), f"As before {each.month.name}.")
    return tuple((month, why) for month, why in sorted(opened.items()) if month in months[1:])


def _breaks(programme: Programme, followed: Followed) -> tuple[Break, ...]:
    return programme.breaks_in({*_figure_ids(followed.part), *_figure_ids(followed.whole)})


def _figure_ids(name: str) -> tuple[str, ...]:
    if name in COUNTS:
        return (*COUNTS[name].plus, *COUNTS[name].minus)
    return tuple(term.figure_id for term in read_terms(name))


def _target(programme: Programme, followed: Followed, month: Period) -> float | None:
    in_force = programme.targets_for(followed.target, month) if followed.target else ()
    return next((float(target.at_least) for target in in_force if target.verified), None)


def _years(record: Record, followed: Followed, organisation: str, programme: Programme) -> Iterator[YearSeries]:
    breaks = _breaks(programme, followed)
    for basis in (ANNUAL, SUMMED, PRESS):
        cube = record.cube(basis)
        if organisation not in cube.organisations:
            continue
        series = zip(cube.periods, _series(cube, followed, organisation), strict=True)
        known = [(period, each) for period, each in series if each.is_known]
        remarks = {period: " ".join(_remarks(breaks, cube, followed, period, organisation)) for period, _ in known}
        if known:
            yield compare_years(cube.basis, known, remarks)


def _remarks(breaks: Sequence[Break], cube: Cube, followed: Followed, year: Period, organisation: str) -> Iterator[str]:
    yield from (f"Break from {each.month.name}: {each.what}" for each in breaks if each.month in year)
    months = cube.months.get(Cell(_figure_ids(followed.part)[0]))
    if months is not None and (at := cube.index(year, organisation)) and months[at] < len(year.months()):
        yield f"The sum of {months[at]} months: the organisation is not listed in the others."


def _finite(number: float) -> float | None:
    return float(number) if np.isfinite(number) else None
