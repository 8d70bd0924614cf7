"""The files of the annual report as data: their fields, the lines of each group, and by what they are broken down."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from caseness.derive.experience import ANSWERS
from caseness.measures.algebra import Measure
from caseness.measures.annual.courses import THERAPIES, course_cells, diagnosis
from caseness.measures.annual.effects import CASENESS, OUTCOMES, effect_cells
from caseness.measures.annual.experience import answer_cells
from caseness.measures.annual.integrated import conditions, integrated_cells, programmes
from caseness.measures.annual.main import main_cells
from caseness.measures.annual.moves import (
    employment_at_start,
    employment_cells,
    medication_at_start,
    medication_cells,
    therapy_at_start,
    therapy_cells,
)
from caseness.measures.annual.roles import problem_treated, role_cells
from caseness.measures.breakdown import Variable
from caseness.published.names import source_names

SHARED, MAIN = "shared", "main"
# What says where a row belongs: type, code and name of the organisation, then the variable and both its groups.
PLACE = ("OrgType", "OrgCode", "OrgName", "VariableType", "VariableA", "VariableB")
_PLACE_OF_COURSES = ("OrganisationType", "OrganisationCode", "OrganisationName", "", "Diagnosis", "")


@dataclass(frozen=True)
class Field:
    """A field of a file: what the metadata and the file of 2024-25 call it, and how it is read.

    `official` is empty where the metadata of 2024-25 do not describe what the file prints.
    """

    file: str
    official: str
    printed: str
    readings: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """A line that every organisation and group has: what its own columns say, and the measure of each field."""

    says: Mapping[str, str]
    cells: Mapping[str, Measure]


@dataclass(frozen=True)
class AnnualFile:
    """A file of the report: its columns are those of the place, and its fields.

    `place` are the printed names of where a row belongs, empty where there is no such column. `total` is what the row of
    everybody says of the variable and both groups. `nothing` is what stands for a group within a group where there is
    none. `by` are variables by which it is always broken down; others are added where it `takes_others`.
    """

    id: str
    title: str
    lines: tuple[Line, ...]
    total: tuple[str, str, str] = ("Total", "NULL", "NULL")
    nothing: str = "NULL"
    by: tuple[Variable, ...] = ()
    takes_others: bool = False
    place: tuple[str, ...] = PLACE

    @property
    def measures(self) -> tuple[Measure, ...]:
        """All measures of its lines, each once."""
        return tuple(dict.fromkeys(one for line in self.lines for one in line.cells.values()))

    @property
    def columns(self) -> tuple[str, ...]:
        """Its fields as they are printed, besides those of the place."""
        return tuple(one.printed for one in fields_of(self.id) if one.printed not in self.place)

    def variables(self, asked: Iterable[Variable]) -> tuple[Variable, ...]:
        """By what it is broken down, where some variables were asked for."""
        return tuple(dict.fromkeys((*self.by, *(asked if self.takes_others else ()))))


def _one(cells: Mapping[str, Measure]) -> tuple[Line, ...]:
    return (Line(MappingProxyType({}), cells),)


def _lines(told: Iterable[tuple[Mapping[str, str], Mapping[str, Measure]]]) -> tuple[Line, ...]:
    return tuple(Line(MappingProxyType(dict(says)), cells) for says, cells in told)


_START = "Therapy type recorded at start of treatment"
_ANSWER = "Answer"


@cache
def all_files() -> Mapping[str, AnnualFile]:
    """The eight files of the report and the table of courses of therapy, by their ids.

    >>> list(all_files())[:3], len(all_files()["effect-size"].lines)
    (['main', 'therapist-role', 'therapy-type'], 14)
    """
    effects = (
        ({"Measure": one.printed, "InitialCaseness": caseness}, effect_cells(one.printed, caseness))
        for one in OUTCOMES
        for caseness in CASENESS
    )
    answers = (({"VariableType": _ANSWER, "VariableA": answer}, answer_cells(answer)) for answer in ANSWERS)
    therapies = (({"TherapyType": label}, course_cells(label)) for label in THERAPIES)
    found = (
        AnnualFile(MAIN, "Main data", _one(main_cells()), takes_others=True),
        AnnualFile("therapist-role", "Therapist role", _one(role_cells()), ("Total", "ALL", "ALL"), by=(problem_treated,)),
        AnnualFile("therapy-type", "Therapy type", _one(therapy_cells()), (_START, "Total", "All"), "All", (therapy_at_start,)),
        AnnualFile("employment-status", "Employment status", _one(employment_cells()), (employment_at_start.title, "Total", "All"), "All", (employment_at_start,)),
        AnnualFile("psych-meds", "Psychotropic medication", _one(medication_cells()), (medication_at_start.title, "Status at start - Total", "NULL"), by=(medication_at_start,)),
        AnnualFile("peq", "Patient experience", _lines(answers)),
        AnnualFile("effect-size", "Effect sizes", _lines(effects), takes_others=True),
        AnnualFile("iet-ltc", "Long-term conditions and internet therapy", _one(integrated_cells()), by=(conditions, programmes), takes_others=True),
        AnnualFile(COURSES, "Courses of therapy by problem and therapy", _lines(therapies), ("", "Total", ""), by=(diagnosis,), place=_PLACE_OF_COURSES),
    )  # fmt: skip
    return MappingProxyType({one.id: one for one in found})


COURSES = "therapy-based-outcomes"


@cache
def all_fields() -> tuple[Field, ...]:
    """The 174 fields that the metadata of 2024-25 describe, in their order, and those that the files print besides.

    >>> len([one for one in all_fields() if one.official])
    174
    """
    text = files("caseness.measures.annual").joinpath("fields.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(Field(row["file"], row["field"], row["printed"], tuple(row["readings"].split())) for row in rows)


@cache
def fields_of(file: str) -> tuple[Field, ...]:
    """The fields of a file. Those of the table of courses are in no metadata that was read, and are those that it prints.

    >>> [one.printed for one in fields_of("psych-meds")][-2:]
    ['Count_StatusEndNotPrescribed', 'Count_StatusEndNotStatedNotKnownInvalid']
    """
    if file == COURSES:
        printed = ("TherapyType", *(one.source_name for one in source_names("outcomes-table")))
        return tuple(Field(file, "", name, _READINGS_OF_COURSES) for name in printed)
    return tuple(one for one in all_fields() if one.file == file)


_READINGS_OF_COURSES = (
    "two-contacts-with-therapy", "scores-of-referral", "start-of-all", "population-deviation", "england-of-record", "wsas-in-proportion",
)  # fmt: skip
