"""A funnel: every organisation by its size and its rate, within the limits of chance and of the usual spread."""

from __future__ import annotations

import altair as alt

from caseness.audit.quantity import Quantity
from caseness.audit.variation.model import Comparison, Limits, Point
from caseness.report.charts.drawing import Drawing, inline
from caseness.report.charts.lines import value_axis
from caseness.report.charts.theme import BLUE, INK, PALE, QUIET, RULE, VERMILLION, Width

_HEIGHT = 330
_OWN_SIZE = 190
_ROOM_AT_THE_END = 1.12
_LIMITS = (
    ("warning_lower", [2, 3], QUIET),
    ("warning_upper", [2, 3], QUIET),
    ("lower", [1, 0], INK),
    ("upper", [1, 0], INK),
    ("naive_lower", [6, 4], BLUE),
    ("naive_upper", [6, 4], BLUE),
)


def draw_funnel(comparison: Comparison, organisation: str, width: Width) -> Drawing:
    """Describe a funnel for one width. The axis of sizes is logarithmic, and that of rates need not begin at nought."""
    layers = [
        _band(comparison),
        _centre(comparison),
        *(_limit(comparison, *one) for one in _LIMITS),
        *_points(comparison.points, organisation),
    ]
    return alt.layer(*layers).properties(width=width.pixels - 60, height=_HEIGHT)


def middle_of(quantity: Quantity) -> float:
    """Where a quantity stands in a picture: its value, or the middle of what it can be.

    >>> middle_of(Quantity(None, 10.0, 12.0))
    11.0
    """
    if quantity.value is not None:
        return quantity.value
    return ((quantity.low or 0.0) + (quantity.high or 0.0)) / 2


def _x() -> alt.X:
    axis = alt.Axis(title="People the rate is of", format=",d", tickCount=4, grid=False, labelOverlap=True)
    return alt.X("size:Q", axis=axis, scale=alt.Scale(type="log", nice=False))


def _y(field: str) -> alt.Y:
    return value_axis("%", from_zero=False) if field == "value" else alt.Y(f"{field}:Q")


def _rows(comparison: Comparison) -> list[dict[str, object]]:
    return [{name: getattr(one, name) for name in Limits.__dataclass_fields__} for one in comparison.limits]


def _band(comparison: Comparison) -> alt.Chart:
    rows = [{"size": one.size, "value": one.lower, "upper": one.upper} for one in comparison.limits]
    area = alt.Chart(inline(rows)).mark_area(color=RULE, opacity=0.35)
    return area.encode(x=_x(), y=_y("value"), y2=alt.Y2("upper:Q"))


def _centre(comparison: Comparison) -> alt.Chart:
    line = alt.Chart(inline([{"value": middle_of(comparison.centre)}])).mark_rule(color=QUIET, strokeWidth=1.5)
    return line.encode(y=_y("value"))


def _limit(comparison: Comparison, name: str, dash: list[int], colour: str) -> alt.Chart:
    line = alt.Chart(inline(_rows(comparison))).mark_line(color=colour, strokeDash=dash, strokeWidth=1.3)
    return line.encode(x=_x(), y=_y(name))


def _points(points: tuple[Point, ...], organisation: str) -> list[alt.Chart]:
    base = alt.Chart(inline([_row(point, organisation) for point in points]))
    looks = {
        "fill": alt.Fill("fill:N", scale=None, legend=None),
        "stroke": alt.Stroke("stroke:N", scale=None, legend=None),
        "shape": alt.Shape("shape:N", scale=None, legend=None),
        "size": alt.Size("area:Q", scale=None, legend=None),
    }
    drawn = base.mark_point(opacity=1, strokeWidth=1.2).encode(x=_x(), y=_y("value"), **looks)
    own = base.transform_filter("datum.name != ''")
    named = own.mark_text(dy=-15, fontWeight="bold", color=INK).encode(x=_x(), y=_y("value"), text="name:N")
    return [drawn, named]


# Shape says it as well as colour: a triangle is outside both limits, a ring outside those of chance alone.
def _row(point: Point, organisation: str) -> dict[str, object]:
    is_own = point.organisation == organisation
    if point.is_flagged:
        look = {"fill": VERMILLION, "stroke": VERMILLION, "area": 85}
        shape = "triangle-up" if point.score > 0 else "triangle-down"
    elif point.is_flagged_naively:
        look, shape = {"fill": "#ffffff", "stroke": BLUE, "area": 40}, "circle"
    else:
        look, shape = {"fill": PALE, "stroke": QUIET, "area": 24}, "circle"
    if is_own:
        look, shape = {**look, "stroke": INK, "area": _OWN_SIZE}, "diamond"
    where = {"size": middle_of(point.whole), "value": middle_of(point.share)}
    return {**where, **look, "shape": shape, "name": point.organisation if is_own else ""}
