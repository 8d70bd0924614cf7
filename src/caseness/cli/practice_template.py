"""`caseness practice-template`."""

from __future__ import annotations

from pathlib import Path

import click

from caseness.instruments import instrument
from caseness.read.practice.template import write_template

USUAL = ("core10",)


@click.command(name="practice-template")
@click.option(
    "--instrument",
    "names",
    multiple=True,
    help="A questionnaire, such as core10 or phq9 (see `caseness instruments`). Repeat for more; without it: core10.",
)
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The file to write: .csv or .xlsx."
)
def command(names: tuple[str, ...], out: Path) -> None:
    """Write an empty practice sheet: its headers, with one line of help for each.

    Fill it in, and read it with `caseness record SHEET --profile practice`.
    """
    write_template(out, [instrument(name) for name in names or USUAL])
    click.echo(f"Wrote {out}", err=True)
