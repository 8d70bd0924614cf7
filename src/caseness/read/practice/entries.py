"""What a practice sheet says, row by row, before it becomes a record: sessions, endings, and rows that are rejected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from caseness.read.practice.cells import text_of
from caseness.read.practice.headers import Taken
from caseness.read.practice.known import KnownSession


@dataclass(frozen=True)
class Line:
    """One row of a sheet as it stood. `number` is the row's number in the file, the first being 1."""

    number: int
    cells: tuple[object, ...]


@dataclass(frozen=True, eq=False)
class Sheet:
    """A sheet that has been opened: what its headers were taken for, and its rows.

    `kind` is the kind of all its rows, where its name says so. `above`, `blank` and `repeated` count the
    lines that are no rows: those above the header, blank ones, and the header again.
    """

    name: str
    number: int
    header_line: int
    taken: tuple[Taken, ...]
    lines: tuple[Line, ...]
    kind: str = ""
    is_workbook: bool = False
    month_first: frozenset[int] = frozenset()
    above: int = 0
    blank: int = 0
    repeated: int = 0
    notes: tuple[str, ...] = ()

    def kept_cells(self, line: Line) -> tuple[str, ...]:
        """The cells of a row as text. Those of columns that are left out are empty: they may name somebody."""
        return tuple(text_of(line.cells[one.place]) if one.is_used else "" for one in self.taken)


@dataclass(frozen=True, order=True)
class Where:
    """Which row of which sheet. Sheets count from 1."""

    sheet: int
    row: int


@dataclass(frozen=True)
class Entry:
    """A session or an ending. `values` holds codes and words by the id of the column, and nothing for blanks.

    `scores` are pairs of a tool's code and a score, `alliance` pairs of an instrument's id and a score. `identifier` is the
    name of a session whose client has courses already, and `here` the session that was there under another name.
    """

    kind: str
    where: Where
    client: str
    day: date
    values: Mapping[str, str] = field(default_factory=dict)
    referred: date | None = None
    scores: tuple[tuple[str, str], ...] = ()
    alliance: tuple[tuple[str, str], ...] = ()
    identifier: str = ""
    here: KnownSession | None = None

    def get(self, column: str) -> str | None:
        """The value of one column, or None."""
        return self.values.get(column)


@dataclass(frozen=True)
class Rejected:
    """A row that is left out, with every reason, and its cells as text, without those of columns that are left out."""

    kind: str
    where: Where
    reasons: tuple[str, ...]
    cells: tuple[str, ...]
