"""A practice sheet as a record on disk: the same typed tables as any other, with the rejected rows and the notes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pyarrow as pa

from caseness.errors import UnreadableRecord
from caseness.read import manifest
from caseness.read.model import Record
from caseness.read.pieces import BrokenLine, OpenTable, Piece, Place, TableSource
from caseness.read.places import Found
from caseness.read.practice.entries import Rejected
from caseness.read.practice.reading import PracticeSheets, read_practice_sheets
from caseness.read.practice.record_tables import OWN, Practice
from caseness.read.reading import stage_places
from caseness.read.submissions import submission_notes


def read_practice(source: Path, to: Path, practice: Practice = OWN) -> tuple[Record, PracticeSheets]:
    """Read the sheets of a practice into a record below a folder.

    A rejected session stands among the rejected rows of IDS201CareContact, and a rejected ending among those of
    EXT02EndingReview, with the row of the sheet and every reason.

    Parameters
    ----------
    source : a file, or a folder of the sheets of one practice
    to : the folder for the typed tables: empty, absent, or a record that is to be replaced

    Raises
    ------
    UnreadableRecord
        If there is no practice sheet, or none of its rows can be used. Nothing is left in `to` then.
    CannotWrite
        If `to` holds something else, or cannot be written to.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> path = Path(mkdtemp()) / "sheet.csv"
    >>> _ = path.write_text("client,date,attended\\nA1,2025-03-03,yes\\nA1,soon,yes\\n")
    >>> record, found = read_practice(path, Path(mkdtemp()), Practice())
    >>> record.rows["IDS201CareContact"], found.rejected[0].reasons
    (RowCount(read=2, kept=1, rejected=1), ('date: not a date',))
    """
    found = read_practice_sheets([source], practice)
    if not found.kept:
        raise _nothing_kept(source, found)
    place = Place(source.name, tuple(_sources(found)))
    record = stage_places(Found((place,), ()), to, source)
    # A sheet is sent nowhere, so it is of no interest when it would have been.
    of_windows = submission_notes(record.submissions)
    record = replace(record, notes=(*(note for note in record.notes if note not in of_windows), *found.notes))
    manifest.save(record)
    return record, found


def _nothing_kept(source: Path, found: PracticeSheets) -> UnreadableRecord:
    first = (
        f" The first: row {found.rejected[0].where.row}, {'; '.join(found.rejected[0].reasons)}."
        if found.rejected
        else ""
    )
    return UnreadableRecord(
        f"{source.name} has {found.read:,} rows, and none of them can be used, so there is no record.{first} Mend the sheet, "
        "and read it again."
    )


def _sources(found: PracticeSheets) -> Iterator[TableSource]:
    for table_id, rows in found.tables.items():
        rejected = found.rejected_of(table_id)
        if rows.num_rows or rejected:
            broken = tuple(_broken(rows.num_rows + i, each, found) for i, each in enumerate(rejected))
            names = tuple(rows.column_names)
            opener = partial(OpenTable, names, partial(_read, rows, broken))
            yield TableSource(table_id, table_id, opener)


def _read(rows: pa.Table, broken: tuple[BrokenLine, ...], wanted: Sequence[int]) -> Iterator[Piece]:
    chosen = rows.select(list(wanted)).rename_columns([str(place) for place in range(len(wanted))])
    yield Piece(chosen, broken)


def _broken(offset: int, row: Rejected, found: PracticeSheets) -> BrokenLine:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(row.cells)
    sheet = found.sheets[row.where.sheet - 1].name
    return BrokenLine(offset, line.getvalue(), f"{sheet}, row {row.where.row}: {'; '.join(row.reasons)}")
