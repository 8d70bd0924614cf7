"""The controls of cost and promise: which assumptions may be moved, and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping

from caseness.audit.assumptions import Assumption, Assumptions
from caseness.audit.cost.model import CostPer, TotalCost
from caseness.audit.natural.model import Band, Remainder
from caseness.audit.quantity import Quantity
from caseness.audit.run import Audit
from caseness.report.blocks import Block
from caseness.report.controls import Controls, Outcome, Slider, step_between
from caseness.report.pointers import Held

_TOTAL = "all_contacts"
_RESULTS = ("course", "recovery", "reliable_recovery", "additional_recovery")


def move_cost(audit: Audit) -> list[Block]:
    """A control of the cost of a contact and of natural recovery, on the basis that counts contacts."""
    total = audit.costs.total(_TOTAL) if audit.costs else None
    if audit.costs is None or audit.natural is None or total is None:
        return []
    per = {one.of: one for one in audit.costs.per if (one.total_id, one.basis) == (_TOTAL, total.basis)}
    band = audit.natural.band(total.basis)
    remainder = next((one for one in audit.natural.remainders if one.basis == total.basis), None)
    if not {"session", *_RESULTS} <= set(per) or band is None or remainder is None or band.recovered.value is None:
        return []
    shown = tuple(Outcome(of, per[of].label, per[of].cost) for of in _RESULTS)
    return [
        Controls(
            id="cost-controls",
            heading="What the cost of a contact and natural recovery do",
            model="cost",
            sliders=_cost_sliders(per["session"], band, remainder),
            fixed=_fixed_costs(total, band, per),
            outcomes=(Outcome("total", total.label, total.total), *shown),
            note=f"On the {total.basis}, in prices of {total.price_year}. Natural recovery begins at “{remainder.label}”, one of several estimates.",
        )
    ]


def _fixed_costs(total: TotalCost, band: Band, per: Mapping[str, CostPer]) -> tuple[tuple[str, Quantity], ...]:
    named = tuple((of, per[of].cost) for of in ("session", *_RESULTS[:3]))
    return *named, ("total", total.total), ("judged", band.judged), ("recovered", band.recovered)


def _cost_sliders(session: CostPer, band: Band, remainder: Remainder) -> tuple[Slider, ...]:
    low, high = session.cost.low or 0.0, session.cost.high or 0.0
    least, most = band.natural.low or 0.0, band.natural.high or 0.0
    return (
        Slider("unit_cost", "Cost of an attended contact", session.cost, low, high, step_between(low, high)),
        Slider("natural", "Would have recovered anyway", remainder.natural, least, most, step_between(least, most)),
    )


def move_promise(audit: Audit) -> list[Block]:
    """A control of every share and price that was promised, for the reading that the assumptions choose."""
    promise = audit.promise
    main = promise.main if promise else None
    if promise is None or main is None or main.promised.value is None:
        return []
    sliders = [_slider(audit.assumptions, step.id) for step in main.steps[1:]]
    sliders += [_slider(audit.assumptions, name) for name in ("course_cost", "coming_off", "benefit", "months")]
    account = tuple(Outcome(one.id, one.label, one.promised) for one in promise.money if one.id != "break_even")
    return [
        Controls(
            id="promise-controls",
            heading="What each share and price that was promised does",
            model=f"promise {audit.assumptions.choice('promise.who_is_paid_for')}",
            sliders=tuple(sliders),
            fixed=(("cohort", main.steps[0].promised), ("happened", main.happened)),
            outcomes=(
                Outcome("recovered", "Recoveries promised", main.promised),
                Outcome("shortfall", "Fewer than promised", main.shortfall),
                *account,
            ),
            note=f"By the reading “{main.label}” ({main.basis}). What was promised is in the money of its own year.",
        )
    ]


def _slider(assumptions: Assumptions, name: str) -> Slider:
    one = assumptions.find(f"promise.{name}")
    low, high = _range(one)
    return Slider(name, one.label, Held(one, "value", one.unit), low, high, step_between(low, high))


def _range(one: Assumption) -> tuple[float, float]:
    return (one.number if one.low is None else one.low), (one.number if one.high is None else one.high)
