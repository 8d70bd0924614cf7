"""A case study as Markdown: one file, to be read and written on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from caseness.casebook.blocks import Block, Chapter, Grid, Heading, Paragraph, Picture, Points, Question, Study

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#])")


def write_markdown(study: Study) -> str:
    """A case study as Markdown text.

    Charts are left out: the table of every score stands where they would.
    """
    above = [
        f"# {escape(study.title)}",
        *filter(None, [_strong(study.made_up)]),
        escape(study.lead),
        *map(_strong, study.warnings),
    ]
    parts = [*above, f"> {escape(study.purpose)}", *(part for one in study.chapters for part in _chapter(one))]
    return "\n\n".join(part for part in parts if part) + "\n"


def escape(text: str) -> str:
    r"""A text in which nothing is taken for markup.

    >>> print(escape("a_b | <c>"))
    a\_b \| \<c\>
    """
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _strong(text: str) -> str:
    return f"**{escape(text)}**" if text else ""


def _chapter(chapter: Chapter) -> Iterable[str]:
    yield f"## {escape(chapter.heading)}"
    for block in chapter.blocks:
        yield _block(block)


def _block(block: Block) -> str:
    return _WRITERS[type(block)](block)


def _paragraph(block: Paragraph) -> str:
    return f"*{escape(block.text)}*" if block.is_note and block.text else escape(block.text)


def _question(block: Question) -> str:
    return f"{_strong(block.asks)}\n\n{_points((*block.evidence, 'Answer:'))}"


def _points(items: Sequence[str]) -> str:
    return "\n".join(f"- {escape(each)}" for each in items)


def _grid(grid: Grid) -> str:
    rule = ["---:" if place in grid.numbers else "---" for place in range(len(grid.headings))]
    lines = [grid.headings, rule, *grid.rows]
    table = "\n".join(
        f"| {' | '.join(map(escape, line))} |" if line is not rule else f"| {' | '.join(line)} |" for line in lines
    )
    return f"{escape(grid.caption)}\n\n{table}"


_WRITERS: Mapping[type, Callable[[Any], str]] = MappingProxyType(
    {
        Paragraph: _paragraph,
        Heading: lambda block: f"### {escape(block.text)}",
        Points: lambda block: _points(block.items),
        Grid: _grid,
        Question: _question,
        # The table of every score stands below each chart.
        Picture: lambda block: "",
    }
)
