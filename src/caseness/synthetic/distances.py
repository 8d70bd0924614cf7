"""How far a made-up figure lies from the published one: one distance for each kind of figure."""

from __future__ import annotations

from collections.abc import Mapping


def total_variation(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Half the sum of the absolute differences of two distributions: the share that would have to move. 0 to 1.

    What the values of a distribution add up to does not matter; a part that one does not have counts as 0 there.

    Raises
    ------
    ValueError
        If a distribution is empty, adds up to nothing or holds a negative part.

    >>> total_variation({"low": 3, "high": 1}, {"low": 0.5, "high": 0.5})
    0.25
    """
    left, right = _normalised(one), _normalised(other)
    return sum(abs(left.get(key, 0.0) - right.get(key, 0.0)) for key in left.keys() | right.keys()) / 2


def absolute_difference(one: float, other: float) -> float:
    """How far two rates lie apart, in their own unit.

    >>> absolute_difference(0.5, 0.25)
    0.25
    """
    return abs(one - other)


def standardised_difference(one: float, other: float, deviation: float) -> float:
    """How far two means lie apart, in published standard deviations.

    >>> standardised_difference(14.0, 17.0, 6.0)
    0.5
    """
    return abs(one - other) / deviation


def relative_difference(one: float, other: float) -> float:
    """How far one amount lies from a published one, as a part of the published one.

    >>> relative_difference(9.0, 10.0)
    0.1
    """
    return abs(one - other) / abs(other)


def _normalised(parts: Mapping[str, float]) -> dict[str, float]:
    whole = sum(parts.values())
    if whole <= 0 or any(part < 0 for part in parts.values()):
        raise ValueError("a distribution has parts that are not negative, and that add up to something")
    return {key: part / whole for key, part in parts.items()}
