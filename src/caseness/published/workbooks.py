"""Read a sheet of an Excel workbook as it was printed. The monthly file was one until May 2021."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from itertools import zip_longest
from pathlib import Path

import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook

from caseness.errors import UnreadableInput
from caseness.published.files import (
    MAX_LINES_ABOVE,
    MAX_WORKBOOK_BYTES,
    IsHeader,
    TextTable,
    require_size,
    text_table,
)
from caseness.published.unread import no_release

_Row = Sequence[object]


def read_workbook(path: Path, is_header: IsHeader) -> TextTable:
    """Read the first sheet that has a header which `is_header` accepts.

    Raises
    ------
    UnreadableInput
        If it is no workbook, is locked, or no sheet has such a header in its first lines.
    """
    require_size(path, MAX_WORKBOOK_BYTES)
    sheets = _read_sheets(path)
    found = [(title, rows, number) for title, rows in sheets if (number := _find_header(rows, is_header)) is not None]
    if not found:
        raise no_release(
            f"it is a workbook, and none of its {len(sheets)} sheets ({', '.join(title for title, _ in sheets)}) "
            f"has the columns of a release in its first {MAX_LINES_ABOVE} lines."
        )
    title, rows, number = found[0]
    return _below_header(rows, number, _notes(path.name, title, number, [one for one, *_ in found[1:]]), path.name)


def _read_sheets(path: Path) -> list[tuple[str, Sequence[_Row]]]:
    try:
        workbook = CalamineWorkbook.from_path(path)
        return [
            (title, workbook.get_sheet_by_name(title).to_python(skip_empty_area=False))
            for title in workbook.sheet_names
        ]
    except (CalamineError, OSError) as problem:
        raise UnreadableInput(
            f"{path.name} cannot be read as an Excel workbook ({problem}). No figure is taken from it. "
            "Download it again, or take its password off."
        ) from problem


def _find_header(rows: Sequence[_Row], is_header: IsHeader) -> int | None:
    for number, row in enumerate(rows[:MAX_LINES_ABOVE]):
        if is_header([cell_text(cell) for cell in row]):
            return number
    return None


def _notes(name: str, title: str, lines_above: int, others: Sequence[str]) -> list[str]:
    notes = []
    if lines_above:
        notes.append(f"{name}: {lines_above} lines above the header of sheet {title!r} were passed over.")
    if others:
        notes.append(f"{name}: only sheet {title!r} was read. It has {len(others)} more like it: {', '.join(others)}.")
    return notes


# A row without any cell ends nothing: Excel keeps formatted rows below the last figure.
def _below_header(rows: Sequence[_Row], number: int, notes: Sequence[str], name: str) -> TextTable:
    names = [cell_text(cell) for cell in rows[number]]
    printed = [[cell_text(cell) for cell in row] for row in rows[number + 1 :]]
    filled = [row for row in printed if any(row)]
    width = len(names)
    columns = list(zip_longest(*(row[:width] for row in filled), fillvalue="")) or [()] * width
    return text_table(names, [pa.array(column, pa.string()) for column in columns], number + 2, notes, name)


def cell_text(cell: object) -> str:
    """A cell of a sheet as text: whole numbers without decimals, dates as 2021-06-01.

    >>> cell_text(12.0), cell_text(50.2), cell_text(datetime.fromisoformat("2021-06-01"))
    ('12', '50.2', '2021-06-01')
    """
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()
