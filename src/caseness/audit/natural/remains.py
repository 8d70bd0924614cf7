"""What remains of observed recovery, as points and as people, and when nothing does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from caseness.audit.counts import count
from caseness.audit.cube import Cube
from caseness.audit.natural.model import Band, CurveLine, Duration, Estimator, Remainder
from caseness.audit.quantity import Estimate, Quantity, quantity_of
from caseness.audit.record import Record
from caseness.audit.terms import pick, share_quantity
from caseness.periods import Period

NONE, MAYBE, SOME = "no additional recovery", "there may be no additional recovery", "some recovery remains"

ROOM = "from the lowest to the highest that the ends of both leave"


@dataclass(frozen=True)
class Observed:
    """Recovery as counted on one basis."""

    basis: str
    recovered: Quantity
    judged: Quantity
    rate: Quantity


def observe(record: Record, period: Period, organisation: str) -> tuple[Observed, ...]:
    """Recovery on every basis that has both counts."""
    found = (_observe(cube, period, organisation) for cube in record.cubes_of(period))
    return tuple(one for one in found if one.rate.is_known)


def take_away(observed: Observed, estimator: Estimator) -> Remainder:
    """What one estimate of natural recovery leaves of what was observed."""
    specific, additional = subtract(observed, estimator.rate)
    return Remainder(
        observed.basis, estimator.id, estimator.label, estimator.rate, specific, additional, judge(specific)
    )


def make_bands(observed: Sequence[Observed], estimators: Sequence[Estimator]) -> tuple[Band, ...]:
    """The band of each basis, over the estimates that apply; none where no estimate does."""
    applicable = [one for one in estimators if one.in_band]
    return tuple(_band(one, applicable) for one in observed) if applicable else ()


def show_durations(observed: Observed, curve: CurveLine) -> Iterator[Duration]:
    """What the assumed duration alone does, at the points of a curve."""
    for point in curve.given:
        value = point.recovered.value
        natural = Quantity(value, value, value, "percentage")
        specific = _specific(observed.rate, natural)
        yield Duration(observed.basis, _months(point.months), natural, specific, judge(specific))


def subtract(observed: Observed, natural: Quantity) -> tuple[Estimate, Estimate]:
    """Percentage points and people that remain. Nobody is taken away from nobody: people are never below 0.

    Ends are combined with no probability: the lowest observed with the highest natural, and
    the other way round.
    """
    recovered, judged = observed.recovered, observed.judged
    low = _people(recovered.low, natural.high, judged.high)
    high = _people(recovered.high, natural.low, judged.low)
    value = None if natural.value is None else _people(recovered.value, natural.value, judged.value)
    assert low is not None, "counted, so it has ends"
    assert high is not None, "counted, so it has ends"
    return _specific(observed.rate, natural), Estimate(value, low, max(low, high), "count", interval=ROOM)


def judge(specific: Quantity) -> str:
    """Whether anything remains: everywhere in the interval, somewhere, or nowhere.

    >>> judge(Quantity(None, -4.0, 3.0, "points"))
    'there may be no additional recovery'
    """
    assert specific.low is not None, "asked only where recovery was observed"
    assert specific.high is not None, "asked only where recovery was observed"
    if specific.high <= 0:
        return NONE
    return MAYBE if specific.low <= 0 else SOME


def _observe(cube: Cube, period: Period, organisation: str) -> Observed:
    recovered, judged = (
        pick(count(cube, name), cube, period, organisation) for name in ("recovery", "judged_for_recovery")
    )
    return Observed(cube.basis, quantity_of(recovered), quantity_of(judged), share_quantity(recovered, judged))


def _band(observed: Observed, applicable: Sequence[Estimator]) -> Band:
    low = min(one.rate.low for one in applicable if one.rate.low is not None)
    high = max(one.rate.high for one in applicable if one.rate.high is not None)
    interval = "from the lowest to the highest end of the applicable estimates: " + ", ".join(
        one.id for one in applicable
    )
    natural = Estimate(None, low, high, "percentage", interval=interval)
    specific, additional = subtract(observed, natural)
    return Band(
        observed.basis,
        observed.recovered,
        observed.judged,
        observed.rate,
        natural,
        specific,
        additional,
        judge(specific),
    )


def _specific(rate: Quantity, natural: Quantity) -> Estimate:
    low, high = _less(rate.low, natural.high), _less(rate.high, natural.low)
    return Estimate(_less(rate.value, natural.value), low, high, "percentage points", interval=ROOM)


def _people(recovered: float | None, natural: float | None, judged: float | None) -> float | None:
    if recovered is None or natural is None or judged is None:
        return None
    return max(0.0, recovered - natural / 100 * judged)


def _less(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other


def _months(number: float) -> Quantity:
    return Quantity(number, number, number, "months")
