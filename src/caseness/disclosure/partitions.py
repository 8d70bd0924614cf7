"""Counts that add up to another count, so that a reader who has all but one has that one too.

Source: NHS England, catalogue of NHS Talking Therapies monthly measures (July 2026), construction of the measures; those
that only nearly add up, in published files (attendance, sources), from the monthly files of January 2021 to March 2026.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Partition:
    """Counts that make up a `whole`. Where no measure counts the whole, it has a name of ours.

    `beside` are counts that lie within the whole and across the parts. A lower end of one of them can lift that of a part by
    one for each other part, so beside four parts or more they are not let out: one of the two is held back, the partition
    if it `yields`.
    """

    whole: str
    parts: tuple[str, ...]
    beside: tuple[str, ...] = ()
    yields: bool = False


def _partition(whole: str, parts: str, beside: str = "", yields: bool = False) -> Partition:
    return Partition(whole, tuple(parts.split()), tuple(beside.split()), yields)


def _span(letters: str, first: int, last: int) -> str:
    return " ".join(f"{letters}{number:03}" for number in range(first, last + 1))


# What lies within those who finished with therapy only, or with employment support: outcomes, and answers about work.
_OF_ALONE, _OF_SUPPORTED = f"{_span('M', 297, 304)} EA083", f"{_span('M', 307, 314)} EA058"
# What lies within those who ended, of whatever end code.
_OF_ENDED = f"M073 M074 M075 M076 M153 M052 M054 M179 M185 M187 M189 M191 M193 {_span('M', 196, 204)} {_span('M', 273, 285)} M296 M306"
_THERAPIES = f"{_span('M', 90, 111)} M346"
_FIELDS = (2, 6, 10, 18, 22, 26, 127)


def _field(first: int) -> Partition:
    others = " ".join(_span("EA", one, one + 3) for one in _FIELDS if one != first)
    return _partition("employment rows", _span("EA", first, first + 3), others)


# Each after those that make up its parts. Where one whole has several, the first is let out.
PARTITIONS = (
    _partition("M001", "M002 M003 M004 M005 M006 M007 M008 M009 M010 M011 M012 M013 M014 M017 M018 M287 M345"),
    _partition("M023", "M024 M025 M026 M027"),
    _partition("M031", "M032 M033 M034 M035", "M037"),
    _partition("M038", "M043 M044"),
    _partition("M046", "M122 M047"),
    _partition("M184", "M121 M046"),
    # Finished courses with and without employment support: by what became of them, and by work at their start and end.
    _partition("M296", "M316 M317 M318 M319", _OF_ALONE, yields=True),
    _partition("M296", "M320 M321 M322 M323", _OF_ALONE, yields=True),
    _partition("M306", "M324 M325 M326 M327", _OF_SUPPORTED, yields=True),
    _partition("M306", "M328 M329 M330 M331", _OF_SUPPORTED, yields=True),
    _partition("M185", "M298 M308"),
    _partition("M187", "M300 M310"),
    _partition("M189", "M301 M311"),
    # Of these two either employment support or integrated services are let out.
    _partition("M179", "M297 M307"),
    _partition("M179", "M276 M284"),
    _partition("M191", "M302 M312"),
    _partition("M191", "M277 M285"),
    _partition("M193", "M304 M314"),
    _partition("finished at caseness", "M275 M283"),
    _partition("M212", "EA058 EA083"),
    _partition("M202", "M185 M187 M189"),
    _partition("M076", "M199 M200 M201"),
    _partition("M076", "M196 M197 M198"),
    _partition("M076", "M273 M274"),
    _partition("M076", "M296 M306"),
    _partition("M056", "M153 M075 M076"),
    _partition("M056", "M073 M074 M075 M076"),
    _partition("M056", "M342 M057 M058 M059 M060 M061 M340 M062 M063 M066 M344 M341 M069 M070 M071 M072", _OF_ENDED, yields=True),
    _partition("M082", "M083 M084 M085 M086 M087 M088"),
    _partition("attended contacts", "M086 M087"),
    _partition("attended contacts", "M1014 M1015 M1016 M1017", _THERAPIES, yields=True),
    _partition("attended contacts", "M1001 M1002 M1004 M1005 M1006 M1007 M1008 M1009 M1018 M1019 M1020", _THERAPIES, yields=True),
    # Employment support: whom it reaches, and their work when it begins and ends.
    _partition("EA036", "EA037 EA038 EA039"),
    _partition("EA040", "EA276 EA277 EA278 EA279"),
    _partition("those treated whose support ended", "EA050 EA051 EA052 EA053"),
    _partition("those treated whose support ended", "EA054 EA055 EA056 EA057"),
    _partition("EA041", "EA136 EA050 EA051 EA052 EA053"),
    _partition("EA041", "EA136 EA054 EA055 EA056 EA057"),
    # How the fields of employment rows are filled in: each field counts all of the rows.
    *map(_field, _FIELDS),
)  # fmt: skip

# Whom a service has on its books at the end of a period, and who comes, is treated or leaves in it. From one end to the next
# the first change by the second, so that many months of both narrow each other.
STOCKS = tuple(f"{_span('M', 19, 22)} M029 M030 {_span('M', 38, 45)}".split())
FLOWS = ("M001", "M023", "M031", "M056", "M075", "M076", "M153")


# Each is one of its own: two sets can be held back for the same parts, and both have to be told.
@dataclass(frozen=True, eq=False)
class Instead:
    """What stands in the place of counts that are held back: the counts `parts` of a `whole`, and how both lie to it.

    `others` are let out or held back elsewhere, and with them the counts make up the whole.
    """

    whole: str
    parts: tuple[str, ...]
    says: str
    others: tuple[str, ...] = ()


_AS_WELL = "{they} {add} up to {whole}, as {parts} do"
_WITH_OTHERS = "with {others} {they} {add} up to {whole}, as {parts} do"
_WITHIN = "{they} {lie} within {whole}, which {parts} make up"
_AROUND = "{they} {add} up to {whole}, within which {parts} lie"
_CARRIED = "from one period to the next {they} {change} by who comes and who goes, of whom {parts} tell"


@dataclass(frozen=True)
class Division:
    """Which partitions are let out, each whole as the sum of its parts, and which counts are held back for them.

    `instead` says for each count that is held back what stands in its place.
    """

    kept: tuple[Partition, ...]
    instead: dict[str, Instead]


def divide(counts: Collection[str]) -> Division:
    """Choose among partitions of one whole, of which all parts are asked for.

    Two of them tell each other's parts: both add up to the same whole. The first is kept, and of the others what is not
    also part of one that is kept is held back, with all that it is made up of itself.

    Examples
    --------
    >>> divide(["M073", "M074", "M075", "M076", "M153"]).instead["M073"].parts
    ('M153', 'M075', 'M076')
    >>> divide(["M073", "M074", "M075", "M076"]).instead
    {}

    How many wait is held back beside how many came: from month to month the one changes by the other.

    >>> divide(["M001", "M038"]).instead["M038"].parts
    ('M001',)
    """
    dividing = _Dividing(frozenset(counts))
    dividing.choose()
    return Division(tuple(dividing.kept.values()), dividing.instead)


class _Dividing:
    """What is kept so far, and what is held back."""

    def __init__(self, counts: frozenset[str]) -> None:
        self.counts = counts
        self.complete = tuple(_complete(counts))
        self.kept: dict[str, Partition] = {}
        self.instead: dict[str, Instead] = {}

    def choose(self) -> None:
        """Keep the first of each whole, and hold back what the others and those beside would tell."""
        for one in self.complete:
            if not self._gives_way(one):
                self.kept.setdefault(one.whole, one)
        for one in self.complete:
            if self.kept.get(one.whole) is not one:
                self._hold_parts(one, self._in_place_of(one))
        for one in tuple(self.kept.values()):
            instead = Instead(one.whole, one.parts, _WITHIN)
            for count in self._beside(one):
                self._hold(count, instead)
        self._hold_stocks()

    def _hold_stocks(self) -> None:
        known = self.counts.union(one.whole for one in self.complete)
        flows = tuple(one for one in FLOWS if one in known)
        instead = Instead("", flows, _CARRIED)
        for count in STOCKS if flows else ():
            if count in self.counts:
                self._hold(count, instead)

    def _gives_way(self, one: Partition) -> bool:
        return one.yields and bool(self._beside(one))

    def _beside(self, one: Partition) -> tuple[str, ...]:
        return tuple(count for count in one.beside if count in self.counts)

    def _in_place_of(self, one: Partition) -> Instead:
        kept = self.kept.get(one.whole)
        if kept:
            others = tuple(part for part in one.parts if part in self.instead or part in self._spared())
            return Instead(one.whole, kept.parts, _WITH_OTHERS if others else _AS_WELL, others)
        return self.instead.get(one.whole) or Instead(one.whole, self._beside(one), _AROUND)

    def _hold_parts(self, one: Partition, instead: Instead) -> None:
        spared = self._spared()
        for part in one.parts:
            if part not in spared:
                self._hold(part, instead)

    def _spared(self) -> set[str]:
        return {part for each in self.kept.values() for part in each.parts}

    # What makes up a count that is held back would tell it, so that it is held back too.
    def _hold(self, count: str, instead: Instead) -> None:
        if count in self.instead:
            return
        self.instead[count] = instead
        self.kept.pop(count, None)
        for inner in self.complete:
            if inner.whole == count:
                self._hold_parts(inner, instead)


def _complete(counts: Collection[str]) -> Iterator[Partition]:
    known = set(counts)
    for one in PARTITIONS:
        if known.issuperset(one.parts):
            yield one
            # A whole that its parts tell is known, asked for or not.
            known.add(one.whole)
