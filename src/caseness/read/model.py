"""What a record is once it has been read: its submissions, its rows, and what became of every file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import ibis
import pyarrow as pa

from caseness import engine
from caseness.record import ROW_ID, SUBMISSION, Table, table

PRIMARY, REFRESH, OUTSIDE = "primary", "refresh", "outside"
TABLES_FOLDER, REJECTED_FOLDER = "tables", "rejected"
REASONS, LINE = "reasons", "line"
MADE_UP = "SYNTHETIC"


@dataclass(frozen=True)
class Submission:
    """One submission, as its header row describes it. `place` says where it was found.

    `window` is `primary` if it was made in the month after its period, `refresh` if a month later, and
    `outside` otherwise. `is_latest` marks the version that counts for its provider and period.
    """

    id: int
    provider: str
    submitter: str
    version: str
    period_start: date
    period_end: date
    created: datetime
    window: str
    is_latest: bool
    place: str


@dataclass(frozen=True)
class RowCount:
    """Rows of one table or file: `read` = `kept` + `rejected`, always.

    Raises
    ------
    ValueError
        If the two do not add up.

    Examples
    --------
    >>> RowCount(3, 2, 1) + RowCount(1, 1, 0)
    RowCount(read=4, kept=3, rejected=1)
    """

    read: int = 0
    kept: int = 0
    rejected: int = 0

    def __post_init__(self) -> None:
        if self.read != self.kept + self.rejected:
            raise ValueError(f"{self.read} rows were read, but {self.kept} kept and {self.rejected} rejected.")

    def __add__(self, other: RowCount) -> RowCount:
        return RowCount(self.read + other.read, self.kept + other.kept, self.rejected + other.rejected)


@dataclass(frozen=True)
class RecordFile:
    """A file, sheet or table of a database that was found, and what was taken from it.

    `table` is the id of the table, or empty where it was not read; then `ignored` says why.
    """

    name: str
    place: str = ""
    table: str = ""
    rows: RowCount = RowCount()
    unknown_columns: tuple[str, ...] = ()
    ignored: str = ""


@dataclass(frozen=True, eq=False)
class Record:
    """A record on disk: typed tables, the rejected rows with their reasons, and where all of it came from."""

    folder: Path
    submissions: tuple[Submission, ...]
    rows: Mapping[str, RowCount]
    files: tuple[RecordFile, ...]
    notes: tuple[str, ...]

    @property
    def is_synthetic(self) -> bool:
        """Whether it says of itself that it is made up. Then a note says so, in front of the others."""
        return bool(mark_of(self.notes))

    def table(self, table_id: str) -> ibis.Table:
        """All well-formed rows of a table, typed, with `submission` and `row_id` in front. Every submission is in it.

        Where the table was not supplied it has no rows, and its declared columns.

        Raises
        ------
        UnknownName
            If no table has this id.
        """
        declared = table(table_id)
        path = typed_path(self.folder, declared.id)
        return engine.scan_parquet(path) if path.exists() else engine.load(typed_schema(declared).empty_table())

    def has(self, table_id: str) -> bool:
        """Whether any place holds this table, be it without rows."""
        return table(table_id).id in self.rows

    def rejected(self, table_id: str) -> ibis.Table:
        """The rows that cannot be typed: `submission`, `row_id`, `reasons`, the columns as they stood, and `line`.

        `line` holds the text of a line that could not be cut into cells, and then the columns are null.
        `submission` and `row_id` are null where it is not known which submission a row belongs to.
        """
        declared = table(table_id)
        path = rejected_path(self.folder, declared.id)
        return engine.scan_parquet(path) if path.exists() else engine.load(rejected_schema(declared).empty_table())


def mark_of(notes: Iterable[str]) -> str:
    """What the notes of a record say of its being made up, or nothing.

    >>> mark_of(["a remark", "SYNTHETIC: made up."])
    'SYNTHETIC: made up.'
    """
    return next((note for note in notes if note.startswith(MADE_UP)), "")


# What the files of a record say of themselves, so that they are never taken for submissions.
OF_A_RECORD = {b"caseness": b"table of a record"}


def typed_path(folder: Path, table_id: str) -> Path:
    """Where the well-formed rows of a table are."""
    return folder / TABLES_FOLDER / f"{table_id}.parquet"


def rejected_path(folder: Path, table_id: str) -> Path:
    """Where the rejected rows of a table are."""
    return folder / REJECTED_FOLDER / f"{table_id}.parquet"


def typed_schema(declared: Table) -> pa.Schema:
    """The columns of well-formed rows."""
    return pa.schema([pa.field(SUBMISSION, pa.int32()), pa.field(ROW_ID, pa.int64()), *declared.schema])


def rejected_schema(declared: Table) -> pa.Schema:
    """The columns of rejected rows: everything as text, since something in it is no more than that."""
    as_text = [pa.field(each.name, pa.string()) for each in declared.columns]
    return pa.schema(
        [
            pa.field(SUBMISSION, pa.int32()),
            pa.field(ROW_ID, pa.int64()),
            pa.field(REASONS, pa.list_(pa.string())),
            *as_text,
            pa.field(LINE, pa.string()),
        ]
    )
