"""A screen against reading noise as difference: how much is chance, and does it last a year?"""

from __future__ import annotations

import numpy as np

from caseness.audit.cube import Cube
from caseness.audit.quantity import Estimate, Quantity, nothing
from caseness.audit.record import Record
from caseness.audit.variation.measures import Way
from caseness.audit.variation.model import Screen
from caseness.audit.variation.organisations import Compared, Rules, gather_organisations, middle
from caseness.periods import Period
from caseness.stats.funnel import Funnel
from caseness.stats.heterogeneity import measure_heterogeneity
from caseness.stats.intervals import fisher_correlation

_HALF = 50
# Below this many pairs an interval of a correlation spans most of what there is.
_FEWEST_PAIRS = 10


def screen_measure(
    record: Record, made: tuple[Way, Cube], compared: Compared, funnel: Funnel, year: Period, rules: Rules
) -> Screen:
    """Say what of the spread between organisations is chance, and how far a position lasts.

    Parameters
    ----------
    made : the way the measure is made, and on which basis
    compared, funnel : the organisations of the year, and their funnel
    """
    before, earlier = _year_before(record, made, year, rules)
    foretells, pairs = _foretell(compared, funnel, earlier)
    chance = _chance_share(compared)
    size = float(np.median(middle(compared.whole)))
    reach = 100 * np.sqrt(funnel.centre * (1 - funnel.centre) / size)
    return Screen(
        chance_share=chance,
        raw_dispersion=funnel.raw_dispersion,
        dispersion=funnel.dispersion,
        usual_spread=_exactly(100 * funnel.spread, "points"),
        size=_exactly(size, "count"),
        chance_reach=_exactly(float(reach), "points"),
        previous=before,
        foretells=foretells,
        pairs=pairs,
        statement=f"{_on_chance(chance)} {_on_lasting(foretells)}",
    )


def correlate(one: np.ndarray, other: np.ndarray) -> Quantity:
    """The correlation of two rows of numbers with its 95 % interval, or nothing where there are too few."""
    if len(one) < _FEWEST_PAIRS or np.ptp(one) == 0 or np.ptp(other) == 0:
        return nothing("number", "not_applicable")
    value = float(np.clip(np.corrcoef(one, other)[0, 1], -1, 1))
    low, high = (float(end) for end in fisher_correlation(value, len(one)))
    return Estimate(value, low, high, "number", interval="95 % interval, chance only")


def _year_before(
    record: Record, made: tuple[Way, Cube], year: Period, rules: Rules
) -> tuple[Period | None, Compared | None]:
    way, cube = made
    for one in cube.periods:
        if one.kind == "year" and one.start.year == year.start.year - 1:
            return one, gather_organisations(record, cube, way, one, rules)
    return None, None


def _foretell(compared: Compared, funnel: Funnel, earlier: Compared | None) -> tuple[Quantity, int]:
    if earlier is None or earlier.funnel is None:
        return nothing("number"), 0
    then = dict(zip(earlier.codes, earlier.funnel.adjusted, strict=True))
    now = dict(zip(compared.codes, funnel.adjusted, strict=True))
    both = [code for code in now if code in then]
    return correlate(np.array([then[code] for code in both]), np.array([now[code] for code in both])), len(both)


def _chance_share(compared: Compared) -> Estimate:
    found = measure_heterogeneity(middle(compared.part), middle(compared.whole))
    value, low, high = (100 * (1 - end) for end in (found.beyond_chance, found.high, found.low))
    return Estimate(value, low, high, "percentage")


def _on_chance(share: Estimate) -> str:
    assert share.low is not None, "a share of chance has ends"
    assert share.high is not None, "a share of chance has ends"
    if share.high < _HALF:
        return "Most of what differs between these services in one year is not chance."
    if share.low > _HALF:
        return "Most of what differs between these services in one year is chance."
    return "Whether most of what differs between these services in one year is chance cannot be told."


def _on_lasting(foretells: Quantity) -> str:
    if foretells.low is None:
        return "Whether a position lasts cannot be told from these figures."
    if foretells.low > 1 / np.sqrt(2):
        return "A position mostly lasts: half or more of what differs this year differed so last year."
    if foretells.low > 0:
        return "A position lasts in part: last year's tells something of this year's, and not most of it for certain."
    return "Last year's position tells nothing certain of this year's."


def _exactly(number: float, unit: str) -> Quantity:
    return Quantity(number, number, number, unit)
