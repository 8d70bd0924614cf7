"""Each chart of a report as a slide of its own: 16 by 9, with its heading and its source, as SVG and PNG."""

from __future__ import annotations

import textwrap
from html import escape

import vl_convert

from caseness.audit.run import Audit
from caseness.report.blocks import Figure, source_of
from caseness.report.charts.drawing import draw_alone
from caseness.report.charts.theme import FONT, INK, PAPER, QUIET, ROLES

WIDTH, HEIGHT = 1600, 900
_MARGIN = 70
_HEADING, _SMALL = 40, 20
_LETTERS_IN_A_HEADING, _LETTERS_IN_A_NOTE = 68, 140


def draw_slide(figure: Figure, audit: Audit) -> str:
    """A chart as SVG, as large as the slide allows, under its heading and above its source."""
    heading = textwrap.wrap(figure.heading, _LETTERS_IN_A_HEADING)
    top = _MARGIN + _SMALL * 2 + _HEADING * len(heading) * 1.2
    foot = _foot(figure, audit)
    colours = [(name, label) for name, label in figure.key if name in ROLES]
    bottom = HEIGHT - _MARGIN - (len(foot) + bool(colours) * 1.6) * _SMALL * 1.2
    room = (WIDTH - 2 * _MARGIN, bottom - top)
    chart = draw_alone(figure.id, figure.describe, room)
    box = f'x="{_MARGIN}" y="{top:.0f}" width="{room[0]}" height="{room[1]:.0f}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img">',
        f"<title>{escape(figure.heading)}</title><desc>{escape(figure.alternative.text)}</desc>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>',
        *_lines([f"{audit.subject.name}. {audit.programme.name}"], _MARGIN + _SMALL, _SMALL, QUIET),
        *_lines(heading, _MARGIN + _SMALL + _HEADING * 1.2, _HEADING, INK),
        chart.replace("<svg ", f'<svg {box} preserveAspectRatio="xMinYMid meet" ', 1),
        *_key(colours, bottom + _SMALL * 1.6),
        *_lines(foot, HEIGHT - _MARGIN - (len(foot) - 1.8) * _SMALL * 1.2, _SMALL, QUIET),
        "</svg>\n",
    ]
    return "\n".join(parts)


def make_png(svg: str) -> bytes:
    """A slide as a picture of dots, 1,600 by 900."""
    return vl_convert.svg_to_png(svg)


# What the marks mean, what the numbers rest on, and where they come from.
def _foot(figure: Figure, audit: Audit) -> list[str]:
    source = f"Basis: {figure.basis}. Source: {source_of(figure, audit)}. Caseness {audit.provenance.package_version}."
    return textwrap.wrap(" ".join([*figure.alone, *figure.notes, source]), _LETTERS_IN_A_NOTE)


# Lines are named beside themselves; the colours of bars are named here.
def _key(colours: list[tuple[str, str]], foot: float) -> list[str]:
    parts: list[str] = []
    left = float(_MARGIN)
    for name, label in colours:
        parts.append(
            f'<rect x="{left:.0f}" y="{foot - _SMALL * 0.85:.0f}" width="{_SMALL}" height="{_SMALL}" '
            f'fill="{ROLES[name]}" stroke="{QUIET}"/><text x="{left + _SMALL * 1.4:.0f}" y="{foot:.0f}" '
            f'font-family="{FONT}" font-size="{_SMALL}" fill="{INK}">{escape(label)}</text>'
        )
        left += _SMALL * (2.4 + 0.52 * len(label))
    return parts


def _lines(lines: list[str], first: float, size: int, colour: str) -> list[str]:
    weight = ' font-weight="bold"' if size == _HEADING else ""
    return [
        f'<text x="{_MARGIN}" y="{first + i * size * 1.2:.0f}" font-family="{FONT}" font-size="{size}"{weight} '
        f'fill="{colour}">{escape(line)}</text>'
        for i, line in enumerate(lines)
    ]
