"""Open a practice sheet: a CSV file or a workbook, its header found, its rows counted."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from caseness.errors import UnreadableRecord
from caseness.read.encodings import encoding_of, note_on, utf8_pieces
from caseness.read.practice.cells import has_month_first, text_of
from caseness.read.practice.columns import ENDING
from caseness.read.practice.entries import Line, Sheet
from caseness.read.practice.headers import NOT_KNOWN, Taken, is_known, missing_columns, take_headers
from caseness.read.practice.plain import plain
from caseness.read.workbooks import require_small, sheet_rows, sheet_titles

TEXTS = (".csv", ".tsv", ".txt")
WORKBOOKS = (".xlsx", ".xlsm")
ENDINGS = TEXTS + WORKBOOKS
# A practice of ten therapists with thirty sessions a week each fills this in sixteen years. Beyond it, somebody took
# the extract of a service for a practice sheet.
ROWS = 250_000
BYTES = 64 << 20
COLUMNS = 1000
LINES_ABOVE = 60

_SEPARATORS = (",", ";", "\t", "|")
_OF_ENDINGS = frozenset({"ending", "endings", "discharge", "discharges", "closures", "ended"})

Row = Sequence[object]


@dataclass(frozen=True)
class _Rows:
    """Numbered rows, as they stand. The first row of a file is 1."""

    rows: tuple[tuple[int, Row], ...]
    is_workbook: bool = False
    notes: tuple[str, ...] = ()


def open_sheets(paths: Iterable[Path]) -> tuple[Sheet, ...]:
    """Open every sheet in some files. A sheet of a workbook that is no practice sheet is passed over, with a note.

    Raises
    ------
    UnreadableRecord
        If a file is something else, is damaged or is too large, or if it has no column for the client or the day.
        The message names the file and what was looked for.
    """
    opened: list[Sheet] = []
    for path in paths:
        opened.extend(_open_file(path))
    return tuple(replace(each, number=i) for i, each in enumerate(opened, start=1))


def _open_file(path: Path) -> list[Sheet]:
    _require_a_sheet(path)
    if path.suffix.casefold() not in WORKBOOKS:
        return [_open_text(path)]
    require_small(path, path.name)
    sheets, passed = [], []
    for title in sheet_titles(path, path.name):
        rows = sheet_rows(path, title, path.name)
        numbered = _Rows(tuple(enumerate(rows, start=1)), is_workbook=True)
        found = _make_sheet(f"{path.name}, sheet {title}", title, numbered)
        if isinstance(found, Sheet):
            sheets.append(found)
        else:
            passed.append(f"{path.name}: sheet {title} is not read: {found}.")
    if not sheets:
        raise UnreadableRecord(f"{path.name} holds no practice sheet. {' '.join(passed)} {_ADVICE}".strip())
    return [replace(sheets[0], notes=(*sheets[0].notes, *passed)), *sheets[1:]]


_ADVICE = "No row is taken. `caseness practice-template --out FILE` writes a sheet with the headers that are known."


def _require_a_sheet(path: Path) -> None:
    if path.suffix.casefold() not in ENDINGS:
        raise UnreadableRecord(f"{path.name} is no practice sheet: it ends in none of {', '.join(ENDINGS)}. {_ADVICE}")
    try:
        size = path.stat().st_size
    except OSError as problem:
        raise UnreadableRecord(f"{path.name} cannot be read: {problem.strerror}. {_ADVICE}") from problem
    if size > BYTES:
        raise UnreadableRecord(
            f"{path.name} has {size:,} bytes, and a practice sheet at most {BYTES:,}. No row is taken. "
            "Is it the extract of a service? Then read it without --profile practice."
        )


def _open_text(path: Path) -> Sheet:
    encoding = encoding_of(path, path.name)
    text = b"".join(utf8_pieces(path, encoding, path.name)).decode()
    likely, *others = _likely(text)
    first = _make_sheet(path.name, path.stem, _parse(text, likely, path.name, encoding))
    if isinstance(first, Sheet):
        return first
    for separator in others:
        second = _make_sheet(path.name, path.stem, _parse(text, separator, path.name, encoding))
        if isinstance(second, Sheet):
            return second
    raise UnreadableRecord(f"{path.name} is no practice sheet: {first}. {_ADVICE}")


def _likely(text: str) -> Sequence[str]:
    """The separators, the one that knows most headers first."""

    def known(separator: str) -> int:
        lines = text[: LINES_ABOVE * 10_000].splitlines()[:LINES_ABOVE]
        return max((sum(map(is_known, line.split(separator))) for line in lines), default=0)

    return sorted(_SEPARATORS, key=known, reverse=True)[:2]


def _parse(text: str, separator: str, name: str, encoding: str) -> _Rows:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows, first = [], 1
    try:
        for row in reader:
            rows.append((first, row))
            first = reader.line_num + 1
    except csv.Error as problem:
        raise UnreadableRecord(
            f"{name}: the row that begins on line {first:,} cannot be read: {problem}. Rows below it could be swallowed, so "
            "no row is taken. Look for a quotation mark that is not closed, or for a very long cell."
        ) from problem
    return _Rows(tuple(rows), notes=tuple(note_on(encoding, name)))


def _make_sheet(name: str, title: str, opened: _Rows) -> Sheet | str:
    """The sheet, or why it is none."""
    place = _find_header(opened.rows)
    if place is None:
        return _why_no_header(opened.rows)
    number, header = opened.rows[place]
    taken = take_headers([text_of(cell) for cell in header])
    below = opened.rows[place + 1 :]
    filled = [(row, cells) for row, cells in below if any(map(text_of, cells))]
    lines = tuple(Line(row, _fit(cells, len(taken))) for row, cells in filled if not _is_header(cells, taken))
    if len(lines) > ROWS:
        return f"it has {len(lines):,} rows, and a practice sheet at most {ROWS:,}"
    return Sheet(
        name,
        0,
        number,
        taken,
        lines,
        kind=_kind(title, taken),
        is_workbook=opened.is_workbook,
        month_first=_month_first(taken, lines),
        above=place,
        blank=len(below) - len(filled),
        repeated=len(filled) - len(lines),
        notes=opened.notes,
    )


def _find_header(rows: Sequence[tuple[int, Row]]) -> int | None:
    for place, (_, cells) in enumerate(rows[:LINES_ABOVE]):
        if len(cells) <= COLUMNS and not missing_columns(_taken(cells)):
            return place
    return None


def _taken(cells: Row) -> tuple[Taken, ...]:
    return take_headers([text_of(cell) for cell in cells])


def _why_no_header(rows: Sequence[tuple[int, Row]]) -> str:
    above = [cells for _, cells in rows[:LINES_ABOVE] if any(map(text_of, cells)) and len(cells) <= COLUMNS]
    if not above:
        return f"it is empty, or has more than {COLUMNS:,} columns"
    best = max((_taken(cells) for cells in above), key=lambda taken: sum(one.is_used for one in taken))
    missing = " and ".join(each.id for each in missing_columns(best))
    left_out = [one for one in best if not one.is_used and one.header and one.why != NOT_KNOWN]
    hints = [f"{one.header!r} is left out: {one.why}" for one in left_out]
    return f"it has no column for {missing}. " + " ".join(hints[:3]) if hints else f"it has no column for {missing}"


def _fit(cells: Row, width: int) -> tuple[object, ...]:
    """As many cells as headers, and then those beyond, if any is filled."""
    short = (*cells, *[""] * (width - len(cells)))
    return short if any(map(text_of, short[width:])) else short[:width]


def _is_header(cells: Row, taken: tuple[Taken, ...]) -> bool:
    return [plain(text_of(cell)) for cell in _fit(cells, len(taken))] == [plain(one.header) for one in taken]


def _kind(title: str, taken: tuple[Taken, ...]) -> str:
    has_column = any(one.column and one.column.id == "row" for one in taken)
    return ENDING if plain(title) in _OF_ENDINGS and not has_column else ""


def _month_first(taken: tuple[Taken, ...], lines: tuple[Line, ...]) -> frozenset[int]:
    of_days = {"date", "end date", "referred", "birth date"}
    places = [one.place for one in taken if one.column and one.column.id in of_days]
    return frozenset(place for place in places if has_month_first(line.cells[place] for line in lines))
