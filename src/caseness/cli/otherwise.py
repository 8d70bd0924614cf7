"""`caseness otherwise`."""

from __future__ import annotations

from pathlib import Path

import click

from caseness.audit.cost import price
from caseness.audit.natural import estimate
from caseness.audit.otherwise import Otherwise, compare_spending
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


@click.command(name="otherwise")
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
    """Scenarios of what the same money could buy, on the programme's own yardstick."""
    assumed = open_assumptions(assumptions)
    released = release(open_source(releases))
    with working("Laying out the record ..."):
        record = gather(released)
    chosen = choose(record, period, organisation)
    natural = estimate(record, released, chosen, assumed)
    costs = price(record, chosen, natural, assumed)
    otherwise = compare_spending(costs, natural, chosen, assumed)
    answer([_table(otherwise, f"{chosen.name}, {chosen.period.label}")], otherwise, as_json, out, formats)


def _table(otherwise: Otherwise, title: str) -> Table:
    columns = ("Bought", "For one person", "Additional recoveries for a million", "Grade", "Standing")
    rows = tuple((one.label, one.price, one.per_million, one.grade, one.status) for one in otherwise.purchases)
    notes = (otherwise.absent,) if otherwise.absent else ("Scenarios to be changed, not findings.",)
    return Table("otherwise", f"What the money could buy otherwise: {title}", columns, rows, notes)
