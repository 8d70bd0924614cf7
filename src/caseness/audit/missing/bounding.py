"""Worst and best case of every rate, at every level. Nothing is assumed of those without an outcome.

Who recovers is asked of cases, and of those without scores nobody knows who was a case. That widens
nothing: the rate is lowest if all of them were cases who did not recover, and highest if all were
cases who did. Leaving them out as "not at caseness" always lies between the two.
"""

from __future__ import annotations

from caseness.audit.counts import COUNTS, count
from caseness.audit.cube import Cube
from caseness.audit.ledger import step_counts
from caseness.audit.missing.levels import LEVELS, RATES, STRATA, Level, Rate
from caseness.audit.missing.model import BoundedRate, LevelBounds, MissingBasis, MissingOutcomes, Stratum
from caseness.audit.quantity import Estimate, Quantity, nothing, quantity_of
from caseness.audit.record import Record
from caseness.audit.subject import Subject
from caseness.audit.terms import pick, share_quantity
from caseness.stats.bounds import Bounded
from caseness.stats.missing import Completed, complete

INTERVAL = "worst to best case"
_NOT_PUBLISHED = "Not published on this basis: {}."
_CONTRADICTED = (
    "More have paired scores than there are here, so the counts contradict each other or are of other people."
)

_MORE_COUNTS = ("paired", "ended_after_treatment")


def bound_missing(record: Record, subject: Subject) -> MissingOutcomes:
    """Bound every rate of one organisation and period, on every basis.

    >>> from caseness.audit.record import gather
    >>> from caseness.audit.subject import choose
    >>> from caseness.published import Embedded
    >>> record = gather(Embedded())
    >>> annual = bound_missing(record, choose(record, "2024-25")).basis("annual report")
    >>> recovery = annual.rate("recovery")
    >>> [round(end, 1) for end in (recovery.official.value, recovery.level("finisher").span.low, recovery.level("finisher").span.high)]
    [50.5, 50.5, 51.9]
    """
    bounded = (_bound(cube, subject) for cube in record.cubes_of(subject.period))
    return MissingOutcomes(subject.organisation, subject.period, tuple(one for one in bounded if one is not None))


def _bound(cube: Cube, subject: Subject) -> MissingBasis | None:
    if cube.index(subject.period, subject.organisation) is None:
        return None
    counts = _counts_of(cube, subject)
    if not counts["paired"].is_known.all():
        return None
    strata = tuple(Stratum(name, label, quantity_of(counts[name]), why) for name, label, why in STRATA)
    return MissingBasis(cube.basis, tuple(_bound_rate(rate, counts) for rate in RATES), strata)


def _counts_of(cube: Cube, subject: Subject) -> dict[str, Bounded]:
    planes = step_counts(cube)
    from_counts = {name: count(cube, name) for name in _MORE_COUNTS}
    return {
        name: pick(plane, cube, subject.period, subject.organisation)
        for name, plane in {**planes, **from_counts}.items()
    }


def _bound_rate(rate: Rate, counts: dict[str, Bounded]) -> BoundedRate:
    having, judged = counts[rate.name], counts["paired"]
    if rate.is_of_cases:
        judged = (judged - counts["not_at_caseness"]).at_least(0)
    lacking = (judged - having).at_least(0)
    return BoundedRate(
        rate.name,
        rate.label,
        COUNTS[rate.official].label,
        rate.is_good,
        quantity_of(having),
        share_quantity(having, counts[rate.official]),
        share_quantity(having, judged),
        tuple(_bound_level(level, rate, having, lacking, counts) for level in LEVELS),
    )


def _bound_level(
    level: Level, rate: Rate, having: Bounded, lacking: Bounded, counts: dict[str, Bounded]
) -> LevelBounds:
    everyone = counts[level.everyone]
    if rate.is_of_cases:
        everyone = (everyone - counts["not_at_caseness"]).at_least(0)
    unknown = (counts[level.everyone] - counts["paired"]).at_least(0)
    if not unknown.is_known.all() or not everyone.is_known.all():
        return _blank(level, quantity_of(everyone), counts[level.everyone])
    ends = complete(having, lacking, everyone)
    return LevelBounds(
        level,
        quantity_of(everyone),
        quantity_of(unknown),
        share_quantity(unknown, everyone),
        quantity_of(ends.none, "percentage"),
        quantity_of(ends.all, "percentage"),
        _span(ends),
        _width(_span(ends)),
        "",
    )


def _span(ends: Completed) -> Estimate:
    low, high = quantity_of(ends.none, "percentage"), quantity_of(ends.all, "percentage")
    if low.low is None or high.high is None:
        return Estimate(None, None, None, "percentage", "no_data", INTERVAL)
    return Estimate(None, low.low, high.high, "percentage", None, INTERVAL)


def _width(span: Estimate) -> Quantity:
    if span.low is None or span.high is None:
        return nothing("points")
    apart = span.high - span.low
    return Quantity(apart, apart, apart, "points")


def _blank(level: Level, everyone: Quantity, counted: Bounded) -> LevelBounds:
    is_published = bool(counted.is_known.all())
    why = _CONTRADICTED if is_published else _NOT_PUBLISHED.format(COUNTS[level.everyone].label.lower())
    reason = "not_applicable" if is_published else "no_data"
    share = nothing("percentage", reason)
    span = Estimate(None, None, None, "percentage", reason, INTERVAL)
    return LevelBounds(
        level, everyone, nothing("count", reason), share, share, share, span, nothing("points", reason), why
    )
