"""One person's scores on one questionnaire: the line that they make, the caseness line, and where a change would be reliable."""

from __future__ import annotations

import altair as alt

from caseness.casebook.model import Expected, Lines, Scores
from caseness.casebook.spelling import Spell
from caseness.report.charts.drawing import Drawing, inline
from caseness.report.charts.theme import BLUE, INK, PALE, PAPER, QUIET, VERMILLION, Width

_HEIGHT = 250
# Room to the right for the names of the lines. On a phone they stand in the key above.
_ROOM = {"wide": 150, "narrow": 8}
# A day is placed as a day, whatever the time zone of the machine: as a number from the referral, or as a date in words.
_TICKS = 6
_DATED_TICKS = 3
# How wide the band is where there is one of a single day only.
_BAR = 14


def draw_course(scores: Scores, spell: Spell, width: Width) -> Drawing:
    """Describe the chart of a course for one width. The whole range of the questionnaire is on the axis."""
    days = [one.day for one in scores.scores]
    ends = (min(0, *days), max(*days, min(days) + 1))
    axis = _days(ends, spell)
    layers = [
        *(_expected(scores.expected, axis) if scores.expected else []),
        *_lines(scores.lines, ends, axis, width),
        *_points(scores, axis),
    ]
    pixels = width.pixels - 44 - _ROOM[width.name]
    return alt.layer(*layers).properties(width=pixels, height=_HEIGHT)


def key_of(scores: Scores) -> tuple[tuple[str, str], ...]:
    """What the lines of the chart are called, as swatches and words."""
    named = (
        ("line-0", "scores", True),
        ("line-1", "caseness line", scores.lines.caseness is not None),
        ("line-2", "reliable improvement from the first score", scores.lines.improved is not None),
        ("line-3", "reliable deterioration from the first score", scores.lines.worsened is not None),
        ("leaves", "expected, from courses like this one", scores.expected is not None),
    )
    return tuple((swatch, words) for swatch, words, is_there in named if is_there)


def _days(ends: tuple[int, int], spell: Spell) -> alt.X:
    scale = alt.Scale(domain=list(ends), nice=False)
    if spell.received is None:
        return alt.X("day:Q", axis=alt.Axis(title="days from the referral", tickCount=_TICKS, grid=False), scale=scale)
    step = max(1, (ends[1] - ends[0]) // _DATED_TICKS)
    ticks = list(range(ends[0], ends[1] + 1, step))
    words = {day: spell.day(day) for day in ticks}
    chosen = " : ".join(f"datum.value == {day} ? '{word}'" for day, word in words.items())
    axis = alt.Axis(title=None, values=ticks, labelExpr=f"{chosen} : ''", grid=False, labelOverlap=True)
    return alt.X("day:Q", axis=axis, scale=scale)


def _value(scores: Scores) -> alt.Y:
    low, high = scores.questionnaire.low, scores.questionnaire.high
    totals = [one.total for one in scores.scores]
    domain = [min(totals) if low is None else low, max(totals) if high is None else high]
    worse = "higher is worse" if scores.questionnaire.higher_is == "worse" else "lower is worse"
    title = f"{scores.questionnaire.short_name} ({worse})"
    axis = alt.Axis(
        title=title, titleAngle=0, titleAlign="left", titleAnchor="end", titleX=-30, titleY=-14, tickCount=5
    )
    return alt.Y("total:Q", axis=axis, scale=alt.Scale(domain=domain, nice=False))


def _points(scores: Scores, axis: alt.X) -> list[alt.Chart]:
    rows = [{"day": one.day, "total": one.total, "after": one.is_after_end} for one in scores.scores]
    base = alt.Chart(inline(rows)).encode(x=axis, y=_value(scores))
    within = base.transform_filter("!datum.after")
    return [
        within.mark_line(color=BLUE, strokeWidth=2),
        within.mark_point(color=BLUE, filled=True, size=55, opacity=1),
        # A score after the end is no part of the course: an empty ring, and no line to it.
        base.transform_filter("datum.after").mark_point(color=BLUE, fill=PAPER, filled=False, size=55, opacity=1),
    ]


_STYLES = (
    ("caseness", "caseness line", VERMILLION, [7, 3]),
    ("improved", "reliable improvement", INK, [2, 2]),
    ("worsened", "reliable deterioration", QUIET, [9, 3, 2, 3]),
)


def _lines(lines: Lines, ends: tuple[int, int], axis: alt.X, width: Width) -> list[alt.Chart]:
    drawn: list[alt.Chart] = []
    for name, words, colour, dash in _STYLES:
        at = getattr(lines, name)
        if at is not None:
            base = alt.Chart(inline([{"day": ends[1], "total": at, "words": words}]))
            drawn.append(base.mark_rule(color=colour, strokeDash=dash, strokeWidth=1.5).encode(y=alt.Y("total:Q")))
            drawn += [] if width.is_narrow else [_named(base, colour, axis)]
    return drawn


def _named(base: alt.Chart, colour: str, axis: alt.X) -> alt.Chart:
    text = base.mark_text(align="left", baseline="middle", dx=8, color=colour)
    return text.encode(x=axis, y=alt.Y("total:Q"), text=alt.Text("words:N"))


def _expected(expected: Expected, axis: alt.X) -> list[alt.Chart]:
    rows = [{"day": day, "total": low, "high": high} for day, low, high in expected.points]
    base = alt.Chart(inline(rows)).encode(x=axis, y=alt.Y("total:Q"), y2=alt.Y2("high:Q"))
    # A band of one day has no area.
    is_bar = len({day for day, _, _ in expected.points}) == 1
    return [
        base.mark_rule(color=PALE, opacity=0.45, strokeWidth=_BAR)
        if is_bar
        else base.mark_area(color=PALE, opacity=0.45)
    ]
