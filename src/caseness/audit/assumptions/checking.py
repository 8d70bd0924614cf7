"""What may be wrong with a change to an assumption. Every problem is a line of its own."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from caseness.audit.assumptions.cost_entries import check_price_index, check_unit_cost
from caseness.audit.assumptions.model import Assumption
from caseness.audit.assumptions.natural_entries import check_applicability, check_curve, check_problem
from caseness.audit.assumptions.otherwise_entries import check_scenario

_ENDS = ("value", "low", "high")

# How each list checks an entry of its own: `keys -> problems`.
ENTRY_CHECKS: Mapping[str, Callable[[Mapping[str, Any]], Iterator[str]]] = MappingProxyType(
    {
        "cost.unit_cost": check_unit_cost,
        "cost.price_index": check_price_index,
        "natural.curve": check_curve,
        "otherwise.scenario": check_scenario,
        "natural.applicability": check_applicability,
        "natural.problem": check_problem,
    }
)


def problems_of_change(shipped: Assumption, keys: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the new keys of one assumption."""
    if isinstance(shipped.value, str):
        yield from _problems_of_choice(shipped, keys)
        return
    numbers = {name: keys[name] for name in _ENDS if name in keys}
    for name, given in numbers.items():
        yield from _problems_of_number(shipped, name, given)
    if all(map(_is_number, numbers.values())):
        yield from _problems_of_order(shipped, numbers)


def problems_of_entry(kind: str, keys: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with one entry of a list."""
    check = ENTRY_CHECKS.get(kind)
    if check is not None:
        yield from (f"- {kind} {keys.get('id', '')!r}: {said}" for said in check(keys))


def _problems_of_choice(shipped: Assumption, keys: Mapping[str, Any]) -> Iterator[str]:
    value = keys["value"]
    if not isinstance(value, str) or (shipped.options and value not in shipped.options):
        options = f" It is one of: {', '.join(shipped.options)}." if shipped.options else ""
        yield f"- {shipped.id}: {value!r} is no choice.{options}"


def _problems_of_number(shipped: Assumption, name: str, given: object) -> Iterator[str]:
    if not _is_number(given):
        yield f"- {shipped.id}: {name} must be a number, not {given!r}."
        return
    assert isinstance(given, int | float)
    if shipped.at_least is not None and given < shipped.at_least:
        yield f"- {shipped.id}: {name} {given:g} is below {shipped.at_least:g}, the least that makes sense."
    if shipped.at_most is not None and given > shipped.at_most:
        yield f"- {shipped.id}: {name} {given:g} is above {shipped.at_most:g}, the most that makes sense."


def _problems_of_order(shipped: Assumption, numbers: Mapping[str, float]) -> Iterator[str]:
    value = numbers["value"]
    if value < numbers.get("low", value):
        yield f"- {shipped.id}: the value {value:g} lies below its own low end."
    if value > numbers.get("high", value):
        yield f"- {shipped.id}: the value {value:g} lies above its own high end."


def _is_number(given: object) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool) and math.isfinite(given)
