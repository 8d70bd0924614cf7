"""`caseness synthesise`."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import click

from caseness.cli.show import Table, answer, working
from caseness.report.synthetic_page import write_margins
from caseness.synthetic.facts import load_facts
from caseness.synthetic.margins import compare_margins
from caseness.synthetic.planting import KINDS
from caseness.synthetic.request import ERROR_RATE, NATIONAL, SHAPES, Request, usual_lead_in
from caseness.synthetic.synthesis import MANIFEST, Made, synthesise
from caseness.synthetic.writing import SAYS


@click.command(name="synthesise")
@click.option("--referrals", type=int, required=True, help="How many referrals are received over the months.")
@click.option("--months", type=int, default=12, show_default=True, help="How many months the record covers.")
@click.option("--seed", type=int, required=True, help="The same seed gives the same record, byte for byte.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="A new or empty folder for the record.")
@click.option("--shape", type=click.Choice(SHAPES), default=NATIONAL, show_default=True, help="Who the record is of.")
@click.option("--truth", type=click.Path(path_type=Path), help="A folder for the truth, outside the record.")
@click.option(
    "--first-month", type=click.DateTime(["%Y-%m"]), default="2024-04", show_default=True, help="Its first month."
)
@click.option(
    "--lead-in",
    type=int,
    help="Months before, whose open referrals are in it too. Without it: 12 for a country, none for a service or a practice.",
)
@click.option(
    "--errors",
    type=float,
    default=ERROR_RATE,
    show_default=True,
    help="Share of rows with a planted error of each kind.",
)
@click.option(
    "--workers", type=click.IntRange(1), help="Processes that work on it. Without it: one for each processor."
)
@click.option(
    "--report", type=click.Path(path_type=Path), help="A folder for the comparison with the published figures."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON to standard output.")
def command(
    referrals: int,
    months: int,
    seed: int,
    out: Path,
    shape: str,
    truth: Path | None,
    first_month: datetime,
    lead_in: int | None,
    errors: float,
    workers: int | None,
    report: Path | None,
    as_json: bool,
) -> None:
    """Make up a record of people who do not exist, for tests, training and tutorials."""
    led_in = usual_lead_in(shape) if lead_in is None else lead_in
    request = Request(referrals, months, seed, shape, first_month.date(), errors, led_in)
    with working(f"Making up {referrals:,} referrals ..."):
        made = synthesise(request, out, truth, workers or os.cpu_count() or 1)
    compared = _compare(made, report) if report else ()
    answer([_rows(made), _planted(made), *compared], _content(made), as_json, None, ())


def _compare(made: Made, report: Path) -> tuple[Table, ...]:
    with working("Setting it beside the published figures ..."):
        facts = load_facts()
        margins = compare_margins(made.folder, facts)
        write_margins(margins, facts, made.folder.name, report)
    off = tuple(
        (margin.chapter, margin.title, f"{margin.distance:.3g}", f"{margin.tolerance:g}")
        for margin in margins
        if margin.is_within is False
    )
    compared = sum(margin.is_within is not None for margin in margins)
    title, note = (
        f"Margins that are off: {len(off)} of {compared}",
        f"SYNTHETIC. The page, margins.html, is in {report}.",
    )
    return (Table("margins", title, ("Chapter", "Margin", "Distance", "Tolerance"), off, (note,)),)


def _rows(made: Made) -> Table:
    counts = tuple((table_id, f"{count:,}") for table_id, count in made.rows.items())
    return Table("rows", f"Synthetic record in {made.folder}", ("Table", "Rows"), counts, (SAYS,))


def _planted(made: Made) -> Table:
    counts = tuple(
        (
            kind.name,
            kind.rule,
            f"{made.planted.get(kind.name, 0):,}",
            f"{made.planted_rows.get(kind.name, 0):,}",
            kind.says,
        )
        for kind in KINDS
    )
    columns = ("Kind", "Rule that finds it", "Errors", "Rows", "What is wrong")
    return Table("planted", "Errors planted", columns, counts, (f"{MANIFEST} in the folder holds these counts.",))


def _content(made: Made) -> dict[str, object]:
    return {"synthetic": SAYS, "folder": str(made.folder), "rows": made.rows, "planted": dict(made.planted)}
