"""What may be wrong with an entry of the lists of costs: a unit cost, or a price index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_WORDS = ("label", "collection", "item", "pathway", "price_year", "coverage", "source")
_ITEMS = ("contact", "session", "course", "recovery")


def check_unit_cost(keys: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with one `[[cost.unit_cost]]`."""
    for name in _WORDS:
        if not isinstance(keys.get(name), str) or not keys[name]:
            yield f"it needs a {name} in quotes."
    if keys.get("item") not in _ITEMS:
        yield f"item is one of {', '.join(_ITEMS)}, not {keys.get('item')!r}."
    if not _is_positive(keys.get("unit_cost")):
        yield f"unit_cost is a number of pounds above 0, not {keys.get('unit_cost')!r}."
    if keys.get("item") == "contact" and not _is_positive(keys.get("activity")):
        yield "a contact needs its activity: how many contacts there were at this price."


def check_price_index(keys: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with one `[[cost.price_index]]`."""
    if not isinstance(keys.get("source"), str) or not keys["source"]:
        yield "it needs a source in quotes."
    if not isinstance(keys.get("year"), str) or not keys["year"]:
        yield 'it needs a year in quotes, such as "2024-25".'
    if not _is_positive(keys.get("index")):
        yield f"index is a number above 0, not {keys.get('index')!r}."


def _is_positive(given: object) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool) and 0 < given < float("inf")
