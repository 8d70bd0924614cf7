"""Read a CSV file as it was printed: encodings, lines above the header, lines cut short."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv

from caseness.errors import UnreadableInput
from caseness.published.files import MAX_LINES_ABOVE, MAX_TEXT_BYTES, IsHeader, TextTable, require_size, text_table

_SEPARATORS = (",", "\t", ";")
_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_OTHER_KINDS = {
    b"PK\x03\x04": "a workbook or a zip archive",
    b"PAR1": "a Parquet file",
    b"%PDF": "a PDF document",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"Rar!": "a RAR archive",
    b"\x1f\x8b": "a gzip archive",
}
_WEB_PAGE = ("<!doctype", "<html", "<head", "<?xml", "<body", "<script")


@dataclass(frozen=True)
class _Header:
    names: list[str]
    separator: str
    lines_above: int


@dataclass
class _BadLines:
    count: int = 0
    first: str = ""

    def take(self, line: pa_csv.InvalidRow) -> str:
        self.count += 1
        self.first = self.first or f"{line.actual_columns} cells instead of {line.expected_columns}"
        self.number = line.number if self.count == 1 else self.number
        return "skip"


def read_delimited(path: Path, is_header: IsHeader) -> TextTable:
    """Read a CSV file as a table of text.

    The header is the first line that `is_header` accepts, or else the first line. Commas,
    semicolons and tabs separate. UTF-8 and UTF-16 are read; anything else is taken for
    Windows-1252, with a note.

    Raises
    ------
    UnreadableInput
        If the file is something else under this name, is damaged, or was cut short.
    """
    require_size(path, MAX_TEXT_BYTES)
    text, notes = decode(path.read_bytes(), path.name)
    if text.lstrip()[:200].casefold().startswith(_WEB_PAGE):
        raise UnreadableInput(
            f"{path.name} is a web page, not a release: most likely an error page that was saved under this name. "
            "No figure is taken from it. Download the release again and look at it before you keep it."
        )
    header = _find_header(text, is_header)
    if header.lines_above:
        notes.append(f"{path.name}: {header.lines_above} lines above the header were passed over.")
    columns = _read_columns(text, header, path.name)
    if _may_be_cut(text):
        columns, note = _without_last_row(columns, path.name)
        notes.append(note)
    return text_table(header.names, columns, header.lines_above + 2, notes, path.name)


def decode(content: bytes, name: str) -> tuple[str, list[str]]:
    """Turn the bytes of a file into text, with a note where the encoding is not the usual one.

    Raises
    ------
    UnreadableInput
        If they are no text.
    """
    for start, kind in _OTHER_KINDS.items():
        if content.startswith(start):
            raise UnreadableInput(f"{name} is {kind} under a borrowed name. Give it its own ending, or unpack it.")
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return _decode_strictly(content, encoding, name), _note_of(encoding, name)
    if b"\0" in content[:4096]:
        encoding = "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
        return _decode_strictly(content, encoding, name), _note_of(encoding, name)
    encoding = "utf-8" if _is_utf8(content) else "cp1252"
    return _decode_strictly(content, encoding, name), _note_of(encoding, name)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _decode_strictly(content: bytes, encoding: str, name: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as problem:
        raise UnreadableInput(
            f"{name} is damaged: byte {problem.start:,} belongs to no text, neither UTF-8, UTF-16 nor Windows-1252. "
            "No figure is taken from it. Download it again."
        ) from problem
    if "\0" in text:
        raise UnreadableInput(
            f"{name} is damaged: it holds empty bytes. No figure is taken from it. Download it again."
        )
    return text


def _note_of(encoding: str, name: str) -> list[str]:
    if encoding in ("utf-8", "utf-8-sig"):
        return []
    if encoding == "cp1252":
        return [
            f"{name} is not UTF-8. It was read as Windows-1252: figures are not affected, "
            "but letters with accents in names may be wrong."
        ]
    return [f"{name} was read as {encoding.upper()}."]


def _find_header(text: str, is_header: IsHeader) -> _Header:
    for number, line in enumerate(_first_lines(text)):
        for separator in _SEPARATORS:
            names = _split(line, separator)
            if is_header(names):
                return _Header(names, separator, number)
    return _Header(_split(next(iter(_first_lines(text)), ""), ","), ",", 0)


def _first_lines(text: str) -> list[str]:
    start = text[: MAX_LINES_ABOVE * 10_000]
    return start.splitlines()[:MAX_LINES_ABOVE]


def _split(line: str, separator: str) -> list[str]:
    return next(csv.reader([line], delimiter=separator), [])


# One thread, since only then does the reader know the number of a bad line.
def _read_columns(text: str, header: _Header, name: str) -> list[pa.ChunkedArray]:
    bad = _BadLines()
    places = [str(index) for index in range(len(header.names))]
    try:
        table = pa_csv.read_csv(
            pa.BufferReader(text.encode()),
            read_options=pa_csv.ReadOptions(
                use_threads=False, skip_rows=header.lines_above + 1, column_names=places or ["0"]
            ),
            parse_options=pa_csv.ParseOptions(delimiter=header.separator, invalid_row_handler=bad.take),
            convert_options=pa_csv.ConvertOptions(
                column_types=dict.fromkeys(places, pa.string()), strings_can_be_null=False, null_values=[]
            ),
        )
    except pa.ArrowInvalid as problem:
        raise UnreadableInput(f"{name} cannot be read as CSV: {problem}. No figure is taken from it.") from problem
    if bad.count:
        raise UnreadableInput(_why_lines_are_bad(bad, name))
    return list(table.columns)


def _why_lines_are_bad(bad: _BadLines, name: str) -> str:
    return (
        f"{name}: line {bad.number} has {bad.first}, and so have {bad.count - 1} more lines. The file is cut short or "
        "damaged, and a figure could stand under the wrong name: none is taken from it. Download it again (caseness fetch does, with --again)."
    )


# A file that ends in the middle of a number looks like a whole file with a smaller number.
def _may_be_cut(text: str) -> bool:
    return not text.endswith(("\n", "\r", '"'))


def _without_last_row(columns: Sequence[pa.ChunkedArray], name: str) -> tuple[list[pa.ChunkedArray], str]:
    rows = len(columns[0]) if columns else 0
    note = (
        f"{name} does not end with a line break, so its last number may be cut short. The last line was left out. "
        "If the file is whole, add a line break at its end."
    )
    return [column.slice(0, max(rows - 1, 0)) for column in columns], note
