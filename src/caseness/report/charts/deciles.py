"""Deciles over the years: how organisations lie around England, and where the reader's own does. No other is named."""

from __future__ import annotations

import altair as alt

from caseness.audit.quantity import Quantity
from caseness.audit.variation.model import Deciles
from caseness.report.charts.drawing import Drawing, inline
from caseness.report.charts.funnel import middle_of
from caseness.report.charts.lines import time_axis, value_axis
from caseness.report.charts.theme import BLUE, INK, QUIET, VERMILLION, Width

_HEIGHT = 290
_MEDIAN = 4
_FINE, _HEAVY = 1, 2


def draw_deciles(deciles: Deciles, width: Width) -> Drawing:
    """Describe the deciles of one measure for one width. The axis need not begin at nought."""
    rows = [row for year in deciles.years for row in _rows(year.period.label, year.deciles)]
    lines = alt.Chart(inline(rows)).mark_line(color=QUIET).encode(
        x=time_axis("year"),
        y=value_axis("%", from_zero=False),
        detail=alt.Detail("decile:N"),
        strokeDash=alt.StrokeDash("dash:N", legend=None, scale=alt.Scale(domain=["fine", "median"], range=[[2, 3], [1, 0]])),
        strokeWidth=alt.StrokeWidth("weight:Q", legend=None, scale=None),
    )  # fmt: skip
    own = {year.period.label: year.own for year in deciles.years}
    england = {year.period.label: year.england for year in deciles.years}
    layers = [lines, *_line(england, BLUE, "circle"), *_line(own, VERMILLION, "diamond")]
    return alt.layer(*layers).properties(width=width.pixels - 60, height=_HEIGHT)


def _rows(label: str, deciles: tuple[Quantity, ...]) -> list[dict[str, object]]:
    return [
        {
            "label": label,
            "value": middle_of(one),
            "decile": i,
            "dash": "median" if i == _MEDIAN else "fine",
            "weight": _HEAVY if i == _MEDIAN else _FINE,
        }
        for i, one in enumerate(deciles)
    ]


def _line(by_year: dict[str, Quantity], colour: str, shape: str) -> list[alt.Chart]:
    rows = [
        {"label": label, "value": middle_of(one), "low": one.low, "high": one.high}
        for label, one in by_year.items()
        if one.low is not None and one.high is not None
    ]
    if not rows:
        return []
    base = alt.Chart(inline(rows)).encode(x=time_axis("year"))
    y = value_axis("%", from_zero=False)
    return [
        base.mark_rule(color=INK, strokeWidth=2).encode(y=alt.Y("low:Q"), y2=alt.Y2("high:Q")),
        base.mark_line(color=colour, strokeWidth=2.5).encode(y=y),
        base.mark_point(color=colour, shape=shape, filled=True, size=70, opacity=1).encode(y=y),
    ]
