"""What may be wrong with an entry of the lists of costs: a unit cost, or a price index."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from caseness.audit.assumptions.model import STATUSES
from caseness.errors import suggest

_WORDS = ("label", "collection", "item", "pathway", "price_year", "coverage", "source")
_UNIT_COST_KEYS = ("id", *_WORDS, "kind", "unit_cost", "activity", "total", "status")
_INDEX_KEYS = ("id", "year", "index", "source")
_MOST_POUNDS = 100_000
_ITEMS = ("contact", "session", "course", "recovery")
_PATHWAYS = ("all", "low", "high", "stepped down", "stepped up")
_YEAR = re.compile(r"(\d{4})-(\d\d)")
# A total may be printed in whole thousands.
_ROOM = 0.001


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
    if keys.get("pathway") not in _PATHWAYS:
        yield f"pathway is one of {', '.join(_PATHWAYS)}, not {keys.get('pathway')!r}."
    if keys.get("status", STATUSES[0]) not in STATUSES:
        yield f"status is one of {', '.join(STATUSES)}, not {keys['status']!r}."
    if keys.get("item") == "contact":
        yield from _contact(keys)


# Prices of contacts are found by their year. One of no year would be listed, and would price nothing.
def _contact(keys: Mapping[str, Any]) -> Iterator[str]:
    for name in ("collection", "price_year"):
        if not is_year(keys.get(name)):
            yield f'{name} of a contact is a financial year, such as "2025-26", not {keys.get(name)!r}: no period would have this price.'
    if keys.get("pathway") in _PATHWAYS[1:]:
        yield f'a contact has the pathway "all", not {keys["pathway"]!r}: contacts are not counted by pathway.'
    activity = keys.get("activity")
    if not _is_positive(activity):
        yield "a contact needs its activity: how many contacts there were at this price."
    elif "total" in keys and _is_positive(keys.get("unit_cost")) and not _is_total(keys):
        yield f"total is unit_cost x activity, {keys['unit_cost'] * keys['activity']:,.2f} pounds, or is left out; it is {keys['total']!r}."


def is_year(given: object) -> bool:
    """Whether this is a financial year as a collection is named.

    >>> is_year("2024-25"), is_year("2024-26"), is_year("last year")
    (True, False, False)
    """
    found = _YEAR.fullmatch(given) if isinstance(given, str) else None
    return found is not None and (int(found[1]) + 1) % 100 == int(found[2])


def _is_total(keys: Mapping[str, Any]) -> bool:
    return _is_positive(keys["total"]) and math.isclose(
        keys["total"], keys["unit_cost"] * keys["activity"], rel_tol=_ROOM
    )


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
