"""Organisations against all of them together, allowing for chance and for the usual spread between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from caseness.audit.quantity import Quantity, nothing, quantity_of
from caseness.audit.record import Record
from caseness.audit.subject import Subject
from caseness.audit.terms import share_quantity
from caseness.audit.variation.measures import MEASURES, Measure
from caseness.audit.variation.model import Comparison, LeftOut, Limits, Point
from caseness.audit.variation.organisations import (
    FEWEST,
    Compared,
    Rules,
    find_way,
    gather_organisations,
    middle,
    own_rate,
    rate_of,
)
from caseness.audit.variation.screen import screen_measure
from caseness.periods import Period
from caseness.results import ENGLAND
from caseness.stats.bounds import Bounded, share
from caseness.stats.funnel import Funnel, arcsine_limits, binomial_limits, score

_SIZES = 24
NO_PROVIDERS = "These figures hold no organisation but England for this year, so there is nobody to compare."
_NOBODY = LeftOut(0, 0, 0, 0, 0, 0)


def compare_organisations(record: Record, year: Period, subject: Subject, rules: Rules) -> tuple[Comparison, ...]:
    """Compare all organisations of one year on every measure, each on one basis."""
    return tuple(_compare(record, measure, year, subject, rules) for measure in MEASURES)


def _compare(record: Record, measure: Measure, year: Period, subject: Subject, rules: Rules) -> Comparison:
    found = find_way(record, measure, year)
    if found is None:
        return _empty(measure, "", "", _NOBODY, NO_PROVIDERS)
    way, cube = found
    compared = gather_organisations(record, cube, way, year, rules)
    if compared.funnel is None:
        why = f"Only {len(compared.codes)} organisations reach {rules.smallest:g} people: a funnel needs {FEWEST}."
        return _empty(measure, way.of, cube.basis, compared.left_out, why)
    return Comparison(
        measure.id,
        measure.label,
        way.of,
        cube.basis,
        measure.note,
        compared.left_out,
        centre=share_quantity(_summed(compared.part), _summed(compared.whole)),
        england=rate_of(cube, way, year, ENGLAND),
        own=own_rate(cube, way, year, subject),
        **_judged(record, compared, compared.funnel, rules),
        screen=screen_measure(record, found, compared, compared.funnel, year, rules),
    )


def _judged(record: Record, compared: Compared, funnel: Funnel, rules: Rules) -> dict[str, Any]:
    naive = _flags(compared, funnel, rules.action, 0.0)
    wide = _flags(compared, funnel, rules.action, funnel.between)
    return {
        "spread_on_the_scale": float(np.sqrt(funnel.between)),
        "flagged_naively": int(naive.printed.sum()),
        "flagged": int(wide.printed.sum()),
        "flagged_naively_ends": naive.counted,
        "flagged_ends": wide.counted,
        "points": _points(record, compared, funnel, naive, wide),
        "limits": _limits(middle(compared.whole), funnel, rules),
    }


@dataclass(frozen=True, eq=False)
class _Flags:
    """Who lies outside the limits: as printed, under every reading of the rounded counts, and under some reading."""

    printed: NDArray[np.bool_]
    surely: NDArray[np.bool_]
    perhaps: NDArray[np.bool_]

    @property
    def may_change(self) -> NDArray[np.bool_]:
        return self.surely != self.perhaps

    @property
    def counted(self) -> Quantity:
        """The fewest and the most that it can be."""
        return Quantity(None, float(self.surely.sum()), float(self.perhaps.sum()))


# The centre and the spread rest on all organisations, and hardly move; the counts of one are read at all their ends.
def _flags(compared: Compared, funnel: Funnel, limit: float, between: float) -> _Flags:
    part, whole = compared.part, compared.whole
    ends = [(p, n) for p in (part.low, part.high) for n in (whole.low, whole.high)]
    scores = np.array([score(np.minimum(p, n), n, funnel.centre, between) for p, n in ends])
    printed = np.abs(score(middle(part), middle(whole), funnel.centre, between)) > limit
    lowest, highest = scores.min(axis=0), scores.max(axis=0)
    return _Flags(printed, (lowest > limit) | (highest < -limit), (highest > limit) | (lowest < -limit))


def _points(record: Record, compared: Compared, funnel: Funnel, naive: _Flags, wide: _Flags) -> tuple[Point, ...]:
    shares = share(compared.part, compared.whole)
    return tuple(
        Point(
            code,
            record.names.get(code, code),
            quantity_of(compared.part[i]),
            quantity_of(compared.whole[i]),
            quantity_of(shares[i], "percentage"),
            float(funnel.scores[i]),
            float(funnel.adjusted[i]),
            bool(naive.printed[i]),
            bool(wide.printed[i]),
            bool(wide.may_change[i]),
            bool(naive.may_change[i]),
        )
        for i, code in enumerate(compared.codes)
    )


def _limits(sizes: NDArray[np.float64], funnel: Funnel, rules: Rules) -> tuple[Limits, ...]:
    steps = np.unique(np.geomspace(min(rules.smallest, sizes.min()), sizes.max(), _SIZES).round())
    coverage = float(2 * ndtr(rules.action) - 1)
    ends = (
        *binomial_limits(steps, funnel.centre, coverage),
        *arcsine_limits(steps, funnel.centre, rules.warning, funnel.between),
        *arcsine_limits(steps, funnel.centre, rules.action, funnel.between),
    )
    columns = zip(*(100 * end for end in ends), strict=True)
    return tuple(
        Limits(int(size), *(float(one) for one in column)) for size, column in zip(steps, columns, strict=True)
    )


def _summed(counts: Bounded) -> Bounded:
    return Bounded(*(np.array([end.sum()]) for end in (counts.low, counts.high, middle(counts))))


def _empty(measure: Measure, of: str, basis: str, left_out: LeftOut, why: str) -> Comparison:
    unknown = (nothing("percentage"), nothing("percentage"), nothing("percentage"))
    flagged = (0, 0, nothing(), nothing())
    return Comparison(
        measure.id, measure.label, of, basis, measure.note, left_out, *unknown, None, *flagged, (), (), None, why
    )
