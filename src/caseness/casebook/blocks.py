"""What a case study is made of on paper: chapters of plain blocks, the same for Markdown and for a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from caseness.casebook.model import Scores


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. A `note` is set smaller."""

    kind: ClassVar[str] = "paragraph"
    text: str
    is_note: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading within a chapter."""

    kind: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True)
class Points:
    """A list of sentences."""

    kind: ClassVar[str] = "points"
    items: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A table of text. The first column names the row; `numbers` are the places of the columns that hold numbers."""

    kind: ClassVar[str] = "grid"
    id: str
    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.headings) for row in self.rows):
            raise ValueError(f"{self.id}: every row has a cell for each heading.")


@dataclass(frozen=True)
class Picture:
    """A chart of the scores on one questionnaire. `alternative` says in words what it shows; a grid with the numbers follows."""

    kind: ClassVar[str] = "picture"
    id: str
    scores: Scores
    alternative: str


@dataclass(frozen=True)
class Question:
    """A question for whoever studies the case, and what the record can say to it."""

    kind: ClassVar[str] = "question"
    asks: str
    evidence: tuple[str, ...]


Block = Paragraph | Heading | Points | Grid | Picture | Question


@dataclass(frozen=True)
class Chapter:
    """A part of a case study."""

    id: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Study:
    """A case study, ready to be written down. `warnings` stand above everything else, and so do `made_up` and `purpose`."""

    title: str
    lead: str
    purpose: str
    warnings: tuple[str, ...]
    made_up: str
    chapters: tuple[Chapter, ...]
