"""Costs as bars with their ranges, and which assumption moves one of them most."""

from __future__ import annotations

from collections.abc import Sequence

from caseness.audit.cost.model import CostPer, Swing, Tornado
from caseness.audit.quantity import Quantity
from caseness.audit.spelling import spell
from caseness.report.charts.bars import Bar, draw_bars
from caseness.report.charts.drawing import Drawing
from caseness.report.charts.theme import BLUE, INK, Width

NO_PRICE = "no price: nothing additional"


def draw_costs(costs: Sequence[CostPer], width: Width) -> Drawing:
    """Describe the cost of each result, with the range of each. A range without an end runs off the picture."""
    furthest = max(max(one.cost.high or 0.0, one.cost.low or 0.0) for one in costs)
    return draw_bars([_cost(one, furthest) for one in costs], width, longest=furthest)


def draw_tornado(tornado: Tornado, width: Width) -> Drawing:
    """Describe how far each assumption alone moves a cost. The upright mark is where it stands."""
    furthest = max(end for one in tornado.swings for end in (one.at_low.value, one.at_high.value) if end is not None)
    return draw_bars([_swing(one, tornado.base.value, furthest) for one in tornado.swings], width, longest=furthest)


def spell_end(end: Quantity) -> str:
    """What one end of an assumption gives."""
    return spell(end) if end.is_known else NO_PRICE


def _cost(one: CostPer, furthest: float) -> Bar:
    low = one.cost.low or 0.0
    high = furthest if one.cost.high is None else one.cost.high
    end = low if one.cost.value is None else one.cost.value
    return Bar(one.label, 0.0, end, spell(one.cost), BLUE, low=low, high=high)


def _swing(one: Swing, base: float | None, furthest: float) -> Bar:
    ends = [furthest if end.value is None else end.value for end in (one.at_low, one.at_high)]
    text = f"{spell_end(one.at_low)} at {one.low_setting}, {spell_end(one.at_high)} at {one.high_setting}"
    return Bar(one.label, min(ends), max(ends), text, INK, mark=base)
