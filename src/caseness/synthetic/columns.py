"""Columns of a table to be, held as numbers until they are written. Each gives the cells of chosen rows as Arrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import pyarrow as pa

# Stands for a blank in every column of numbers.
BLANK = -(2**31)

_GROUP = 4
_TABLE = np.frombuffer("".join(f"{number:04}" for number in range(10_000)).encode(), np.uint8).reshape(10_000, _GROUP)


class Cells(Protocol):
    """A column: the cells of chosen rows."""

    def arrow(self, rows: np.ndarray) -> pa.Array:
        """The cells of these rows, in this order."""
        ...


@dataclass(frozen=True, eq=False)
class Coded:
    """Texts that repeat: the place of each row's text among `names`, or a negative number for a blank.

    Examples
    --------
    >>> Coded(np.array([1, -1, 0], np.int8), ("Y", "N")).arrow(np.array([0, 1])).to_pylist()
    ['N', None]
    """

    places: np.ndarray
    names: Sequence[str]

    # A name that is there twice leaves a gap of chance bytes in the file.
    def __post_init__(self) -> None:
        if len(set(self.names)) != len(self.names):
            raise ValueError("A name of a coded column is there twice.")

    def arrow(self, rows: np.ndarray) -> pa.Array:
        places = self.places[rows]
        blank = places < 0
        indices = pa.array(places, mask=blank if blank.any() else None)
        return pa.DictionaryArray.from_arrays(indices, pa.array(self.names, pa.string()))


@dataclass(frozen=True, eq=False)
class Numbered:
    """Identifiers: a prefix and a number of fixed width. A negative number is a blank.

    Examples
    --------
    >>> Numbered(np.array([7, 12]), "R", 4).arrow(np.array([1])).to_pylist()
    ['R0012']
    """

    numbers: np.ndarray
    prefix: str
    width: int

    def arrow(self, rows: np.ndarray) -> pa.Array:
        numbers = self.numbers[rows]
        blank = numbers < 0
        texts = write_numbers(np.where(blank, 0, numbers), self.prefix, self.width)
        return texts if not blank.any() else texts.filter(pa.array(~blank)).take(_places(blank))


@dataclass(frozen=True, eq=False)
class Days:
    """Days since 1970-01-01, or BLANK."""

    days: np.ndarray

    def arrow(self, rows: np.ndarray) -> pa.Array:
        return _masked(self.days[rows].astype(np.int32, copy=False)).cast(pa.date32())


@dataclass(frozen=True, eq=False)
class Times:
    """Seconds since midnight, or BLANK."""

    seconds: np.ndarray

    def arrow(self, rows: np.ndarray) -> pa.Array:
        return _masked(self.seconds[rows].astype(np.int32, copy=False)).cast(pa.time32("s"))


@dataclass(frozen=True, eq=False)
class Whole:
    """Whole numbers, or BLANK."""

    values: np.ndarray

    def arrow(self, rows: np.ndarray) -> pa.Array:
        return _masked(self.values[rows].astype(np.int64, copy=False))


@dataclass(frozen=True)
class Same:
    """One text in every row."""

    text: str

    def arrow(self, rows: np.ndarray) -> pa.Array:
        return pa.DictionaryArray.from_arrays(pa.array(np.zeros(len(rows), np.int8)), pa.array([self.text]))


# The numbers that each kind of column holds.
_HELD = {Coded: "places", Numbered: "numbers", Days: "days", Times: "seconds", Whole: "values"}


def take(column: Cells, rows: np.ndarray) -> Cells:
    """The same column with these rows, in this order.

    Examples
    --------
    >>> take(Coded(np.array([0, 1]), ("Y", "N")), np.array([1, 1])).arrow(np.array([0, 1])).to_pylist()
    ['N', 'N']
    """
    if isinstance(column, Same):
        return column
    assert isinstance(column, (Coded, Numbered, Days, Times, Whole)), f"Unhandled {column!r}"
    name = _HELD[type(column)]
    return replace(column, **{name: getattr(column, name)[rows]})


def write_numbers(numbers: np.ndarray, prefix: str, width: int) -> pa.StringArray:
    """Numbers as texts of one length, straight into the memory of the column: no text is made one by one."""
    rows, start = len(numbers), len(prefix)
    groups = -(-width // _GROUP)
    digits = np.empty((rows, groups * _GROUP), np.uint8)
    rest = numbers.astype(np.int64)
    for group in range(groups - 1, -1, -1):
        rest, low = np.divmod(rest, 10_000)
        digits[:, group * _GROUP : (group + 1) * _GROUP] = _TABLE[low]
    content = np.empty((rows, start + width), np.uint8)
    content[:, :start] = np.frombuffer(prefix.encode(), np.uint8)
    content[:, start:] = digits[:, groups * _GROUP - width :]
    offsets = np.arange(rows + 1, dtype=np.int32) * (start + width)
    return pa.StringArray.from_buffers(rows, pa.py_buffer(offsets), pa.py_buffer(content))


def _masked(values: np.ndarray) -> pa.Array:
    blank = values == BLANK
    return pa.array(values, mask=blank if blank.any() else None)


def _places(blank: np.ndarray) -> pa.Array:
    return pa.array(np.cumsum(~blank) - 1, mask=blank)
