"""`caseness promise`."""

from __future__ import annotations

from pathlib import Path

import click

from caseness.audit.cost import price
from caseness.audit.natural import estimate
from caseness.audit.promise import Employment, Promise, Reading, hold_against
from caseness.audit.promise.employment import NOT_BENEFITS, list_doubts
from caseness.audit.record import gather
from caseness.audit.subject import choose
from caseness.cli.options import (
    about_option,
    assumptions_option,
    open_assumptions,
    open_source,
    output_options,
    releases_option,
)
from caseness.cli.show import Table, answer, working
from caseness.disclosure import release
from caseness.results import ANNUAL


@click.command(name="promise")
@releases_option()
@about_option()
@assumptions_option()
@output_options()
def command(
    releases: Path | None,
    period: str | None,
    organisation: str | None,
    assumptions: Path | None,
    as_json: bool,
    out: Path | None,
    formats: tuple[str, ...],
) -> None:
    """What was promised for the programme, what happened, and from which step the difference comes."""
    assumed = open_assumptions(assumptions)
    released = release(open_source(releases))
    with working("Holding the promise against the record ..."):
        record = gather(released)
        chosen = choose(record, period, organisation)
        costs = price(record, chosen, estimate(record, released, chosen, assumed), assumed)
        promise = hold_against(record, released, chosen, costs, assumed)
    answer(_tables(promise, f"{chosen.name}, {chosen.period.label}"), promise, as_json, out, formats)


def _tables(promise: Promise, title: str) -> list[Table]:
    if promise.main is None:
        why = promise.why_blank or "This reading needs a count that was not published."
        blank = Table("promise", f"The promise and the result: {title}", ("Step",), (), (why,))
        return [blank, *_employment(promise.employment)]
    tables = [_steps(promise.main, title), _terms(promise, title), _money(promise, title)]
    return [*tables, *_employment(promise.employment)]


def _steps(reading: Reading, title: str) -> Table:
    rows = tuple(
        (one.label, one.promised, one.happened, one.promised_share, one.happened_share, one.happened_of_100)
        for one in reading.steps
    )
    columns = ("Step", "Promised", "Happened", "Share promised", "Share happened", "Of 100")
    heading = f"The promise and the result: {title} ({reading.basis})"
    return Table("promise", heading, columns, rows, (f"Reading: {reading.label}.",))


def _terms(promise: Promise, title: str) -> Table:
    rows = tuple(
        (reading.label, label, number)
        for reading in promise.readings
        for label, number in (*((one.label, one.recoveries) for one in reading.terms), ("All", reading.shortfall))
    )
    note = "Below nothing: the step did better than promised."
    return Table(
        "promise-terms", f"Fewer recoveries than promised: {title}", ("Reading", "Step", "Fewer"), rows, (note,)
    )


def _money(promise: Promise, title: str) -> Table:
    rows = tuple((one.label, one.promised, one.happened) for one in promise.money)
    would_need = next(one for one in promise.money if one.id == "break_even")
    notes = (
        "Promised in the money of 2006-07. Nobody who was treated is followed off benefits.",
        f"{would_need.label}: {would_need.note}",
    )
    return Table("promise-money", f"The money: {title}", ("Line", "Promised", "Happened"), rows, notes)


def _employment(employment: Employment) -> list[Table]:
    if not employment.source:
        return []
    added = (employment.out_of_work,) if employment.out_of_work else ()
    rows = tuple(
        (one.label, one.finished, one.ends[0], one.stated, one.employed, one.least, one.most)
        for one in (*employment.starts, *added)
    )
    columns = ("At the start", "Finished", "Employed at the end", "Stated at the end", "Of stated", "Least", "Most")
    notes = (NOT_BENEFITS, *list_doubts(employment))
    heading = f"Employment at the end of treatment by employment at the start: {employment.year.label} ({ANNUAL})"
    return [Table("promise-employment", heading, columns, rows, notes)]
