"""Months and years as lines: each line named at its end, each break in the series marked and named."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase

import altair as alt

from caseness.audit.quantity import Quantity
from caseness.periods import Period
from caseness.report.charts.drawing import Drawing, inline
from caseness.report.charts.theme import BLUE, INK, QUIET, VERMILLION, Width

# Told apart by dash and by the name at the end, so that grey print loses nothing.
STYLES = ((BLUE, [1, 0]), (VERMILLION, [7, 3]), (INK, [2, 2]), (QUIET, [9, 3, 2, 3]))

_HEIGHT = 260
_ROOM_FOR_NAMES = {"wide": 185, "narrow": 8}
_LETTERS_BESIDE = 24


@dataclass(frozen=True)
class Series:
    """A line: its name, and a quantity for each of the periods of the chart."""

    name: str
    quantities: tuple[Quantity, ...]


@dataclass(frozen=True)
class Mark:
    """A month at which a series breaks, and the letter that stands for the reason below the picture."""

    month: Period
    letter: str


def letter_breaks(months: Sequence[Period]) -> tuple[Mark, ...]:
    """A letter for each month at which a series breaks, in order, each month once.

    >>> from caseness.periods import month
    >>> [(mark.letter, mark.month.label) for mark in letter_breaks([month(2023, 9), month(2022, 1), month(2023, 9)])]
    [('a', '2022-01'), ('b', '2023-09')]
    """
    return tuple(Mark(month, letter) for month, letter in zip(sorted(set(months)), ascii_lowercase, strict=False))


def draw_lines(
    periods: Sequence[Period], series: Sequence[Series], marks: Sequence[Mark], title: str, width: Width
) -> Drawing:
    """Describe lines over months for one width. Nought is always on the axis.

    A month known only within bounds is drawn as a bar from one end to the other.
    """
    rows = [row for i, one in enumerate(series) for row in _rows(periods, one, i)]
    kind = periods[0].kind
    body = _line_layers(alt.Chart(inline(rows)), title, len(series), kind)
    layers = [*draw_breaks(marks), *body, *_names(rows, series, width, kind)]
    pixels = width.pixels - 52 - _ROOM_FOR_NAMES[width.name]
    return alt.layer(*layers).properties(width=pixels, height=_HEIGHT)


def _rows(periods: Sequence[Period], series: Series, i: int) -> list[dict[str, object]]:
    pairs = zip(periods, series.quantities, strict=True)
    return [_row(period, series.name, quantity, i) for period, quantity in pairs if quantity.is_known]


def _row(period: Period, name: str, quantity: Quantity, i: int) -> dict[str, object]:
    colour, dash = STYLES[i % len(STYLES)]
    value = quantity.value if _is_sharp(quantity) else None
    ends = {"low": quantity.low, "high": quantity.high}
    when = {"month": place(period), "label": period.label}
    return {**when, "name": name, "value": value, **ends, "colour": colour, "dash": str(dash)}


# A printed decimal is a point to the eye.
def _is_sharp(quantity: Quantity) -> bool:
    return quantity.is_exact or (quantity.high or 0) - (quantity.low or 0) <= 0.1001


def time_axis(kind: str = "month") -> alt.X:
    """The axis of time: months with a tick each January, or financial years by name.

    Months stand at parts of a year and not at moments, which would shift with the time zone of the machine.
    """
    if kind == "year":
        named = alt.Axis(title=None, labelAngle=0, labelOverlap=True, grid=False)
        return alt.X("label:O", axis=named, scale=alt.Scale(type="point", padding=0.2))
    ticks = alt.Axis(title=None, format="d", tickMinStep=1, grid=False, labelOverlap=True)
    return alt.X("month:Q", axis=ticks, scale=alt.Scale(zero=False, nice=False))


def place(month: Period) -> float:
    """Where a month stands on the axis: its year, and the part of the year that went before it.

    >>> from caseness.periods import month
    >>> place(month(2023, 7))
    2023.5
    """
    return month.start.year + (month.start.month - 1) / 12


def value_axis(title: str, from_zero: bool = True) -> alt.Y:
    """The axis of values, with its title above it, where it can be read without turning the head."""
    axis = alt.Axis(
        title=title, titleAngle=0, titleAlign="left", titleAnchor="end", titleX=-44, titleY=-16, tickCount=5
    )
    return alt.Y("value:Q", axis=axis, scale=alt.Scale(zero=from_zero, nice=True))


def _line_layers(base: alt.Chart, title: str, count: int, kind: str) -> list[alt.Chart]:
    styled = {
        "color": alt.Color("colour:N", scale=None, legend=None),
        "strokeDash": _dashes(count),
        "detail": alt.Detail("name:N"),
    }
    line = base.transform_filter("isValid(datum.value)").mark_line(strokeWidth=2)
    spread = base.transform_filter("!isValid(datum.value)").mark_rule(strokeWidth=3)
    ends = {"y": alt.Y("low:Q"), "y2": alt.Y2("high:Q"), "color": alt.Color("colour:N", scale=None, legend=None)}
    return [
        line.encode(x=time_axis(kind), y=value_axis(title), **styled),
        spread.encode(x=time_axis(kind), **ends),
    ]


def _dashes(count: int) -> alt.StrokeDash:
    used = [dash for _, dash in STYLES[:count]]
    return alt.StrokeDash("dash:N", legend=None, scale=alt.Scale(domain=[str(dash) for dash in used], range=used))


def draw_breaks(marks: Sequence[Mark]) -> list[alt.Chart]:
    """An upright line for each break, with its letter on top."""
    if not marks:
        return []
    rows = [{"month": place(mark.month), "letter": mark.letter} for mark in marks]
    base = alt.Chart(inline(rows)).encode(x=time_axis())
    letters = base.mark_text(align="center", baseline="bottom", y=-3, color=INK, fontWeight="bold")
    return [base.mark_rule(color=INK, strokeDash=[4, 3]), letters.encode(text=alt.Text("letter:N"))]


# On a phone there is no room to the right of the lines: a key above the chart names them.
def _names(rows: list[dict], series: Sequence[Series], width: Width, kind: str) -> list[alt.Chart]:
    if width.is_narrow:
        return []
    last = [_last(rows, one.name) for one in series]
    ends = _spread_out([one for one in last if one])
    named = alt.Chart(inline(ends)).mark_text(align="left", dx=6, baseline="middle", lineBreak="|", lineHeight=15)
    colour = alt.Color("colour:N", scale=None, legend=None)
    return [named.encode(x=time_axis(kind), y=alt.Y("value:Q"), text=alt.Text("wrapped:N"), color=colour)]


def _last(rows: list[dict], name: str) -> dict | None:
    own = [row for row in rows if row["name"] == name and row["value"] is not None]
    return {**own[-1], "wrapped": "|".join(textwrap.wrap(name, _LETTERS_BESIDE))} if own else None


def _spread_out(ends: list[dict]) -> list[dict]:
    """Names that would lie on each other are moved apart, by the lines that they take."""
    if not ends:
        return ends
    line = max(row["value"] for row in ends) * 0.07
    placed: list[dict] = []
    for row in sorted(ends, key=lambda row: row["value"]):
        half = line * (row["wrapped"].count("|") + 1) / 2
        floor = placed[-1]["top"] + half if placed else row["value"]
        centre = max(row["value"], floor)
        placed.append({**row, "value": centre, "top": centre + half})
    return placed
