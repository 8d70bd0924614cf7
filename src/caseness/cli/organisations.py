"""`caseness organisations`."""

from __future__ import annotations

from pathlib import Path

import click

from caseness.cli.options import gather_record, output_options, releases_option
from caseness.cli.show import Table, answer


@click.command(name="organisations")
@click.argument("text", required=False)
@releases_option()
@output_options()
def command(
    text: str | None, releases: Path | None, as_json: bool, out: Path | None, formats: tuple[str, ...]
) -> None:
    """The organisations in a record, with their codes.

    TEXT keeps those whose code or name holds it.
    """
    record = gather_record(releases)
    rows = [
        {"code": code, "name": record.names.get(code, code), "level": record.levels[code]}
        for code in record.organisations
    ]
    kept = [row for row in rows if not text or text.casefold() in f"{row['code']} {row['name']}".casefold()]
    table = Table(
        "organisations",
        f"{len(kept)} of {len(rows)} organisations",
        ("Code", "Name", "Level"),
        tuple((row["code"], row["name"], row["level"]) for row in kept),
    )
    answer([table], kept, as_json, out, formats)
