"""The page that sets a made-up record beside the published figures, with the same as JSON and CSV. Each says SYNTHETIC."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from caseness import __version__
from caseness.report.files import put_in_place
from caseness.report.how_off import how_off
from caseness.report.part_labels import is_code, meaning_of
from caseness.synthetic.facts import Facts
from caseness.synthetic.margin import CHAPTERS, DISTANCES, FEW, TOLERANCES, Margin
from caseness.synthetic.not_compared import NOT_COMPARED

# The layout of margins.json. A field that is added raises the second number, one that changes or goes the first.
DOCUMENT_VERSION = "1.1.0"
COLUMNS = (
    "synthetic_or_real",
    "chapter",
    "margin",
    "title",
    "kind",
    "part",
    "meaning",
    "synthetic",
    "published",
    "distance",
    "tolerance",
    "verdict",
    "rows",
    "source",
)
_DASH = "–"
_SHARES = ("distribution", "rate", "gap")


@dataclass(frozen=True)
class Chapter:
    """A chapter of the page with its margins."""

    name: str
    margins: tuple[Margin, ...]

    @property
    def compared(self) -> int:
        """How many margins have something to compare."""
        return sum(margin.distance is not None for margin in self.margins)

    @property
    def off(self) -> int:
        """How many of them are off."""
        return sum(margin.is_within is False for margin in self.margins)


def write_margins(margins: Sequence[Margin], facts: Facts, record: str, out: Path) -> list[Path]:
    """Write margins.html, margins.json and margins.csv into a folder, all or none.

    Parameters
    ----------
    margins : what `caseness.synthetic.margins.compare_margins` found
    facts : what they were compared with
    record : how the record is called on the page
    out : the folder; made where it is not there

    Raises
    ------
    CannotWrite
        If the folder cannot be written to.
    """
    contents = {
        "margins.html": render_margins(margins, facts, record),
        "margins.json": margins_document(margins, facts, record),
        "margins.csv": margins_csv(margins, facts),
    }
    return put_in_place(out, {name: text.encode() for name, text in contents.items()})


def render_margins(margins: Sequence[Margin], facts: Facts, record: str) -> str:
    """The page as one HTML file that asks the network for nothing."""
    compared = [margin for margin in margins if margin.distance is not None]
    off = [margin for margin in compared if margin.is_within is False]
    return _template().render(
        style=Markup((files("caseness.report") / "templates" / "style.css").read_text(encoding="utf-8")),
        facts=facts,
        record=record,
        version=__version__,
        chapters=_chapters(margins),
        compared=len(compared),
        within=sum(margin.is_within is True for margin in compared),
        off=len(off),
        listed=sorted((margin for margin in off if margin.rows >= FEW), key=_times_over, reverse=True),
        off_with_few=[margin for margin in off if margin.rows < FEW],
        not_compared=NOT_COMPARED,
        meaning=lambda margin, label: meaning_of(margin, label, facts),
        is_code=lambda margin, label: is_code(margin, label, facts),
        how_off=lambda margin: how_off(margin, facts),
        absent=len(margins) - len(compared),
        few=sum(margin.rows < FEW for margin in compared),
        few_rows=FEW,
        distances=DISTANCES,
        tolerances=TOLERANCES,
    )


def margins_document(margins: Sequence[Margin], facts: Facts, record: str) -> str:
    """The margins as JSON text, in their order."""
    content = {
        "schema_version": DOCUMENT_VERSION,
        "synthetic": True,
        "about": "A made-up record beside the published figures. No person and no service in the record is real.",
        "record": record,
        "published_year": facts.year,
        "margins": [_plain(margin, facts) for margin in margins],
        "not_compared": [{"what": what, "because": because} for what, because in NOT_COMPARED],
    }
    return json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def margins_csv(margins: Sequence[Margin], facts: Facts) -> str:
    """The margins as CSV, one line for each part. An unknown number is blank."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for margin in margins:
        about = (margin.chapter, margin.name, margin.title, margin.kind)
        verdict = (margin.distance, margin.tolerance, margin.verdict, margin.rows, margin.source)
        for part in margin.parts:
            told = (part.label, meaning_of(margin, part.label, facts), part.synthetic, part.published)
            writer.writerow(("SYNTHETIC", *about, *told, *verdict))
    return stream.getvalue()


def _plain(margin: Margin, facts: Facts) -> dict[str, Any]:
    parts = [{**asdict(part), "meaning": meaning_of(margin, part.label, facts)} for part in margin.parts]
    return {**asdict(margin), "parts": parts, "verdict": margin.verdict}


# By how many times its tolerance a margin is off.
def _times_over(margin: Margin) -> float:
    return (margin.distance or 0.0) / margin.tolerance


def _chapters(margins: Sequence[Margin]) -> list[Chapter]:
    held = [Chapter(name, tuple(margin for margin in margins if margin.chapter == name)) for name in CHAPTERS]
    return [chapter for chapter in held if chapter.margins]


@cache
def _template() -> Any:
    environment = Environment(
        loader=PackageLoader("caseness.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"short": _short, "value": _value, "thousands": lambda count: f"{count:,}"}
    return environment.get_template("synthetic.html.j2")


def _short(number: float | None) -> str:
    return _DASH if number is None else f"{number:.3g}"


def _value(number: float | None, margin: Margin) -> str:
    if number is None:
        return _DASH
    return f"{100 * number:.1f} %" if margin.kind in _SHARES else f"{number:,.2f}"
