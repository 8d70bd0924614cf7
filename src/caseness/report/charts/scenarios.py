"""What the same money could buy, as ranges on one scale."""

from __future__ import annotations

from collections.abc import Sequence

from caseness.audit.assumptions.model import UNVERIFIED
from caseness.audit.otherwise import Purchase
from caseness.audit.spelling import spell
from caseness.report.charts.drawing import Drawing
from caseness.report.charts.spreads import Ruler, Spread, draw_spreads
from caseness.report.charts.theme import Width

_ROOM = 0.05


def draw_purchases(purchases: Sequence[Purchase], width: Width) -> Drawing:
    """Describe additional recoveries for a million pounds: a range for each, with a dot at both ends and none between.

    The dots are hollow where the effect was not verified.
    """
    ends = [end for one in purchases for end in (one.per_million.low, one.per_million.high) if end is not None]
    lowest, highest = min(0.0, *ends), max(0.0, *ends)
    room = _ROOM * ((highest - lowest) or 1.0)
    ruler = Ruler("additional recoveries for £1 million", lowest - room, highest + room, "", 0.0, "nothing additional")
    return draw_spreads([_spread(one) for one in purchases], ruler, width)


def name_purchase(one: Purchase) -> str:
    """What is bought, and how well its effect is founded."""
    grade = f", grade {one.grade}" if one.grade else ""
    return f"{one.label} ({one.status}{grade})"


def _spread(one: Purchase) -> Spread:
    low, high = one.per_million.low or 0.0, one.per_million.high
    dots = (low,) if high is None else (low, high)
    return Spread(f"{name_purchase(one)}: {spell(one.per_million)}", low, high, dots, one.status == UNVERIFIED)
