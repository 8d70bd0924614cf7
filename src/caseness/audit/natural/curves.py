"""The untreated course: curves of recovery over time, read at the time that people were in the service."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from caseness.audit.assumptions import Assumption, Assumptions, Entry
from caseness.audit.natural.applicability import is_applicable, judge
from caseness.audit.natural.model import CurveLine, CurvePoint, Estimator, Line, TimeAtRisk
from caseness.audit.natural.room import exactly, range_of
from caseness.audit.quantity import Estimate, Quantity
from caseness.stats.recovery import LOGIT, MONOTONE, SHAPES, Curve, average, fit

_STEP = 0.5
_DECIMAL = "percentage"


@dataclass(frozen=True, eq=False)
class _Curves:
    """One entry as curves: the points themselves and, where given, their low and high ends, in every shape that fits."""

    entry: Entry
    middle: tuple[Curve, ...]
    all: tuple[Curve, ...]

    @property
    def main(self) -> Curve:
        """The curve through the points."""
        return self.middle[0]


def estimate_curve(entry: Entry, time: TimeAtRisk, assumptions: Assumptions) -> Estimator:
    """The estimate that a curve gives at a time at risk.

    The value is that of the curve through the points at the mean time. The ends are the
    lowest and highest of all shapes, given ends, times and averages over times that differ. A time outside the months that
    the curve gives is read off its shape alone, which nobody observed: such an estimate is shown, and enters no band.
    """
    curves = _lay(entry)
    variation = assumptions.find("natural.variation_of_times")
    rate = _rate(curves, time, variation)
    applicability = judge(assumptions, entry.id, entry.keys.get("grade", "D"))
    extrapolated = _say_extrapolated(entry.keys["months"], _known(time.in_months.value))
    return Estimator(
        id=entry.id,
        kind="curve",
        label=entry.keys["label"],
        rate=rate,
        assumes=tuple(entry.keys.get("assumes", ("The curve stands for all problems that the programme treats.",))),
        applicability=applicability,
        in_band=not extrapolated and is_applicable(applicability.grade, assumptions.choice("natural.least_grade")),
        source=entry.keys.get("source", "the reader's file gives no source"),
        is_from_reader=entry.is_from_reader,
        lines=tuple(_lines(curves, time, variation)),
        extrapolated=extrapolated,
    )


def draw_curve(entry: Entry) -> CurveLine:
    """A curve for a picture: its points, and the line and its range every half month."""
    curves, keys = _lay(entry), entry.keys
    ends = zip(keys["months"], keys["recovered"], _given(keys, "low"), _given(keys, "high"), strict=True)
    given = tuple(CurvePoint(float(month), _percentage(value, low, high)) for month, value, low, high in ends)
    at = np.arange(0, max(keys["months"]) + _STEP / 2, _STEP)
    line = tuple(CurvePoint(float(month), _on_line(curves, month)) for month in at)
    return CurveLine(entry.id, keys["label"], given, line, _range(entry))


def _lay(entry: Entry) -> _Curves:
    keys = entry.keys
    laid = {name: _shapes_through(keys["months"], _given(keys, name)) for name in ("recovered", "low", "high")}
    return _Curves(entry, laid["recovered"], tuple(one for made in laid.values() for one in made))


def _say_extrapolated(months: list[float], at: float) -> str:
    first, last = months[0], months[-1]
    if first <= at <= last:
        return ""
    given = f"{first:g} months" if first == last else f"{first:g} to {last:g} months"
    return f"read at {at:.1f} months, and given for {given}"


# One point, or a level line, says nothing of a shape.
def _shapes_through(months: list[float], recovered: list[float]) -> tuple[Curve, ...]:
    shapes = SHAPES if recovered[-1] > recovered[0] else (MONOTONE,)
    return tuple(fit(shape, months, np.asarray(recovered, float) / 100) for shape in shapes)


def _given(keys: Mapping[str, Any], name: str) -> list[float]:
    return keys.get(name, keys["recovered"])


def _rate(curves: _Curves, time: TimeAtRisk, variation: Assumption) -> Estimate:
    times = sorted({_known(end) for end in (time.in_months.low, time.in_months.value, time.in_months.high)})
    spreads = sorted({0.0, *range_of(variation)})
    tried = [100 * average(*each) for each in product(curves.all, times, spreads)]
    value = _at(curves.main, time)
    interval = f"range of assumptions: given points ({_range(curves.entry)}), shape of the curve, time at risk, and times that differ"
    return Estimate(value, min([value, *tried]), max([value, *tried]), _DECIMAL, interval=interval)


def _lines(curves: _Curves, time: TimeAtRisk, variation: Assumption) -> Iterator[Line]:
    yield Line("Curve through the points, at the mean time", exactly(_at(curves.main, time)), "The value that is used.")
    for one in curves.middle[1:]:
        yield Line(
            f"{one.shape[:1].upper()}{one.shape[1:]} curve, at the mean time", exactly(_at(one, time)), _say(one)
        )
    months = _known(time.in_months.value)
    averaged = 100 * average(curves.main, months, variation.number)
    note = f"Times that differ by {variation.number:g} of their mean (gamma), which is assumed."
    yield Line("Curve through the points, averaged over times that differ", exactly(averaged), note)
    yield Line(
        "What it adds to read the curve at the mean time alone",
        exactly(_at(curves.main, time) - averaged, "points"),
        "A curve that bends down is lower on average than at the average time, so the mean overstates.",
    )


def _say(curve: Curve) -> str:
    if curve.shape == "Weibull":
        return "Shape {:.3f}, scale {:.1f} months.".format(*curve.parameters)
    if curve.shape == "exponential":
        return f"{100 * -np.expm1(-curve.parameters[0]):.1f} % of those still unwell a month."
    at_once = 100 * float(curve.share_at(0))
    return "Logit {:.3f} + {:.4f} x months; it has ".format(*curve.parameters) + f"{at_once:.0f} % recovered at once."


def _on_line(curves: _Curves, month: float) -> Quantity:
    # The logit alone does not begin at nought. Before the first point that is its flaw, and not a doubt.
    is_before = month < curves.entry.keys["months"][0]
    tried = [100 * float(one.share_at(month)) for one in curves.all if not (is_before and one.shape == LOGIT)]
    return _percentage(100 * float(curves.main.share_at(month)), min(tried), max(tried))


def _at(curve: Curve, time: TimeAtRisk) -> float:
    return 100 * float(curve.share_at(_known(time.in_months.value)))


def _range(entry: Entry) -> str:
    return entry.keys.get("range", "as the file gives them" if "low" in entry.keys else "no ends given")


def _percentage(value: float, low: float, high: float) -> Quantity:
    return Estimate(value, low, high, _DECIMAL, interval="range of given ends and shapes")


def _known(number: float | None) -> float:
    assert number is not None, "a time at risk and its variation are numbers"
    return number
