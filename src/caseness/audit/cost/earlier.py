"""A total at the prices of the study of 2013, for years before the first cost collection."""

from __future__ import annotations

import math
from collections.abc import Sequence

from caseness.audit.cost.model import TotalCost, UnitCost
from caseness.audit.cost.prices import is_before_collections
from caseness.audit.cost.spend import MILLION, Spending
from caseness.audit.counts import count
from caseness.audit.quantity import Estimate
from caseness.audit.record import Record
from caseness.audit.subject import Subject
from caseness.audit.terms import pick
from caseness.stats.bounds import Bounded

PRICES_2013 = "prices_2013"
STUDY, ALL_PATHWAYS = "study of 2013", "all"


def add_up_at_study_prices(
    record: Record, subject: Subject, spending: Spending, unit_costs: Sequence[UnitCost]
) -> tuple[TotalCost, ...]:
    """What a period before the collections cost at the prices of 2013: its contacts, or its courses where none were counted.

    Which part was of which intensity is not published, so the ends give every one the lowest or the highest price.
    """
    own = [one for one in unit_costs if one.collection == STUDY]
    if not is_before_collections(unit_costs, subject.period) or not own:
        return ()
    if spending.attended.is_known.all():
        return _total("session", "All attended contacts", "attended contact", spending.attended, spending.basis, own)
    for cube in record.cubes_of(subject.period):
        courses = pick(count(cube, "finished_course"), cube, subject.period, subject.organisation)
        if courses.is_known.all():
            return _total("course", "Finished courses only", "finished course", courses, cube.basis, own)
    return ()


def _total(
    item: str, label: str, counted_as: str, counted: Bounded, basis: str, own: Sequence[UnitCost]
) -> tuple[TotalCost, ...]:
    priced = [one for one in own if one.item == item]
    apart = [_pounds(one) for one in priced if one.pathway != ALL_PATHWAYS]
    if not apart:
        return ()
    least, most = min(apart), max(apart)
    middle = next((_pounds(one) for one in priced if one.pathway == ALL_PATHWAYS), math.nan)
    low, high, value = counted.low.item() * least, counted.high.item() * most, counted.value.item() * middle
    total = Estimate(
        value / MILLION if math.isfinite(value) else None, low / MILLION, high / MILLION, "million pounds",
        interval="every one at the lowest or the highest price of the study: assumed",
    )  # fmt: skip
    how = f"Each {counted_as} at {least:,.0f} to {most:,.0f} pounds, by its intensity. That prices of the study hold for this period is assumed."
    return (
        TotalCost(
            PRICES_2013, f"{label}, at prices of 2013 (assumed)", basis, f"the {STUDY} (its year: {priced[0].price_year})", total, how, priced[0].source, f"the {STUDY}"
        ),
    )  # fmt: skip


def _pounds(one: UnitCost) -> float:
    assert one.cost.value is not None, "a price is a number"
    return one.cost.value
