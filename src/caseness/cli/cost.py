"""`caseness cost`."""

from __future__ import annotations

from pathlib import Path

import click

from caseness.audit.cost import Costs, price
from caseness.audit.cost.model import Swing
from caseness.audit.natural import estimate
from caseness.audit.record import gather
from caseness.audit.spelling import spell
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


@click.command(name="cost")
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
    """What it cost in all, what that is for each result, and which assumption moves it most."""
    assumed = open_assumptions(assumptions)
    released = release(open_source(releases))
    with working("Laying out the record ..."):
        record = gather(released)
    chosen = choose(record, period, organisation)
    costs = price(record, chosen, estimate(record, released, chosen, assumed), assumed)
    answer(_tables(costs, f"{chosen.name}, {chosen.period.label}"), costs, as_json, out, formats)


def _tables(costs: Costs, title: str) -> list[Table]:
    totals = tuple((one.label, one.basis, one.price_year, one.total, one.how) for one in costs.totals)
    per = tuple((one.label, one.total_id.replace("_", " "), one.basis, one.cost, one.note.strip()) for one in costs.per)
    of_all, of_one = ("Total", "Basis", "Prices of", "Cost", "How"), ("One", "Of", "Counted by", "Cost", "Note")
    return [
        Table("cost", f"What it cost in all: {title}", of_all, totals, costs.remarks),
        Table("cost-per-result", f"What one result cost: {title}", of_one, per),
        *([_repriced(costs, title)] if costs.repriced else []),
        _swings(costs, title),
    ]


def _repriced(costs: Costs, title: str) -> Table:
    rows = tuple(
        (one.label, one.total_id.replace("_", " "), one.basis, one.price_year, one.cost, one.source)
        for one in costs.repriced
    )
    columns = ("One", "Of", "Counted by", "Money of", "Cost", "Index")
    return Table("cost-repriced", f"The same in the money of another year, by your index: {title}", columns, rows)


def _swings(costs: Costs, title: str) -> Table:
    rows = tuple((tornado.label, one.label, *_ends(one)) for tornado in costs.tornadoes for one in tornado.swings)
    columns = ("Cost of one", "Assumption", "Low end", "High end")
    return Table("cost-tornado", f"Each assumption moved alone: {title}", columns, rows)


def _ends(one: Swing) -> tuple[str, str]:
    low, high = (spell(end) if end.is_known else "no price" for end in (one.at_low, one.at_high))
    return f"{low} at {one.low_setting}", f"{high} at {one.high_setting}"
