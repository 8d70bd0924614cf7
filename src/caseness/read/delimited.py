"""A table in a text file: commas, semicolons, tabs or bars, its first line the header."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv

from caseness.errors import UnreadableRecord
from caseness.read.encodings import encoding_of, note_on, utf8_pieces
from caseness.read.headings import count_known
from caseness.read.limits import ROW_BYTES
from caseness.read.pieces import OpenTable, Piece
from caseness.read.rows import Rows, first_row, merge, split_rows, split_singly

_DELIMITERS = (b",", b";", b"\t", b"|")
_WEB_PAGE = (b"<!doctype", b"<html", b"<head", b"<?xml", b"<body")

Pieces = Callable[[], Iterator[bytes]]


def open_delimited(path: Path, table_id: str, name: str) -> OpenTable:
    """Open a text file as a table.

    Raises
    ------
    UnreadableRecord
        If it is another kind of file, or has no header line.
    """
    encoding = encoding_of(path, name)
    return open_text(lambda: utf8_pieces(path, encoding, name), table_id, name, note_on(encoding, name))


def open_text(pieces: Pieces, table_id: str, name: str, notes: Sequence[str] = ()) -> OpenTable:
    """Open pieces of UTF-8 text as a table. `pieces` is called once, and what it gives is read to its end."""
    stream = pieces()
    start, delimiter, end = _find_header(stream, table_id, name)
    names = _cells(start[:end], delimiter, name)
    told = list(notes)

    def read(wanted: Sequence[int]) -> Iterator[Piece]:
        inner = 0
        for rows in split_rows(chain([start[end:]], stream), delimiter):
            inner += rows.inner
            yield _parse(rows, delimiter, len(names), wanted, name)
        if inner:
            told.append(f"{name}: {inner:,} line breaks stand within cells in quotation marks, and begin no row.")

    return OpenTable(tuple(names), read, told)


# The separator is the one that gives most of the table's own column names.
def _find_header(stream: Iterator[bytes], table_id: str, name: str) -> tuple[bytes, bytes, int]:
    start = _start_of(stream)
    if start.lstrip()[:20].lower().startswith(_WEB_PAGE):
        raise UnreadableRecord(f"{name} is a web page or XML, not a table. None of it is taken. Export it as CSV.")
    if not start:
        raise UnreadableRecord(f"{name} is empty. Give it at least a header line, or take it out of the folder.")
    ends = {delimiter: first_row(start, delimiter) for delimiter in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda one: count_known(table_id, _cells(start[: ends[one]], one, name)))
    if not ends[best]:
        raise UnreadableRecord(
            f"{name}: the first line is no header: it is longer than {ROW_BYTES:,} bytes, or a quotation mark in it is "
            "not closed. None of its rows is taken. Mend the first line."
        )
    return start, best, ends[best]


def _start_of(stream: Iterator[bytes]) -> bytes:
    start = b""
    for piece in stream:
        start = (start + piece).lstrip(b"\r\n")
        if len(start) > ROW_BYTES:
            return start
    return start if not start or start.endswith((b"\n", b"\r")) else start + b"\n"


def _cells(line: bytes, delimiter: bytes, name: str) -> list[str]:
    try:
        rows = csv.reader([line.decode()], delimiter=delimiter.decode())
        return next(rows, [])
    except (UnicodeDecodeError, csv.Error) as problem:
        raise UnreadableRecord(f"{name}: the header line cannot be read. None of its rows is taken.") from problem


def _parse(rows: Rows, delimiter: bytes, columns: int, wanted: Sequence[int], name: str) -> Piece:
    table = _try_parse(rows.text, delimiter, columns, wanted, name)
    if table is not None:
        return Piece(table, rows.broken)
    told = merge(rows.broken, split_singly(rows.text, delimiter, columns))
    table = _try_parse(told.text, delimiter, columns, wanted, name)
    assert table is not None, f"Unhandled lines in {name}"
    return Piece(table, told.broken)


# None where a line has more or fewer cells than the header.
def _try_parse(text: bytes, delimiter: bytes, columns: int, wanted: Sequence[int], name: str) -> pa.Table | None:
    if not text.strip(b"\r\n"):
        return _nothing(wanted)
    uneven: list[int] = []
    try:
        table = pa_csv.read_csv(pa.BufferReader(text), *_options(text, delimiter, columns, wanted, uneven))
    except pa.ArrowInvalid as problem:
        raise UnreadableRecord(
            f"{name} cannot be read as CSV (a byte belongs to no text). None of it is taken."
        ) from problem
    return None if uneven else table.rename_columns([str(place) for place in range(len(wanted))])


def _options(text: bytes, delimiter: bytes, columns: int, wanted: Sequence[int], uneven: list[int]) -> tuple:
    names = [str(place) for place in range(columns)]

    def take_note(line: pa_csv.InvalidRow) -> str:
        uneven.append(line.actual_columns)
        return "skip"

    return (
        pa_csv.ReadOptions(column_names=names, block_size=len(text) + 1),
        pa_csv.ParseOptions(delimiter=delimiter.decode(), invalid_row_handler=take_note, newlines_in_values=True),
        pa_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            include_columns=[str(place) for place in wanted],
            strings_can_be_null=True,
            null_values=[""],
        ),
    )


def _nothing(wanted: Sequence[int]) -> pa.Table:
    return pa.table({str(place): pa.array([], pa.string()) for place in range(len(wanted))})
