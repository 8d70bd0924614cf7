"""Ranges under their names on one labelled axis: dots with intervals, or bars about a line."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from caseness.audit.spelling import UNBROKEN
from caseness.report.charts.drawing import Drawing, inline
from caseness.report.charts.theme import BLUE, INK, PAPER, VERMILLION, Width

# A name in as many lines as it takes, its range below them, and room before the next name.
_LINE, _RANGE, _GAP = 17, 20, 14
_LETTER = 7.0
_HEAD = 0.04
_TICKS = {True: 4, False: 8}
_LABELS = {"£": "'£' + format(datum.value, ',')", "": "format(datum.value, ',')"}


@dataclass(frozen=True)
class Spread:
    """A range from `low` to `high` with dots in it. `high` is None where it has no end and runs off the picture."""

    label: str
    low: float
    high: float | None
    dots: tuple[float, ...] = ()
    is_hollow: bool = False


@dataclass(frozen=True)
class Ruler:
    """The axis that all share: where it ends, and a line across at one place.

    A range that reaches beyond `end` runs off with an arrow. `sign` stands before each number.
    """

    title: str
    start: float
    end: float
    sign: str = ""
    mark: float | None = None
    mark_label: str = ""


@dataclass(frozen=True, eq=False)
class _Plan:
    axis: alt.Axis
    scale: alt.Scale
    height: int

    def x(self, field: str) -> alt.X:
        return alt.X(f"{field}:Q", axis=self.axis, scale=self.scale)

    def y(self, field: str) -> alt.Y:
        scale = alt.Scale(domain=[0, self.height], range=[0, self.height], nice=False)
        return alt.Y(f"{field}:Q", axis=None, scale=scale)


def draw_spreads(spreads: Sequence[Spread], ruler: Ruler, width: Width, thickness: int = 3) -> Drawing:
    """Describe ranges for one width, in their order. Hollow dots are of ranges that are less well founded."""
    pixels = width.pixels - 8
    rows, height = _rows(spreads, ruler, int(pixels / _LETTER))
    axis = alt.Axis(title=ruler.title, tickCount=_TICKS[width.is_narrow], labelExpr=_LABELS[ruler.sign])
    plan = _Plan(axis, alt.Scale(domain=[ruler.start, ruler.end], nice=False), height)
    line = [] if ruler.mark is None else _line(ruler, plan)
    return alt.layer(*_ranges(rows, plan, thickness), *line, *_names(rows, plan), *_dots(rows, plan)).properties(
        width=pixels, height=height
    )


def _rows(spreads: Sequence[Spread], ruler: Ruler, letters: int) -> tuple[list[dict], int]:
    rows, top = [], _LINE + _GAP // 2
    for one in spreads:
        lines = [line.replace("~", UNBROKEN) for line in textwrap.wrap(one.label.replace(UNBROKEN, "~"), letters)]
        at = top + len(lines) * _LINE + _RANGE // 2
        furthest = math.inf if one.high is None else one.high
        runs_off = furthest > ruler.end
        # The bar stops under the head of its arrow.
        high = ruler.end - _HEAD * (ruler.end - ruler.start) if runs_off else furthest
        arrow = ruler.end if runs_off else None
        dots = [dot for dot in one.dots if dot <= ruler.end]
        fill = PAPER if one.is_hollow else BLUE
        rows.append({"top": top, "at": at, "name": "|".join(lines), "low": min(one.low, high), "high": high, "arrow": arrow, "dots": dots, "fill": fill})  # fmt: skip
        top = at + _RANGE // 2 + _GAP
    return rows, top


def _ranges(rows: list[dict], plan: _Plan, thickness: int) -> list[alt.Chart]:
    base = alt.Chart(inline(rows))
    arrow = base.transform_filter("isValid(datum.arrow)").mark_point(
        shape="triangle-right", color=BLUE, fill=BLUE, size=_arrow(thickness), opacity=1, xOffset=-(thickness / 2 + 4)
    )
    bar = base.mark_rule(color=BLUE, strokeWidth=thickness)
    return [
        bar.encode(y=plan.y("at"), x=plan.x("low"), x2=alt.X2("high:Q")),
        arrow.encode(y=plan.y("at"), x=plan.x("arrow")),
    ]


# The head stands out above a bar and below it.
def _arrow(thickness: int) -> int:
    return 110 + 40 * (thickness - 3)


def _names(rows: list[dict], plan: _Plan) -> list[alt.Chart]:
    base = alt.Chart(inline(rows))
    named = {"align": "left", "baseline": "top", "x": 2, "lineBreak": "|", "lineHeight": _LINE}
    around = base.mark_text(**named, stroke=PAPER, strokeWidth=4)
    return [one.encode(y=plan.y("top"), text=alt.Text("name:N")) for one in (around, base.mark_text(**named))]


def _dots(rows: list[dict], plan: _Plan) -> list[alt.Chart]:
    placed = [{"at": row["at"], "dot": dot, "fill": row["fill"]} for row in rows for dot in row["dots"]]
    if not placed:
        return []
    dots = alt.Chart(inline(placed)).mark_point(stroke=BLUE, size=90, opacity=1, strokeWidth=2)
    return [dots.encode(y=plan.y("at"), x=plan.x("dot"), fill=alt.Fill("fill:N", scale=None))]


# The name of the line stands to the side where there is more room.
def _line(ruler: Ruler, plan: _Plan) -> list[alt.Chart]:
    assert ruler.mark is not None, "drawn only where there is one"
    base = alt.Chart(inline([{"mark": ruler.mark, "text": ruler.mark_label}]))
    is_right = ruler.mark - ruler.start > ruler.end - ruler.mark
    side = {"align": "right", "dx": -6} if is_right else {"align": "left", "dx": 6}
    name = base.mark_text(**side, baseline="top", y=0, color=INK)
    around = base.mark_rule(color=PAPER, strokeWidth=4)
    line = base.mark_rule(color=VERMILLION, strokeWidth=2, strokeDash=[6, 3])
    return [
        *(one.encode(x=plan.x("mark")) for one in (around, line)),
        name.encode(x=plan.x("mark"), text=alt.Text("text:N")),
    ]
