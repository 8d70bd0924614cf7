"""Groups as dots with the interval of chance, around the line of everybody."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from caseness.audit.quantity import Quantity
from caseness.report.charts.drawing import Drawing, inline
from caseness.report.charts.funnel import middle_of
from caseness.report.charts.lines import STYLES, value_axis
from caseness.report.charts.theme import BLUE, INK, PAPER, QUIET, VERMILLION, Width

_LETTER = 7.2
_ROW = 22
_ROW_ABOVE = 40
_TENTHS = 300
_MOST_LETTERS = 34
_SHAPES = ("circle", "square", "diamond")


@dataclass(frozen=True)
class Dot:
    """One line: a group and its rate, or only a heading where there is no rate."""

    label: str
    rate: Quantity | None = None


@dataclass(frozen=True)
class Steps:
    """One rate over the steps of an order, such as the tenths of deprivation."""

    name: str
    rates: tuple[Quantity, ...]


def draw_dots(dots: Sequence[Dot], whole: Quantity, width: Width) -> Drawing:
    """Describe groups for one width: names beside their dots, or on a phone above them."""
    step = _ROW_ABOVE if width.is_narrow else _ROW
    room = 0 if width.is_narrow else _MOST_LETTERS * _LETTER
    base = alt.Chart(inline([_row(i, dot) for i, dot in enumerate(dots)]))
    known = base.transform_filter("isValid(datum.value)")
    drop = step / 4 if width.is_narrow else 0
    layers = [
        _everybody(whole, len(dots)),
        known.mark_rule(color=INK, strokeWidth=2, yOffset=drop).encode(y=_y(), x=_x("low"), x2=alt.X2("high:Q")),
        known.mark_point(color=BLUE, filled=True, size=60, opacity=1, yOffset=drop).encode(y=_y(), x=_x("value")),
        *_names(base, width, step),
    ]
    chart = alt.layer(*layers).properties(width=width.pixels - room - 12, height=step * len(dots))
    return chart.properties(
        padding={"left": room + 4, "right": 8, "top": 2, "bottom": 40}, autosize=alt.AutoSizeParams(type="none")
    )


def draw_steps(labels: Sequence[str], series: Sequence[Steps], title: str, width: Width) -> Drawing:
    """Describe rates over the steps of an order, each rate with a colour, a dash and a shape of its own."""
    rows = [row for i, one in enumerate(series) for row in _steps(labels, one, i)]
    base = alt.Chart(inline(rows)).encode(
        x=_step_axis(list(labels), title), color=alt.Color("colour:N", scale=None, legend=None)
    )
    dashes = [dash for _, dash in STYLES[: len(series)]]
    dash = alt.StrokeDash("dash:N", legend=None, scale=alt.Scale(domain=[str(one) for one in dashes], range=dashes))
    y = value_axis("%")
    layers = [
        base.mark_line(strokeWidth=2).encode(y=y, strokeDash=dash, detail=alt.Detail("name:N")),
        base.mark_rule(strokeWidth=3).encode(y=alt.Y("low:Q"), y2=alt.Y2("high:Q")),
        base.mark_point(filled=True, size=55, opacity=1).encode(
            y=y, shape=alt.Shape("shape:N", scale=None, legend=None)
        ),
    ]
    return alt.layer(*layers).properties(width=width.pixels - 60, height=_TENTHS)


def _step_axis(labels: list[str], title: str) -> alt.X:
    axis = alt.Axis(title=title, labelAngle=0, grid=False)
    return alt.X("step:O", axis=axis, sort=labels, scale=alt.Scale(type="point", padding=0.3))


def _steps(labels: Sequence[str], series: Steps, i: int) -> list[dict[str, object]]:
    colour, dash = STYLES[i % len(STYLES)]
    look = {"name": series.name, "colour": colour, "dash": str(dash), "shape": _SHAPES[i % len(_SHAPES)]}
    pairs = zip(labels, series.rates, strict=True)
    return [
        {"step": label, "value": middle_of(one), "low": one.low, "high": one.high, **look}
        for label, one in pairs
        if one.is_known
    ]


def _row(i: int, dot: Dot) -> dict[str, object]:
    row: dict[str, object] = {"row": i, "name": textwrap.shorten(dot.label, _MOST_LETTERS + 6, placeholder=" ...")}
    if dot.rate is None or not dot.rate.is_known:
        return {**row, "weight": "bold"}
    return {**row, "weight": "normal", "value": middle_of(dot.rate), "low": dot.rate.low, "high": dot.rate.high}


def _y() -> alt.Y:
    return alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))


def _x(field: str) -> alt.X:
    axis = alt.Axis(title="%", tickCount=6, labelOverlap=True)
    return alt.X(f"{field}:Q", axis=axis, scale=alt.Scale(zero=False, nice=True))


def _everybody(whole: Quantity, rows: int) -> alt.Chart:
    line = alt.Chart(inline([{"value": middle_of(whole)}] if rows else []))
    return line.mark_rule(color=VERMILLION, strokeDash=[5, 3], strokeWidth=1.5).encode(x=_x("value"))


def _names(base: alt.Chart, width: Width, step: int) -> list[alt.Chart]:
    is_heading = {True: ("datum.weight == 'bold'", "bold", INK), False: ("datum.weight != 'bold'", "normal", QUIET)}
    if width.is_narrow:
        place = {"align": "left", "x": 0, "dy": -step / 5, "stroke": PAPER, "strokeWidth": 0}
    else:
        place = {"align": "right", "x": -10}
    return [
        base.transform_filter(condition)
        .mark_text(baseline="middle", fontWeight=weight, color=colour, **place)  # type: ignore[arg-type]
        .encode(y=_y(), text=alt.Text("name:N"))
        for condition, weight, colour in is_heading.values()
    ]
