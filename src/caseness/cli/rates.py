"""`caseness rates`."""

from __future__ import annotations

from pathlib import Path

import click

from caseness.audit.counts import COUNTS
from caseness.audit.denominators import Grid
from caseness.audit.quantity import Quantity
from caseness.audit.rates import Recomputed, recompute
from caseness.audit.subject import choose
from caseness.cli.options import about_option, gather_record, output_options, releases_option
from caseness.cli.show import Table, answer

_AGREES = {True: "yes", False: "NO"}


@click.command(name="rates")
@releases_option()
@about_option()
@output_options()
def command(
    releases: Path | None,
    period: str | None,
    organisation: str | None,
    as_json: bool,
    out: Path | None,
    formats: tuple[str, ...],
) -> None:
    """Every published rate recomputed from its counts, and each count over every denominator."""
    record = gather_record(releases)
    chosen = choose(record, period, organisation)
    rates = recompute(record, chosen.period, chosen.organisation)
    title = f"{chosen.name}, {chosen.period.label}"
    tables = [_printed_table(rates.recomputed, title), *(_grid_table(grid, title) for grid in rates.grids)]
    answer(tables, rates, as_json, out, formats)


def _printed_table(recomputed: tuple[Recomputed, ...], title: str) -> Table:
    rows = tuple(
        (one.label, one.formula.text, one.basis, one.printed, one.recomputed, _agrees(one)) for one in recomputed
    )
    columns = ("Rate", "Formula", "Basis", "Printed", "Recomputed", "Agrees")
    return Table("rates", f"Published rates recomputed: {title}", columns, rows)


def _agrees(one: Recomputed) -> str:
    return one.why if one.agrees is None else _AGREES[one.agrees]


def _grid_table(grid: Grid, title: str) -> Table:
    def cells(numerator: str) -> tuple[Quantity, ...]:
        return tuple(grid.cell(numerator, denominator).share for denominator in grid.denominators)

    return Table(
        f"denominators-{grid.basis.replace(' ', '-')}",
        f"Shares of each denominator: {title} ({grid.basis})",
        ("", *(COUNTS[name].label for name in grid.denominators)),
        tuple((COUNTS[name].label, *cells(name)) for name in grid.numerators),
        ("Referrals received and accessing services are other people than those whose referral ended.",),
    )
