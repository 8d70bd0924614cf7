"""What the programme costs, in all and for each result."""

from __future__ import annotations

from dataclasses import dataclass

from caseness.audit.quantity import Estimate


@dataclass(frozen=True)
class TotalCost:
    """What a year cost in all, by one way of counting. `id` is `reported` (what trusts reported, a lower
    bound) or `all_contacts` (the mean unit cost applied to every attended contact)."""

    id: str
    label: str
    basis: str
    price_year: str
    total: Estimate
    how: str
    source: str


@dataclass(frozen=True)
class CostPer:
    """A total cost divided by a count. `of` is session, contact_hour, course, recovery, reliable_recovery
    or additional_recovery; `total_id` names the total that was divided."""

    of: str
    label: str
    total_id: str
    basis: str
    cost: Estimate
    note: str


@dataclass(frozen=True)
class Costs:
    """Costs of one organisation and period."""

    totals: tuple[TotalCost, ...]
    per: tuple[CostPer, ...]

    def total(self, total_id: str) -> TotalCost | None:
        """One total, where there is one."""
        return next((one for one in self.totals if one.id == total_id), None)

    def cost_per(self, of: str, total_id: str) -> CostPer | None:
        """One cost per result, where there is one."""
        return next((one for one in self.per if (one.of, one.total_id) == (of, total_id)), None)
