"""How far apart the cells of a workbook stand. One cell in the last corner of a sheet would fill the memory.

The reader of workbooks lays a sheet out as one rectangle from the first filled cell to the last, and ends the whole program
where there is no memory for it. So the places of the cells are looked at before.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from caseness.errors import UnreadableRecord

# Some 24 bytes each. A sheet of 250,000 rows and 60 columns has 15 million.
CELLS = 20_000_000

_SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_TAG = re.compile(rb"<(?:\w+:)?(c|row)\b([^<>]*)>")
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})(\d{0,7})["']""")
_PIECE = 1 << 20


def require_near_cells(path: Path, name: str) -> None:
    """Refuse a workbook with a sheet whose filled cells span more than `CELLS` places.

    Raises
    ------
    UnreadableRecord
        If there is one, or if it is no workbook of the kinds .xlsx and .xlsm.
    """
    try:
        with zipfile.ZipFile(path) as opened:
            for member in filter(_SHEETS.fullmatch, opened.namelist()):
                rows, columns = _extent(_pieces(opened, member))
                if rows * columns > CELLS:
                    raise UnreadableRecord(
                        f"{name}: a sheet has filled cells as far as row {rows:,} and column {columns:,}, which is more than "
                        f"memory is kept for ({CELLS:,} cells). No row is taken. Delete the empty rows and columns between, or "
                        "export the sheet as CSV."
                    )
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError) as problem:
        raise UnreadableRecord(
            f"{name} cannot be read as an Excel workbook ({type(problem).__name__}). No row is taken. Save it again as .xlsx, "
            "without a password."
        ) from problem


def _pieces(opened: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """The text of a sheet, cut between tags."""
    rest = b""
    with opened.open(member) as stream:
        while piece := stream.read(_PIECE):
            text = rest + piece
            cut = text.rfind(b"<")
            rest = text[cut:] if cut >= 0 and len(text) - cut < _PIECE else b""
            yield text[: len(text) - len(rest)]
    yield rest


def _extent(pieces: Iterator[bytes]) -> tuple[int, int]:
    """The last row and the last column with a filled cell. A cell that does not say where it is follows the one before."""
    last_row = last_column = row = column = 0
    for piece in pieces:
        for kind, attributes in _TAG.findall(piece):
            letters, digits = _place(attributes)
            if kind == b"row":
                row, column = digits or row + 1, 0
                continue
            row, column = digits or row, letters or column + 1
            if not attributes.endswith(b"/"):
                last_row, last_column = max(last_row, row), max(last_column, column)
    return last_row, last_column


def _place(attributes: bytes) -> tuple[int, int]:
    found = _PLACE.search(attributes)
    if not found:
        return 0, 0
    column = 0
    for letter in found[1].upper():
        column = column * 26 + letter - 64
    return column, int(found[2] or 0)
