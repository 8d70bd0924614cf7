"""What was spent in all, as a function of the assumptions that it rests on."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from caseness.audit.assumptions import Assumptions
from caseness.audit.cost.model import TotalCost
from caseness.audit.cost.prices import Collection, is_of_year, is_reported, kinds_of_contact
from caseness.audit.counts import count
from caseness.audit.quantity import Estimate
from caseness.audit.record import Record
from caseness.audit.subject import Subject
from caseness.audit.terms import pick
from caseness.results import ENGLAND
from caseness.stats.bounds import Bounded

MILLION = 1e6
SETTINGS = ("relative_unit_cost", "not_attended", "overhead")


@dataclass(frozen=True)
class Spending:
    """The contacts of a period and the collection that prices them."""

    attended: Bounded
    missed: Bounded
    collection: Collection
    basis: str
    inside: float

    def pounds(self, attended: float, missed: float, given: Mapping[str, float]) -> float:
        """What so many contacts cost. `given` are the assumptions in per cent, and the kept part of the money."""
        inside = min(self.inside, attended)
        priced = inside + (attended - inside) * given["relative_unit_cost"] / 100 + missed * given["not_attended"] / 100
        return priced * self.collection.unit_cost * given["kinds"] * (1 + given["overhead"] / 100)


def lay_out_spending(record: Record, subject: Subject, collection: Collection) -> Spending:
    """The contacts of a subject. Only monthly files count them, so a year is their sum."""
    cube = record.by_month(subject.period)
    attended, missed = (
        pick(count(cube, name), cube, subject.period, subject.organisation)
        for name in ("appointments_attended", "appointments_not_attended")
    )
    # The contacts in the collection of the very year have its price. Of other years and of single providers none is known to.
    is_year = subject.period.kind == "year" and is_of_year(collection, subject.period)
    is_whole = subject.organisation == ENGLAND and collection.is_national and is_year
    return Spending(attended, missed, collection, cube.basis, collection.contacts if is_whole else 0.0)


def settings_of(assumptions: Assumptions, collection: Collection, end: str = "value") -> dict[str, float]:
    """The assumptions at their values, or at their `low` or `high` ends."""
    given = {name: float(getattr(assumptions.find(f"cost.{name}"), end)) for name in SETTINGS}
    kept = sorted(collection.share_kept(kinds) for kinds in kinds_of_contact())
    chosen = {"value": collection.share_kept(assumptions.choice("cost.kinds")), "low": kept[0], "high": kept[-1]}
    return {**given, "kinds": chosen[end]}


def add_up_spending(spending: Spending, subject: Subject, assumptions: Assumptions) -> tuple[TotalCost, ...]:
    """The totals of a period: what trusts reported for it, and what all attended contacts cost at the mean price."""
    found = [_all_contacts(spending, subject, assumptions)] if spending.attended.is_known.all() else []
    if subject.organisation == ENGLAND and is_reported(spending.collection, subject.period):
        found.insert(0, _reported(spending.collection, assumptions))
    return tuple(found)


def _reported(collection: Collection, assumptions: Assumptions) -> TotalCost:
    kinds = assumptions.choice("cost.kinds")
    pounds = collection.pounds * collection.share_kept(kinds) / MILLION
    return TotalCost(
        "reported", "Reported by NHS trusts, at least", collection.name, collection.price_year,
        Estimate(pounds, pounds, pounds, "million pounds", interval="as reported: a lower bound for the programme"),
        f"{collection.contacts:,.0f} contacts at {collection.unit_cost:,.2f} pounds in the mean; kinds paid for: {kinds}. "
        "NHS trusts only, so a lower bound for the programme.",
        collection.source, collection.name,
    )  # fmt: skip


def _all_contacts(spending: Spending, subject: Subject, assumptions: Assumptions) -> TotalCost:
    total = Estimate(*_millions(spending, assumptions), "million pounds", interval="range of assumptions")
    collection = spending.collection
    said = f"the mean of the {collection.name}" if collection.is_national else collection.name
    how = (
        f"Every attended contact, also of people who left, at {collection.unit_cost:,.2f} pounds, {said}. "
        f"The price is of {collection.price_year} and is not adjusted for inflation. "
    )
    how += "" if is_of_year(collection, subject.period) else f"No price of {subject.period.label} is at hand. "
    if collection.is_national and subject.organisation != ENGLAND:
        how += "It is the national price: the collection at hand does not show single providers. "
    return TotalCost(
        "all_contacts",
        "All attended contacts",
        spending.basis,
        collection.price_year,
        total,
        how.strip(),
        collection.source,
        collection.name,
    )


def _millions(spending: Spending, assumptions: Assumptions) -> tuple[float | None, float, float]:
    attended, missed, collection = spending.attended, spending.missed, spending.collection
    low, high = (
        spending.pounds(getattr(attended, end).item(), _known(missed, end), settings_of(assumptions, collection, end))
        for end in ("low", "high")
    )
    value = spending.pounds(attended.value.item(), _known(missed, "value"), settings_of(assumptions, collection))
    return (value / MILLION if math.isfinite(value) else None), low / MILLION, high / MILLION


# Missed appointments that were not counted cost nothing besides.
def _known(missed: Bounded, end: str) -> float:
    number = getattr(missed, end).item()
    return number if math.isfinite(number) else 0.0
