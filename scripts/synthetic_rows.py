"""What a row of the facts file holds: names, values, source and reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from synthetic_labels import YEAR
from synthetic_published import ANNUAL, MONTHLY

Row = dict[str, Any]


def monthly(measures: Iterable[str]) -> str:
    return f"{MONTHLY}, England, sum of the twelve months of {YEAR}: {', '.join(measures)}"


def annual(what: str) -> str:
    return f"{ANNUAL}, England, {YEAR}: {what}"


def number(name: str, value: float, unit: str, source: str, reason: str = "") -> Row:
    basis = "fitted" if reason else "published"
    return {"name": name, "value": value, "unit": unit, "basis": basis, "source": source, "reason": reason}


def shares(name: str, field: str, counts: Mapping[str, float], source: str, reason: str = "") -> Row:
    whole = sum(counts.values())
    # The last share takes what rounding leaves, so that a file of rounded shares still adds up to 1.
    parts = [round(count / whole, 6) for count in counts.values()]
    largest = parts.index(max(parts))
    parts[largest] = round(parts[largest] + 1 - sum(parts), 6)
    basis = "fitted" if reason else "published"
    return {
        "name": name,
        "field": field,
        "codes": list(counts),
        "shares": parts,
        "basis": basis,
        "source": source,
        "reason": reason,
    }


def curve(name: str, unit: str, points: tuple[list[float], list[float]], source: str, reason: str) -> Row:
    return {
        "name": name,
        "unit": unit,
        "shares": [round(share, 6) for share in points[0]],
        "values": [round(value, 2) for value in points[1]],
        "basis": "fitted",
        "source": source,
        "reason": reason,
    }
