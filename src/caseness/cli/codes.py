"""`caseness codes`."""

from __future__ import annotations

from pathlib import Path

import click

from caseness.cli.options import output_options
from caseness.cli.show import Table, answer
from caseness.codes import Code, CodeList, code_list, code_lists

OPEN = "An open list: any code of this form is accepted, and those whose meaning is known are listed. Form: {}"
MATCHES = {
    "exact": "",
    "prefix": "and all that begin with it",
    "leading": "and expressions that begin with it",
    "contains": "anywhere in the text",
}


@click.command(name="codes")
@click.argument("name", required=False, metavar="[LIST]")
@output_options()
def command(name: str | None, as_json: bool, out: Path | None, formats: tuple[str, ...]) -> None:
    """The code lists of the record, or the codes of one with their meanings.

    LIST is the name of the column, such as EndCode, of version 2.1 or 2.0.
    """
    if name is None:
        answer([_all_lists()], code_lists(), as_json, out, formats)
        return
    found = code_list(name)
    answer([_codes(found)], found, as_json, out, formats)


def _all_lists() -> Table:
    rows = tuple(
        (one.id, one.title, f"{len(one.codes)}", "open" if one.pattern else "closed", "yes" if one.verified else "no")
        for one in code_lists()
    )
    notes = ("A list is not verified where a label or a code was not found in any source that was read.",)
    return Table("codes", f"{len(rows)} code lists", ("List", "Title", "Codes", "Kind", "Verified"), rows, notes)


def _codes(found: CodeList) -> Table:
    notes = (
        OPEN.format(found.pattern) if found.pattern else "",
        found.note,
        f"Version 2.0 calls the column {found.former_name}." if found.former_name else "",
        f"Not verified: {found.reason}" if found.reason else "",
        f"Source: {found.source}.",
    )
    columns = ("Code", "Meaning", "Group", "Version", "Note")
    rows = tuple(map(_row, found.codes))
    return Table(found.id, f"{found.id}: {found.title}", columns, rows, tuple(note for note in notes if note))


def _row(one: Code) -> tuple[str, ...]:
    notes = (MATCHES[one.match], one.scores, one.note)
    return one.code, one.meaning, one.group, ", ".join(one.versions), "; ".join(note for note in notes if note)
