"""How the organisations of each year lie around England: nine deciles, and nobody's name but the reader's own."""

from __future__ import annotations

import numpy as np

from caseness.audit.cube import Cube
from caseness.audit.quantity import quantity_of
from caseness.audit.record import Record
from caseness.audit.subject import Subject
from caseness.audit.variation.measures import MEASURES, Measure, Way
from caseness.audit.variation.model import Deciles, DecileYear
from caseness.audit.variation.organisations import Rules, find_way, gather_organisations, middle, own_rate, rate_of
from caseness.periods import Period
from caseness.results import ENGLAND
from caseness.stats.bounds import Bounded, share

_TENTHS = np.arange(1, 10) / 10
# Deciles of fewer than ten would be the organisations themselves.
_FEWEST = 10


def follow_deciles(record: Record, year: Period, subject: Subject, rules: Rules) -> tuple[Deciles, ...]:
    """The deciles of each measure in every year of the basis on which `year` is compared."""
    found = ((measure, find_way(record, measure, year)) for measure in MEASURES)
    followed = (_follow(record, measure, *made, subject, rules) for measure, made in found if made is not None)
    return tuple(one for one in followed if one.years)


def _follow(record: Record, measure: Measure, way: Way, cube: Cube, subject: Subject, rules: Rules) -> Deciles:
    years = (_year(record, way, cube, year, subject, rules) for year in cube.periods)
    return Deciles(measure.id, measure.label, way.of, cube.basis, tuple(one for one in years if one is not None))


def _year(record: Record, way: Way, cube: Cube, year: Period, subject: Subject, rules: Rules) -> DecileYear | None:
    compared = gather_organisations(record, cube, way, year, rules)
    if len(compared.codes) < _FEWEST:
        return None
    shares = share(compared.part, compared.whole)
    # Each decile rises with each share, so the deciles of the ends are the ends of the deciles.
    low, high, value = (np.quantile(end, _TENTHS) for end in (shares.low, shares.high, middle(shares)))
    deciles = tuple(quantity_of(Bounded.of(low[i], high[i], value[i]), "percentage") for i in range(len(_TENTHS)))
    england, own = rate_of(cube, way, year, ENGLAND), own_rate(cube, way, year, subject)
    return DecileYear(year, len(compared.codes), deciles, england, own)
