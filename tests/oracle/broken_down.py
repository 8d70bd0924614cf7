"""The measures of a period for every value of V001 to V015, from submitted rows."""

from collections import defaultdict

from oracle import compute, groups_of_courses
from oracle.figure import Figure, Period
from oracle.groups_of_people import PEOPLE, Groups, Label
from oracle.pathway import Pathway
from oracle.reading import DEFAULT, Choices
from oracle.record import Record

VARIABLES = tuple(f"V{number:03}" for number in range(1, 16))


def groups(pathway: Pathway, variable: str, period: Period) -> Groups:
    """The values of a variable that a pathway has: one, or of overlapping ones any number."""
    if variable in PEOPLE:
        return PEOPLE[variable](pathway)
    if variable == "V012":
        return groups_of_courses.medication(pathway, period)
    of_course = {
        "V009": groups_of_courses.programme,
        "V010": groups_of_courses.condition,
        "V011": groups_of_courses.problem,
    }
    return of_course[variable](pathway)


def members(pathways: list[Pathway], variable: str, period: Period) -> dict[Label, list[Pathway]]:
    """The pathways of each value that any has."""
    found: dict[Label, list[Pathway]] = defaultdict(list)
    for pathway in pathways:
        for label in groups(pathway, variable, period):
            found[label].append(pathway)
    return dict(found)


def figures_by_group(
    record: Record, period: compute.Dates, keep: compute.Keep | None = None, choices: Choices = DEFAULT
) -> dict[tuple[str, Label, str], Figure]:
    """Every measure of pathways by variable, value and measure id, for the values that any pathway has.

    The 28 measures of single employment rows, which belong to no pathway, are left out.
    """
    chosen = Period(*period)
    pathways = list(compute.standing(record, period, keep, choices).values())
    found: dict[tuple[str, Label, str], Figure] = {}
    for variable in VARIABLES:
        for label, of_group in members(pathways, variable, chosen).items():
            told = compute.of_pathways(of_group, record, chosen)
            found |= {(variable, label, measure): figure for measure, figure in told.items()}
    return found
