"""How referrals ended: the codes as bars, the months as lines, and drop-out as the interval it is."""

from __future__ import annotations

from collections.abc import Sequence

from caseness.audit.drop_out import DropOut
from caseness.audit.endings import Ending, Endings, SeriesBreak
from caseness.audit.spelling import UNBROKEN, spell
from caseness.report.charts.bars import Bar, bar_of, draw_bars
from caseness.report.charts.drawing import Drawing
from caseness.report.charts.lines import Series, draw_lines, letter_breaks
from caseness.report.charts.theme import INK, ROLES, Width

_LOOKS = ("stage", "outcome", "leaves")
_LAST_LOOK = "beside"


def draw_codes(endings: Endings, width: Width) -> Drawing:
    """Describe the end codes, in the order of their groups. Codes of one group have one colour."""
    groups = [group.id for group in endings.groups]
    known = [code for code in endings.codes if code.count.is_known]
    return draw_bars([_bar(code, groups) for code in known], width)


def look_of(group: int) -> str:
    """How the bars of a group look, by its place. Groups without a usable code share the last look."""
    return _LOOKS[group] if group < len(_LOOKS) else _LAST_LOOK


def draw_months(endings: Endings, codes: Sequence[Ending], width: Width) -> Drawing:
    """Describe some end codes month by month, with the breaks in them."""
    marks = letter_breaks([one.month for one in breaks_of(endings, codes)])
    series = [Series(code.label, code.of_ended_by_month) for code in codes]
    return draw_lines(endings.months, series, marks, "% of referrals ended", width)


def breaks_of(endings: Endings, codes: Sequence[Ending]) -> list[SeriesBreak]:
    """The breaks that touch any of these codes within the months drawn, oldest first."""
    ids = {code.figure_id for code in codes}
    touching = [one for one in endings.breaks if not one.figure_ids or ids & set(one.figure_ids)]
    return sorted((one for one in touching if one.month in endings.months), key=lambda one: one.month)


def draw_drop_out(drop_out: Sequence[DropOut], width: Width) -> Drawing:
    """Describe the bounds of drop-out: from the fewest to the most who can have left."""
    return draw_bars([_span(one) for one in drop_out], width, longest=100.0)


def _bar(code: Ending, groups: list[str]) -> Bar:
    look = look_of(groups.index(code.group))
    text = f"{spell(code.count)}{UNBROKEN}· {spell(code.of_ended)}"
    return bar_of(code.count, code.label, text, ROLES[look], is_outlined=look == _LAST_LOOK)


def _span(one: DropOut) -> Bar:
    low, high = one.lowest_share.low or 0.0, one.highest_share.high or 0.0
    return Bar(one.reading, low, high, f"{spell(one.lowest_share)} to {spell(one.highest_share)}", INK)
