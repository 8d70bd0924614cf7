"""All variables that figures can be broken down by, and the measures that are officially broken down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from caseness.errors import UnknownName
from caseness.measures import variables_of_courses as courses
from caseness.measures import variables_of_people as people
from caseness.measures import variables_of_the_year as of_the_year
from caseness.measures.algebra import Measure
from caseness.measures.breakdown import Variable
from caseness.measures.catalogue import QUARTER, YEAR, all_official, kinds_of

OFFICIAL = (
    people.age_group, people.bme_group, people.disability, people.education, people.ethnic_group, people.armed_forces,
    people.gender_identity, people.gender_at_birth, courses.programme, courses.long_term_condition, courses.problem,
    courses.medication, people.religion, people.orientation, people.working_age,
)  # fmt: skip
ANNUAL = of_the_year.VARIABLES
ALL = "all"


@cache
def all_variables() -> Mapping[str, Variable]:
    """Every variable by its id: the official ones, and those of the annual report.

    >>> len(all_variables()["V001"].values)
    7
    """
    return MappingProxyType({one.id: one for one in (*OFFICIAL, *ANNUAL)})


def find_variable(asked: str) -> Variable:
    """The variable of an id or of a title. Case does not matter.

    >>> find_variable("age group").id
    'V001'

    Raises
    ------
    UnknownName
        If there is none, with those that are near.
    """
    found = {one.title.casefold(): one for one in (*ANNUAL, *OFFICIAL)}
    found |= {one.id.casefold(): one for one in all_variables().values()}
    if asked.strip().casefold() in found:
        return found[asked.strip().casefold()]
    known = [*all_variables(), *(one.title for one in all_variables().values())]
    listed = f"all {len(all_variables())}: {OFFICIAL[0]} to {OFFICIAL[-1]}, and those of the annual report"
    raise UnknownName("breakdown", asked, known, f"`caseness catalogue` lists {listed}.")


def choose_variables(asked: Iterable[str]) -> tuple[Variable, ...]:
    """The variables that are asked for, each once. `all` stands for all of them.

    >>> [one.id for one in choose_variables(["V002", "v001", "BME Group"])]
    ['V002', 'V001']
    """
    found = (
        all_variables().values() if name.strip().casefold() == ALL else (find_variable(name),) for name in asked
    )  # fmt: skip
    return tuple(dict.fromkeys(one for each in found for one in each))


def used_in(kind: str, asked: Iterable[Variable]) -> tuple[Variable, ...]:
    """The variables by which figures of a kind of period are broken down.

    Those of the annual report are for financial years alone. Where one of them and an official one are called alike, the
    figures of a year are by that of the annual report.
    """
    named: dict[str, Variable] = {}
    for one in asked:
        if one.is_official or kind == YEAR:
            named[one.called] = one if not one.is_official else named.get(one.called, one)
    return tuple(named.values())


def is_official_pair(measure: Measure, variable: Variable, kind: str) -> bool:
    """Whether NHS England's catalogue says that it publishes a measure by a variable, for a kind of period.

    >>> from caseness.measures.catalogue import find_measure
    >>> is_official_pair(find_measure("M192"), find_variable("V001"), "quarter")
    True
    """
    return variable.is_official and kind == QUARTER and QUARTER in kinds_of(measure)


@cache
def broken_down_officially() -> tuple[str, ...]:
    """The measures that are published by quarter, and so by the official variables.

    >>> len(broken_down_officially())
    32
    """
    return tuple(name for name, one in all_official().items() if QUARTER in one.kinds)
