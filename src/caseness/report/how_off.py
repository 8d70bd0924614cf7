"""How far a margin is off, in words: by how much, in which direction, and in which part most."""

from __future__ import annotations

from caseness.report.part_labels import meaning_of
from caseness.synthetic.facts import Facts
from caseness.synthetic.margin import Margin, Part

_SHARES = ("distribution", "rate", "gap")
_UNITS = {"mean": "points", "points": "percentage points"}


def how_off(margin: Margin, facts: Facts) -> str:
    """The difference of the part that is furthest off, with its name where a margin has several.

    A gap compares groups once the overall rates are taken off, so it names its distance alone.

    >>> from caseness.synthetic.facts import load_facts
    >>> from caseness.synthetic.margin import rate
    >>> how_off(rate("recovery", "Recovery", "outcomes", 1000, 2000, 0.53, "an example"), load_facts())
    '3.0 percentage points too low'
    """
    if margin.kind == "gap":
        return (
            f"groups differ by {100 * (margin.distance or 0):.1f} percentage points, on average, from what is published"
        )
    part = max((one for one in margin.parts if one.synthetic is not None), key=_difference)
    said = _said(margin, part)
    return said if len(margin.parts) == 1 else f"{meaning_of(margin, part.label, facts)}: {said}"


def _difference(part: Part) -> float:
    return abs((part.synthetic or 0.0) - part.published)


def _said(margin: Margin, part: Part) -> str:
    difference = (part.synthetic or 0.0) - part.published
    word = "too high" if difference > 0 else "too low"
    if margin.kind in _SHARES:
        return f"{100 * abs(difference):.1f} percentage points {word}"
    if margin.kind == "amount":
        return f"{100 * abs(difference) / abs(part.published):.0f} % {word}"
    return f"{abs(difference):.2f} {_UNITS[margin.kind]} {word}"
