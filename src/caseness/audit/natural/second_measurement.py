"""Regression to the mean: what measuring twice does to people who were chosen because they scored high."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import sqrt

from caseness.audit.assumptions import Assumption, Assumptions
from caseness.audit.natural.applicability import is_applicable, judge
from caseness.audit.natural.model import Estimator, Line
from caseness.audit.natural.room import exactly, range_of
from caseness.audit.quantity import Estimate
from caseness.programme import Programme
from caseness.stats.retest import chance_below, chance_below_both, expected_fall

SECOND_MEASUREMENT = "second-measurement"

_NAMES = {"phq9": "PHQ-9", "gad7": "GAD-7"}
_ASSUMES = (
    "Scores are about normal, and a second measurement differs from the first by independent errors alone: nobody changes.",
    "First scores are those of England in 2024-25, of courses of therapy and not of people.",
    "Recovery needs both scores below their cut-offs; their correlation is assumed.",
    "Everybody has the anxiety measure GAD-7.",
)


@dataclass(frozen=True)
class _Scale:
    """One scale as assumed: its first scores, its reliability with its range, and its cut-off."""

    name: str
    mean: float
    deviation: float
    reliability: Assumption
    cut_off: float

    def at(self, reliability: float) -> tuple[float, float, float, float]:
        """The arguments of the statistics, at one reliability."""
        return self.mean, self.deviation, reliability, self.cut_off


def estimate_second_measurement(assumptions: Assumptions, programme: Programme) -> Estimator:
    """The chance to score below both cut-offs at a second measurement without any change."""
    scales = tuple(_scale(assumptions, programme, name) for name in _NAMES)
    correlation = assumptions.find("natural.scale_correlation")
    applicability = judge(assumptions, SECOND_MEASUREMENT)
    return Estimator(
        id=SECOND_MEASUREMENT,
        kind="retest",
        label="A second measurement without any change",
        rate=_rate(scales, correlation),
        assumes=_ASSUMES,
        applicability=applicability,
        in_band=is_applicable(applicability.grade, assumptions.choice("natural.least_grade")),
        source="; ".join(dict.fromkeys(_sources(assumptions))),
        is_from_reader=False,
        lines=tuple(_lines(scales, correlation, assumptions.number("natural.below_both_at_start"))),
    )


# A whole-number score is at or above a cut-off from half a point below it.
def _scale(assumptions: Assumptions, programme: Programme, name: str) -> _Scale:
    caseness = next(one.caseness for one in programme.measures if one.id == name)
    assert caseness is not None, f"{name} has a cut-off"
    return _Scale(
        _NAMES[name],
        assumptions.number(f"natural.{name}_mean"),
        assumptions.number(f"natural.{name}_deviation"),
        assumptions.find(f"natural.{name}_reliability"),
        caseness - 0.5,
    )


def _both(scales: tuple[_Scale, ...], reliabilities: tuple[float, ...], correlation: float) -> tuple[float, float]:
    highest = sqrt(reliabilities[0] * reliabilities[1])
    asked = zip(*(one.at(reliable) for one, reliable in zip(scales, reliabilities, strict=True)), strict=True)
    means, deviations, reliable, cut_offs = asked
    # Scales cannot go together more than their errors allow, whatever is assumed.
    chance, first = chance_below_both(means, deviations, reliable, cut_offs, min(correlation, highest))
    return 100 * chance, 100 * first


def _rate(scales: tuple[_Scale, ...], correlation: Assumption) -> Estimate:
    middle = tuple(one.reliability.number for one in scales)
    value, _ = _both(scales, middle, correlation.number)
    tried = [
        _both(scales, reliabilities, one)[0]
        for reliabilities in product(*(range_of(one.reliability) for one in scales))
        for one in range_of(correlation)
    ]
    interval = "range of assumptions: reliability of each scale, and their correlation"
    return Estimate(value, min([value, *tried]), max([value, *tried]), "percentage", interval=interval)


def _lines(scales: tuple[_Scale, ...], correlation: Assumption, published: float) -> Iterator[Line]:
    for one in scales:
        known = one.at(one.reliability.number)
        yield Line(
            f"Below the cut-off of {one.name} alone",
            exactly(100 * chance_below(*known)),
            "Of those at or above it at first.",
        )
        fall = expected_fall(*known)
        yield Line(
            f"Change of the mean {one.name} of those at or above its cut-off",
            exactly(fall, "number"),
            "In points of the scale.",
        )
    middle = tuple(one.reliability.number for one in scales)
    for label, at in (("not at all", 0.0), ("as much as their errors allow", 1.0)):
        yield Line(
            f"Below both, if the scales went together {label}", exactly(_both(scales, middle, at)[0]), "A bound."
        )
    at_first = _both(scales, middle, correlation.number)[1]
    note = f"A check of the model: {published:g} % of courses of therapy were published as not at caseness."
    yield Line("Below both at the start, by the model", exactly(at_first), note)


def _sources(assumptions: Assumptions) -> Iterator[str]:
    for name in _NAMES:
        yield assumptions.find(f"natural.{name}_mean").source
        yield assumptions.find(f"natural.{name}_reliability").source
