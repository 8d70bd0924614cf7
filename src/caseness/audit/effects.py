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


Result = tuple[str, str, Quantity]


def _results(weighed: Weighed) -> Iterator[Result]:
    yield from _of_variation(weighed)
    yield from _of_natural(weighed)
    yield from _of_costs(weighed)
    yield from _of_otherwise(weighed)
    yield from _of_promise(weighed)


def _of_variation(weighed: Weighed) -> Iterator[Result]:
    for one in weighed.variation.comparisons if weighed.variation else ():
        yield f"{one.label}: services outside chance alone", one.basis, one.flagged_naively_ends
        yield f"{one.label}: services outside the usual spread too", one.basis, one.flagged_ends


def _of_natural(weighed: Weighed) -> Iterator[Result]:
    natural = weighed.natural
    for estimator in natural.estimators if natural else ():
        yield estimator.label, "estimate", estimator.rate
    for band in natural.bands if natural else ():
        yield "Natural recovery, of those judged", band.basis, band.natural
        yield "Recovery beyond natural recovery", band.basis, band.specific
        yield "Additional recoveries", band.basis, band.additional


def _of_costs(weighed: Weighed) -> Iterator[Result]:
    costs = weighed.costs
    totals = {one.id: one.label for one in costs.totals} if costs else {}
    for one in costs.totals if costs else ():
        yield one.label, one.basis, one.total
    for one in costs.per if costs else ():
        yield f"{one.label} ({totals.get(one.total_id, one.total_id)})", one.basis, one.cost


def _of_otherwise(weighed: Weighed) -> Iterator[Result]:
    otherwise = weighed.otherwise
    if otherwise is None:
        return
    for one in otherwise.purchases:
        yield f"{one.label}: additional recoveries for a million pounds", otherwise.basis, one.per_million


def _of_promise(weighed: Weighed) -> Iterator[Result]:
    main = weighed.promise.main if weighed.promise else None
    if weighed.promise is None or main is None:
        return
    yield "Recoveries promised", main.basis, main.promised
    yield "Fewer recoveries than promised", main.basis, main.shortfall
    for term in main.terms:
        yield f"Fewer than promised, from: {term.label}", main.basis, term.recoveries
    for line in weighed.promise.money:
        yield f"Promised: {line.label}", main.basis, line.promised


def _ends(quantity: Quantity) -> tuple[float | None, float | None, float | None]:
    return quantity.value, quantity.low, quantity.high
