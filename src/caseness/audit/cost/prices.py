"""Prices of a contact: from which collection, and what part of it is paid for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from caseness.audit.assumptions import Assumptions, Entry, read_shipped_assumptions
from caseness.audit.cost.model import UnitCost
from caseness.audit.quantity import Quantity, nothing
from caseness.periods import Period

_YEAR = re.compile(r"(\d{4})-\d\d$")
_LEFT_OUT = {
    "all": (),
    "without employment support": ("employment support",),
    "assessment and treatment only": (
        "employment support", "follow-up appointment after treatment end", "review only", "other (not listed)",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Collection:
    """The contacts of one collection: how many, what they cost in all, and the part of it that each choice of kinds keeps.

    `is_national` says that it is the National Cost Collection, `is_as_reported` that no reader's file changes it.
    """

    year: str
    price_year: str
    contacts: float
    pounds: float
    kept: tuple[tuple[str, float], ...]
    source: str
    name: str
    is_national: bool
    is_as_reported: bool

    @property
    def unit_cost(self) -> float:
        """The mean cost of a contact, of all kinds."""
        return self.pounds / self.contacts

    def share_kept(self, kinds: str) -> float:
        """The part of the money, 0 to 1, that the contacts of the chosen kinds cost."""
        return dict(self.kept)[kinds]


def list_unit_costs(assumptions: Assumptions) -> tuple[UnitCost, ...]:
    """Every price of the package and of a reader's file."""
    return tuple(_unit_cost(entry) for entry in assumptions.entries_of("cost.unit_cost"))


def choose_collection(unit_costs: Sequence[UnitCost], period: Period, choice: str) -> Collection:
    """The collection that prices a period: the one that was chosen, or the nearest; of two as near, the later."""
    years, asked = _years(unit_costs), _year_of(period)
    nearest = min(years, key=lambda year: (abs(_begins(year) - asked), -_begins(year)))
    return _collect(unit_costs, choice if choice in years else nearest)


def is_of_year(collection: Collection, period: Period) -> bool:
    """Whether a collection is of the very financial year of a period, or of the one that a month lies in."""
    return _begins(collection.year) == _year_of(period)


def is_reported(collection: Collection, period: Period) -> bool:
    """Whether a collection is what trusts reported for this very period. They report years, and a reader reports nothing."""
    return collection.is_as_reported and period.kind == "year" and is_of_year(collection, period)


def is_before_collections(unit_costs: Sequence[UnitCost], period: Period) -> bool:
    """Whether a period lies before the first collection."""
    return _year_of(period) < min(map(_begins, _years(unit_costs)))


def kinds_of_contact() -> tuple[str, ...]:
    """The choices of kinds, the widest first."""
    return tuple(_LEFT_OUT)


def _years(unit_costs: Sequence[UnitCost]) -> set[str]:
    return {one.collection for one in unit_costs if one.item == "contact" and _YEAR.match(one.collection)}


def _year_of(period: Period) -> int:
    return period.financial_year().start.year if period.kind == "month" else period.start.year


def _begins(year: str) -> int:
    return int(year[:4])


def _collect(unit_costs: Sequence[UnitCost], year: str) -> Collection:
    own = [one for one in unit_costs if one.item == "contact" and one.collection == year]
    counted = [(one.kind, one.activity.value or 0.0, one.cost.value or 0.0) for one in own]
    pounds = sum(activity * cost for _, activity, cost in counted)
    kept = tuple(
        (choice, sum(n * cost for kind, n, cost in counted if kind not in left_out) / pounds)
        for choice, left_out in _LEFT_OUT.items()
    )
    shipped = {entry.keys["collection"] for entry in read_shipped_assumptions().entries_of("cost.unit_cost")}
    yours = [one for one in own if one.is_from_reader]
    return Collection(
        year, own[0].price_year, sum(n for _, n, _ in counted), pounds, kept, _source(own),
        _name(year, yours, year in shipped), is_national=year in shipped, is_as_reported=not yours,
    )  # fmt: skip


# The source of a shipped price ends with the code of its kind of contact, which is not that of the whole.
def _source(own: Sequence[UnitCost]) -> str:
    said = (one.source if one.is_from_reader else one.source.rpartition(", ")[0] for one in own)
    return "; ".join(dict.fromkeys(said))


def _name(year: str, yours: Sequence[UnitCost], is_national: bool) -> str:
    if not is_national:
        return f"your price (source: {', '.join(dict.fromkeys(one.source for one in yours))})"
    changed = f", changed by {yours[0].file}" if yours else ""
    return f"National Cost Collection {year}{changed}"


def _unit_cost(entry: Entry) -> UnitCost:
    keys = entry.keys
    activity = keys.get("activity")
    return UnitCost(
        entry.id, keys["label"], keys["collection"], keys["item"], keys.get("kind", "all"), keys["pathway"],
        _exactly(float(keys["unit_cost"]), "pounds and pence"),
        nothing() if activity is None else _exactly(float(activity), "count"),
        keys["price_year"], keys["coverage"], keys["source"], entry.is_from_reader, entry.file,
    )  # fmt: skip


def _exactly(number: float, unit: str) -> Quantity:
    return Quantity(number, number, number, unit)
