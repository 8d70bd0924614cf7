"""What a page is made of: sections of paragraphs, lists, figures, tables and judged claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from caseness.audit.claims import Judgement
from caseness.audit.quantity import Quantity
from caseness.audit.run import Audit
from caseness.provenance import PUBLISHED_STATISTICS
from caseness.report.charts.drawing import Describe
from caseness.report.controls import Controls
from caseness.report.sentence import Sentence
from caseness.report.table import Table


@dataclass(frozen=True)
class Paragraph:
    """A few sentences. `role` is text, lead, note or absent (says plainly that something is not there)."""

    sentence: Sentence
    role: str = "text"
    kind: str = "paragraph"


@dataclass(frozen=True)
class Items:
    """A list of sentences."""

    sentences: tuple[Sentence, ...]
    kind: str = "items"


@dataclass(frozen=True)
class Heading:
    """A heading within a section."""

    text: str
    id: str
    kind: str = "heading"


@dataclass(frozen=True)
class Figure:
    """A picture, what it says, the table behind it, and a sentence to cite.

    `alternative` tells the finding to those who do not see the picture. `describe` makes
    the chart for one width, once a page is written. `basis` says what the numbers rest on,
    for the citation. `notes` explain marks in the picture; `alone` is what the page says elsewhere,
    and a slide must say itself. `source` names whose numbers they are, and their licence, for the citation.
    """

    id: str
    heading: str
    alternative: Sentence
    describe: Describe
    table: Table
    citation: Sentence
    basis: str
    key: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    source: str = PUBLISHED_STATISTICS
    kind: str = "figure"


@dataclass(frozen=True)
class Grid:
    """A table that stands on its own."""

    table: Table
    basis: str = ""
    kind: str = "grid"


@dataclass(frozen=True)
class Judged:
    """A claim and the verdict on it, with the table of what each basis gives."""

    judgement: Judgement
    readings: Table
    pairs: Table | None
    implied: Table | None
    kind: str = "judged"


@dataclass(frozen=True)
class Highlights:
    """A few numbers, each with the words that say what it is a number of."""

    numbers: tuple[tuple[Quantity, str], ...]
    kind: str = "highlights"


Block = Paragraph | Items | Highlights | Heading | Figure | Grid | Controls | Judged


@dataclass(frozen=True)
class Section:
    """A part of the page, with its place in the contents."""

    id: str
    heading: str
    blocks: tuple[Block, ...]


def tables_of(sections: tuple[Section, ...]) -> Iterator[Table]:
    """Every table of the page, in its order."""
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Figure | Grid):
                yield block.table


def source_of(figure: Figure, audit: Audit) -> str:
    """Whose numbers a figure shows: those of the audit, with what else it rests on, and a word where nobody in it is real."""
    source = figure.source.replace(PUBLISHED_STATISTICS, audit.provenance.statistics)
    return f"{source}. {audit.provenance.made_up}".rstrip(" .")


def name_sources(*sources: str) -> str:
    """Whose numbers a figure shows: the statistics, then each source by its name alone. The table has the whole of it."""
    named = (one.split(": ")[0].split(", abstract")[0].split(", and alpha")[0] for one in sources)
    return "; ".join(dict.fromkeys([PUBLISHED_STATISTICS, *named]))


def absent(words: str) -> Paragraph:
    """Say plainly that a part of the page has nothing to show, and why."""
    return Paragraph(Sentence((words,)), "absent")
