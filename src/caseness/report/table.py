"""A table of an audit, once: what the page prints, the CSV file holds and the workbook shows."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

from caseness.audit.quantity import Quantity
from caseness.audit.spelling import spell
from caseness.report.pointers import Held

Cell = str | Quantity | Held

# How the four columns of a number are called in a file.
_ENDS = ("", "_low", "_high", "_reason")
_MOST_ROWS_IN_SIGHT = 36
_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Column:
    """A column. `name` heads it in files, `heading` on the page; numbers stand to the right.

    A column `in_files_only` is too wordy for the page, and stands in the CSV file and the workbook.
    """

    name: str
    heading: str
    is_number: bool = False
    sign: bool = False
    in_files_only: bool = False


@dataclass(frozen=True)
class Table:
    """A captioned table. The first column names the row. `basis` is "" where rows have their own."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for row in self.rows:
            assert len(row) == len(self.columns), f"{self.id}: {len(row)} cells for {len(self.columns)} columns"

    @property
    def is_long(self) -> bool:
        """Whether a reader would rather open it than scroll past it."""
        return len(self.rows) > _MOST_ROWS_IN_SIGHT


def words(name: str, heading: str) -> Column:
    """A column of words."""
    return Column(name, heading)


def files_only(name: str, heading: str) -> Column:
    """A column of words that only the files hold."""
    return Column(name, heading, in_files_only=True)


def numbers(name: str, heading: str, sign: bool = False) -> Column:
    """A column of numbers."""
    return Column(name, heading, is_number=True, sign=sign)


def quantity_in(cell: Quantity | Held) -> Quantity:
    """The quantity of a numeric cell."""
    return cell.quantity if isinstance(cell, Held) else cell


def spell_cell(cell: Cell, sign: bool = False) -> str:
    """A cell as text."""
    return cell if isinstance(cell, str) else spell(quantity_in(cell), sign=sign)


def marked(table: Table, mark: str) -> Table:
    """The same table with a column in its files that says in every row what the figures are of."""
    if not mark:
        return table
    columns = (*table.columns, files_only("synthetic", "Synthetic"))
    return replace(table, columns=columns, rows=tuple((*row, mark) for row in table.rows))


def file_header(table: Table) -> list[str]:
    """The names of the columns in a file: a number has four, its value, both ends and the reason for a blank."""
    return [name for column in table.columns for name in _names(column)]


def file_rows(table: Table) -> list[list[str | float | None]]:
    """The rows as a file holds them, in the columns of `file_header`."""
    columns = table.columns
    return [[value for i, cell in enumerate(row) for value in _values(cell, columns[i])] for row in table.rows]


def write_csv(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Comma-separated text: numbers in full, blanks empty.

    >>> write_csv(["step", "count"], [["Ended", 5.0], ["Unpaired", None]])
    'step,count\\nEnded,5\\nUnpaired,\\n'
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_plain(value) for value in row] for row in rows)
    return stream.getvalue()


# A cell that begins like a formula would run in a reader's spreadsheet. An apostrophe makes it text.
def _plain(value: object) -> object:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_LIKE_A_FORMULA) else value
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _names(column: Column) -> list[str]:
    return [column.name + end for end in _ENDS] if column.is_number else [column.name]


def _values(cell: Cell, column: Column) -> list[str | float | None]:
    if isinstance(cell, str):
        return [cell or None, None, None, None] if column.is_number else [cell]
    quantity = quantity_in(cell)
    ends = [quantity.value, quantity.low, quantity.high, quantity.reason]
    return ends if column.is_number else [spell(quantity)]
