"""All measures of the official catalogue, in chapters, with what NHS England calls them."""

from __future__ import annotations

import csv
import re
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
    employment_outcomes,
    employment_quality,
    employment_status,
    employment_support,
    endings,
    integrated,
    long_term_conditions,
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
from caseness.measures.chapter import ALL, CORE, Chapter
from caseness.measures.columns import YEARLY

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
    employment_quality.CHAPTER,
    employment_support.CHAPTER,
    employment_status.CHAPTER,
    employment_outcomes.CHAPTER,
    long_term_conditions.CHAPTER,
)
# What a referral had in a month, which no longer period can be asked about.
MONTH_ONLY = ("EA036", "EA037", "EA038", "EA039")
MONTH, QUARTER, YEAR = "month", "quarter", "year"
_ID = re.compile("(M|EA)([0-9]+)", re.IGNORECASE)
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
        longer = () if self.id in MONTH_ONLY else (YEAR,)
        return (*(kind for kind, is_published in published.items() if is_published), *longer)


@cache
def measures_in(catalogue: str) -> Mapping[str, Measure]:
    """The measures of a part of the catalogue, or of all of it, by their official id, in the order of the chapters.

    >>> [len(measures_in(one)) for one in ("core", "employment", "long-term-conditions", "all")]
    [221, 110, 12, 343]
    """
    chapters = [chapter for chapter in CHAPTERS if catalogue in (ALL, chapter.catalogue)]
    return MappingProxyType({one.id: one for chapter in chapters for one in chapter.measures})


def core_measures() -> Mapping[str, Measure]:
    """Every core measure by its official id.

    >>> core_measures()["M192"].title
    'Rate of recovery'
    """
    return measures_in(CORE)


def all_measures() -> Mapping[str, Measure]:
    """Every measure by its official id, of whatever part of the catalogue.

    >>> all_measures()["EA034"].title
    'Referrals with employment support'
    """
    return measures_in(ALL)


@cache
def all_official() -> Mapping[str, Official]:
    """What NHS England calls each measure, and how often it publishes it, by id.

    >>> all_official()["M1012"].kinds
    ('quarter', 'year')
    """
    text = files("caseness.measures").joinpath("official.csv").read_text(encoding="utf-8")
    return MappingProxyType({row["id"]: Official(**row) for row in csv.DictReader(text.splitlines())})


def kinds_of(measure: Measure) -> tuple[str, ...]:
    """The kinds of period for which a measure is computed: all of them where it is none of the official catalogue.

    What only the annual report asks is of financial years.
    """
    official = all_official().get(measure.id)
    if official:
        return official.kinds
    return (YEAR,) if any(part.on.grain in YEARLY for part in measure.parts) else (MONTH, QUARTER, YEAR)


@cache
def chapter_of(measure_id: str) -> Chapter:
    """The chapter in which a measure stands."""
    return next(chapter for chapter in CHAPTERS if measure_id in {one.id for one in chapter.measures})


def find_measure(asked: str) -> Measure:
    """The measure of an id, or of an official name. Case does not matter, and every figure of an id does.

    >>> find_measure("m019").id, find_measure("percentage_recovery").id
    ('M019', 'M192')

    Raises
    ------
    UnknownName
        If there is none, with those that are near.
    """
    names = {one.name.replace(" ", "").casefold(): one.id for one in all_official().values()}
    found = {one.casefold(): one for one in all_measures()} | names
    if asked.casefold() in found:
        return all_measures()[found[asked.casefold()]]
    advice = f"`caseness catalogue` lists all {len(all_measures())} measures: {len(core_measures())} core ones, and those of employment support and long-term conditions."
    near = _with_zeros(asked)
    if near in all_measures():
        raise UnknownName("measure", asked, (), f"Did you mean {near!r}? {advice}")
    raise UnknownName("measure", asked, [*all_measures(), *(one.name for one in all_official().values())], advice)


# M19 may be M019, or M190 with a figure lost, so it is suggested and never taken.
def _with_zeros(asked: str) -> str:
    spelled = _ID.fullmatch(asked)
    return f"{spelled[1].upper()}{spelled[2]:0>3}" if spelled else ""


def choose(asked: Iterable[str], catalogue: str = CORE) -> tuple[Measure, ...]:
    """The measures that are asked for, each once; where none is, those of a part of the catalogue.

    >>> [one.id for one in choose(["M191", "m191", "M076"])]
    ['M191', 'M076']
    """
    return tuple(dict.fromkeys(map(find_measure, asked))) or tuple(measures_in(catalogue).values())
