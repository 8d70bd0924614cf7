"""Some rows of one table as they stood, the form in which every reader hands them on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa


@dataclass(frozen=True)
class BrokenLine:
    """A line that is no row of its table: where it stands among the rows of its piece, its text, and why."""

    offset: int
    text: str
    reason: str


@dataclass(frozen=True, eq=False)
class Piece:
    """Rows that follow each other. `rows` are the whole ones, `broken` the others, each at its own place."""

    rows: pa.Table
    broken: tuple[BrokenLine, ...] = ()

    @property
    def size(self) -> int:
        """How many rows it stands for, whole or not."""
        return self.rows.num_rows + len(self.broken)

    @property
    def whole_offsets(self) -> np.ndarray:
        """The place of each whole row among all of them."""
        is_whole = np.ones(self.size, dtype=bool)
        is_whole[[one.offset for one in self.broken]] = False
        return np.flatnonzero(is_whole)


# Takes the places of the columns that are wanted. Their cells come under the names "0", "1", ... in that order.
Reader = Callable[[Sequence[int]], Iterator[Piece]]


@dataclass(frozen=True, eq=False)
class OpenTable:
    """A table that has been opened: the names in its header, and its rows, which can be read once.

    `notes` grows while the rows are read.
    """

    names: tuple[str, ...]
    read: Reader
    notes: list[str] = field(default_factory=list)
    # Only a workbook writes a date as a number of days.
    has_serial_dates: bool = False


@dataclass(frozen=True, eq=False)
class TableSource:
    """Where the rows of one table are: a file, a sheet, a table of a database. It can be opened more than once."""

    table_id: str
    name: str
    open: Callable[[], OpenTable]
    size: int = 0


@dataclass(frozen=True, eq=False)
class Place:
    """What holds one submission, or an extract of several: a folder, a file, a schema."""

    name: str
    tables: tuple[TableSource, ...]


@dataclass(frozen=True)
class Ignored:
    """Something that was found and not read, and why."""

    name: str
    why: str
