"""The gap between the extreme groups of a breakdown: its ends where it has an order, else the highest and the lowest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from caseness.audit.assumptions import Assumptions
from caseness.audit.quantity import Estimate, Quantity
from caseness.audit.variation.breakdowns import Characteristic, is_stated
from caseness.audit.variation.model import Extremes
from caseness.audit.variation.tally import Counts, counts_of
from caseness.stats.intervals import newcombe_difference

CHANCE = "95 % interval, chance only"
ALL_PAIRS = "95 % interval for all pairs of groups together, chance only"
COVERAGE = 0.95
_PAIR = 2

Pair = tuple[float, float]


def find_extremes(
    characteristic: Characteristic, groups: Mapping[str, Counts], measures: list[str], assumptions: Assumptions
) -> Iterator[Extremes]:
    """The gap of each measure between two groups that share nobody.

    Where two are picked as the highest and the lowest of k, the interval is that of
    Bonferroni for all k (k - 1) / 2 pairs: whichever were picked, it covers.
    """
    smallest = assumptions.number("variation.smallest_group")
    for measure in measures:
        counted = {label: counts_of(counts, measure) for label, counts in groups.items() if is_stated(label)}
        known = {label: own for label, own in counted.items() if own and own[1] and own[0] <= own[1]}
        if not characteristic.is_ordered:
            known = {label: own for label, own in known.items() if own[1] >= smallest}
        if len(known) >= _PAIR:
            yield _between(characteristic, measure, known)


def measure_gap(first: Pair, second: Pair, coverage: float, interval: str) -> Quantity:
    """The first share less the second, in percentage points, with the interval of chance."""
    low, high = (100 * float(end) for end in newcombe_difference(*first, *second, coverage=coverage))
    value = 100 * (first[0] / first[1] - second[0] / second[1])
    return Estimate(value, low, high, "points", interval=interval)


def _between(characteristic: Characteristic, measure: str, known: Mapping[str, Pair]) -> Extremes:
    pairs = len(known) * (len(known) - 1) / 2
    if characteristic.is_ordered:
        first, *_, second = known
        pairs = 1
    else:
        first, second = (pick(known, key=lambda label: known[label][0] / known[label][1]) for pick in (max, min))
    coverage = 1 - (1 - COVERAGE) / pairs
    interval = CHANCE if pairs == 1 else ALL_PAIRS
    gap = measure_gap(known[first], known[second], coverage, interval)
    rates = _share(known[first]), _share(known[second])
    return Extremes(measure, first, second, *rates, gap, are_picked=pairs > 1)


def _share(pair: Pair) -> Quantity:
    share = 100 * pair[0] / pair[1]
    return Quantity(share, share, share, "percentage")
