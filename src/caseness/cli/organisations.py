"""`caseness organisations`."""

from __future__ import annotations

from pathlib import Path

import click

from caseness.audit.subject import list_organisations
from caseness.cli.options import gather_record, output_options, releases_option
from caseness.cli.show import Table, answer


@click.command(name="organisations")
@click.argument("text", required=False)
@releases_option()
@output_options()
def command(text: str | None, releases: Path | None, as_json: bool, out: Path | None, formats: tuple[str, ...]) -> None:
    """The organisations in a record, with their codes.

    TEXT keeps those whose code or name holds it.
    """
    record = gather_record(releases)
    listed = list_organisations(record)
    kept = [one for one in listed if not text or text.casefold() in f"{one.code} {one.name}".casefold()]
    table = Table(
        "organisations",
        f"{len(kept)} of {len(listed)} organisations",
        ("Code", "Name", "Level", "ICB", "Region"),
        tuple((one.code, one.name, one.level, one.icb or "", one.region or "") for one in kept),
    )
    answer([table], kept, as_json, out, formats)
