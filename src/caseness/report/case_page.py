"""A case study as one HTML page that asks the network for nothing: the blocks of the casebook, with a chart of each questionnaire."""

from __future__ import annotations

from caseness import __version__
from caseness.casebook.blocks import Grid, Picture, Study
from caseness.casebook.spelling import Spell
from caseness.report.charts.course import draw_course, key_of
from caseness.report.charts.drawing import Picture as Drawn
from caseness.report.charts.drawing import draw
from caseness.report.page import fill_plain

# How a column of words is set, by the most letters of its cells.
_STYLES = ((14, "short"), (40, "words"), (160, "prose"))


def render_case(study: Study, spell: Spell) -> str:
    """The page of a case study.

    Parameters
    ----------
    study : what `caseness.casebook.tell_case` gives
    spell : how it writes days, so that the charts do the same
    """
    return fill_plain(
        "case.html.j2",
        study=study,
        version=__version__,
        pictures=lambda picture: _draw(picture, spell),
        key_of=lambda picture: key_of(picture.scores),
        style_of=style_of,
    )


def style_of(grid: Grid, place: int) -> str:
    """How a column of a table is set: to the right where it holds numbers, and else by how long its words are."""
    if place in grid.numbers:
        return "right"
    longest = max((len(row[place]) for row in grid.rows), default=0)
    return next((style for most, style in _STYLES if longest <= most), "essay")


def _draw(picture: Picture, spell: Spell) -> tuple[Drawn, ...]:
    return draw(picture.id, lambda width: draw_course(picture.scores, spell, width))
