"""Recovery without treatment as curves over time, and the estimates of it side by side."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from caseness.audit.natural import CurveLine, Estimator, TimeAtRisk
from caseness.audit.quantity import Quantity
from caseness.audit.spelling import UNBROKEN, spell
from caseness.report.charts.drawing import Drawing, inline
from caseness.report.charts.theme import BLUE, INK, PALE, PAPER, QUIET, RULE, VERMILLION, Width

_HEIGHT = 270
_STYLES = ((BLUE, [1, 0]), (INK, [7, 3]), (QUIET, [2, 2]))
# Rows of the second picture: a name in up to so many lines, and its interval below it.
_LINE, _ROW = 17, 26
_LETTER = 7.0


@dataclass(frozen=True, eq=False)
class _Across:
    """The axis from left to right, which every layer shares."""

    axis: alt.Axis
    scale: alt.Scale

    def at(self, field: str) -> alt.X:
        """Place a layer by one of its fields."""
        return alt.X(f"{field}:Q", axis=self.axis, scale=self.scale)


def draw_recovery(curves: Sequence[CurveLine], time: TimeAtRisk, observed: Quantity | None, width: Width) -> Drawing:
    """Describe curves of recovery without treatment for one width.

    The time at risk stands upright, and the observed rate of recovery lies across.
    """
    last = max(point.months for curve in curves for point in curve.line)
    axis = alt.Axis(title="months without treatment", format="d", tickMinStep=1, grid=False)
    scale = alt.Scale(domain=[0, max(last, time.in_months.high or 0)], nice=False)
    x = _Across(axis, scale)
    layers = [
        *_risk(time, x),
        *(layer for i, curve in enumerate(curves) for layer in _curve(curve, x, i)),
        *(_across(observed, x) if observed is not None else ()),
    ]
    return alt.layer(*layers).properties(width=width.pixels - 60, height=_HEIGHT)


def _y(field: str = "y") -> alt.Y:
    title = alt.Axis(title="% recovered", titleAngle=0, titleAlign="left", titleAnchor="end", titleX=-40, titleY=-14)
    return alt.Y(f"{field}:Q", axis=title, scale=alt.Scale(domain=[0, 100], nice=False))


def _curve(curve: CurveLine, x: _Across, i: int) -> list[alt.Chart]:
    colour, dash = _STYLES[i % len(_STYLES)]
    line, given = (_points(points) for points in (curve.line, curve.given))
    spread = alt.Chart(inline(line)).mark_area(color=RULE, opacity=0.55)
    drawn = alt.Chart(inline(line)).mark_line(color=colour, strokeWidth=2.5, strokeDash=dash)
    ends = alt.Chart(inline(given)).mark_rule(color=colour, strokeWidth=2)
    dots = alt.Chart(inline(given)).mark_point(color=colour, fill=PAPER, size=70, opacity=1, strokeWidth=2)
    names = alt.Chart(inline(given)).mark_text(align="left", baseline="top", dx=7, dy=5, color=colour)
    return [
        spread.encode(x=x.at("x"), y=_y("low"), y2=alt.Y2("high:Q")),
        drawn.encode(x=x.at("x"), y=_y()),
        ends.encode(x=x.at("x"), y=_y("low"), y2=alt.Y2("high:Q")),
        dots.encode(x=x.at("x"), y=_y()),
        names.encode(x=x.at("x"), y=_y(), text=alt.Text("text:N")),
    ]


def _points(points: Sequence) -> list[dict[str, object]]:
    return [
        {
            "x": one.months,
            "y": one.recovered.value,
            "low": one.recovered.low,
            "high": one.recovered.high,
            "text": f"{one.recovered.value:.0f}{UNBROKEN}%",
        }
        for one in points
    ]


def _risk(time: TimeAtRisk, x: _Across) -> list[alt.Chart]:
    months = time.in_months
    row = {
        "x": months.value,
        "low": months.low,
        "high": months.high,
        "text": f"time at risk: {months.value:.1f} months",
    }
    base = alt.Chart(inline([row]))
    band = base.mark_rect(color=PALE, opacity=0.6).encode(x=x.at("low"), x2=alt.X2("high:Q"))
    line = base.mark_rule(color=INK, strokeDash=[2, 3], strokeWidth=1.5).encode(x=x.at("x"))
    name = base.mark_text(align="left", baseline="top", dx=6, y=4, color=INK).encode(
        x=x.at("x"), text=alt.Text("text:N")
    )
    return [band, line, name]


def _across(observed: Quantity, x: _Across) -> list[alt.Chart]:
    row = {"low": observed.low, "high": observed.high, "text": f"observed: {spell(observed)}"}
    base = alt.Chart(inline([row]))
    band = base.mark_rect(color=VERMILLION, opacity=0.35).encode(y=_y("low"), y2=alt.Y2("high:Q"))
    line = base.mark_rule(color=VERMILLION, strokeWidth=2, strokeDash=[9, 3]).encode(y=_y("high"))
    name = base.mark_text(align="left", baseline="bottom", dy=-4, x=6, color=VERMILLION)
    return [band, line, name.encode(y=_y("high"), text=alt.Text("text:N"))]


def draw_estimates(estimators: Sequence[Estimator], observed: Quantity | None, width: Width) -> Drawing:
    """Describe the estimates as dots and intervals under their names, on one scale with the observed rate.

    A full dot enters the band; a hollow one does not.
    """
    pixels = width.pixels - 8
    names = [textwrap.wrap(_name(one).replace(UNBROKEN, "~"), int(pixels / _LETTER)) for one in estimators]
    lines = max(len(name) for name in names)
    rows = [_row(i, one, name, lines) for i, (one, name) in enumerate(zip(estimators, names, strict=True))]
    furthest = max(*(float(one.rate.high or 0) for one in estimators), (observed.high or 0) if observed else 0)
    axis = alt.Axis(title="% of those judged for recovery", tickCount=6)
    scale = alt.Scale(domain=[0, min(100, 10 * (furthest // 10 + 1))], nice=False)
    x = _Across(axis, scale)
    layers = [*(_line_of(observed, x) if observed is not None else ()), *_dots(rows, x, lines)]
    # A row of the scale for each estimate, and one more for the name of the line across them.
    return alt.layer(*layers).properties(width=pixels, height=(lines * _LINE + _ROW) * len(rows) + _LINE)


def _name(one: Estimator) -> str:
    shown = "" if one.in_band else ", not in the band"
    return f"{one.label}: {spell(one.rate)}; grade {one.applicability.grade}{shown}"


def _row(i: int, one: Estimator, name: list[str], lines: int) -> dict[str, object]:
    words = "|".join([*[" "] * (lines - len(name)), *name]).replace("~", UNBROKEN)
    ends = {"value": one.rate.value, "low": one.rate.low, "high": one.rate.high}
    return {"top": i * (lines * _LINE + _ROW) + _LINE, "name": words, "fill": BLUE if one.in_band else PAPER, **ends}


def _dots(rows: list[dict[str, object]], x: _Across, lines: int) -> list[alt.Chart]:
    base = alt.Chart(inline(rows))
    size = len(rows) * (lines * _LINE + _ROW) + _LINE
    y = alt.Y("top:Q", axis=None, scale=alt.Scale(domain=[0, size], range=[0, size], nice=False))
    below = lines * _LINE + 8
    names = base.mark_text(
        align="left", baseline="top", x=2, lineBreak="|", lineHeight=_LINE, stroke=PAPER, strokeWidth=4
    )
    words = base.mark_text(align="left", baseline="top", x=2, lineBreak="|", lineHeight=_LINE)
    bar = base.mark_rule(color=BLUE, strokeWidth=3, yOffset=below)
    dot = base.transform_filter("isValid(datum.value)").mark_point(
        stroke=BLUE, size=90, opacity=1, strokeWidth=2, yOffset=below
    )
    return [
        names.encode(y=y, text=alt.Text("name:N")),
        words.encode(y=y, text=alt.Text("name:N")),
        bar.encode(y=y, x=x.at("low"), x2=alt.X2("high:Q")),
        dot.encode(y=y, x=x.at("value"), fill=alt.Fill("fill:N", scale=None)),
    ]


def _line_of(observed: Quantity, x: _Across) -> list[alt.Chart]:
    row = {"value": observed.high, "low": observed.low, "high": observed.high, "text": f"observed: {spell(observed)}"}
    base = alt.Chart(inline([row]))
    ends = x.at("low")
    band = base.mark_rect(color=VERMILLION, opacity=0.35).encode(x=ends, x2=alt.X2("high:Q"))
    line = base.mark_rule(color=VERMILLION, strokeWidth=2, strokeDash=[9, 3]).encode(x=x.at("value"))
    name = base.mark_text(align="right", baseline="top", dx=-5, y=0, color=VERMILLION)
    return [band, line, name.encode(x=x.at("value"), text=alt.Text("text:N"))]
