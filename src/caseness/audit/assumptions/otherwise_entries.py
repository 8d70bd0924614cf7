"""What may be wrong with a scenario of what the same money could buy."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

_WORDS = ("label", "bought", "duration", "population", "source", "transferability", "status")
_EFFECTS = ("effect_low", "effect", "effect_high")


def check_scenario(keys: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with one `[[otherwise.scenario]]`."""
    for name in _WORDS:
        if not isinstance(keys.get(name), str) or not keys[name]:
            yield f"it needs a {name} in quotes."
    if keys.get("grade") not in ("A", "B", "C", "D"):
        yield f"grade is A, B, C or D, not {keys.get('grade')!r}."
    price = keys.get("price")
    if price != "course" and not (isinstance(price, int | float) and _is_number(price) and price > 0):
        yield f'price is a number of pounds above 0, or "course" for the cost of a course, not {price!r}.'
    effects = [keys.get(name) for name in _EFFECTS]
    if not all(map(_is_number, effects)):
        yield f"it needs {', '.join(_EFFECTS)}, in standard deviations."
    elif effects != sorted(effects):  # type: ignore[type-var]
        yield "effect lies between effect_low and effect_high."


def _is_number(given: object) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool) and math.isfinite(given)
