"""Counts that add up to another count, so that a reader who has all but one has that one too.

Source: NHS England, catalogue of NHS Talking Therapies monthly measures (July 2026), construction of the measures; those
that only nearly add up, in published files (attendance, sources), from the monthly files of January 2021 to March 2026.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Partition:
    """Counts that make up a `whole`. Where no measure counts the whole, it has a name of ours."""

    whole: str
    parts: tuple[str, ...]


def _partition(whole: str, parts: str) -> Partition:
    return Partition(whole, tuple(parts.split()))


# Each after those that make up its parts. Where one whole has several, the first is let out.
PARTITIONS = (
    _partition("M001", "M002 M003 M004 M005 M006 M007 M008 M009 M010 M011 M012 M013 M014 M017 M018 M287 M345"),
    _partition("M023", "M024 M025 M026 M027"),
    _partition("M031", "M032 M033 M034 M035"),
    _partition("M038", "M043 M044"),
    _partition("M046", "M122 M047"),
    _partition("M184", "M121 M046"),
    _partition("M202", "M185 M187 M189"),
    _partition("M076", "M199 M200 M201"),
    _partition("M076", "M196 M197 M198"),
    _partition("M056", "M153 M075 M076"),
    _partition("M056", "M073 M074 M075 M076"),
    _partition("M056", "M342 M057 M058 M059 M060 M061 M340 M062 M063 M066 M344 M341 M069 M070 M071 M072"),
    _partition("M082", "M083 M084 M085 M086 M087 M088"),
    _partition("attended contacts", "M086 M087"),
    _partition("attended contacts", "M1014 M1015 M1016 M1017"),
    _partition("attended contacts", "M1001 M1002 M1004 M1005 M1006 M1007 M1008 M1009 M1018 M1019 M1020"),
)  # fmt: skip


@dataclass(frozen=True)
class Division:
    """Which partitions are let out, each whole as the sum of its parts, and which counts are held back for them.

    `instead` says for each count that is held back which partition stands in its place.
    """

    kept: tuple[Partition, ...]
    instead: dict[str, Partition]


def divide(counts: Collection[str]) -> Division:
    """Choose among partitions of one whole, of which all parts are asked for.

    Two of them tell each other's parts: both add up to the same whole. The first is kept, and of the others what is not
    also part of one that is kept is held back.

    Examples
    --------
    >>> divide(["M073", "M074", "M075", "M076", "M153"]).instead["M073"].parts
    ('M153', 'M075', 'M076')
    >>> divide(["M073", "M074", "M075", "M076"]).instead
    {}
    """
    kept: dict[str, Partition] = {}
    others: list[Partition] = []
    for one in _complete(counts):
        others += [one] if one.whole in kept else []
        kept.setdefault(one.whole, one)
    spared = {part for one in kept.values() for part in (one.whole, *one.parts)}
    instead = {part: kept[one.whole] for one in others for part in one.parts if part not in spared}
    return Division(tuple(kept.values()), instead)


def _complete(counts: Collection[str]) -> Iterator[Partition]:
    known = set(counts)
    for one in PARTITIONS:
        if known.issuperset(one.parts):
            yield one
            # A whole that its parts tell is known, asked for or not.
            known.add(one.whole)
