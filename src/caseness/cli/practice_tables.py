"""What is said of a practice sheet: what each header was taken for, and which rows are rejected."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from caseness.check import Finding
from caseness.cli.show import Table
from caseness.read.practice import PracticeSheets, Sheet, Where
from caseness.read.practice.cells import text_of

# More rejected rows than this fill a screen and say no more. All of them are written out.
SHOWN = 20


def practice_tables(found: PracticeSheets) -> list[Table]:
    """The mapping of the headers, and the rejected rows where there are any."""
    mapping = tuple(line for sheet in found.sheets for line in _mapping(sheet))
    title = (
        f"{found.read:,} {'row' if found.read == 1 else 'rows'}: {found.kept:,} kept, {len(found.rejected):,} rejected"
    )
    tables = [Table("mapping", title, ("Sheet", "Header", "Taken for", "Filled"), mapping)]
    if found.rejected:
        more = len(found.rejected) - SHOWN
        notes = (f"And {more:,} more, in the rejected rows of the record.",) if more > 0 else ()
        tables.append(Table("rejected", "Rejected rows", ("Sheet", "Row", "Why"), _rejected(found), notes))
    return tables


def practice_to_plain(found: PracticeSheets) -> dict[str, Any]:
    """The same as plain content, with every rejected row by its sheet and number, and none of its cells."""
    return {
        "rows": {"read": found.read, "kept": found.kept, "rejected": len(found.rejected)},
        "mapping": [
            {"sheet": sheet, "header": header, "taken_for": taken, "filled": int(filled.replace(",", ""))}
            for each in found.sheets
            for sheet, header, taken, filled in _mapping(each)
        ],
        "rejected": [
            {"sheet": found.sheets[each.where.sheet - 1].name, "row": each.where.row, "reasons": list(each.reasons)}
            for each in found.rejected
        ],
        "notes": list(found.notes),
    }


def places_of(finding: Finding, found: PracticeSheets) -> list[Where]:
    """The rows of the sheet that a finding is of, each once, in order. It names as many as a finding has row ids."""
    return sorted({place for one in finding.rows if (place := found.place_of(finding.rule.table, one))})


def spell_places(places: Sequence[Where], found: PracticeSheets, most: int = SHOWN) -> str:
    """Rows by the name of their sheet and their numbers in it.

    >>> from types import SimpleNamespace
    >>> book = SimpleNamespace(sheets=(SimpleNamespace(name="Sessions"), SimpleNamespace(name="Endings")))
    >>> spell_places([Where(1, 4), Where(1, 9), Where(2, 3)], book)
    'Sessions, rows 4, 9; Endings, row 3'
    >>> spell_places([Where(1, 4), Where(1, 9), Where(2, 3)], book, most=1)
    'Sessions, row 4; and 2 more'
    """
    told = []
    for sheet, rows in groupby(places[:most], key=lambda one: one.sheet):
        numbers = [str(one.row) for one in rows]
        told.append(f"{found.sheets[sheet - 1].name}, {'row' if len(numbers) == 1 else 'rows'} {', '.join(numbers)}")
    more = len(places) - most
    return "; ".join([*told, *([f"and {more:,} more"] if more > 0 else [])])


def _mapping(sheet: Sheet) -> list[tuple[str, str, str, str]]:
    return [
        (
            sheet.name,
            one.header.strip() or "(none)",
            one.taken_for,
            f"{sum(bool(text_of(line.cells[one.place])) for line in sheet.lines):,}",
        )
        for one in sheet.taken
    ]


def _rejected(found: PracticeSheets) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (found.sheets[each.where.sheet - 1].name, str(each.where.row), "; ".join(each.reasons))
        for each in found.rejected[:SHOWN]
    )
