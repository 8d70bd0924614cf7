"""What may be wrong with an entry of the lists of costs: a unit cost, or a price index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from caseness.errors import suggest

_WORDS = ("label", "collection", "item", "pathway", "price_year", "coverage", "source")
_UNIT_COST_KEYS = ("id", *_WORDS, "kind", "unit_cost", "activity", "total", "status")
_INDEX_KEYS = ("id", "year", "index", "source")
_MOST_POUNDS = 100_000
_ITEMS = ("contact", "session", "course", "recovery")


def check_unit_cost(keys: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with one `[[cost.unit_cost]]`."""
    yield from _unknown(keys, _UNIT_COST_KEYS)
    for name in _WORDS:
        if not isinstance(keys.get(name), str) or not keys[name]:
            yield f"it needs a {name} in quotes."
    if keys.get("item") not in _ITEMS:
        yield f"item is one of {', '.join(_ITEMS)}, not {keys.get('item')!r}."
    if not _is_positive(keys.get("unit_cost")):
        yield f"unit_cost is a number of pounds above 0, not {keys.get('unit_cost')!r}."
    elif keys["unit_cost"] > _MOST_POUNDS:
        yield f"unit_cost is at most {_MOST_POUNDS:,} pounds, not {keys['unit_cost']:,}."
    if keys.get("item") == "contact" and not _is_positive(keys.get("activity")):
        yield "a contact needs its activity: how many contacts there were at this price."


def check_price_index(keys: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with one `[[cost.price_index]]`."""
    yield from _unknown(keys, _INDEX_KEYS)
    if not isinstance(keys.get("source"), str) or not keys["source"]:
        yield "it needs a source in quotes."
    if not isinstance(keys.get("year"), str) or not keys["year"]:
        yield 'it needs a year in quotes, such as "2024-25".'
    if not _is_positive(keys.get("index")):
        yield f"index is a number above 0, not {keys.get('index')!r}."


def _unknown(keys: Mapping[str, Any], known: tuple[str, ...]) -> Iterator[str]:
    for name in keys:
        if name not in known:
            yield f"{name}: there is no such key. {suggest(name, known)} There are: {', '.join(known)}."


def _is_positive(given: object) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool) and 0 < given < float("inf")
