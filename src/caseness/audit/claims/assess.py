"""What one basis makes of a claim, for one pairing of counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from caseness.audit.claims.measure import Measured, Pairing, Scene, measure, measure_one, unit_of
from caseness.audit.claims.model import CANNOT_BE_CHECKED, CONSISTENT, CONTRADICTED, REPRODUCED, Claim
from caseness.audit.claims.printed import accepted
from caseness.audit.claims.spans import Span
from caseness.audit.quantity import Quantity, nothing


@dataclass(frozen=True, eq=False)
class Assessment:
    """One basis, one pairing of counts, what it measures and the verdict that follows.

    `rivals` are the other years of a ranking, with what is known of each.
    """

    scene: Scene = field(repr=False)
    pairing: Pairing
    measured: Measured
    unit: str
    verdict: str
    rivals: tuple[tuple[str, Measured], ...] = ()

    @property
    def basis(self) -> str:
        """The basis it stands on."""
        return self.scene.basis

    @property
    def is_direct(self) -> bool:
        """Whether all counts it needs were published. One year that beats this one refutes a ranking by itself."""
        is_settled = self.verdict == CONTRADICTED or all(rival.is_direct for _, rival in self.rivals)
        return self.measured.is_direct and is_settled

    @property
    def figure(self) -> Quantity:
        """Our figure as a quantity; no value where it is only bounded."""
        return quantity_of_span(self.measured.span, self.unit, self.measured.is_direct)


def assess(claim: Claim, pairing: Pairing, scene: Scene) -> Assessment:
    """Judge one claim on one basis, with one pairing of counts."""
    if claim.kind == "rank":
        return _assess_rank(claim, pairing, scene)
    measured = measure(claim, pairing, scene)
    verdict = _verdict(accepted(claim), measured)
    return Assessment(scene, pairing, measured, unit_of(claim, pairing), verdict)


def choose(assessments: Sequence[Assessment]) -> Assessment:
    """The basis that says most about a claim.

    A basis that prints every count outweighs one that only bounds them, whatever they say:
    a bound cannot save a claim that the counts themselves refute. Among equals the verdict
    that favours the claim is taken, then the one that knows more of the periods, and then
    the narrower bounds.
    """
    return min(
        assessments, key=lambda one: (not one.is_direct, _FAVOUR[one.verdict], _unknown_periods(one), _width(one))
    )


def quantity_of_span(span: Span | None, unit: str, is_direct: bool) -> Quantity:
    """A span as the reports show it: floats, and the reason where there is no value."""
    if span is None:
        return nothing(unit, "not_applicable" if is_direct else "no_data")
    value = span.low if span.low is not None and span.low == span.high else span.value
    reason = None if value is not None else ("suppressed" if is_direct else "no_data")
    return Quantity(_float(value), _float(span.low), _float(span.high), unit, reason)


_FAVOUR = {REPRODUCED: 0, CONSISTENT: 1, CONTRADICTED: 2, CANNOT_BE_CHECKED: 3}


def _unknown_periods(one: Assessment) -> int:
    grounds = [ground for ground in (one.scene.now, one.scene.since) if ground is not None]
    return sum(not all(ground.publishes(name) for name in one.pairing.names) for ground in grounds)


def _width(one: Assessment) -> float:
    span = one.measured.span
    return float(span.width) if span and span.width is not None else float("inf")


# Where published counts leave room for every figure that there can be, any claim at all would agree with them: that checks nothing.
def _verdict(claimed: Span, measured: Measured) -> str:
    span = measured.span
    if span is None:
        return CANNOT_BE_CHECKED
    if not claimed.holds_some(span):
        return CONTRADICTED
    if not measured.is_direct and span == measured.natural:
        return CANNOT_BE_CHECKED
    return REPRODUCED if claimed.holds_all(span) else CONSISTENT


def _assess_rank(claim: Claim, pairing: Pairing, scene: Scene) -> Assessment:
    kind = "share" if pairing.denominator else "count"
    now = measure_one(kind, pairing, scene.now)
    rivals = tuple((ground.period.label, measure_one(kind, pairing, ground)) for ground in scene.ranked)
    verdict = _rank_verdict(now, [rival for _, rival in rivals], is_lowest=claim.rank == "lowest")
    return Assessment(scene, pairing, now, "percentage" if pairing.denominator else "count", verdict, rivals)


# Only a year that is known can win or lose. Equal years share the rank, and neither is then
# "the lowest": a tie refutes the claim.
def _rank_verdict(now: Measured, rivals: Sequence[Measured], is_lowest: bool) -> str:
    known = [rival.span for rival in rivals if rival.is_direct and rival.span]
    if not now.is_direct or now.span is None or not known:
        return CANNOT_BE_CHECKED
    pairs = [(now.span, rival) if is_lowest else (rival, now.span) for rival in known]
    if any(_is_never_below(lower, upper) for lower, upper in pairs):
        return CONTRADICTED
    is_certain = len(known) == len(rivals) and all(_is_always_below(lower, upper) for lower, upper in pairs)
    return REPRODUCED if is_certain else CONSISTENT


def _is_never_below(lower: Span, upper: Span) -> bool:
    return lower.low is not None and upper.high is not None and lower.low >= upper.high


def _is_always_below(lower: Span, upper: Span) -> bool:
    return lower.high is not None and upper.low is not None and lower.high < upper.low


def _float(number: Fraction | None) -> float | None:
    return None if number is None else float(number)
