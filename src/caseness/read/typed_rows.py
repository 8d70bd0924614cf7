"""One piece of a table to its typed rows and its rejected ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from caseness.errors import UnreadableRecord
from caseness.read.cells import LOST, Typed, as_text, type_column
from caseness.read.headings import Heading
from caseness.read.model import LINE, REASONS, rejected_schema, typed_schema
from caseness.read.numbering import NOBODY, Owners, RowNumbers
from caseness.read.pieces import Piece
from caseness.record import ROW_ID, SUBMISSION, Column, Table

EMPTY_ROW = "the row is empty"


@dataclass(frozen=True, eq=False)
class Sorted:
    """The rows of a piece, each kept or rejected."""

    kept: pa.Table
    rejected: pa.Table
    told: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, eq=False)
class Sorter:
    """How the pieces of one file become rows of a table: which columns it has, and whose its rows are."""

    declared: Table
    heading: Heading
    owners: Owners
    numbers: RowNumbers
    where: str
    has_serial_dates: bool = False

    @property
    def wanted(self) -> list[int]:
        """The places of the columns that are to be read, in the order in which they are expected."""
        return list(self.heading.places.values())

    def sort(self, piece: Piece) -> Sorted:
        """Type a piece, number its rows, and set aside what is not well formed.

        Raises
        ------
        UnreadableRecord
            If a column holds lists or records, or row numbers are given that cannot be.
        """
        cells = self._cells(piece.rows)
        owners = self._owners(cells, piece)
        ids = self.numbers.take(owners, self._given(cells), self.where)
        whole = piece.whole_offsets
        typed = {each.name: self._typed(each, cells) for each in self.declared.columns if each.name in cells}
        reasons = self._reasons(typed, cells, owners[whole], piece.rows.num_rows)
        told = Counter[str]()
        for name, one in typed.items():
            told.update({f"{name}\t{sign}": count for sign, count in one.told.items() if count})
        bad = np.flatnonzero(_any_reason(reasons, piece.rows.num_rows))
        kept = self._kept(typed, owners[whole], ids[whole], bad, piece.rows.num_rows)
        return Sorted(kept, self._rejected(piece, cells, owners, ids, reasons, bad), told)

    def _cells(self, rows: pa.Table) -> dict[str, pa.Array]:
        columns = [column.combine_chunks() for column in rows.columns]
        return dict(zip(self.heading.places, columns, strict=True))

    def _owners(self, cells: Mapping[str, pa.Array], piece: Piece) -> np.ndarray:
        name = self.heading.submission_column
        if self.owners.only is not None or name is None:
            return self.owners.of(None, piece.size)
        owners = np.full(piece.size, NOBODY, np.int32)
        owners[piece.whole_offsets] = self.owners.of(self._text(name, cells[name]), piece.rows.num_rows)
        return owners

    def _given(self, cells: Mapping[str, pa.Array]) -> np.ndarray | None:
        if ROW_ID not in cells:
            return None
        typed = (
            cells[ROW_ID] if pa.types.is_integer(cells[ROW_ID].type) else _numbers(self._text(ROW_ID, cells[ROW_ID]))
        )
        if typed is None or typed.null_count:
            raise UnreadableRecord(
                f"{self.where}: its column `{ROW_ID}` is not a whole number in every row. None of the record is taken. "
                "Leave that column out, and the rows are numbered as they stand."
            )
        return typed.to_numpy(zero_copy_only=False).astype(np.int64) % 10**9

    def _text(self, name: str, cells: pa.Array) -> pa.Array:
        try:
            return as_text(cells)
        except TypeError as problem:
            raise UnreadableRecord(
                f"{self.where}: the column {name!r} holds {str(problem)[:60]}, which is no cell of a table. None of the "
                "record is taken. Write it as text."
            ) from problem

    def _typed(self, column: Column, cells: Mapping[str, pa.Array]) -> Typed:
        given = cells[column.name]
        plain = given if given.type == column.arrow else self._text(column.name, given)
        return type_column(column, plain, self.has_serial_dates)

    def _reasons(
        self, typed: Mapping[str, Typed], cells: Mapping[str, pa.Array], owners: np.ndarray, rows: int
    ) -> dict[str, pa.Array]:
        reasons = {name: one.reasons for name, one in typed.items() if one.reasons is not None}
        if (owners == NOBODY).any():
            reasons[self.heading.submission_column or SUBMISSION] = _where(
                owners == NOBODY, "no header row has this value"
            )
        is_empty = _are_empty([cells[name] for name in typed], rows)
        if is_empty.any():
            reasons[""] = _where(is_empty, EMPTY_ROW)
        return reasons

    def _kept(
        self, typed: Mapping[str, Typed], owners: np.ndarray, ids: np.ndarray, bad: np.ndarray, rows: int
    ) -> pa.Table:
        columns = {name: one.values for name, one in typed.items()}
        columns |= {SUBMISSION: pa.array(owners, pa.int32()), ROW_ID: pa.array(ids, pa.int64())}
        kept = _in_schema(columns, typed_schema(self.declared), rows)
        return kept.take(pa.array(np.delete(np.arange(rows), bad))) if len(bad) else kept

    def _rejected(
        self,
        piece: Piece,
        cells: Mapping[str, pa.Array],
        owners: np.ndarray,
        ids: np.ndarray,
        reasons: Mapping[str, pa.Array],
        bad: np.ndarray,
    ) -> pa.Table:
        if not len(bad) and not piece.broken:
            return rejected_schema(self.declared).empty_table()
        lines = [one.offset for one in piece.broken]
        places = np.concatenate([piece.whole_offsets[bad], lines]).astype(np.int64)
        text = {name: self._text(name, column).take(pa.array(bad)) for name, column in cells.items()}
        columns = {name: _then_nulls(column, len(lines)) for name, column in text.items()}
        columns |= {
            SUBMISSION: _null_where_zero(owners[places], pa.int32()),
            ROW_ID: _null_where_zero(ids[places], pa.int64()),
            REASONS: pa.array([*_listed(reasons, bad), *([one.reason] for one in piece.broken)], pa.list_(pa.string())),
            LINE: pa.array([*[None] * len(bad), *(one.text for one in piece.broken)], pa.string()),
        }
        rejected = _in_schema(columns, rejected_schema(self.declared), len(places))
        return rejected.take(pa.array(np.argsort(places, kind="stable")))


def _in_schema(columns: Mapping[str, pa.Array], schema: pa.Schema, rows: int) -> pa.Table:
    arrays = [columns[one.name] if one.name in columns else pa.nulls(rows, one.type) for one in schema]
    return pa.table(arrays, schema=schema)


def lost_note(sign: str) -> str:
    """What to say of cells that held more than was kept."""
    return f"held {sign.removeprefix(LOST).strip()}, which was left out"


def _numbers(text: pa.Array) -> pa.Array | None:
    try:
        return text.cast(pa.int64())
    except pa.ArrowInvalid:
        return None


def _any_reason(reasons: Mapping[str, pa.Array], rows: int) -> np.ndarray:
    found = np.zeros(rows, dtype=bool)
    for one in reasons.values():
        found |= one.is_valid().to_numpy(zero_copy_only=False)
    return found


def _where(flags: np.ndarray, reason: str) -> pa.Array:
    return pc.if_else(pa.array(flags), pa.scalar(reason), pa.scalar(None, pa.string()))


# Column by column, and most often the first already holds something in every row.
def _are_empty(columns: list[pa.Array], rows: int) -> np.ndarray:
    empty = np.ones(rows, dtype=bool)
    for column in columns:
        if not empty.any():
            break
        empty &= column.is_null().to_numpy(zero_copy_only=False)
    return empty


def _listed(reasons: Mapping[str, pa.Array], bad: np.ndarray) -> list[list[str]]:
    taken = {name: one.take(pa.array(bad)).to_pylist() for name, one in reasons.items()}
    return [
        [f"{name}: {given[row]}" if name else given[row] for name, given in taken.items() if given[row]]
        for row in range(len(bad))
    ]


def _then_nulls(column: pa.Array, rows: int) -> pa.Array:
    return pa.concat_arrays([column, pa.nulls(rows, column.type)]) if rows else column


def _null_where_zero(numbers: np.ndarray, kind: pa.DataType) -> pa.Array:
    return pa.array(numbers, kind, mask=numbers == NOBODY)
