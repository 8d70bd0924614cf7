"""The page of judged change, with the same as JSON and CSV."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from caseness import __version__
from caseness.audit.change import DEFINITIONS, Judged, JudgedOutcome
from caseness.audit.plain import to_plain
from caseness.audit.spelling import spell
from caseness.report.change_tables import change_tables, outcome_tables, purpose_table, smallest_table
from caseness.report.charts.change import draw_change
from caseness.report.charts.drawing import Picture, draw
from caseness.report.files import put_in_place
from caseness.report.page import download, fill_plain, shown_columns
from caseness.report.table import Table, file_header, file_rows, marked, spell_cell, write_csv

# The layout of change.json. A field that is added raises the second number, one that changes or goes the first.
DOCUMENT_VERSION = "1.1.0"
FORMATS = ("html", "json", "csv")


@dataclass(frozen=True)
class Chapter:
    """One outcome on the page: its picture, what the picture says, and its tables."""

    outcome: JudgedOutcome
    says: str
    pictures: tuple[Picture, ...]
    tables: tuple[Table, ...]


def write_change(judged: Judged, out: Path, formats: Iterable[str] = FORMATS) -> list[Path]:
    """Write change.html, change.json and a CSV file for each table into a folder, all or none.

    Raises
    ------
    CannotWrite
        If the folder cannot be written to.
    """
    wanted = set(formats)
    contents = {}
    if "html" in wanted:
        contents["change.html"] = render_change(judged)
    if "json" in wanted:
        contents["change.json"] = (
            json.dumps(change_document(judged), indent=1, ensure_ascii=False, allow_nan=False) + "\n"
        )
    if "csv" in wanted:
        contents |= {f"{one.id}.csv": write_csv(file_header(one), file_rows(one)) for one in change_tables(judged)}
    return put_in_place(out, {name: text.encode() for name, text in contents.items()})


def change_document(judged: Judged) -> dict[str, object]:
    """Everything that was judged as plain content, with the version of its layout as `schema_version`."""
    return {"schema_version": DOCUMENT_VERSION, **to_plain(judged)}


def render_change(judged: Judged) -> str:
    """The page as one HTML file that asks the network for nothing."""
    return fill_plain(
        "change.html.j2",
        judged=judged,
        chapters=[_chapter(one, judged) for one in judged.outcomes],
        smallest=marked(smallest_table(judged), judged.made_up) if judged.smallest_changes else None,
        purpose=purpose_table(judged),
        definitions=DEFINITIONS,
        version=__version__,
        shown=shown_columns,
        spelled=spell_cell,
        download=download,
        spell=spell,
    )


def _chapter(one: JudgedOutcome, judged: Judged) -> Chapter:
    tables = tuple(marked(each, judged.made_up) for each in outcome_tables(one, judged))
    return Chapter(one, say_range(one), draw(f"figure-{one.id}", partial(draw_change, one)), tables)


def say_range(one: JudgedOutcome) -> str:
    """How far the headline moves, in one sentence."""
    known = sorted(
        (each for each in one.verdicts if each.rate.value is not None), key=lambda each: each.rate.value or 0
    )
    if not known or one.headline.rate.value is None:
        return "No course began as a case, so there is no rate to move."
    low, high = known[0], known[-1]
    some = " Some definitions can be asked of a part of the courses only." if any(each.note for each in known) else ""
    return (
        f"The programme's own rule gives {spell(one.headline.rate)}. By other definitions it is from {spell(low.rate)} "
        f"({low.label}) to {spell(high.rate)} ({high.label}).{some}"
    )
