"""`caseness tables`."""

from __future__ import annotations

from pathlib import Path

import click

from caseness.cli.options import output_options
from caseness.cli.show import Table, answer
from caseness.record import TABLES, Column, table
from caseness.record import Table as RecordTable

NEEDS_NOTE = "Needs: a blank in a mandatory column rejects the row or the file; required is to be given where known."
CODES_NOTE = "`caseness codes NAME` prints the codes of a list, with their meanings."


@click.command(name="tables")
@click.argument("name", required=False, metavar="[TABLE]")
@output_options()
def command(name: str | None, as_json: bool, out: Path | None, formats: tuple[str, ...]) -> None:
    """The tables of the record, or the columns of one.

    TABLE is an id, such as IDS101Referral or IDS101, or a name, such as referral.
    """
    if name is None:
        answer([_all_tables()], TABLES, as_json, out, formats)
        return
    found = table(name)
    answer([_columns(found)], found, as_json, out, formats)


def _all_tables() -> Table:
    rows = tuple((one.id, one.name, one.meaning, _key(one), _parents(one), _versions(one.versions)) for one in TABLES)
    notes = ("Tables that begin with EXT are of our own. They never enter an official submission.",)
    columns = ("Table", "Name", "Holds", "Key", "Parent", "Version")
    return Table("tables", f"{len(TABLES)} tables of the record", columns, rows, notes)


def _columns(found: RecordTable) -> Table:
    columns = ("Column", "Item", "Type", "Need", "Codes", "Version", "Meaning")
    notes = (
        found.meaning,
        f"Key: {_key(found)}." + (f" Parent: {_parents(found)}." if found.parents else ""),
        found.sent,
        NEEDS_NOTE,
        CODES_NOTE,
        f"Source: {found.source}.",
    )
    return Table(found.id, f"{found.id}: {found.title}", columns, tuple(map(_row, found.columns)), notes)


def _row(one: Column) -> tuple[str, ...]:
    former = f" Version 2.0 calls it {one.former_name}." if one.former_name else ""
    kind = f"{one.type} ({one.unit})" if one.unit else one.type
    return one.name, one.uid, kind, one.need, one.codes or "", _versions(one.versions), one.meaning + former


def _key(found: RecordTable) -> str:
    return ", ".join(found.key)


def _parents(found: RecordTable) -> str:
    return ", ".join(parent.table for parent in found.parents)


def _versions(versions: tuple[str, ...]) -> str:
    return ", ".join(versions)
