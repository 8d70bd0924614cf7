"""From what was promised to what happened: each step takes away or adds, and the bars meet end to end."""

from __future__ import annotations

from caseness.audit.promise import Reading, Step
from caseness.audit.quantity import Quantity
from caseness.audit.spelling import spell
from caseness.report.charts.bars import Bar, draw_bars
from caseness.report.charts.drawing import Drawing
from caseness.report.charts.theme import BLUE, INK, PALE, VERMILLION, Width


def draw_waterfall(reading: Reading, width: Width) -> Drawing:
    """Describe the recoveries that were promised, what each step takes away or adds, and what is left."""
    bars = [_whole("Promised", reading.promised, PALE)]
    at = _point(reading.promised)
    for term in reading.terms:
        after = at - _point(term.recoveries)
        bars.append(_change(term.label, at, after, term.recoveries))
        at = after
    return draw_bars([*bars, _whole("Happened", reading.happened, BLUE)], width)


def draw_journeys(reading: Reading, width: Width) -> Drawing:
    """Describe of 100 people, step by step, how many were promised to come so far and how many did."""
    return draw_bars([bar for step in reading.steps[1:] for bar in _pair(step)], width, longest=100.0)


def _pair(step: Step) -> tuple[Bar, Bar]:
    return (
        _whole(f"{step.label}, promised", step.promised_of_100, PALE),
        _whole(f"{step.label}, happened", step.happened_of_100, BLUE),
    )


def _whole(label: str, quantity: Quantity, colour: str) -> Bar:
    low, high = (None, None) if quantity.is_exact else (quantity.low, quantity.high)
    return Bar(label, 0.0, _point(quantity), spell(quantity), colour, low, high)


# Told apart in grey print by outline: filled takes away, outlined adds.
def _change(label: str, before: float, after: float, fewer: Quantity) -> Bar:
    adds = after > before
    text = f"{spell(fewer)} fewer" if not adds else f"{spell(_turned(fewer))} more"
    return Bar(label, min(before, after), max(before, after), text, INK if adds else VERMILLION, is_outlined=adds)


def _turned(fewer: Quantity) -> Quantity:
    value, low, high = (None if end is None else -end for end in (fewer.value, fewer.high, fewer.low))
    return Quantity(value, low, high, fewer.unit, fewer.reason)


def _point(quantity: Quantity) -> float:
    if quantity.value is not None:
        return quantity.value
    return ((quantity.low or 0.0) + (quantity.high or 0.0)) / 2
