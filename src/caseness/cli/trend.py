"""`caseness trend`."""

from __future__ import annotations

from pathlib import Path

import click

from caseness.audit.subject import choose
from caseness.audit.trend import MonthSeries, Trend, YearPoint, YearSeries, follow
from caseness.cli.options import gather_record, output_options, releases_option
from caseness.cli.show import Table, answer
from caseness.errors import UnknownName
from caseness.programme import load


@click.command(name="trend")
@click.argument("figures", nargs=-1)
@releases_option()
@click.option("--organisation", help="A code, or a name that only one organisation has. Without it: England.")
@output_options()
def command(
    figures: tuple[str, ...],
    releases: Path | None,
    organisation: str | None,
    as_json: bool,
    out: Path | None,
    formats: tuple[str, ...],
) -> None:
    """Months with limits and special causes, and years with differences and what is lowest since when.

    FIGURES keeps those trends (recovery_rate, say); without it the years of all are shown.
    """
    record = gather_record(releases)
    chosen = choose(record, None, organisation)
    trends = follow(record, chosen.organisation, load("england"))
    kept = _keep(trends, figures)
    tables = [table for trend in kept for table in _tables(trend, chosen.name, with_months=bool(figures))]
    answer(tables, kept, as_json, out, formats)


def _keep(trends: tuple[Trend, ...], figures: tuple[str, ...]) -> tuple[Trend, ...]:
    known = [trend.id for trend in trends]
    for figure in figures:
        if figure not in known:
            raise UnknownName("trend", figure, known, f"There are: {', '.join(known)}.")
    return tuple(trend for trend in trends if not figures or trend.id in figures)


def _tables(trend: Trend, name: str, with_months: bool) -> list[Table]:
    years = [_years_table(trend, series, name) for series in trend.years]
    return [*years, _months_table(trend, trend.months, name)] if with_months and trend.months else years


def _years_table(trend: Trend, series: YearSeries, name: str) -> Table:
    return Table(
        f"trend-{trend.id}-{series.basis.replace(' ', '-')}",
        f"{trend.label}: {name}, by year ({series.basis})",
        ("Year", trend.unit, "Change", "Standing"),
        tuple((one.period.label, one.quantity, one.difference or "", _standing(one)) for one in series.points),
    )


def _standing(point: YearPoint) -> str:
    standings = (
        (point.is_record_low, "lowest so far"),
        (point.is_record_high, "highest so far"),
        (_is_rank(point.lowest_of_years), f"lowest of {point.lowest_of_years} years"),
        (_is_rank(point.highest_of_years), f"highest of {point.highest_of_years} years"),
    )
    said = next((text for holds, text in standings if holds), "")
    return "; ".join(part for part in (said, point.remark) if part)


def _is_rank(years: int | None) -> bool:
    return years is not None and years > 2


def _months_table(trend: Trend, series: MonthSeries, name: str) -> Table:
    rows = tuple(
        (one.period.label, one.quantity, _limit(one.lower), _limit(one.mean), _limit(one.upper), one.verdict, one.rule)
        for one in series.points
    )
    return Table(
        f"trend-{trend.id}-months",
        f"{trend.label}: {name}, by month",
        ("Month", trend.unit, "Lower", "Mean", "Upper", "Verdict", "Rule"),
        rows,
        tuple(f"{period.label}: {note}" for period, note in series.breaks),
    )


def _limit(number: float | None) -> str:
    return "" if number is None else f"{number:,.1f}"
