"""The page: sections of blocks poured into the templates, every number with its place in audit.json."""

from __future__ import annotations

import base64
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from caseness.audit.quantity import Quantity
from caseness.audit.run import Audit
from caseness.audit.spelling import spell
from caseness.report.blocks import Figure, Grid, Section, source_of, tables_of
from caseness.report.charts.drawing import Picture, draw
from caseness.report.controls import name_script, read_script
from caseness.report.pointers import Held, Pointers, point_into
from caseness.report.sections.assumptions import tell_assumptions
from caseness.report.sections.checks import tell_checks
from caseness.report.sections.claims import tell_claims
from caseness.report.sections.cohorts import tell_cohorts
from caseness.report.sections.cost import tell_cost
from caseness.report.sections.definitions import tell_definitions
from caseness.report.sections.endings import tell_endings
from caseness.report.sections.journey import tell_journey
from caseness.report.sections.limits import tell_limits
from caseness.report.sections.missing import tell_missing
from caseness.report.sections.natural import tell_natural
from caseness.report.sections.opening import tell_opening
from caseness.report.sections.otherwise import tell_otherwise
from caseness.report.sections.promise import tell_promise
from caseness.report.sections.rates import tell_rates
from caseness.report.sections.sources import tell_sources
from caseness.report.sections.trends import tell_trends
from caseness.report.sections.variation import tell_variation
from caseness.report.sections.waits import tell_waits
from caseness.report.sentence import Sentence
from caseness.report.table import (
    Cell,
    Column,
    Table,
    file_header,
    file_rows,
    marked,
    quantity_in,
    spell_cell,
    write_csv,
)

# The order of the page.
_TELLERS: tuple[Callable[[Audit], Section], ...] = (
    tell_opening,
    tell_journey,
    tell_cohorts,
    tell_rates,
    tell_endings,
    tell_waits,
    tell_trends,
    tell_variation,
    tell_missing,
    tell_natural,
    tell_cost,
    tell_otherwise,
    tell_promise,
    tell_assumptions,
    tell_claims,
    tell_checks,
    tell_limits,
    tell_definitions,
    tell_sources,
)

_NUMBER = Markup('<span class="number" data-ref="{}"{}>{}</span>')
_BLANK = Markup('<span class="number blank" data-ref="{}"{}>{}</span>')
_SIGNED = Markup(' data-sign="yes"')


# The most letters of a cell of words, and how its column is set: on one line, or with the room that it needs.
_STYLES = ((14, "short"), (40, "words"), (160, "prose"), (math.inf, "essay"))
# A long number may break after its words, and a hash anywhere.
_LOOSE, _UNBROKEN = 20, 48


@dataclass(frozen=True, eq=False)
class Page:
    """An audit laid out for reading."""

    audit: Audit
    sections: tuple[Section, ...]
    pointers: Pointers

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table of the page, each once, in its order."""
        return tuple({table.id: table for table in tables_of(self.sections)}.values())

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure of the page, in its order."""
        blocks = (block for section in self.sections for block in section.blocks)
        return tuple(block for block in blocks if isinstance(block, Figure))


def lay_out(audit: Audit) -> Page:
    """Lay an audit out in sections."""
    sections = (_marked(tell(audit), audit.provenance.made_up) for tell in _TELLERS)
    return Page(audit, tuple(sections), point_into(audit))


# A file that is copied from the report must say by itself that nobody in it is real.
def _marked(section: Section, mark: str) -> Section:
    blocks = (
        replace(block, table=marked(block.table, mark)) if isinstance(block, Figure | Grid) else block
        for block in section.blocks
    )
    return replace(section, blocks=tuple(blocks)) if mark else section


def render(page: Page) -> str:
    """The page as one HTML file that asks the network for nothing."""
    kinds = (block.kind for section in page.sections for block in section.blocks)
    script = Markup(read_script()) if "controls" in kinds else ""
    about = {"page": page, "audit": page.audit, "subject": page.audit.subject}
    return fill("report.html.j2", page.pointers, script=script, script_hash=name_script(), **about)


def fill(template: str, pointers: Pointers, **content: object) -> str:
    """Fill a template, with the filters that turn numbers and sentences into markup."""
    filters = _Filters(pointers)
    environment = _environment().overlay()
    environment.filters = {
        **environment.filters,
        "number": filters.number,
        "sentence": filters.sentence,
        "cell": filters.cell,
        "download": download,
        "pictures": draw_pictures,
        "plain": quantity_in,
        "shown": shown_columns,
        "source_of": source_of,
    }
    return environment.get_template(template).render(style=Markup(_style()), **content)


def fill_plain(template: str, **content: object) -> str:
    """Fill a template whose numbers stand in no audit, such as the findings of a check."""
    return _environment().get_template(template).render(style=Markup(_style()), **content)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("caseness.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _style() -> str:
    return (files("caseness.report") / "templates" / "style.css").read_text(encoding="utf-8")


@dataclass(frozen=True, eq=False)
class _Filters:
    pointers: Pointers

    def number(self, number: Quantity | Held, sign: bool = False) -> Markup:
        """A number with its place in audit.json."""
        quantity = number.quantity if isinstance(number, Held) else number
        unit = Markup(' data-unit="{}"').format(number.unit) if isinstance(number, Held) else Markup("")
        markup = _NUMBER if quantity.is_known else _BLANK
        return markup.format(self.pointers.find(number), unit + (_SIGNED if sign else ""), spell(quantity, sign=sign))

    def sentence(self, sentence: Sentence) -> Markup:
        """A sentence whose numbers can be traced."""
        return Markup("").join(part if isinstance(part, str) else self.number(part) for part in sentence.parts)

    def cell(self, cell: Cell, column: Column) -> str:
        """A cell of a table."""
        return cell if isinstance(cell, str) else self.number(cell, column.sign)


@dataclass(frozen=True)
class ShownColumn:
    """A column of the page: where its cells stand in a row, and how they are set."""

    index: int
    column: Column
    style: str


def shown_columns(table: Table) -> list[ShownColumn]:
    """The columns that the page shows: those that are in files only, or hold nothing at all, are left out."""
    wanted = [i for i, column in enumerate(table.columns) if not column.in_files_only]
    held = [i for i in wanted if i == 0 or not table.rows or any(_holds(row[i]) for row in table.rows)]
    return [ShownColumn(i, table.columns[i], _set(table, i)) for i in held]


def _holds(cell: Cell) -> bool:
    return bool(cell) if isinstance(cell, str) else quantity_in(cell).is_known


def _set(table: Table, i: int) -> str:
    spelled = [spell_cell(row[i]) for row in table.rows] or [""]
    longest = max(map(len, spelled))
    if table.columns[i].is_number:
        return "right loose" if longest > _LOOSE else "right"
    if any(len(text) > _UNBROKEN and " " not in text for text in spelled):
        return "code"
    return next(style for most, style in _STYLES if longest <= most)


def draw_pictures(figure: Figure) -> tuple[Picture, ...]:
    """The pictures of a figure. They are drawn here, so that files without pictures cost none."""
    return draw(figure.id, figure.describe)


def download(table: Table) -> str:
    """A table as an address that holds the whole file, so that it can be saved from a page that is offline."""
    text = write_csv(file_header(table), file_rows(table))
    return "data:text/csv;charset=utf-8;base64," + base64.b64encode(text.encode()).decode()
