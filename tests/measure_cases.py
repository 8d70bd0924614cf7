"""The spec cases of the measures: text files with tables of rows, and which of the rows each measure counts.

A section has a title, a sentence, a table for each grain, and expectations:

    M071: odd_code                      these rows are counted, and no others
    M089 = 7: twice five_times          the sum over these rows
    M192 = 50.0: well / well ill        the rows above the line, those below it, and the percentage
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from grain_tables import GRAINS, read_table

FOLDER = Path(__file__).parent / "spec" / "measures"
_EXPECTED = re.compile(r"((?:M|EA)\d+)(?: = (\S+))?: ?([^/\n]*)(?:/(.*))?")


@dataclass(frozen=True)
class Expected:
    """What one measure is over the rows of a section."""

    measure: str
    value: float | None
    above: tuple[str, ...]
    below: tuple[str, ...] | None

    def __str__(self):
        return self.measure


@dataclass(frozen=True)
class Section:
    """Tables of rows, by grain, and what is expected of them."""

    chapter: str
    title: str
    says: str
    tables: dict
    period: str
    expected: tuple[Expected, ...]

    def __str__(self):
        return f"{self.chapter}: {self.title}"

    @property
    def rows(self):
        """The rows of each grain, as dictionaries."""
        return {grain: read_table(text) for grain, text in self.tables.items()}


def chapters():
    """The chapters that have cases."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.txt")))


def sections(chapter):
    """The sections of the cases of a chapter."""
    text = (FOLDER / f"{chapter}.txt").read_text(encoding="utf-8")
    return tuple(_section(chapter, part) for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:])


def _section(chapter, text):
    title, says, *blocks = re.split(r"\n\n+|\n", text.strip(), maxsplit=2)
    blocks = re.split(r"\n\n+", blocks[0].strip())
    tables = {block.split("\n", 1)[0]: block.split("\n", 1)[1] for block in blocks if block.split("\n", 1)[0] in GRAINS}
    period = next((block.removeprefix("period ") for block in blocks if block.startswith("period ")), "2025-04")
    lines = [line for block in blocks for line in block.splitlines()]
    expected = [_expected(found) for line in lines if (found := _EXPECTED.fullmatch(line))]
    return Section(chapter, title, says, tables, period, tuple(expected))


def _expected(found):
    measure, value, above, below = found.groups()
    return Expected(
        measure,
        None if value is None else float(value),
        tuple(above.split()),
        None if below is None else tuple(below.split()),
    )
