"""A month-by-month chart with the limits of chance: the XmR chart of Making Data Count."""

from __future__ import annotations

import altair as alt

from caseness.audit.trend import MonthPoint, MonthSeries, Trend
from caseness.report.charts.drawing import Drawing, inline
from caseness.report.charts.lines import draw_breaks, letter_breaks, place, time_axis, value_axis
from caseness.report.charts.theme import BLUE, INK, QUIET, RULE, VERMILLION, Width

_HEIGHT = 210
_UNITS = {"percentage": "%", "count": "count"}

# Shape and colour both say it, so that grey print and colour-blind readers lose nothing.
LOOKS = {
    "common cause": (QUIET, "circle"),
    "improvement": (BLUE, "triangle-up"),
    "concern": (VERMILLION, "triangle-down"),
    "high": (INK, "square"),
    "low": (INK, "diamond"),
    "no data": (QUIET, "circle"),
}


def draw_control(trend: Trend, width: Width) -> Drawing:
    """Describe the months of one figure for one width. The axis need not begin at nought."""
    assert trend.months is not None, "a chart of months needs months"
    months = trend.months
    base = alt.Chart(inline([_row(point) for point in months.points if point.quantity.is_known]))
    layers = [
        *draw_breaks(letter_breaks([month for month, _ in months.breaks])),
        *_limits(base),
        *_points(base, _UNITS.get(trend.unit, trend.unit)),
        *_target(months),
    ]
    return alt.layer(*layers).properties(width=width.pixels - 60, height=_HEIGHT)


def _row(point: MonthPoint) -> dict[str, object]:
    colour, shape = LOOKS[point.verdict]
    limits = {"mean": point.mean, "lower": point.lower, "upper": point.upper, "phase": point.phase}
    value = {"value": point.quantity.value, "low": point.quantity.low, "high": point.quantity.high}
    return {"month": place(point.period), **value, **limits, "colour": colour, "shape": shape}


def _limits(base: alt.Chart) -> list[alt.Chart]:
    known = base.transform_filter("isValid(datum.mean)")
    band = known.mark_area(color=RULE, opacity=0.45).encode(
        x=time_axis(), y=alt.Y("lower:Q"), y2=alt.Y2("upper:Q"), detail=alt.Detail("phase:N")
    )
    mean = known.mark_line(color=QUIET, strokeWidth=1.5).encode(
        x=time_axis(), y=alt.Y("mean:Q"), detail=alt.Detail("phase:N")
    )
    return [band, mean]


def _points(base: alt.Chart, unit: str) -> list[alt.Chart]:
    known = base.transform_filter("isValid(datum.value)")
    y = value_axis(unit, from_zero=False)
    line = known.mark_line(color=QUIET, strokeWidth=1).encode(x=time_axis(), y=y, detail=alt.Detail("phase:N"))
    looks = {
        "color": alt.Color("colour:N", scale=None, legend=None),
        "shape": alt.Shape("shape:N", scale=None, legend=None),
    }
    point = known.mark_point(filled=True, size=42, opacity=1).encode(x=time_axis(), y=y, **looks)
    spread = base.transform_filter("!isValid(datum.value)").mark_rule(color=QUIET, strokeWidth=3)
    return [line, point, spread.encode(x=time_axis(), y=alt.Y("low:Q"), y2=alt.Y2("high:Q"))]


def _target(months: MonthSeries) -> list[alt.Chart]:
    if months.target is None:
        return []
    base = alt.Chart(inline([{"target": months.target}]))
    return [base.mark_rule(color=VERMILLION, strokeDash=[6, 3], strokeWidth=1.5).encode(y=alt.Y("target:Q"))]
