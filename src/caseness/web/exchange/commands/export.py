"""Export the record of a service into a folder on this machine."""

from __future__ import annotations

from pathlib import Path

import click
from django.utils import timezone

from caseness.cli.show import working
from caseness.web.exchange.exporting import export_record
from caseness.web.services.named import find_service


@click.command("export")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--service", "code", metavar="CODE", help="The provider code of the service. Not needed where there is one."
)
@click.option(
    "--with-words",
    is_flag=True,
    help="Also goals, circumstances and the notes of ending reviews. They may name somebody.",
)
def command(folder: Path, code: str | None, with_words: bool) -> None:
    """Write the record of a service into DIR, month by month, as `caseness check` and `caseness measures` read it.

    It holds personal data. Names and notes of therapists are never in it.
    """
    service = find_service(code)
    with working("Exporting ..."):
        done = export_record(service=service, to=folder, by=None, now=timezone.now(), with_words=with_words)
    click.echo(f"Wrote {folder}: {done.months[0]} to {done.months[-1]}, {sum(done.rows.values()):,} rows.")
