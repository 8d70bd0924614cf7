"""Columns of text to columns of their declared types, with a reason for each cell that cannot be one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from caseness.codes import code_list
from caseness.read.forms import FORMS, Reading, has_decimal_comma
from caseness.read.limits import CELL_BYTES
from caseness.record import Column

TIDIED = "trimmed, or a code given its leading zero"
FORMULA = "begin with = + - or @ and were kept as text. A spreadsheet that opens them may run them as formulas"
COMMA_SCORE = "hold a number with a decimal comma and were kept as text. They count as no score: write a point"
TOO_LONG = f"longer than {CELL_BYTES:,} bytes"
LOST = "lost"

# Only here is a number kept as text, since Y and NA are scores too.
_NUMBERS_AS_TEXT = ("PersScore", "ObsValue")
_FORMULA_SIGNS = np.frombuffer(b"=+-@", np.uint8)
_FORMULA = r"^[=+\-@]"
_COMMA = r"^[+-]?\d+,\d+$"


@dataclass(frozen=True, eq=False)
class Typed:
    """A column of its declared type. `reasons` is null where a cell is well formed, and None where all are.

    `told` counts what is worth a note: cells that were tidied, look like formulas, or held more than was kept.
    """

    values: pa.Array
    reasons: pa.Array | None = None
    told: Counter[str] = field(default_factory=Counter)


def type_column(column: Column, cells: pa.Array, has_serial_dates: bool = False) -> Typed:
    """Read a column. Cells that hold nothing are null, text is trimmed, and codes are tidied.

    Parameters
    ----------
    column : what is declared
    cells : the column as it stood, of any simple type
    has_serial_dates : whether a plain number may be a date, as in workbooks

    Examples
    --------
    >>> from caseness.record import table
    >>> typed = type_column(table("IDS101").column("ServDischDate"), pa.array(["01/04/2025", "soon", None]))
    >>> typed.values.to_pylist(), typed.reasons.to_pylist()[1]
    ([datetime.date(2025, 4, 1), None, None], 'not a date (2025-04-01 or 01/04/2025)')
    """
    if cells.type == column.arrow and column.type not in ("text", "month"):
        return Typed(cells)
    text = as_text(cells)
    if column.type == "text" and column.codes is None:
        return _plain_text(column, text)
    return _by_distinct(column, text, has_serial_dates)


def as_text(cells: pa.Array) -> pa.Array:
    """A column of any simple type as text: whole floats without their `.0`, dates as ISO.

    Raises
    ------
    TypeError
        If its cells are lists or records.
    """
    if pa.types.is_dictionary(cells.type):
        cells = cells.dictionary_decode()
    if cells.type == pa.string():
        return cells
    if pa.types.is_floating(cells.type):
        cells = _whole_where_possible(cells)
    try:
        return cells.cast(pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as problem:
        raise TypeError(str(cells.type)) from problem


def _whole_where_possible(cells: pa.Array) -> pa.Array:
    given = pc.if_else(pc.is_nan(cells), pa.scalar(None, cells.type), cells)
    try:
        return given.cast(pa.int64())
    except pa.ArrowInvalid:
        return given


def _plain_text(column: Column, cells: pa.Array) -> Typed:
    told: Counter[str] = Counter()
    edges = _edges(cells)
    if edges is None:
        return Typed(cells, told=told)
    lengths, first, last = edges
    trimmed = cells
    # Letters outside ASCII may be blanks of another alphabet.
    if ((first <= 0x20) | (first >= 0x80) | (last <= 0x20) | (last >= 0x80)).any():
        trimmed = pc.utf8_trim_whitespace(cells)
        told[TIDIED] += _count(pc.not_equal(trimmed, cells))
        trimmed = pc.if_else(pc.equal(pc.binary_length(trimmed), 0), pa.scalar(None, pa.string()), trimmed)
    if np.isin(first, _FORMULA_SIGNS).any():
        told[FORMULA] += _count(pc.match_substring_regex(trimmed, _FORMULA))
    if column.name in _NUMBERS_AS_TEXT:
        told[COMMA_SCORE] += _count(pc.match_substring_regex(trimmed, _COMMA))
    if lengths.max() > CELL_BYTES:
        return _without_long(trimmed, told)
    return Typed(trimmed, told=told)


# The length, first and last byte of each cell, straight from the memory of the column; an empty cell counts as a blank.
def _edges(cells: pa.Array) -> tuple[np.ndarray, np.ndarray, np.ndarray] | None:
    _, offsets, content = cells.buffers()
    if len(cells) == 0 or offsets is None or content is None or content.size == 0:
        return None if cells.null_count == len(cells) else (np.zeros(1), np.zeros(1, np.uint8), np.zeros(1, np.uint8))
    ends = np.frombuffer(offsets, np.int32)[cells.offset : cells.offset + len(cells) + 1]
    signs = np.frombuffer(content, np.uint8)
    lengths = np.diff(ends)
    held = lengths > 0
    if cells.null_count:
        held |= cells.is_valid().to_numpy(zero_copy_only=False)
    starts = np.minimum(ends[:-1][held], len(signs) - 1)
    stops = np.maximum(ends[1:][held] - 1, 0)
    empty = lengths[held] == 0
    first, last = (np.where(empty, np.uint8(0), signs[place]) for place in (starts, stops))
    return (lengths, first, last) if held.any() else None


def _without_long(cells: pa.Array, told: Counter[str]) -> Typed:
    is_long = pc.fill_null(pc.greater(pc.binary_length(cells), CELL_BYTES), False)
    values = pc.if_else(is_long, pa.scalar(None, pa.string()), cells)
    reasons = pc.if_else(is_long, pa.scalar(TOO_LONG), pa.scalar(None, pa.string()))
    return Typed(values, reasons, told)


# Dates, times and codes repeat: each distinct text is read once, and the rest is a look-up.
def _by_distinct(column: Column, cells: pa.Array, has_serial_dates: bool) -> Typed:
    coded = cells.dictionary_encode()
    distinct = coded.dictionary.to_pylist()
    readings = [_read(column, text, has_serial_dates) for text in distinct]
    values = pa.array([one.value for one in readings], column.arrow).take(coded.indices)
    told = _tell(column, distinct, readings, coded.indices)
    if not any(one.reason for one in readings):
        return Typed(values, told=told)
    return Typed(values, pa.array([one.reason or None for one in readings], pa.string()).take(coded.indices), told)


def _read(column: Column, text: str, has_serial_dates: bool) -> Reading:
    trimmed = text.strip()
    if not trimmed:
        return Reading()
    if len(text) > CELL_BYTES:
        return Reading(reason=TOO_LONG)
    if column.codes is not None and column.type == "text":
        return Reading(code_list(column.codes).tidy(trimmed))
    return FORMS[column.type](trimmed, has_serial_dates)


def _tell(column: Column, distinct: list[str], readings: list[Reading], indices: pa.Array) -> Counter[str]:
    told: Counter[str] = Counter()
    if not distinct:
        return told
    places = indices.drop_null().to_numpy()
    counts = np.bincount(places, minlength=len(distinct)).tolist()
    for text, reading, count in zip(distinct, readings, counts, strict=True):
        for sign in _signs(column, text, reading):
            told[sign] += count
    return told


def _signs(column: Column, text: str, reading: Reading) -> list[str]:
    signs = [f"{LOST} {reading.lost}"] if reading.lost else []
    if column.type != "text" or reading.value is None:
        return signs
    if reading.value != text:
        signs.append(TIDIED)
    if text.strip()[0] in "=+-@":
        signs.append(FORMULA)
    if column.name in _NUMBERS_AS_TEXT and has_decimal_comma(text.strip()):
        signs.append(COMMA_SCORE)
    return signs


def _count(flags: pa.Array) -> int:
    return pc.sum(flags).as_py() or 0
