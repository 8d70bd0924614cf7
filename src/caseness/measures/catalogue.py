"""All core measures of the official catalogue, in chapters, with what NHS England calls them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from caseness.errors import UnknownName
from caseness.measures import (
    access,
    appointments,
    assessment,
    dose,
    endings,
    integrated,
    media,
    outcomes,
    referrals,
    scores,
    second_session,
    staff,
    stages,
    therapies,
    waits,
    work,
    wsas,
)
from caseness.measures.algebra import Measure
from caseness.measures.chapter import Chapter

CHAPTERS = (
    referrals.CHAPTER,
    assessment.CHAPTER,
    access.CHAPTER,
    waits.CHAPTER,
    second_session.CHAPTER,
    endings.CHAPTER,
    scores.CHAPTER,
    outcomes.CHAPTER,
    dose.CHAPTER,
    appointments.CHAPTER,
    media.CHAPTER,
    therapies.CHAPTER,
    staff.CHAPTER,
    integrated.CHAPTER,
    stages.CHAPTER,
    wsas.CHAPTER,
    work.CHAPTER,
)
MONTH, QUARTER, YEAR = "month", "quarter", "year"
SOURCE = "NHS England, metadata of the monthly measures, July 2026"


@dataclass(frozen=True)
class Official:
    """What the official catalogue says of a measure: its id, its name, and how often it is published."""

    id: str
    name: str
    frequency: str

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of period for which it is computed: those in which it is published, and financial years."""
        published = {MONTH: "Monthly" in self.frequency, QUARTER: "Quarterly" in self.frequency}
        return (*(kind for kind, is_published in published.items() if is_published), YEAR)


@cache
def all_measures() -> Mapping[str, Measure]:
    """Every core measure by its official id, in the order of the chapters.

    >>> len(all_measures()), all_measures()["M192"].title
    (221, 'Rate of recovery')
    """
    return MappingProxyType({one.id: one for chapter in CHAPTERS for one in chapter.measures})


@cache
def all_official() -> Mapping[str, Official]:
    """What NHS England calls each core measure, and how often it publishes it, by id.

    >>> all_official()["M1012"].kinds
    ('quarter', 'year')
    """
    text = files("caseness.measures").joinpath("official.csv").read_text(encoding="utf-8")
    return MappingProxyType({row["id"]: Official(**row) for row in csv.DictReader(text.splitlines())})


def kinds_of(measure: Measure) -> tuple[str, ...]:
    """The kinds of period for which a measure is computed: all of them where it is none of the official catalogue."""
    official = all_official().get(measure.id)
    return official.kinds if official else (MONTH, QUARTER, YEAR)


@cache
def chapter_of(measure_id: str) -> Chapter:
    """The chapter in which a measure stands."""
    return next(chapter for chapter in CHAPTERS if measure_id in {one.id for one in chapter.measures})


def find_measure(asked: str) -> Measure:
    """The measure of an id, or of an official name. Neither case nor a leading zero matters.

    >>> find_measure("m19").id, find_measure("percentage_recovery").id
    ('M019', 'M192')

    Raises
    ------
    UnknownName
        If there is none, with those that are near.
    """
    names = {one.name.replace(" ", "").casefold(): one.id for one in all_official().values()}
    found = {one.casefold(): one for one in all_measures()} | names
    wanted = f"m{asked[1:]:0>3}" if asked[:1] in "mM" and asked[1:].isdecimal() else asked.casefold()
    if wanted in found:
        return all_measures()[found[wanted]]
    advice = "`caseness catalogue` lists the 221 core measures. Those of employment advisers and long-term conditions are not among them."
    raise UnknownName("measure", asked, [*all_measures(), *(one.name for one in all_official().values())], advice)


def choose(asked: Iterable[str]) -> tuple[Measure, ...]:
    """The measures that are asked for, each once; all of them where none is.

    >>> [one.id for one in choose(["M191", "m191", "M076"])]
    ['M191', 'M076']
    """
    return tuple(dict.fromkeys(map(find_measure, asked))) or tuple(all_measures().values())
