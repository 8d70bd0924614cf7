"""Tables in an Excel workbook: one on each sheet that is named for it, or the only sheet of a file that is."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import zip_longest
from pathlib import Path

import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook

from caseness.errors import UnreadableRecord
from caseness.read.far_cells import require_near_cells
from caseness.read.forms import SERIAL_START
from caseness.read.limits import BATCH_ROWS, WORKBOOK_BYTES, WORKBOOK_UNPACKED_BYTES
from caseness.read.naming import table_named
from caseness.read.pieces import BrokenLine, Ignored, OpenTable, Piece, TableSource

_WITH_PLAIN_SHEETS = (".xlsx", ".xlsm")
ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_PIECE = 1 << 20
Row = Sequence[object]


def tables_in_workbook(path: Path, name: str) -> tuple[list[TableSource], list[Ignored]]:
    """The sheets of a workbook that are tables of a record. A file that is named for a table has one sheet.

    Raises
    ------
    UnreadableRecord
        If it is no workbook, is locked, or is larger than any record's would be.
    """
    require_small(path, name)
    titles = sheet_titles(path, name)
    table_id = table_named(path.stem)
    if table_id and len(titles) == 1:
        named = [(table_id, titles[0])]
    else:
        named = [(table_named(title), title) for title in titles]
    size = path.stat().st_size
    found = [
        TableSource(key, f"{name}: {title}", partial(_open, path, title, f"{name}: {title}"), size)
        for key, title in named
        if key
    ]
    return found, [
        Ignored(f"{name}: {title[:80]}", "no table has the name of this sheet") for key, title in named if not key
    ]


def require_small(path: Path, name: str) -> None:
    """Refuse a workbook that is too large, unpacks to too much, or has cells too far apart.

    What it says of its own sizes is not believed.

    Raises
    ------
    UnreadableRecord
        If it is.
    """
    if path.stat().st_size > WORKBOOK_BYTES:
        raise UnreadableRecord(
            f"{name} has {path.stat().st_size / 1e6:,.0f} MB, and a workbook may have {WORKBOOK_BYTES / 1e6:,.0f} MB. None "
            "of the record is taken. Export its sheets as CSV: there is no limit to those."
        )
    if zipfile.is_zipfile(path) and _unpacks_to_too_much(path, name):
        raise UnreadableRecord(
            f"{name} has {path.stat().st_size / 1e6:,.1f} MB and unpacks to more than {WORKBOOK_UNPACKED_BYTES / 1e6:,.0f} "
            "MB: it is made to fill the memory, or far too large. It was not opened, and none of the record is taken. "
            "Export its sheets as CSV."
        )
    if zipfile.is_zipfile(path) and path.suffix.lower() in _WITH_PLAIN_SHEETS:
        require_near_cells(path, name)


def sheet_titles(path: Path, name: str) -> list[str]:
    """The names of the sheets of a workbook."""
    return list(_workbook(path, name).sheet_names)


def sheet_rows(path: Path, title: str, name: str) -> Sequence[Row]:
    """The cells of a sheet, all rows from the first: numbers, texts, dates and times, and "" for nothing."""
    try:
        return _workbook(path, name).get_sheet_by_name(title).to_python(skip_empty_area=False)
    except CalamineError as problem:
        raise _unreadable(name) from problem


def cell_text(cell: object) -> str | None:
    """A cell as text: whole numbers without decimals, dates and times as ISO.

    >>> cell_text(12.0), cell_text(date(2025, 4, 1)), cell_text(""), cell_text(True)
    ('12', '2025-04-01', None, 'True')
    """
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else f"{cell:%Y-%m-%d %H:%M:%S}"
    if isinstance(cell, timedelta):
        return cell_text(datetime.combine(SERIAL_START, time.min) + cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell) if isinstance(cell, date | time) or cell not in ("", None) else None


def _open(path: Path, title: str, name: str) -> OpenTable:
    rows = sheet_rows(path, title, name)
    header = next((number for number, row in enumerate(rows) if any(cell not in ("", None) for cell in row)), None)
    if header is None:
        raise UnreadableRecord(f"{name} is empty. Give it at least a header line, or another name.")
    names = tuple(cell_text(cell) or "" for cell in rows[header])
    # Excel keeps formatted rows below the last that holds anything.
    below = [row for row in rows[header + 1 :] if any(cell not in ("", None) for cell in row)]
    return OpenTable(names, partial(_read, below, names), has_serial_dates=True)


def _read(rows: Sequence[Row], names: Sequence[str], wanted: Sequence[int]) -> Iterator[Piece]:
    for start in range(0, len(rows), BATCH_ROWS):
        yield _piece(rows[start : start + BATCH_ROWS], names, wanted)


# A cell below no name belongs to no column: its row is not whole.
def _piece(rows: Sequence[Row], names: Sequence[str], wanted: Sequence[int]) -> Piece:
    stray = {number for number, row in enumerate(rows) if _has_stray_cell(row, names)}
    broken = tuple(
        BrokenLine(number, "", "a cell stands beyond the header or below an empty name") for number in sorted(stray)
    )
    whole = [row for number, row in enumerate(rows) if number not in stray]
    columns = list(zip_longest(*whole, fillvalue="")) if whole else []
    texts = [_column(columns, place, len(whole)) for place in wanted]
    return Piece(pa.table(texts, names=[str(place) for place in range(len(wanted))]), broken)


def _column(columns: Sequence[Sequence[object]], place: int, rows: int) -> pa.Array:
    cells = columns[place] if place < len(columns) else [None] * rows
    return pa.array([cell_text(cell) for cell in cells], pa.string())


def _has_stray_cell(row: Row, names: Sequence[str]) -> bool:
    return any(cell not in ("", None) and not (place < len(names) and names[place]) for place, cell in enumerate(row))


def _workbook(path: Path, name: str) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(path)
    except (CalamineError, OSError) as problem:
        raise _unreadable(name) from problem


def _unpacks_to_too_much(path: Path, name: str) -> bool:
    left = WORKBOOK_UNPACKED_BYTES
    try:
        with zipfile.ZipFile(path) as opened:
            if sum(one.file_size for one in opened.infolist()) > left:
                return True
            for member in opened.infolist():
                with opened.open(member) as packed:
                    while left >= 0 and (piece := packed.read(_PIECE)):
                        left -= len(piece)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as problem:
        raise _unreadable(name) from problem
    return left < 0


def _unreadable(name: str) -> UnreadableRecord:
    return UnreadableRecord(
        f"{name} cannot be read as a workbook. None of the record is taken, since some of its rows would be lost. Take its "
        "password off, or export its sheets as CSV."
    )
