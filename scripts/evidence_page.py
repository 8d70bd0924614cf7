"""What a chapter of evidence is: tables in which each line says what a method promises, what it did, and whether that holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from reference_pages import table


@dataclass(frozen=True)
class Size:
    """How much is simulated. Three standard errors of a simulated share or mean are put down to chance.

    `people` are in one sample, `repeats` are samples of a small service, `service` its people, `referrals` a made-up record.
    """

    people: int
    repeats: int
    service: int
    referrals: int
    seed: int = 20261126


FULL = Size(people=200_000, repeats=200, service=300, referrals=4_000)
# For the tests: the same page, with other digits.
SMALL = Size(people=2_000, repeats=4, service=60, referrals=300)


@dataclass(frozen=True)
class Board:
    """A table, with its title, what its columns are, and what is to be read from it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Chapter:
    """A chapter of evidence. `fails` says where a method does not do what it promises, and by how much."""

    title: str
    about: str
    boards: tuple[Board, ...]
    fails: tuple[str, ...]


def percent(share: float, decimals: int = 1) -> str:
    """A share as a percentage.

    >>> percent(0.0512), percent(float("nan"))
    ('5.1 %', 'none')
    """
    return "none" if np.isnan(share) else f"{100 * share:.{decimals}f} %"


def signed(number: float, decimals: int = 2) -> str:
    """A difference with its sign.

    >>> signed(0.5), signed(-1.234), signed(-0.001)
    ('+0.50', '-1.23', '0.00')
    """
    rounded = round(number, decimals) + 0.0
    return f"{rounded:+.{decimals}f}" if rounded else f"{0:.{decimals}f}"


def judge_share(found: float, promised: float, number: int) -> str:
    """Whether a share is what was promised, within three standard errors of so many draws.

    >>> judge_share(0.051, 0.05, 1000), judge_share(0.15, 0.05, 1000)
    ('holds', 'off by +10.0 points')
    """
    error = 3 * (promised * (1 - promised) / max(number, 1)) ** 0.5
    return "holds" if abs(found - promised) <= error else f"off by {signed(100 * (found - promised), 1)} points"


def at_most(found: float, promised: float, number: int) -> str:
    """Whether a share is no more than was promised.

    >>> at_most(0.01, 0.05, 1000), at_most(0.15, 0.05, 1000)
    ('holds', 'off by +10.0 points')
    """
    return "holds" if found <= promised else judge_share(found, promised, number)


def failing(board: Board, names: Sequence[str] = ()) -> Iterable[str]:
    """A sentence for each line of a board that is off. `names` say which columns name the line."""
    places = [board.columns.index(name) for name in names] or [0]
    for row in board.rows:
        for name, cell in zip(board.columns, row, strict=True):
            if cell.startswith("off by"):
                yield f"{board.title}, {', '.join(row[place] for place in places)}: {cell}" + (
                    f" ({name.lower()})." if name.lower() != "verdict" else "."
                )


def write_chapter(chapter: Chapter) -> str:
    """A chapter in Markdown."""
    parts = [f"## {chapter.title}\n\n{chapter.about}\n"]
    for board in chapter.boards:
        note = f"\n{board.note}\n" if board.note else ""
        parts.append(f"### {board.title}\n\n{table(board.columns, board.rows)}{note}")
    said = "".join(f"- {one}\n" for one in chapter.fails) or "Nothing that is promised was found to fail.\n"
    return "\n".join([*parts, f"**Where it fails**\n\n{said}"])
