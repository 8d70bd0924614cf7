"""The measures of a period for every value of V001 to V015, from submitted rows."""

from collections import defaultdict

from oracle import compute, groups_of_courses
from oracle.figure import Figure, Period
from oracle.groups_of_people import PEOPLE, Groups, Label
from oracle.pathway import Pathway
from oracle.reading import DEFAULT, Choices
from oracle.record import Record

VARIABLES = tuple(f"V{number:03}" for number in range(1, 16))


def groups(pathway: Pathway, variable: str, period: Period, by_beginning: bool = False) -> Groups:
    """The values of a variable that a pathway has: one, or of overlapping ones any number.

    `by_beginning` reads every code of a problem as a beginning (R61).
    """
    if variable in PEOPLE:
        return PEOPLE[variable](pathway)
    of_course = {
        "V009": lambda: groups_of_courses.programme(pathway),
        "V010": lambda: groups_of_courses.condition(pathway),
        "V011": lambda: groups_of_courses.problem(pathway, by_beginning),
        "V012": lambda: groups_of_courses.medication(pathway, period),
    }
    return of_course[variable]()


def members(
    pathways: list[Pathway], variable: str, period: Period, by_beginning: bool = False
) -> dict[Label, list[Pathway]]:
    """The pathways of each value that any has."""
    found: dict[Label, list[Pathway]] = defaultdict(list)
    for pathway in pathways:
        for label in groups(pathway, variable, period, by_beginning):
            found[label].append(pathway)
    return dict(found)


def figures_by_group(
    record: Record,
    period: compute.Dates,
    keep: compute.Keep | None = None,
    choices: Choices = DEFAULT,
    by_beginning: bool = False,
) -> dict[tuple[str, Label, str], Figure]:
    """Every measure of pathways by variable, value and measure id, for the values that any pathway has.

    The 28 measures of single employment rows, which belong to no pathway, are left out.
    """
    chosen = Period(*period)
    pathways = list(compute.standing(record, period, keep, choices).values())
    found: dict[tuple[str, Label, str], Figure] = {}
    for variable in VARIABLES:
        for label, of_group in members(pathways, variable, chosen, by_beginning).items():
            told = compute.of_pathways(of_group, record, chosen)
            found |= {(variable, label, measure): figure for measure, figure in told.items()}
    return found
