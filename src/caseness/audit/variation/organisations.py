"""The counts of one measure for every organisation in one year, and which of them can be compared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from caseness.audit.assumptions import Assumptions
from caseness.audit.cube import Cube
from caseness.audit.quantity import Quantity, nothing
from caseness.audit.record import Record
from caseness.audit.subject import Subject
from caseness.audit.terms import share_quantity
from caseness.audit.variation.measures import Measure, Way
from caseness.audit.variation.model import LeftOut
from caseness.periods import Period
from caseness.results import ENGLAND
from caseness.stats.bounds import Bounded, share
from caseness.stats.funnel import Funnel, fit_funnel

PROVIDER = "provider"
# A funnel through fewer says more about its own centre than about anybody in it.
FEWEST = 5


@dataclass(frozen=True)
class Rules:
    """What is assumed of a comparison: whom to compare, and how far out is far.

    `smallest` is a denominator, `widest` the room in percentage points that suppression may
    leave, `warning` and `action` are standard errors, `winsorised` is in 0..1.
    """

    smallest: float
    widest: float
    warning: float
    action: float
    winsorised: float


def read_rules(assumptions: Assumptions) -> Rules:
    """The rules as the assumptions have them."""
    return Rules(
        assumptions.number("variation.smallest_denominator"),
        assumptions.number("variation.widest_room"),
        assumptions.number("variation.warning_limit"),
        assumptions.number("variation.action_limit"),
        assumptions.number("variation.winsorised") / 100,
    )


def rate_of(cube: Cube, way: Way, year: Period, organisation: str) -> Quantity:
    """The share of one organisation in one year, whether it is compared or not."""
    at = cube.index(year, organisation)
    if at is None:
        return nothing("percentage")
    part, whole = way.planes(cube)
    return share_quantity(part[at], whole[at])


def own_rate(cube: Cube, way: Way, year: Period, subject: Subject) -> Quantity:
    """The share of the subject of an audit, where that is not England."""
    if subject.organisation == ENGLAND:
        return nothing("percentage", "not_applicable")
    return rate_of(cube, way, year, subject.organisation)


def middle(counts: Bounded) -> NDArray[np.float64]:
    """Each printed value, and for a count that was not printed the middle of what it can be."""
    return np.where(np.isnan(counts.value), (counts.low + counts.high) / 2, counts.value)


@dataclass(frozen=True, eq=False)
class Compared:
    """The organisations that can be compared, in order of code, with their counts as bounds."""

    codes: tuple[str, ...]
    part: Bounded
    whole: Bounded
    left_out: LeftOut
    funnel: Funnel | None


def find_way(record: Record, measure: Measure, year: Period) -> tuple[Way, Cube] | None:
    """The first way to make a measure for which organisations have figures in this year."""
    for way in measure.ways:
        for cube in map(record.cube, way.bases):
            if year in cube.periods and _listed(record, cube, way, year).any():
                return way, cube
    return None


def gather_organisations(record: Record, cube: Cube, way: Way, year: Period, rules: Rules) -> Compared:
    """Sort the organisations of one year into those that can be compared and those that cannot."""
    at = cube.periods.index(year)
    part, whole = (plane[at] for plane in way.planes(cube))
    kept, left_out = _sort(part, whole, _listed(record, cube, way, year), rules)
    codes = tuple(code for code, is_kept in zip(cube.organisations, kept, strict=True) if is_kept)
    part, whole = part[kept], whole[kept]
    funnel = fit_funnel(middle(part), middle(whole), rules.winsorised) if len(codes) >= FEWEST else None
    return Compared(codes, part, whole, left_out, funnel)


def _listed(record: Record, cube: Cube, way: Way, year: Period) -> NDArray[np.bool_]:
    at = cube.periods.index(year)
    part, whole = (plane[at] for plane in way.planes(cube))
    is_provider = np.array([record.levels.get(code) == PROVIDER for code in cube.organisations], bool)
    return is_provider & part.is_known & whole.is_known


def _sort(part: Bounded, whole: Bounded, listed: NDArray[np.bool_], rules: Rules) -> tuple[NDArray[np.bool_], LeftOut]:
    shares = share(part, whole)
    with np.errstate(invalid="ignore"):
        is_printed = ~np.isnan(part.value) & ~np.isnan(whole.value)
        is_small = listed & (middle(whole) < rules.smallest)
        is_contradictory = listed & ~is_small & (middle(part) > middle(whole))
        is_open = ~is_printed & ~(shares.high - shares.low <= rules.widest)
    is_suppressed = listed & ~is_small & ~is_contradictory & is_open
    kept = listed & ~is_small & ~is_contradictory & ~is_suppressed
    sorted_out = (listed, kept, is_small, is_suppressed, is_contradictory, kept & ~is_printed)
    return kept, LeftOut(*(int(np.count_nonzero(one)) for one in sorted_out))
