"""What the programme costs, in all and for each result."""

from __future__ import annotations

from dataclasses import dataclass

from caseness.audit.quantity import Estimate, Quantity


@dataclass(frozen=True)
class TotalCost:
    """What a year cost in all, by one way of counting. `id` is `reported` (what trusts reported, a lower
    bound), `all_contacts` (the mean unit cost applied to every attended contact) or `prices_2013` (prices of
    the study of 2013, for years before the first collection). `collection` names where the price is from."""

    id: str
    label: str
    basis: str
    price_year: str
    total: Estimate
    how: str
    source: str
    collection: str = ""


@dataclass(frozen=True)
class CostPer:
    """A total cost divided by a count. `of` is session, contact_hour, course, started, recovery,
    reliable_recovery or additional_recovery; `total_id` names the total that was divided."""

    of: str
    label: str
    total_id: str
    basis: str
    cost: Estimate
    note: str


@dataclass(frozen=True)
class UnitCost:
    """A price that was published, in the money of its own year, or that a reader's file gives."""

    id: str
    label: str
    collection: str
    item: str
    kind: str
    pathway: str
    cost: Quantity
    activity: Quantity
    price_year: str
    coverage: str
    source: str
    is_from_reader: bool
    file: str = ""


@dataclass(frozen=True)
class Swing:
    """What both ends of one assumption give. `settings` says which end gives which result."""

    assumption: str
    label: str
    low_setting: str
    high_setting: str
    at_low: Quantity
    at_high: Quantity


@dataclass(frozen=True)
class Tornado:
    """One cost, and how far each assumption alone moves it, the widest first.

    `base` is the cost with every assumption where it stands; natural recovery then stands in the middle of its band.
    """

    of: str
    label: str
    basis: str
    base: Quantity
    swings: tuple[Swing, ...]


@dataclass(frozen=True)
class Pathway:
    """A pathway by the ratios of 2013: `relative` to the mean course, and what a course may then cost today."""

    label: str
    course_then: Quantity
    relative: Quantity
    course_now: Estimate


@dataclass(frozen=True)
class Comparison:
    """Today's cost of a course beside an earlier one, each in the money of its own year."""

    label: str
    then: Quantity
    price_year: str
    now: Estimate
    total_id: str
    ratio: Estimate


@dataclass(frozen=True)
class Repriced:
    """A cost in the money of another year, by a price index that a reader supplied."""

    label: str
    total_id: str
    basis: str
    price_year: str
    cost: Estimate
    source: str


@dataclass(frozen=True)
class Costs:
    """Costs of one organisation and period. `remarks` say what the prices are and are not."""

    totals: tuple[TotalCost, ...]
    per: tuple[CostPer, ...]
    unit_costs: tuple[UnitCost, ...] = ()
    tornadoes: tuple[Tornado, ...] = ()
    pathways: tuple[Pathway, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    repriced: tuple[Repriced, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def main(self) -> TotalCost:
        """The total that pictures show, of one that has any: of all contacts before what trusts reported."""
        return self.total("all_contacts") or self.totals[0]

    def total(self, total_id: str) -> TotalCost | None:
        """One total, where there is one."""
        return next((one for one in self.totals if one.id == total_id), None)

    def cost_per(self, of: str, total_id: str) -> CostPer | None:
        """One cost per result, where there is one: with results of the basis that counts the contacts before others."""
        return next((one for one in self.per if (one.of, one.total_id) == (of, total_id)), None)
