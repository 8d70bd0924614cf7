"""Horizontal bars with their names and numbers written out: the plainest chart there is."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from caseness.audit.quantity import Quantity
from caseness.audit.spelling import UNBROKEN
from caseness.report.charts.drawing import Drawing, inline
from caseness.report.charts.theme import INK, PAPER, QUIET, VERMILLION, Width

# Pixels of a letter of the widest font that a reader is likely to have, at the size of the text.
_LETTER = 8.0
# In a longer line the narrow letters make up for the wide ones.
_LETTER_IN_A_LINE = 7.5
_LINE = 17
_BAR = 16
_GAP = 12
# Names that would take more of the width stand above their bars, on paper too.
_MOST_FOR_NAMES = 0.37


@dataclass(frozen=True)
class Bar:
    """One bar: from `start` to `end`, and the numbers to write beside it.

    `low` and `high` draw an interval instead of a sharp end; `mark` is a target.
    """

    label: str
    start: float
    end: float
    text: str
    colour: str
    low: float | None = None
    high: float | None = None
    mark: float | None = None
    is_outlined: bool = False


def bar_of(quantity: Quantity, label: str, text: str, colour: str, **more: float | bool | None) -> Bar:
    """A bar from nothing to a quantity; an interval where it is not known to the unit.

    A suppressed quantity has no value: the bar then shows what it is at the least.
    """
    low, high = quantity.low or 0.0, quantity.high or 0.0
    end = low if quantity.value is None else quantity.value
    ends = {} if quantity.is_exact else {"low": low, "high": high}
    return Bar(label, 0.0, end, text, colour, **ends, **more)  # type: ignore[arg-type]


def draw_bars(bars: Sequence[Bar], width: Width, longest: float | None = None) -> Drawing:
    """Describe bars for one width, in their order.

    Parameters
    ----------
    bars : at least one
    width : where it is narrow, or a name is long, names and numbers stand above the bars
    longest : where the axis ends, in the unit of the bars; None for the longest bar
    """
    furthest = longest or max(_reach(bar) for bar in bars) or 1
    plan = _plan(bars, width)
    base = alt.Chart(inline([_row(i, bar, plan) for i, bar in enumerate(bars)]))
    scale = alt.Scale(domain=[0, furthest], range=[0, plan.body], nice=False)
    layers = [
        *_bodies(base, scale, plan),
        *_intervals(base, scale, plan),
        *_marks(base, scale, plan),
        *_words(base, scale, plan),
    ]
    return alt.layer(*layers).properties(
        width=plan.pixels,
        height=plan.step * len(bars),
        # The reader's letters may be wider than those that are measured here, so the room for names is set and not fitted.
        autosize=alt.AutoSizeParams(type="none"),
        padding={"left": width.pixels - plan.pixels, "right": 0, "top": 2, "bottom": 4},
    )


@dataclass(frozen=True)
class _Plan:
    """Where everything goes: `pixels` to the right of the names, of which `body` for the bars."""

    is_above: bool
    letters: int
    lines: int
    pixels: float
    body: float
    step: int
    lift: float


def _plan(bars: Sequence[Bar], width: Width) -> _Plan:
    longest_name = max(len(bar.label) for bar in bars)
    numbers = max(len(bar.text) for bar in bars) * _LETTER + 12
    if not width.is_narrow and longest_name * _LETTER <= _MOST_FOR_NAMES * width.pixels:
        pixels = width.pixels - longest_name * _LETTER - 14
        return _Plan(False, longest_name, 1, pixels, pixels - numbers, _BAR + _GAP, 0)
    letters = int(width.pixels / _LETTER_IN_A_LINE)
    lines = max(len(_wrap(f"{bar.label}: {bar.text}", letters)) for bar in bars)
    step = lines * _LINE + _BAR + _GAP
    return _Plan(True, letters, lines, width.pixels, width.pixels, step, (lines * _LINE) / 2)


def _wrap(words: str, letters: int) -> list[str]:
    return [line.replace("~", UNBROKEN) for line in textwrap.wrap(words.replace(UNBROKEN, "~"), letters)] or [""]


# Every name takes the lines of the longest, the first ones blank, so that all end above their bars.
def _above(bar: Bar, plan: _Plan) -> str:
    lines = _wrap(f"{bar.label}: {bar.text}", plan.letters)
    return "|".join([" "] * (plan.lines - len(lines)) + lines)


def _reach(bar: Bar) -> float:
    return max(bar.end, bar.high or 0, bar.mark or 0)


def _row(i: int, bar: Bar, plan: _Plan) -> dict[str, object]:
    row = {"row": i, "name": _above(bar, plan) if plan.is_above else bar.label, "start": bar.start, "end": bar.end}
    paint = {"fill": PAPER if bar.is_outlined else bar.colour, "edge": INK if bar.is_outlined else bar.colour}
    return {**row, **paint, "text": bar.text, "reach": _reach(bar), "low": bar.low, "high": bar.high, "mark": bar.mark}


def _y() -> alt.Y:
    return alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))


def _x(field: str, scale: alt.Scale) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=scale)


def _bodies(base: alt.Chart, scale: alt.Scale, plan: _Plan) -> list[alt.Chart]:
    mark = base.mark_bar(size=_BAR, yOffset=plan.lift, strokeWidth=1)
    paint = {"fill": alt.Fill("fill:N", scale=None), "stroke": alt.Stroke("edge:N", scale=None)}
    return [mark.encode(y=_y(), x=_x("start", scale), x2=alt.X2("end:Q"), **paint)]


def _intervals(base: alt.Chart, scale: alt.Scale, plan: _Plan) -> list[alt.Chart]:
    known = base.transform_filter("isValid(datum.low)")
    halo = known.mark_rule(color=PAPER, strokeWidth=8, yOffset=plan.lift)
    line = known.mark_rule(color=INK, strokeWidth=4, yOffset=plan.lift)
    return [one.encode(y=_y(), x=_x("low", scale), x2=alt.X2("high:Q")) for one in (halo, line)]


def _marks(base: alt.Chart, scale: alt.Scale, plan: _Plan) -> list[alt.Chart]:
    known = base.transform_filter("isValid(datum.mark)")
    tick = known.mark_tick(color=VERMILLION, thickness=3, size=_BAR + 8, yOffset=plan.lift)
    return [tick.encode(y=_y(), x=_x("mark", scale))]


def _words(base: alt.Chart, scale: alt.Scale, plan: _Plan) -> list[alt.Chart]:
    if plan.is_above:
        lift = plan.lift - _BAR / 2 - 3 - (plan.lines - 1) * _LINE
        above = base.mark_text(align="left", baseline="line-bottom", x=0, dy=lift, lineBreak="|", lineHeight=_LINE)
        return [above.encode(y=_y(), text=alt.Text("name:N"))]
    names = base.mark_text(align="right", baseline="middle", x=-8, color=INK)
    numbers = base.mark_text(align="left", baseline="middle", dx=7, color=QUIET)
    return [
        names.encode(y=_y(), text=alt.Text("name:N")),
        numbers.encode(y=_y(), x=_x("reach", scale), text=alt.Text("text:N")),
    ]
