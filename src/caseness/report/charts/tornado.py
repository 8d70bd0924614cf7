"""Costs with their ranges, and which assumption moves one of them most."""

from __future__ import annotations

from collections.abc import Sequence

from caseness.audit.cost.model import CostPer, Swing, Tornado
from caseness.audit.quantity import Quantity
from caseness.audit.spelling import spell
from caseness.report.charts.drawing import Drawing
from caseness.report.charts.spreads import Ruler, Spread, draw_spreads
from caseness.report.charts.theme import Width

NO_PRICE = "no price: nothing additional"
_BAR = 14
# The axis ends a little beyond what is drawn.
_ROOM = 0.05


def draw_costs(costs: Sequence[CostPer], width: Width) -> Drawing:
    """Describe the cost of each result, with the range of each, on a scale that fits those with a middle.

    A range that is much wider, or has no end, runs off the picture.
    """
    fitted = [one for one in costs if one.cost.value is not None and one.cost.high is not None] or costs
    furthest = max(max(one.cost.high or 0.0, one.cost.low or 0.0) for one in fitted)
    end = furthest * (1 + _ROOM)
    return draw_spreads([_cost(one) for one in costs], Ruler("pounds for one", 0.0, end, "£"), width)


def draw_tornado(tornado: Tornado, width: Width) -> Drawing:
    """Describe how far each assumption alone moves a cost. The upright line is where it stands."""
    base = tornado.base.value
    ends = [end.value for one in tornado.swings for end in (one.at_low, one.at_high)]
    known = [end for end in (*ends, base) if end is not None]
    room = _ROOM * (max(known) - min(known))
    ruler = Ruler(
        f"pounds for one {tornado.label.lower()}",
        max(min(known) - room, 0.0),
        max(known) + room,
        "£",
        base,
        _standing(tornado),
    )
    return draw_spreads([_swing(one) for one in tornado.swings], ruler, width, _BAR)


# The middle of natural recovery is no estimate, so no number stands at it.
def _standing(tornado: Tornado) -> str:
    if tornado.of == "additional_recovery":
        return "from the middle of natural recovery"
    return f"as it stands: {spell(tornado.base)}"


def spell_end(end: Quantity) -> str:
    """What one end of an assumption gives."""
    return spell(end) if end.is_known else NO_PRICE


def _cost(one: CostPer) -> Spread:
    dots = () if one.cost.value is None else (one.cost.value,)
    return Spread(f"{one.label}: {spell(one.cost)}", one.cost.low or 0.0, one.cost.high, dots)


def _swing(one: Swing) -> Spread:
    ends = [end.value for end in (one.at_low, one.at_high)]
    known = [end for end in ends if end is not None]
    text = f"{one.label}: {spell_end(one.at_low)} at {one.low_setting}, {spell_end(one.at_high)} at {one.high_setting}"
    return Spread(text, min(known, default=0.0), None if None in ends else max(known))
