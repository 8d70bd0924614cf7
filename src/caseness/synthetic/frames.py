"""Rows of one table before they are written: their columns, whose they are, and in which months they are sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from caseness.record import table
from caseness.synthetic.columns import BLANK, Cells, Coded, Days

NEVER = -1


@dataclass(eq=False)
class Frame:
    """The rows of one table. Columns that are not given are blank in every row.

    Rows are sent in the months `first` to `last`. The columns of `closing` are blank until the month `closes`.
    A row that is `late` is missing from the primary submission; where there are closing columns, only they are,
    in the month in which they would first be told. `marks` counts planted errors: the kind, or 0.
    The last `repeats` rows tell again what rows before them told.
    """

    table_id: str
    columns: dict[str, Cells]
    provider: np.ndarray
    first: np.ndarray
    last: np.ndarray
    closing: frozenset[str] = frozenset()
    closes: np.ndarray | None = None
    late: np.ndarray | None = None
    marks: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int8))
    whose: np.ndarray | None = None
    repeats: int = 0

    def __post_init__(self) -> None:
        if not len(self.marks):
            self.marks = np.zeros(self.size, np.int8)

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.provider)

    @property
    def told_first(self) -> np.ndarray:
        """The kind of planted error of each row, 0 for rows that only repeat others."""
        return np.where(np.arange(self.size) < self.size - self.repeats, self.marks, 0)

    @property
    def is_late(self) -> np.ndarray:
        """Whether each row, or its closing columns, are late."""
        return np.zeros(self.size, bool) if self.late is None else self.late

    def in_month(self, month: int) -> np.ndarray:
        """The rows that are sent in a month."""
        return np.flatnonzero((self.first <= month) & (self.last >= month))

    def revised(self, month: int, rows: np.ndarray) -> np.ndarray:
        """Whether each of these rows differs between the primary and the refresh submission of a month."""
        late = self.is_late[rows]
        return late & (self.closes[rows] == month) if self.closes is not None else late

    def arrow(self, rows: np.ndarray, hidden: np.ndarray | None = None) -> pa.Table:
        """The cells of these rows. `hidden` says for every row of the frame whether its closing columns are blank."""
        columns, names = [], []
        for name, column in _shown(self, hidden).items():
            names.append(name)
            columns.append(column.arrow(rows))
        return pa.table(columns, names=names)

    def hidden(self, month: int, is_primary: bool) -> np.ndarray | None:
        """Whether the closing columns of each row are blank in a submission of this month."""
        if self.closes is None:
            return None
        hidden = (self.closes == NEVER) | (self.closes > month)
        return hidden | (self.is_late & (self.closes == month)) if is_primary else hidden


def _shown(frame: Frame, hidden: np.ndarray | None) -> Mapping[str, Cells]:
    given = {
        each.name: frame.columns[each.name] for each in table(frame.table_id).columns if each.name in frame.columns
    }
    if hidden is None:
        return given
    return {name: hide(column, hidden) if name in frame.closing else column for name, column in given.items()}


def hide(column: Cells, hidden: np.ndarray) -> Cells:
    """The same column, blank where it is to be hidden."""
    if isinstance(column, Coded):
        return Coded(np.where(hidden, -1, column.places).astype(column.places.dtype), column.names)
    assert isinstance(column, Days), f"Unhandled {column!r}"
    return Days(np.where(hidden, BLANK, column.days))
