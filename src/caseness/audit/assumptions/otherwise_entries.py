"""What may be wrong with a scenario of what the same money could buy."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from caseness.audit.assumptions.model import ASSUMED, PUBLISHED, UNVERIFIED, YOURS
from caseness.errors import suggest

_WORDS = ("label", "bought", "duration", "population", "source", "transferability")
_EFFECTS = ("effect_low", "effect", "effect_high")
_PRICES = ("price_low", "price", "price_high")
_STATUSES = (PUBLISHED, ASSUMED, UNVERIFIED, YOURS)
_KEYS = ("id", *_WORDS, "grade", "status", *_PRICES, *_EFFECTS)

# Beyond these a slip is likelier than a finding: treatments move a mean by one standard deviation or so.
_GREATEST_EFFECT = 3
_LEAST_PRICE, _GREATEST_PRICE = 1, 1_000_000


def check_scenario(keys: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with one `[[otherwise.scenario]]`. Without a status it is yours."""
    yield from _unknown(keys)
    for name in _WORDS:
        if not isinstance(keys.get(name), str) or not keys[name]:
            yield f"it needs a {name} in quotes."
    if keys.get("grade") not in ("A", "B", "C", "D"):
        yield f"grade is A, B, C or D, not {keys.get('grade')!r}."
    if keys.get("status", YOURS) not in _STATUSES:
        yield f"status is {', '.join(_STATUSES[:-1])} or {_STATUSES[-1]}, not {keys['status']!r}."
    yield from _prices(keys)
    yield from _effects(keys)


def _unknown(keys: Mapping[str, Any]) -> Iterator[str]:
    for name in keys:
        if name not in _KEYS:
            yield f"{name}: there is no such key. {suggest(name, _KEYS) or 'There are: ' + ', '.join(_KEYS) + '.'}"


def _prices(keys: Mapping[str, Any]) -> Iterator[str]:
    given = {name: keys[name] for name in _PRICES if name in keys}
    if given.get("price") == "course":
        if len(given) > 1:
            yield 'price_low and price_high belong to a price in pounds; "course" brings its own ends.'
        return
    for name, price in {"price": None, **given}.items():
        if not _is_within(price, _LEAST_PRICE, _GREATEST_PRICE):
            yield f'{name} is a number of pounds from 1 to 1,000,000, or "course" for the cost of a course, not {price!r}.'
    ends = list(given.values())
    if all(map(_is_number, ends)) and [given[name] for name in _PRICES if name in given] != sorted(ends):
        yield "price lies between price_low and price_high."


def _effects(keys: Mapping[str, Any]) -> Iterator[str]:
    effects = [keys.get(name) for name in _EFFECTS]
    if not all(map(_is_number, effects)):
        yield f"it needs {', '.join(_EFFECTS)}, in standard deviations."
        return
    if effects != sorted(effects):  # type: ignore[type-var]
        yield "effect lies between effect_low and effect_high."
    if not all(_is_within(one, -_GREATEST_EFFECT, _GREATEST_EFFECT) for one in effects):
        yield f"effects lie between -{_GREATEST_EFFECT} and {_GREATEST_EFFECT} standard deviations."


def _is_within(given: object, low: float, high: float) -> bool:
    return _is_number(given) and low <= given <= high  # type: ignore[operator]


def _is_number(given: object) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool) and math.isfinite(given)
