"""Unknown outcomes as bars: at each level from the worst to the best case, with the published rate marked."""

from __future__ import annotations

from collections.abc import Sequence

from caseness.audit.missing import BoundedRate, LevelBounds
from caseness.audit.spelling import spell
from caseness.report.charts.bars import Bar, draw_bars
from caseness.report.charts.drawing import Drawing
from caseness.report.charts.theme import BLUE, PALE, Width


def draw_missing(rate: BoundedRate, levels: Sequence[LevelBounds], width: Width) -> Drawing:
    """Describe one rate: for each level a bar over all that the truth can be.

    Levels without a bound are left out by the caller.
    """
    return draw_bars([_bar(rate, level) for level in levels], width, longest=100.0)


def _bar(rate: BoundedRate, level: LevelBounds) -> Bar:
    label = level.level.label + (" (other people)" if level.level.is_ratio_of_flows else "")
    low, high = level.span.low or 0.0, level.span.high or 0.0
    return Bar(
        label,
        low,
        high,
        spell(level.span),
        PALE if level.level.is_ratio_of_flows else BLUE,
        mark=rate.official.value,
        is_outlined=level.level.is_ratio_of_flows,
    )
