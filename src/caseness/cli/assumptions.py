"""`caseness assumptions`."""

from __future__ import annotations

from pathlib import Path

import click

from caseness.audit.assumptions import Assumption, Assumptions
from caseness.audit.assumptions.reading import shipped_files
from caseness.audit.plain import to_plain
from caseness.audit.quantity import Quantity
from caseness.cli.options import assumptions_option, open_assumptions, output_options
from caseness.cli.show import Table, answer
from caseness.derive import ASSUMED
from caseness.measures.annual import READINGS


@click.command(name="assumptions")
@assumptions_option()
@click.option("--toml", "as_toml", is_flag=True, help="Print the package's own files, to copy and change.")
@output_options()
def command(assumptions: Path | None, as_toml: bool, as_json: bool, out: Path | None, formats: tuple[str, ...]) -> None:
    """Every number that is assumed, with its range, its standing and its source.

    A file of your own needs to hold only what it changes. Give it to a command with --assumptions.
    """
    if as_toml:
        click.echo("\n".join(text for _, text in shipped_files()), nl=False)
        return
    held = open_assumptions(assumptions)
    answer(
        [_table(held), _lists(held), _rules(), _readings()],
        {**to_plain(held), "derivation_rules": ASSUMED, "annual_readings": READINGS},
        as_json,
        out,
        formats,
    )


def _table(held: Assumptions) -> Table:
    rows = tuple(
        (one.id, one.label, _spell(one), _spell_range(one), one.status, f"was {one.shipped}" if one.is_changed else "")
        for one in held.numbers
    )
    title = f"What is assumed, with the changes of {held.file}" if held.file else "What is assumed"
    columns = ("Assumption", "Meaning", "Value", "Range", "Standing", "Changed")
    return Table("assumptions", title, columns, rows, ("Sources: --json, or `caseness assumptions --toml`.",))


def _spell(one: Assumption) -> str | Quantity:
    return one.value if isinstance(one.value, str) else Quantity(one.value, one.value, one.value, one.unit)


def _spell_range(one: Assumption) -> str | Quantity:
    if one.low is None or one.high is None:
        return ", ".join(one.options)
    return Quantity(None, one.low, one.high, one.unit, "not_applicable")


def _lists(held: Assumptions) -> Table:
    rows = tuple((one.kind, one.id, str(one.keys.get("label", "")), one.file) for one in held.entries)
    return Table("assumption-lists", "Curves, unit costs and scenarios", ("List", "Entry", "Meaning", "File"), rows)


def _rules() -> Table:
    rows = tuple(
        (one.id, one.meaning, f"{option}: {says}", "assumed" if option == one.default else "", " ".join(one.uids))
        for one in ASSUMED
        for option, says in one.options.items()
    )
    notes = ("Choose another option with `caseness derive --assume RULE=OPTION`.",)
    return Table(
        "derivation-rules",
        "Rules of deriving that no document gives",
        ("Rule", "Meaning", "Option", "Standing", "Items"),
        rows,
        notes,
    )


def _readings() -> Table:
    rows = tuple((one.id, one.says, one.otherwise) for one in READINGS)
    note = (
        "They are not chosen: the manual's page of the annual report says which fields rest on each. Sources: --json."
    )
    title = "How the annual report is read where it can be read in several ways"
    return Table("annual-readings", title, ("Reading", "What is read", "What else it could be"), rows, (note,))
