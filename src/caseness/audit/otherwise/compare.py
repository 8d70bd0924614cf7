"""Set what the programme buys beside scenarios of what the same money could buy, on one yardstick."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

from caseness.audit.assumptions import Assumptions, Entry
from caseness.audit.assumptions.model import YOURS
from caseness.audit.cost import CostPer, Costs, TotalCost
from caseness.audit.natural import Band, Natural
from caseness.audit.otherwise.model import Otherwise, Purchase
from caseness.audit.quantity import Estimate, Quantity
from caseness.audit.subject import Subject
from caseness.stats.cost import recoveries_of_shift, shift_of_recoveries

_ENDS = "all ends of what is assumed, together"
_MILLION, _THOUSAND = 1e6, 1e3


def compare_spending(
    costs: Costs | None, natural: Natural | None, subject: Subject, assumptions: Assumptions
) -> Otherwise:
    """Compare the programme with every scenario, in additional recoveries and in standard deviations.

    A standardised effect becomes recoveries by moving a normal distribution of scores, of which natural
    recovery says how much lies below the thresholds without anything being bought.
    """
    course = costs.cost_per("course", "all_contacts") if costs else None
    total = costs.total("all_contacts") if costs else None
    band = natural.band(course.basis) if natural and course else None
    if course is None or total is None or band is None or not _can_be_shifted(band) or course.cost.high is None:
        said = f"{subject.name}, {subject.period.label}: without a cost and a band of natural recovery nothing can be compared."
        return Otherwise("", (), said)
    scenarios = assumptions.entries_of("otherwise.scenario")
    baseline = _baseline(band, assumptions)
    bought = (
        _scenario(entry, course, baseline, assumptions.number("otherwise.carried_over") / 100) for entry in scenarios
    )
    return Otherwise(course.basis, (_programme(course, total, band), *bought), "")


# Where nobody recovered, or all did, no shift of a normal distribution gives what was seen.
def _can_be_shifted(band: Band) -> bool:
    return _is_whole(band) and (band.observed.low or 0) > 0 and (band.observed.high or 100) < 100


def _is_whole(band: Band) -> bool:
    return all(
        one.low is not None and one.high is not None
        for one in (band.natural, band.additional, band.observed, band.judged)
    )


def _programme(course: CostPer, total: TotalCost, band: Band) -> Purchase:
    millions, natural, people = _pair(total.total), _pair(band.natural), _pair(band.judged)
    observed = _pair(band.observed)
    shifts = [float(shift_of_recoveries(without / 100, rate / 100)) for without, rate in product(natural, observed)]
    additional = _pair(band.additional)
    sums = [n * one / (m * _THOUSAND) for n, one, m in product(people, shifts, millions)]
    return Purchase(
        "programme", "The programme, as it is", "What was delivered in the period, at the mean price of a contact",
        course.cost,
        Estimate(None, min(shifts), max(shifts), "number", interval=_ENDS),
        _between([additional[0] / millions[1], additional[1] / millions[0]], "count"), _between(sums, "number"),
        "At the last contact", "Those judged for recovery", "", "It is what happened. What would have happened anyway is estimated.",
        "derived", "This audit: costs, and what remains of recovery",
    )  # fmt: skip


def _baseline(band: Band, assumptions: Assumptions) -> tuple[float, float]:
    if assumptions.choice("otherwise.baseline") == "natural recovery":
        return _pair(band.natural)
    own = assumptions.find("otherwise.baseline_share")
    return (own.number if own.low is None else own.low), (own.number if own.high is None else own.high)


def _scenario(entry: Entry, course: CostPer, baseline: tuple[float, float], carried_over: float) -> Purchase:
    keys = entry.keys
    price, effect = _price(keys, course), _effect(keys, carried_over)
    crossed = [float(recoveries_of_shift(p / 100, d)) for p, d in product(baseline, _pair(effect))]
    return Purchase(
        entry.id, keys["label"], keys["bought"], price, effect,
        _between([_MILLION / pounds * one for pounds, one in product(_pair(price), crossed)], "count"),
        _between([_THOUSAND / pounds * one for pounds, one in product(_pair(price), _pair(effect))], "number"),
        keys["duration"], keys["population"], keys["grade"], keys["transferability"], keys.get("status", YOURS), keys["source"],
    )  # fmt: skip


def _effect(keys: Mapping[str, Any], carried_over: float) -> Estimate:
    effect, low, high = (keys[name] * carried_over for name in ("effect", "effect_low", "effect_high"))
    how = (
        "as the source gives it"
        if carried_over == 1
        else "as the source gives it, and the part of it that is assumed to hold here"
    )
    return Estimate(effect, low, high, "number", interval=how)


def _price(keys: Mapping[str, Any], course: CostPer) -> Estimate:
    if keys["price"] == "course":
        return course.cost
    price = float(keys["price"])
    return Estimate(
        price, float(keys.get("price_low", price)), float(keys.get("price_high", price)), "pounds", interval="assumed"
    )


def _pair(quantity: Quantity) -> tuple[float, float]:
    assert quantity.low is not None, "a known quantity has both ends here"
    assert quantity.high is not None, "a known quantity has both ends here"
    return quantity.low, quantity.high


def _between(numbers: list[float], unit: str) -> Estimate:
    return Estimate(None, min(numbers), max(numbers), unit, interval=_ENDS)
