"""Treatment contacts of those who finished, by the role of who gave them: means of the courses that had any."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from caseness.derive.roles import QUALIFIED, ROLES, Role
from caseness.measures.algebra import Condition, Measure, mean
from caseness.measures.annual.clocks import ended_in_year
from caseness.measures.catalogue import find_measure
from caseness.measures.conditions import finished, number
from caseness.measures.variables_of_the_year import problem

_IS = {True: "qualified", False: "in training"}
# The metadata of this file have all problems of the main data but one, which puts several together.
problem_treated = replace(
    problem, id="annual-problem-treated", values=tuple(value for value in problem.values if value.label != "All ADSM")
)


def _mean_of(role: Role, standing: str) -> Measure:
    column, says = f"{role.name}_{standing}_contacts", f"{role.name.replace('_', ' ')}s, {_IS[standing == QUALIFIED]}"
    some = Condition((column,), f"with any contact with {says}", lambda contacts: contacts > 0)
    contacts = number(column, f"contacts with {says}")
    return mean(f"mean_{column}", f"Mean contacts with {says}", contacts, on=ended_in_year, where=finished & some)


@cache
def role_cells() -> Mapping[str, Measure]:
    """The fields of the file of therapist roles, each with its measure.

    >>> role_cells()["Mean_ApptsEmploymentAdviserQualified"].title
    'Mean contacts with employment advisers, qualified'
    """
    told = {
        f"Mean_Appts{role.official}{standing.capitalize()}": _mean_of(role, standing)
        for role in ROLES
        for standing in role.standings
    }
    return MappingProxyType({"Mean_ApptsFinishedCourseTreatment": find_measure("M141"), **told})
