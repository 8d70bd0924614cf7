"""What a margin is: figures of a record beside published ones, with a distance and a tolerance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from caseness.synthetic.distances import (
    absolute_difference,
    relative_difference,
    standardised_difference,
    total_variation,
)

CHAPTERS = (
    "volumes", "waits", "endings", "contacts", "appointments", "scores", "functioning", "outcomes", "people", "circumstances",
    "providers",
)  # fmt: skip
DISTANCES: Mapping[str, str] = {
    "distribution": "total variation: half the sum of the absolute differences of the shares",
    "rate": "absolute difference",
    "mean": "difference in published standard deviations",
    "amount": "difference as a part of the published figure",
    "points": "absolute difference in percentage points",
    "gap": "mean absolute difference of the rates of the groups, once the two overall rates are taken off",
}
# How far a margin may lie off before the page says so. Chosen, not published: a twentieth of a distribution, three
# points of a rate, a tenth of a standard deviation or of an amount.
TOLERANCES: Mapping[str, float] = {
    "distribution": 0.05,
    "rate": 0.03,
    "mean": 0.1,
    "amount": 0.1,
    "points": 2.0,
    "gap": 0.03,
}
# Fewer rows than this, and chance alone can carry a margin beyond its tolerance.
FEW = 2000


@dataclass(frozen=True)
class Part:
    """One figure of a margin: what the record gives, and what was published. Either may be unknown."""

    label: str
    synthetic: float | None
    published: float


@dataclass(frozen=True)
class Margin:
    """One margin. `kind` names its distance (DISTANCES). `rows` is how many rows of the record it rests on.

    `distance` is None where the record has nothing to compare.
    """

    name: str
    title: str
    chapter: str
    kind: str
    parts: tuple[Part, ...]
    distance: float | None
    tolerance: float
    rows: int
    source: str
    note: str = ""

    @property
    def is_within(self) -> bool | None:
        """Whether the distance is no more than the tolerance. None where there is nothing to compare."""
        # A distance may be a number of numpy, and what it compares to is then no plain True or False.
        return None if self.distance is None else bool(self.distance <= self.tolerance)

    @property
    def verdict(self) -> str:
        """The margin in a word or two: `within`, `off`, or `nothing to compare`; with `few rows` where that is so."""
        word = {None: "nothing to compare", True: "within", False: "off"}[self.is_within]
        return f"{word}, few rows" if self.distance is not None and self.rows < FEW else word


def distribution(
    name: str, title: str, chapter: str, counts: Mapping[str, float], published: Mapping[str, float], source: str
) -> Margin:
    """A margin of shares. Parts that are not published are left out of the record's side too.

    >>> distribution("gender", "Gender", "people", {"1": 40, "2": 60}, {"1": 0.3, "2": 0.7}, "example").verdict
    'off, few rows'
    """
    kept = {key: float(counts.get(key, 0)) for key in published}
    rows = int(sum(kept.values()))
    whole = sum(published.values())
    parts = tuple(Part(key, kept[key] / rows if rows else None, share / whole) for key, share in published.items())
    distance = total_variation(kept, dict(published)) if rows else None
    return Margin(name, title, chapter, "distribution", parts, distance, TOLERANCES["distribution"], rows, source)


def rate(name: str, title: str, chapter: str, above: float, below: float, published: float, source: str) -> Margin:
    """A margin of one share, as a fraction.

    >>> rate("recovery", "Recovery", "outcomes", 1200, 2400, 0.505, "example").verdict
    'within'
    """
    value = above / below if below else None
    distance = None if value is None else absolute_difference(value, published)
    parts = (Part(title, value, published),)
    return Margin(name, title, chapter, "rate", parts, distance, TOLERANCES["rate"], int(below), source)


def mean(
    name: str, title: str, chapter: str, value: float | None, rows: int, published: float, deviation: float, source: str
) -> Margin:
    """A margin of a mean, measured in published standard deviations."""
    distance = None if value is None else standardised_difference(value, published, deviation)
    parts = (Part(title, value, published),)
    return Margin(name, title, chapter, "mean", parts, distance, TOLERANCES["mean"], rows, source)


def amount(
    name: str, title: str, chapter: str, value: float | None, rows: int, published: float, source: str
) -> Margin:
    """A margin of an amount, measured as a part of the published one.

    >>> amount("gap", "Days between contacts", "contacts", 20, 5000, 21.475, "example").verdict
    'within'
    """
    distance = None if value is None else relative_difference(value, published)
    parts = (Part(title, value, published),)
    return Margin(name, title, chapter, "amount", parts, distance, TOLERANCES["amount"], rows, source)


def points(
    name: str, title: str, chapter: str, value: float | None, rows: int, published: float, source: str
) -> Margin:
    """A margin of a spread in percentage points.

    >>> points("spread", "Spread of recovery", "providers", 3.0, 9000, 2.1, "example").distance
    0.9
    """
    distance = None if value is None else round(absolute_difference(value, published), 6)
    parts = (Part(title, value, published),)
    return Margin(name, title, chapter, "points", parts, distance, TOLERANCES["points"], rows, source)


def gap(
    name: str,
    title: str,
    chapter: str,
    rates: Mapping[str, tuple[float, float]],
    published: Mapping[str, float],
    overall: tuple[float, float],
    source: str,
) -> Margin:
    """A margin of how groups differ. `rates` holds counts above and below the line; `overall` both overall rates.

    A group counts by its size in the record, so that a handful of people do not decide. The overall difference is a margin of its own.
    """
    held = {key: (above / below, below) for key, (above, below) in rates.items() if key in published and below}
    parts = tuple(Part(key, held[key][0] if key in held else None, value) for key, value in published.items())
    rows = sum(below for _value, below in held.values())
    shift = overall[0] - overall[1]
    weighted = sum(abs(value - published[key] - shift) * below for key, (value, below) in held.items())
    distance = weighted / rows if rows else None
    return Margin(name, title, chapter, "gap", parts, distance, TOLERANCES["gap"], int(rows), source)
