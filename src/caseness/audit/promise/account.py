"""The account of the promise: what a cohort was to cost and to save, and what is known of both."""

from __future__ import annotations

import math

from caseness.audit.assumptions import Assumptions
from caseness.audit.cost import Costs
from caseness.audit.promise.model import Money, Reading
from caseness.audit.quantity import Estimate, Quantity, nothing

_MILLION = 1e6
_NOT_FOLLOWED = "Nobody who was treated is followed off benefits in what is published: unknown, and not filled in."
_NOT_PAID_BACK = "not_paid_back"
_NO_COST = "No cost of this period is known here."
_BREAK_EVEN = (
    "This did not happen: it is how many the cost, at the promised saving a month, would need within the promised months, or "
    "within those that a person stays off, if they are fewer. "
    "The cost is in the money of its own year and the saving in that of 2006-07, so it is too many by what prices rose: no "
    "price index is verified, so change the saving in a file of your own."
)
_WOULD_NEED = "Would have to come off benefits, at the saving of 2006-07"
_SAVES_NOTHING = "Nothing is saved by a person who comes off benefits, so no number of people pays the cost back."


def keep_account(
    reading: Reading | None, costs: Costs | None, assumptions: Assumptions, basis: str
) -> tuple[Money, ...]:
    """The lines of the account, from one reading of the promise."""
    if reading is None:
        return ()
    spent = _spend(reading, assumptions)
    off = _times(reading.promised, assumptions.number("promise.coming_off") / 100, "count")
    a_month, months = assumptions.number("promise.benefit"), assumptions.number("promise.months")
    saved = _times(off, a_month * months / _MILLION, "million pounds")
    cost = _find_cost(costs)
    return (
        Money("spent", "Spent", spent, cost or nothing("million pounds"), _source_of(costs) if cost else _NO_COST),
        Money("off_benefits", "Come off benefits", off, nothing(), _NOT_FOLLOWED),
        Money("saved", "Saved on benefits", saved, nothing("million pounds"), _NOT_FOLLOWED),
        Money("net", "Saved, less spent", _minus(saved, spent), nothing("million pounds"), _NOT_FOLLOWED),
        Money("payback", "Paid back after", _payback(spent, off, a_month, months), nothing("months"), _NOT_FOLLOWED),
        _break_even(spent, cost, a_month * min(months, assumptions.number("promise.payback"))),
    )


def _spend(reading: Reading, assumptions: Assumptions) -> Quantity:
    of = "completing" if assumptions.choice("promise.who_is_paid_for") == "completed" else "treated"
    before = [one for one in reading.steps if one.id in ("cohort", "entering")]
    step = next(one for one in reading.steps if one.id == "completing") if of == "completing" else before[-1]
    return _times(step.promised, assumptions.number("promise.course_cost") / _MILLION, "million pounds")


def _find_cost(costs: Costs | None) -> Estimate | None:
    total = costs.total("all_contacts") if costs else None
    if total is None or not total.total.is_known:
        return None
    one = total.total
    scale = 1.0 if one.unit == "million pounds" else 1 / _MILLION
    return Estimate(*_scaled(one, scale), "million pounds", None, one.interval)


def _source_of(costs: Costs | None) -> str:
    total = costs.total("all_contacts") if costs else None
    return f"{total.label}, {total.price_year}." if total else ""


def _break_even(spent: Quantity, cost: Estimate | None, saved_by_each: float) -> Money:
    if not saved_by_each:
        never = nothing(reason=_NOT_PAID_BACK)
        return Money("break_even", _WOULD_NEED, never, never if cost else nothing(), _SAVES_NOTHING)
    factor = _MILLION / saved_by_each
    happened: Quantity = nothing()
    if cost is not None:
        happened = Estimate(*_scaled(cost, factor), "count", None, cost.interval)
    return Money("break_even", _WOULD_NEED, _times(spent, factor, "count"), happened, _BREAK_EVEN)


def _times(quantity: Quantity, factor: float, unit: str) -> Quantity:
    return Quantity(*_scaled(quantity, factor), unit, quantity.reason)


def _scaled(one: Quantity, factor: float) -> tuple[float | None, float | None, float | None]:
    value, low, high = (None if end is None else end * factor for end in (one.value, one.low, one.high))
    return value, low, high


def _minus(one: Quantity, other: Quantity) -> Quantity:
    value = None if one.value is None or other.value is None else one.value - other.value
    if one.low is None or other.low is None or one.high is None or other.high is None:
        return nothing(one.unit)
    if one.is_exact and other.is_exact:
        return Quantity(value, value, value, one.unit)
    return Quantity(value, one.low - other.high, one.high - other.low, one.unit, one.reason)


# The cohort cancels: what one of it costs, over what one of it saves a month. Nobody saves beyond the months off
# benefits, so a cost that would take longer than they last is never met.
def _payback(spent: Quantity, off: Quantity, a_month: float, lasting: float) -> Quantity:
    if not spent.high or off.high is None:
        return nothing("months", "not_applicable")
    a_month_of_all = off.high * a_month
    needed = spent.high * _MILLION / a_month_of_all if a_month_of_all else math.inf
    if needed > lasting and not math.isclose(needed, lasting):
        return nothing("months", _NOT_PAID_BACK)
    return Quantity(needed, needed, needed, "months")
