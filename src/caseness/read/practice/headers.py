"""What each header of a practice sheet is taken for, forgivingly, and said for every one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from caseness.errors import suggest
from caseness.instruments import Instrument, instruments
from caseness.read.practice.columns import COLUMNS, PASSED_OVER, SheetColumn
from caseness.read.practice.plain import plain

NOT_KNOWN = "not known."
# Names of problems, under which a sheet is as likely to hold a diagnosis as a score.
_PROBLEMS = frozenset({"ocd", "ptsd", "bdd", "cfs", "ibs", "mus"})
_TOTAL = re.compile(r"\b(?:total|score|sum|clinical score|overall)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
# The item stands after a word for it, or after a separator.
_ITEMS = (
    re.compile(r"(?P<name>.*?\S)[\s_.:#\-/]*(?:q|item|question)[\s_.:#\-/]*(?P<item>\d{1,2})", re.IGNORECASE),
    re.compile(r"(?P<name>.*\S)[\s_.:#\-/](?P<item>\w+)", re.IGNORECASE),
)


@dataclass(frozen=True)
class Taken:
    """What one header was taken for. `column` or `instrument` is None where it was left out, and `why` says why.

    `place` counts from 0. `item` is the number of an item, None for a total. `same_as` is the place of an
    earlier column for the same thing.
    """

    place: int
    header: str
    column: SheetColumn | None = None
    instrument: Instrument | None = None
    item: int | None = None
    why: str = ""
    same_as: int | None = None

    @property
    def is_used(self) -> bool:
        """Whether its cells are read."""
        return self.column is not None or self.instrument is not None

    @property
    def meaning(self) -> tuple[str, str, int | None]:
        """The same for two headers that mean the same."""
        return self.column.id if self.column else "", self.instrument.id if self.instrument else "", self.item

    @property
    def taken_for(self) -> str:
        """What it was taken for, in words.

        >>> Taken(0, "PHQ9_1", instrument=instruments()[0], item=1).taken_for
        'PHQ-9, item 1'
        """
        if self.instrument:
            return f"{self.instrument.short_name}, " + (f"item {self.item}" if self.item else "total")
        return self.column.id if self.column else f"left out: {self.why}"


def take_headers(headers: Sequence[str]) -> tuple[Taken, ...]:
    """What each header of a row is taken for, in its order.

    Examples
    --------
    >>> [one.taken_for for one in take_headers(["Client ID", "Session date", "phq-9 total", "GAD7_3", "Notes"])][:4]
    ['client', 'date', 'PHQ-9, total', 'GAD-7, item 3']
    >>> take_headers(["Therpist"])[0].why
    "not known. Did you mean 'therapist'?"
    """
    taken: list[Taken] = []
    first: dict[object, int] = {}
    for place, header in enumerate(headers):
        one = _take(place, header)
        if one.is_used and one.meaning in first:
            one = Taken(place, header, one.column, one.instrument, one.item, same_as=first[one.meaning])
        first.setdefault(one.meaning, place)
        taken.append(one)
    return tuple(taken)


def is_known(header: str) -> bool:
    """Whether a header would be taken for something."""
    return _take(0, header).is_used


def missing_columns(taken: Iterable[Taken]) -> tuple[SheetColumn, ...]:
    """The needed columns that no header was taken for. An ending's own date stands for a date."""
    have = {one.column.id for one in taken if one.column}
    return tuple(
        each
        for each in COLUMNS
        if each.is_needed and each.id not in have and not (each.id == "date" and "end date" in have)
    )


def _take(place: int, header: str) -> Taken:
    name = plain(header)
    if not name:
        return Taken(place, header, why="it has no header")
    # What stands in brackets explains, as in PHQ-9 (0 to 27), but for names that have brackets themselves.
    found = _known(header) or _known(_BRACKETS.sub(" ", header))
    if found is None:
        return Taken(place, header, why=_why_left_out(name, header))
    column, instrument, item = found
    return Taken(place, header, column, instrument, item)


def _known(header: str) -> tuple[SheetColumn | None, Instrument | None, int | None] | None:
    if column := _columns().get(plain(header)):
        return column, None, None
    if total := _total(header):
        return None, total, None
    if item := _item(header):
        return None, *item
    return None


def _why_left_out(name: str, header: str) -> str:
    known = next((each.why for each in PASSED_OVER if name in map(plain, each.names)), None)
    near = next(filter(None, (suggest(header.strip(), names) for names in _names_to_suggest())), "")
    return known or f"{NOT_KNOWN} {near}".strip()


def _total(header: str) -> Instrument | None:
    whole = _instruments().get(plain(header))
    return whole or _instruments().get(plain(_TOTAL.sub(" ", header.replace("_", " "))))


def _item(header: str) -> tuple[Instrument, int] | None:
    for found in filter(None, (pattern.fullmatch(header.strip()) for pattern in _ITEMS)):
        one = _instruments().get(plain(found["name"]))
        number = _number_of(one, found["item"]) if one else None
        if one and number:
            return one, number
    return None


def _number_of(one: Instrument, item: str) -> int | None:
    if item.isdecimal():
        return next((each.number for each in one.items if each.number == int(item)), None)
    return next((each.number for each in one.items if each.id and plain(each.id) == plain(item)), None)


@cache
def _columns() -> Mapping[str, SheetColumn]:
    named: dict[str, SheetColumn] = {}
    for each in COLUMNS:
        for name in map(plain, (each.id, *each.names)):
            assert named.setdefault(name, each) is each, f"{name} names two columns"
    return MappingProxyType(named)


@cache
def _instruments() -> Mapping[str, Instrument]:
    named = {plain(name): one for one in instruments() for name in (one.id, one.short_name, one.name, *one.aliases)}
    return MappingProxyType({name: one for name, one in named.items() if name not in _PROBLEMS})


def _names_to_suggest() -> Iterator[list[str]]:
    """The names of the template first, and only then the others."""
    yield [*(each.id for each in COLUMNS), *(one.short_name for one in instruments())]
    yield [name for each in COLUMNS for name in each.names]
