"""`caseness natural`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from caseness.audit.natural import Natural, estimate
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


@click.command(name="natural")
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
    """Who might have recovered anyway, by several estimates side by side, and what remains.

    A curve of your own goes into a file that is given with --assumptions.
    """
    released = release(open_source(releases))
    with working("Laying out the record ..."):
        record = gather(released)
    chosen = choose(record, period, organisation)
    natural = estimate(record, released, chosen, open_assumptions(assumptions))
    answer(list(_tables(natural, f"{chosen.name}, {chosen.period.label}")), natural, as_json, out, formats)


def _tables(natural: Natural, title: str) -> Iterator[Table]:
    yield _estimates(natural, title)
    if natural.bands:
        yield _bands(natural, title)
    if natural.remainders:
        yield _remainders(natural, title)
    if natural.durations:
        yield _durations(natural, title)
    yield Table(
        "natural-behind",
        f"Behind the estimates: {title}",
        ("Estimate", "Number", "Value", "Note"),
        tuple((one.label, line.label, line.number, line.note) for one in natural.estimators for line in one.lines),
    )


def _estimates(natural: Natural, title: str) -> Table:
    time = natural.time_at_risk
    rows = tuple(
        (one.label, one.rate, one.applicability.grade, one.place, one.rate.interval) for one in natural.estimators
    )
    days = (time.days.value, time.days.low, time.days.high)
    at_risk = "Mean time at risk: {:.0f} days ({:.0f} to {:.0f}). ".format(*days) + time.how
    columns = ("Estimate", "Natural recovery", "Grade", "In the band", "The interval is")
    return Table("natural", f"Natural recovery, of those judged: {title}", columns, rows, (at_risk, *natural.absent))


def _bands(natural: Natural, title: str) -> Table:
    rows = tuple(
        (one.basis, one.observed, one.natural, one.specific, one.additional, one.verdict) for one in natural.bands
    )
    columns = ("Basis", "Observed", "Natural", "Remains", "People", "Verdict")
    note = f"Natural: from the lowest to the highest end of the estimates of grade {natural.least_grade} or better."
    return Table("natural-band", f"What remains: {title}", columns, rows, (note,))


def _remainders(natural: Natural, title: str) -> Table:
    rows = tuple((one.basis, one.label, one.specific, one.additional, one.verdict) for one in natural.remainders)
    columns = ("Basis", "Estimate", "Remains", "People", "Verdict")
    note = "This is no controlled comparison: what remains is not what treatment caused."
    return Table("natural-remainders", f"What each estimate leaves: {title}", columns, rows, (note,))


def _durations(natural: Natural, title: str) -> Table:
    rows = tuple((one.months, one.natural, one.specific, one.verdict) for one in natural.durations)
    columns = ("Duration", "Natural", "Remains", "Verdict")
    heading = f"What the assumed duration alone does: {title} ({natural.durations[0].basis})"
    return Table("natural-durations", heading, columns, rows)
