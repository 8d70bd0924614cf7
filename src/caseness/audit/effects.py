"""What a reader's own assumptions do to what follows from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from caseness.audit.quantity import Quantity
from caseness.audit.weighing import Weighed


@dataclass(frozen=True)
class Effect:
    """One result, as it follows from the package's assumptions and from the reader's.

    `basis` is the basis of its counts. `differs` says whether the change is seen in it.
    """

    label: str
    basis: str
    shipped: Quantity
    yours: Quantity
    differs: bool


def compare_results(shipped: Weighed, yours: Weighed) -> tuple[Effect, ...]:
    """Set the main results of the same record under two sets of assumptions side by side.

    A result that only one of them has is left out.
    """
    before = {(label, basis): quantity for label, basis, quantity in _results(shipped)}
    return tuple(
        Effect(label, basis, before[label, basis], quantity, _ends(before[label, basis]) != _ends(quantity))
        for label, basis, quantity in _results(yours)
        if (label, basis) in before
    )


def _results(weighed: Weighed) -> Iterator[tuple[str, str, Quantity]]:
    for estimator in weighed.natural.estimators if weighed.natural else ():
        yield estimator.label, "estimate", estimator.rate
    for band in weighed.natural.bands if weighed.natural else ():
        yield "Natural recovery, of those judged", band.basis, band.natural
        yield "Recovery beyond natural recovery", band.basis, band.specific
        yield "Additional recoveries", band.basis, band.additional
    for one in weighed.costs.totals if weighed.costs else ():
        yield one.label, one.basis, one.total
    for one in weighed.costs.per if weighed.costs else ():
        yield f"{one.label} ({one.total_id})", one.basis, one.cost


def _ends(quantity: Quantity) -> tuple[float | None, float | None, float | None]:
    return quantity.value, quantity.low, quantity.high
