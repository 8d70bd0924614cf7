"""Year by year: each figure beside the years before it, on one basis at a time."""

from __future__ import annotations

from caseness.audit.quantity import Quantity, nothing
from caseness.audit.run import Audit
from caseness.audit.trend import Trend
from caseness.audit.years import YearPoint, YearSeries
from caseness.periods import Period
from caseness.report.blocks import Block, Figure, Grid, absent
from caseness.report.charts.lines import STYLES, Series, draw_lines
from caseness.report.sections.story import bases_text
from caseness.report.sentence import Sentence, say
from caseness.report.table import Cell, Table, numbers, words
from caseness.results import ANNUAL

# The outcomes that the annual report has printed longest. All are drawn, the good and the bad alike.
_DRAWN = ("recovery_rate", "reliable_recovery_rate", "reliable_improvement_rate", "reliable_deterioration_rate")
_FEWEST_YEARS = 3

_Row = tuple[Trend, str, YearPoint]


def tell_years(audit: Audit) -> list[Block]:
    """The blocks about years."""
    rows = [(trend, series.basis, point) for trend in audit.trends for series in trend.years for point in series.points]
    if not rows:
        return [absent("No whole year was published for this organisation.")]
    year = audit.subject.period.financial_year()
    now = [row for row in rows if row[2].period == year]
    blocks: list[Block] = [_figure(audit, one) for one in _drawn_bases(audit)]
    blocks += (
        [_grid(f"years-{year.label}", f"{audit.subject.name}, {year.label}, beside the years before", now)]
        if now
        else []
    )
    return [*blocks, _grid("years", f"Every figure of {audit.subject.name} by year", rows)]


def _grid(name: str, caption: str, rows: list[_Row]) -> Grid:
    columns = (
        words("figure", "Figure"), words("basis", "Basis"), words("year", "Year"), numbers("value", "Value"),
        numbers("difference", "Change on the year before", sign=True), words("lowest", "Lowest"), words("highest", "Highest"),
        words("remark", "Remark"),
    )  # fmt: skip
    cells = tuple((trend.label, basis, *_cells(point)) for trend, basis, point in rows)
    notes = (
        "A year is compared with earlier years on the same basis only. Lowest and highest are said only where they are certain.",
    )
    return Grid(Table(name, caption, columns, cells, notes), bases_text([basis for _, basis, _ in rows]))


def _cells(point: YearPoint) -> tuple[Cell, ...]:
    difference = "" if point.difference is None else point.difference
    lowest = _rank("lowest", point.lowest_since, point.lowest_of_years, point.is_record_low)
    highest = _rank("highest", point.highest_since, point.highest_of_years, point.is_record_high)
    return (point.period.label, point.quantity, difference, lowest, highest, point.remark)


def _rank(word: str, since: Period | None, of_years: int | None, is_record: bool) -> str:
    if not of_years or of_years < _FEWEST_YEARS:
        return ""
    return (
        f"{word} of all {of_years} years"
        if is_record
        else f"{word} of {of_years} years" + (f", since {since.label}" if since else "")
    )


def _drawn_bases(audit: Audit) -> list[str]:
    """The basis of the longest series: the annual report, where it has enough years."""
    longest = {
        series.basis: len(series.points) for trend in audit.trends if trend.id in _DRAWN for series in trend.years
    }
    enough = [basis for basis, number in longest.items() if number >= _FEWEST_YEARS]
    return [ANNUAL] if ANNUAL in enough else enough[:1]


def _figure(audit: Audit, basis: str) -> Figure:
    chosen = [
        (trend, series)
        for trend in audit.trends
        if trend.id in _DRAWN
        for series in trend.years
        if series.basis == basis
    ]
    years = sorted({point.period for _, series in chosen for point in series.points})
    lines = [Series(trend.label, _over(series, years)) for trend, series in chosen]
    return Figure(
        id="fig-years",
        heading=f"Outcomes by year, {audit.subject.name}, {years[0].label} to {years[-1].label}",
        alternative=_alternative(chosen),
        describe=lambda width: draw_lines(years, lines, (), "%", width),
        table=_table(chosen, years),
        citation=_citation(audit, chosen[0]),
        basis=basis,
        key=tuple((f"line-{i % len(STYLES)}", trend.label) for i, (trend, _) in enumerate(chosen)),
    )


def _over(series: YearSeries, years: list[Period]) -> tuple[Quantity, ...]:
    known = {point.period: point.quantity for point in series.points}
    return tuple(known.get(year) or nothing("percentage") for year in years)


def _alternative(chosen: list[tuple[Trend, YearSeries]]) -> Sentence:
    parts = [
        part
        for trend, series in chosen
        for first, last in [(series.points[0], series.points[-1])]
        for part in (
            f"{trend.label}: ",
            first.quantity,
            f" in {first.period.label}, ",
            last.quantity,
            f" in {last.period.label}",
            "; ",
        )
    ]
    return say("Lines over years. ", *parts[:-1], ".")


def _table(chosen: list[tuple[Trend, YearSeries]], years: list[Period]) -> Table:
    columns = (words("year", "Year"), *(numbers(trend.id, trend.label) for trend, _ in chosen))
    found = [{point.period: point.quantity for point in series.points} for _, series in chosen]
    rows = tuple((year.label, *(known.get(year, "") for known in found)) for year in years)
    return Table("outcomes-by-year", f"Outcomes by year, {years[0].label} to {years[-1].label}", columns, rows)


def _citation(audit: Audit, told: tuple[Trend, YearSeries]) -> Sentence:
    trend, series = told
    last = series.points[-1]
    remark = _rank("lowest", last.lowest_since, last.lowest_of_years, last.is_record_low) or _rank(
        "highest", last.highest_since, last.highest_of_years, last.is_record_high
    )
    return say(
        f"{audit.subject.name}, {last.period.label}: {trend.label[:1].lower()}{trend.label[1:]} ",
        last.quantity,
        f" ({remark})." if remark else ".",
    )
