"""What stands beside a cost: pathways by the ratios of 2013, earlier prices of a course, and prices of another year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from caseness.audit.assumptions import Assumptions
from caseness.audit.cost.earlier import ALL_PATHWAYS, PRICES_2013, STUDY
from caseness.audit.cost.model import Comparison, CostPer, Pathway, Repriced, TotalCost, UnitCost
from caseness.audit.quantity import Estimate, Quantity


def lay_out_pathways(unit_costs: Sequence[UnitCost], per: Sequence[CostPer]) -> tuple[Pathway, ...]:
    """Each pathway's cost relative to the mean course in 2013, and that ratio applied to a course of today.

    The mix of pathways today is not published. The value takes that of the study; the ends hold whatever the mix is.
    """
    courses = {one.pathway: one for one in unit_costs if (one.collection, one.item) == (STUDY, "course")}
    now = next((one.cost for one in per if (one.of, one.total_id) == ("course", "all_contacts")), None)
    if ALL_PATHWAYS not in courses or now is None or now.value is None:
        return ()
    mean = _pounds(courses[ALL_PATHWAYS])
    apart = {pathway: _pounds(one) for pathway, one in courses.items() if pathway != ALL_PATHWAYS}
    least, most = min(apart.values()), max(apart.values())
    return tuple(
        Pathway(
            courses[pathway].label,
            courses[pathway].cost,
            _ratio(then / mean),
            Estimate(now.value * then / mean, now.value * then / most, now.value * then / least, "pounds", interval="whatever the mix of pathways"),
        )
        for pathway, then in apart.items()
    )  # fmt: skip


def compare_courses(unit_costs: Sequence[UnitCost], per: Sequence[CostPer]) -> tuple[Comparison, ...]:
    """Today's course beside each earlier price of one, all pathways together. No price is adjusted for inflation."""
    earlier = [one for one in unit_costs if one.item == "course" and one.pathway == ALL_PATHWAYS]
    firsts: dict[str, CostPer] = {}
    for one in per:
        # At the prices of the study itself, a course now is a course then.
        if one.of == "course" and one.cost.is_known and one.total_id != PRICES_2013:
            firsts.setdefault(one.total_id, one)
    return tuple(
        Comparison(then.label, then.cost, then.price_year, now.cost, total_id, _times(now.cost, _pounds(then)))
        for then in earlier
        for total_id, now in firsts.items()
    )


def reprice(per: Sequence[CostPer], totals: Sequence[TotalCost], assumptions: Assumptions) -> tuple[Repriced, ...]:
    """Every cost in the money of each other year of a reader's price index. Without an index there is none."""
    entries = {entry.keys["year"]: entry.keys for entry in assumptions.entries_of("cost.price_index")}
    return tuple(_repriced(per, {one.id: one.price_year for one in totals}, entries))


def _repriced(per: Sequence[CostPer], years: dict[str, str], entries: dict) -> Iterator[Repriced]:
    for one in per:
        own = years[one.total_id]
        for year, keys in entries.items():
            if own in entries and year != own and one.cost.is_known:
                cost = _scaled(one.cost, keys["index"] / entries[own]["index"], one.cost.unit)
                yield Repriced(one.label, one.total_id, one.basis, year, cost, keys["source"])


def _times(now: Estimate, then: float) -> Estimate:
    return _scaled(now, 1 / then, "ratio")


def _scaled(cost: Estimate, factor: float, unit: str) -> Estimate:
    value, low, high = (None if end is None else end * factor for end in (cost.value, cost.low, cost.high))
    return Estimate(value, low, high, unit, interval=cost.interval)


def _pounds(one: UnitCost) -> float:
    assert one.cost.value is not None, "a price is a number"
    return one.cost.value


def _ratio(number: float) -> Quantity:
    return Quantity(number, number, number, "ratio")
