"""From a described chart to SVG that can stand in a page: sized by its box, with ids of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import altair as alt
import vl_convert
from altair.utils.schemapi import debug_mode

from caseness.report.charts.theme import ALONE, CONFIG, WIDTHS, Width

# What Altair calls layers that have been given a size.
Drawing = alt.LayerChart | alt.FacetChart
Describe = Callable[[Width], Drawing]

_SIZE = re.compile(r' width="([\d.]+)" height="([\d.]+)"')
_ID = re.compile(r'\bid="([^"]+)"')


@dataclass(frozen=True)
class Picture:
    """A chart at one width, as SVG."""

    width: str
    svg: str


def draw(chart_id: str, describe: Describe) -> tuple[Picture, ...]:
    """Draw a chart at every width that the page uses.

    Parameters
    ----------
    chart_id : the id of its figure, so that no two pictures on a page share an id
    describe : makes the chart for one width
    """
    # Altair would hold each part of each chart against its schema, which costs as much as drawing them. The tests do.
    with debug_mode(False):
        return tuple(Picture(width.name, _draw_one(f"{chart_id}-{width.name}", describe(width))) for width in WIDTHS)


def draw_alone(chart_id: str, describe: Describe, room: tuple[float, float]) -> str:
    """Draw a chart that stands alone in a room of its own, as large as it goes, letters and all.

    Parameters
    ----------
    chart_id : the id of its figure
    describe : makes the chart for one width
    room : the width and the height that it may fill, in pixels
    """
    with debug_mode(False):
        svg = max((_make_svg(describe(width)) for width in ALONE), key=lambda drawn: _fit(drawn, room))
    return _SIZE.sub("", name_parts(chart_id, svg), count=1)


# How large the letters come out; where two come out alike, the one that fills more of the room.
def _fit(svg: str, room: tuple[float, float]) -> tuple[float, float]:
    width, height = map(float, _SIZE.search(svg).groups())  # type: ignore[union-attr]
    return round(min(room[0] / width, room[1] / height), 1), width


def inline(rows: list[dict[str, Any]]) -> alt.InlineData:
    """Rows of values as the data of a chart.

    Altair copies a chart at each step of its description, lists and all. It does not copy a tuple.
    """
    return alt.InlineData(values=tuple(rows))


def _draw_one(name: str, chart: Drawing) -> str:
    return fit_in_page(name, _make_svg(chart))


def _make_svg(chart: Drawing) -> str:
    described = chart.to_dict(validate=False)
    described["config"] = dict(CONFIG)
    return vl_convert.vegalite_to_svg(described)


def fit_in_page(name: str, svg: str) -> str:
    """Make an SVG fit to stand in a page beside others.

    It is never drawn larger than it was described, and shrinks with its box.

    >>> print(fit_in_page("fig-a", '<svg width="7" height="5"><clipPath id="c1"/><g clip-path="url(#c1)"/></svg>'))
    <svg style="max-width:7px" aria-hidden="true" focusable="false"><clipPath id="fig-a-c1"/><g clip-path="url(#fig-a-c1)"/></svg>
    """
    return _SIZE.sub(r' style="max-width:\1px" aria-hidden="true" focusable="false"', name_parts(name, svg), count=1)


def name_parts(name: str, svg: str) -> str:
    """Give the parts of a picture its name: clip paths are numbered from 1 in every picture.

    >>> name_parts("fig-a", '<clipPath id="c1"/>')
    '<clipPath id="fig-a-c1"/>'
    """
    for found in dict.fromkeys(_ID.findall(svg)):
        svg = svg.replace(f'id="{found}"', f'id="{name}-{found}"').replace(f"url(#{found})", f"url(#{name}-{found})")
    return svg
