"""A source to a record: find its places, know its submissions, type its tables."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

import pyarrow as pa

from caseness.errors import CannotWrite
from caseness.read import manifest
from caseness.read.database import find_schemas, is_address
from caseness.read.marks import put_mark_first
from caseness.read.model import REJECTED_FOLDER, TABLES_FOLDER, Record, RecordFile
from caseness.read.pieces import OpenTable, Piece, Place, TableSource
from caseness.read.places import Found, find_places
from caseness.read.staging import Staged, stage, total
from caseness.read.submissions import HEADER, read_submissions, submission_notes
from caseness.record import table


def read_record(source: Path | str, to: Path | str) -> Record:
    """Read a record from wherever it is into typed tables below a folder.

    Parameters
    ----------
    source : a folder, searched below; a file; the address of a PostgreSQL database; or a record written before
    to : the folder for the typed tables: empty, absent, or a record that is to be replaced

    Returns
    -------
    Record
        Of every table: rows read = kept + rejected.

    Raises
    ------
    UnreadableRecord
        If there is no record, or something in it could only be guessed. Nothing is left in `to` then.
    MissingProgram
        If an Access file or a database needs what is not installed.
    CannotWrite
        If `to` holds something else, or cannot be written to.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> folder = Path(mkdtemp())
    >>> _ = (folder / "IDS000Header.csv").write_text(
    ...     "DatSetVer,OrgIDProv,OrgIDSubmit,PrimSystemInUse,ReportingPeriodStartDate,ReportingPeriodEndDate,"
    ...     "DateTimeDatSetCreate\\n2.1,ZZ9,ZZ9,MADE UP,2025-04-01,2025-04-30,2025-05-12 09:30:00\\n"
    ... )
    >>> record = read_record(folder, Path(mkdtemp()))
    >>> record.submissions[0].window, record.rows["IDS000Header"]
    ('primary', RowCount(read=1, kept=1, rejected=0))
    """
    found = find_schemas(str(source)) if is_address(source) else find_places(Path(source))
    return stage_places(found, to, None if is_address(source) else Path(source))


def stage_submission(name: str, tables: Mapping[str, Iterator[pa.Table]], to: Path | str) -> Record:
    """Make a record of one submission from tables of text that are already at hand, such as those of a practice sheet.

    Parameters
    ----------
    name : what the place is called in messages
    tables : for each table id its rows, in Arrow tables with columns named as declared; the header among them
        A column `row_id` of integers gives the row numbers (they must rise); without it rows are numbered from 1.
    to : as for `read_record`

    Raises
    ------
    UnreadableRecord, CannotWrite
        As `read_record`.
    """
    sources = tuple(_source_of(name, table(table_id).id, pieces) for table_id, pieces in tables.items())
    return stage_places(Found((Place(name, sources),), ()), to)


def stage_places(found: Found, to: Path | str, source: Path | None = None) -> Record:
    """Type what was found, and write it with its manifest below a folder. Nothing is left of it if that fails."""
    to = Path(to)
    submissions, owners = read_submissions(found.places)
    _make_room(to, source)
    try:
        staged = stage(found.places, owners, to)
        notes = put_mark_first((*submission_notes(submissions), *_notes(staged)), source)
        record = Record(to, submissions, total(staged), _files(staged, found), notes)
        manifest.save(record)
    except BaseException as problem:
        _clear(to)
        if isinstance(problem, OSError):
            raise CannotWrite(f"The record could not be written to {to}: {problem.strerror}.") from problem
        raise
    return record


def open_record(folder: Path | str) -> Record:
    """Open a record that `read_record` wrote before.

    Raises
    ------
    UnreadableRecord
        If the folder holds none.
    """
    return manifest.load(Path(folder))


def _source_of(name: str, table_id: str, pieces: Iterator[pa.Table]) -> TableSource:
    # A header is looked at twice: first to know the submission, then as a table.
    kept = list(pieces) if table_id == HEADER else None

    def open_it() -> OpenTable:
        stream = iter(pieces if kept is None else kept)
        first = next(stream, None)
        declared = table(table_id).schema
        columns = tuple(first.column_names) if first is not None else tuple(declared.names)
        whole = stream if first is None else chain([first], stream)
        return OpenTable(columns, partial(_read, whole, columns))

    return TableSource(table_id, f"{name}: {table_id}", open_it)


def _read(stream: Iterator[pa.Table], names: Sequence[str], wanted: Sequence[int]) -> Iterator[Piece]:
    for rows in stream:
        chosen = rows.select([names[place] for place in wanted])
        yield Piece(chosen.rename_columns([str(place) for place in range(len(wanted))]))


def _files(staged: Sequence[Staged], found: Found) -> tuple[RecordFile, ...]:
    return (*(one.file for one in staged), *(RecordFile(one.name, ignored=one.why) for one in found.ignored))


def _notes(staged: Sequence[Staged]) -> list[str]:
    return [note for one in staged for note in one.notes]


# A record may be replaced. Anything else in the folder is somebody's, and stays.
def _make_room(to: Path, source: Path | None) -> None:
    if source is not None and source.exists() and _is_within(source.resolve(), to.resolve()):
        raise CannotWrite(f"The record would be written over what it is read from ({to}). Choose another folder.")
    try:
        if (to / manifest.MANIFEST).is_file():
            _clear(to)
        elif to.is_dir() and any(to.iterdir()):
            raise CannotWrite(
                f"{to} holds something that is no record. Nothing was written. Choose another folder, or an empty one."
            )
        to.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise CannotWrite(
            f"The record could not be written to {to}: {problem.strerror}. Choose another folder."
        ) from problem


def _is_within(source: Path, to: Path) -> bool:
    return source == to or to in source.parents


def _clear(to: Path) -> None:
    (to / manifest.MANIFEST).unlink(missing_ok=True)
    for folder in (TABLES_FOLDER, REJECTED_FOLDER):
        shutil.rmtree(to / folder, ignore_errors=True)
