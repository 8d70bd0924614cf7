"""Which organisation took over from which. Nothing is guessed: each succession names its source."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

from caseness.errors import UnreadableInput

COLUMNS = ("from", "to", "date", "source")


@dataclass(frozen=True)
class Succession:
    """From `day` on, `heir` stands for `code`."""

    code: str
    heir: str
    day: date
    source: str


def read_successions(path: Path | None = None) -> tuple[Succession, ...]:
    """Read successions from a file with the columns from, to, date (2021-04-01) and source.

    Without a path, the file that ships with the package, which holds only what a source
    says. It is empty: see its README.

    Raises
    ------
    UnreadableInput
        If a column or a cell is missing, a date is none, a code is succeeded twice, or a
        code in the end succeeds itself. The message names the file and the row.
    """
    source = path or files(__package__ or "").joinpath("successions.csv")
    try:
        text = source.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise UnreadableInput(f"{source}: the successions cannot be read: {problem}") from problem
    lines = csv.DictReader(text.splitlines())
    if tuple(lines.fieldnames or ()) != COLUMNS:
        raise UnreadableInput(f"{source}: the columns must be {', '.join(COLUMNS)}. No succession is taken from it.")
    read = tuple(_read_row(f"{source}: row {number}", row) for number, row in enumerate(lines, start=2))
    _require_lines(str(source), read)
    return read


def heir_of(code: str, on: date, successions: Iterable[Succession]) -> str:
    """The code that stands for an organisation on a day. One without a succession stands for itself.

    Examples
    --------
    >>> moves = [Succession("A", "B", date(2020, 4, 1), "s"), Succession("B", "C", date(2022, 4, 1), "s")]
    >>> [heir_of("A", date(year, 4, 1), moves) for year in (2019, 2021, 2023)]
    ['A', 'B', 'C']
    """
    heirs = {each.code: each.heir for each in successions if each.day <= on}
    while code in heirs:
        code = heirs.pop(code)
    return code


def _read_row(where: str, row: dict[str, str | None]) -> Succession:
    cells = [(row[column] or "").strip() for column in COLUMNS]
    if not all(cells) or None in row:
        raise UnreadableInput(f"{where}: each of {', '.join(COLUMNS)} must be filled, and nothing else.")
    code, heir, day, source = cells
    try:
        return Succession(code, heir, date.fromisoformat(day), source)
    except ValueError as problem:
        raise UnreadableInput(f"{where}: {day!r} is no date. Write it as 2021-04-01.") from problem


def _require_lines(where: str, successions: tuple[Succession, ...]) -> None:
    """Every code leads to one end, so that `heir_of` always finds it."""
    heirs: dict[str, str] = {}
    for each in successions:
        if each.code in heirs:
            raise UnreadableInput(f"{where}: {each.code} is succeeded twice. Keep the row that its source bears out.")
        heirs[each.code] = each.heir
        end = each.heir
        while end in heirs and end != each.code:
            end = heirs[end]
        if end == each.code:
            raise UnreadableInput(f"{where}: {each.code} in the end succeeds itself. Take out the row that is wrong.")
