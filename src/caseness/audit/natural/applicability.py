"""How far an estimate of natural recovery applies to the programme, by four criteria and a rule that is data."""

from __future__ import annotations

from types import MappingProxyType

from caseness.audit.assumptions import Assumptions
from caseness.audit.natural.model import Applicability, Mark

CRITERIA = MappingProxyType(
    {
        "population": "Are they people like those whom the programme treats?",
        "outcome": "Is recovery what the programme calls recovery?",
        "time": "Is the time that passes the time that people are in the service?",
        "directness": "Was it seen in the same service, or in a control group by chance?",
    }
)
WORDS = ("does not match", "in part", "matches")
GRADES = ("A", "B", "C", "D")

# The first rule that holds gives the grade: at most so many that do not match, at least so many that do.
_RULES = (("A", 0, 4), ("B", 0, 2), ("C", 1, 0), ("D", 4, 0))
RULE = (
    "A: all four criteria match. B: none fails and two or more match. C: at most one fails. D: two or more fail. "
    "What matches in part neither fails nor matches."
)
AS_GIVEN = "As the file says that gives the curve: it marks no criterion."


def grade_of(marks: tuple[int, ...]) -> str:
    """The grade that marks give.

    >>> grade_of((2, 2, 2, 2)), grade_of((2, 2, 1, 1)), grade_of((1, 1, 2, 0)), grade_of((2, 1, 0, 0))
    ('A', 'B', 'C', 'D')
    """
    fails, matches = marks.count(0), marks.count(2)
    return next(grade for grade, most, least in _RULES if fails <= most and matches >= least)


def judge(assumptions: Assumptions, estimator_id: str, given: str = "D") -> Applicability:
    """The grade of one estimate: by its marks where the assumptions hold some, else as given."""
    entry = next((one for one in assumptions.entries_of("natural.applicability") if one.id == estimator_id), None)
    if entry is None:
        return Applicability(given, (), AS_GIVEN)
    marks = tuple(
        Mark(name, question, entry.keys[name], WORDS[entry.keys[name]], entry.keys.get(f"{name}_because", ""))
        for name, question in CRITERIA.items()
    )
    return Applicability(grade_of(tuple(one.mark for one in marks)), marks, RULE)


def is_applicable(grade: str, least: str) -> bool:
    """Whether a grade is as good as the lowest that is let in.

    >>> is_applicable("B", "C"), is_applicable("D", "C")
    (True, False)
    """
    return GRADES.index(grade) <= GRADES.index(least)
