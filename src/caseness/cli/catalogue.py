"""`caseness catalogue`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from caseness.cli.catalogue_variables import (
    names_a_variable,
    variable_entries,
    variable_entry,
    variable_tables,
    variables_table,
)
from caseness.cli.options import output_options
from caseness.cli.show import Table, answer
from caseness.measures import (
    CATALOGUES,
    all_official,
    chapter_of,
    columns_read,
    find_measure,
    find_variable,
    measures_in,
    uids_read,
)
from caseness.measures.algebra import Measure
from caseness.measures.assumed import EVERYWHERE, assumptions_of, status_of
from caseness.measures.catalogue import SOURCE
from caseness.measures.chapter import ALL
from caseness.measures.errata import errata_of
from caseness.measures.words import formula


@dataclass(frozen=True)
class Entry:
    """What the catalogue says of one measure."""

    id: str
    title: str
    official_name: str
    catalogue: str
    chapter: str
    statistic: str
    clock: str
    periods: tuple[str, ...]
    formula: str
    why_it_matters: str
    status: str
    assumptions: tuple[str, ...]
    reads: tuple[str, ...]
    official_items: tuple[str, ...]
    errata: tuple[str, ...]


@click.command(name="catalogue")
@click.argument("name", required=False, metavar="[ID]")
@click.option(
    "--catalogue", type=click.Choice(CATALOGUES), default=ALL, show_default=True, help="Which part of the catalogue."
)
@output_options()
def command(name: str | None, catalogue: str, as_json: bool, out: Path | None, formats: tuple[str, ...]) -> None:
    """The official measures and breakdowns, or one of them: what it means, what it reads, and what is wrong with its definition.

    ID is an official id, such as M192 or V007, or an official name.
    """
    if name is None:
        entries = tuple(map(entry_of, measures_in(catalogue).values()))
        variables = variable_entries() if catalogue == ALL else ()
        tables = [_all(entries, catalogue), *([variables_table(variables)] if variables else [])]
        answer(tables, (*entries, *variables), as_json, out, formats)
        return
    if names_a_variable(name):
        told = variable_entry(find_variable(name))
        answer(variable_tables(told), told, as_json, out, formats)
        return
    entry = entry_of(find_measure(name))
    answer([_one(entry)], entry, as_json, out, formats)


def entry_of(measure: Measure) -> Entry:
    """The entry of a measure."""
    official, chapter = all_official()[measure.id], chapter_of(measure.id)
    return Entry(
        id=measure.id,
        title=measure.title,
        official_name=official.name,
        catalogue=chapter.catalogue,
        chapter=chapter.title,
        statistic=measure.statistic,
        clock=measure.clock.name,
        periods=official.kinds,
        formula=formula(measure),
        why_it_matters=chapter.why_of(measure),
        status=status_of(measure),
        assumptions=(*EVERYWHERE, *assumptions_of(measure)),
        reads=columns_read(measure),
        official_items=tuple(sorted(uids_read(measure))),
        errata=tuple(f"{one.number}: {one.says} {one.resolved}" for one in errata_of(measure.id)),
    )


def _all(entries: tuple[Entry, ...], catalogue: str) -> Table:
    rows = tuple(
        (one.id, one.title, one.chapter, ", ".join(one.periods), one.status.partition(" ")[0]) for one in entries
    )
    notes = ("`caseness catalogue M192` says more of one.", f"Source of ids and names: {SOURCE}.")
    of = "" if catalogue == ALL else f" ({catalogue})"
    return Table(
        "catalogue", f"{len(rows)} official measures{of}", ("Id", "Title", "Chapter", "Periods", "Status"), rows, notes
    )


def _one(entry: Entry) -> Table:
    rows = (
        ("Official name", entry.official_name),
        ("Catalogue", entry.catalogue),
        ("Chapter", entry.chapter),
        ("Formula", entry.formula),
        ("Clock", entry.clock),
        ("Periods", ", ".join(entry.periods)),
        ("Why it matters", entry.why_it_matters),
        ("Status", entry.status),
        ("Reads", ", ".join(entry.reads)),
        ("Official items", ", ".join(entry.official_items)),
        *(("Erratum", text) for text in entry.errata),
    )
    note = f"Every measure also rests on: {', '.join(EVERYWHERE)}. `caseness assumptions` lists what is assumed."
    return Table(entry.id, f"{entry.id}: {entry.title}", ("", ""), rows, (note,))
