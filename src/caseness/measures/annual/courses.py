"""Courses of therapy by problem and therapy: table 4 of the therapy-based outcomes, which is published beside the report."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from caseness.derive.problem import INVALID
from caseness.measures.algebra import Condition, Measure, count, ended, percentage
from caseness.measures.annual.effects import GAD7, PHQ9, WSAS_TOTAL, start_and_end
from caseness.measures.breakdown import Value, Variable, starts
from caseness.measures.conditions import finished
from caseness.measures.outcomes import deteriorated, improved, not_at_caseness, recovered, unchanged
from caseness.measures.variables_of_the_year import other_anxiety

# What the table calls each therapy, in the order of its codes there, and the count of its contacts. Those that are other,
# signposting, internet therapy and employment support have no rows.
THERAPIES = {
    "Applied relaxation": "applied_relaxation",
    "Brief psychodynamic psychotherapy": "brief_psychodynamic",
    "Cognitive Behaviour Therapy (CBT)": "cbt",
    "Collaborative care": "collaborative_care",
    "Counselling for Depression": "counselling_for_depression",
    "Couples Therapy for Depression": "couple_therapy",
    "Eye Movement Desensitisation Reprocessing": "emdr",
    "Guided Self Help (Book)": "guided_self_help_book",
    "Guided Self Help (Computer)": "guided_self_help_computer",
    "Interpersonal Psycho therapy (IPT)": "interpersonal_therapy",
    "Mindfulness": "mindfulness",
    "Non-Guided Self Help (Computer)": "self_help_computer",
    "Non-guided Self Help (Book)": "self_help_book",
    "Psychoeducational peer support": "psychoeducation",
    "Structured Physical Activity": "physical_activity",
}
# Source: NHS England, NHS Talking Therapies annual report 2023-24, appendix B.
_CONTACTS_OF_A_COURSE = 2
_ANXIETY = ("F40", "F41", "F42", "F43", "F452")
_PROBLEMS = (
    ("Agoraphobia", ("F400",)), ("Anxiety (Total)", _ANXIETY), ("Body Dysmorphic Disorder", ("83482000",)),
    ("Chronic Fatigue Syndrome", ("G933",)), ("Depression", ("F32", "F33")), ("Generalised Anxiety Disorder", ("F411",)),
    ("Hypochondriacal disorders", ("F452",)), ("Irritable Bowel Syndrome", ("K58",)), ("MUS not otherwise specified", ("723916001",)),
    ("Mixed anxiety and depressive disorder", ("F412",)), ("Obsessive-compulsive disorder", ("F42",)),
    ("Panic disorder [episodic paroxysmal anxiety]", ("F410",)), ("Post-traumatic stress disorder", ("F431",)),
    ("Social phobias", ("F401",)), ("Specific (isolated) phobias", ("F402",)),
)  # fmt: skip
diagnosis = Variable(
    "annual-diagnosis", "Diagnosis",
    (*(Value(label, starts("problem", codes)) for label, codes in _PROBLEMS), Value("Other anxiety or stress related disorder", other_anxiety)),
    "Outcomes and treatments differ by problem.", overlaps=True, assumed=("problem-ties",),
    source="NHS England, therapy-based outcomes 2024-25, the problems printed",
)  # fmt: skip
assert INVALID not in {code for _, codes in _PROBLEMS for code in codes}


def _at_least(contacts: int, therapy: str, says: str) -> Condition:
    column = f"{therapy}_contacts"
    return Condition((column,), f"with {contacts} contacts or more of {says}", lambda number: number >= contacts)


def _prefixed(kind: str, measures: tuple[Measure, ...]) -> dict[str, Measure]:
    names = (f"Start_{kind}_Mean", f"Start_{kind}_StdDev", f"End_{kind}_Mean", f"End_{kind}_StdDev", f"Effect{kind}")
    return dict(zip(names, measures, strict=True))


@cache
def course_cells(label: str) -> Mapping[str, Measure]:
    """The fields of the table in the line of one therapy.

    >>> cells = course_cells("Cognitive Behaviour Therapy (CBT)")
    >>> len(cells), cells["EffectPHQ"].title
    (28, 'PHQ9: effect size')
    """
    name = THERAPIES[label]
    any_, course = (_at_least(number, name, label) for number in (1, _CONTACTS_OF_A_COURSE))
    scores = {
        printed: measure
        for kind, one in (("PHQ", PHQ9), ("GAD", GAD7), ("WSAS", WSAS_TOTAL))
        for printed, measure in _prefixed(kind, start_and_end(f"therapy_{name}_{one.name}", one, course)).items()
    }
    finishing = count(f"therapy_{name}_finishing", "Finished, with the therapy", on=ended, where=finished & any_)
    return MappingProxyType({"Count_TotalFinishingCourseTreatment": finishing, **_outcomes(name, course), **scores})


def _outcomes(name: str, course: Condition) -> dict[str, Measure]:
    def counted(short: str, *where: Condition) -> Measure:
        whom = finished & course
        return count(
            f"therapy_{name}_{short}",
            f"Courses of therapy, {short}",
            on=ended,
            where=whom & where[0] if where else whom,
        )

    courses, below = counted("courses"), counted("not_at_caseness", not_at_caseness)
    judged = courses - below
    told = {
        "TherImprovement": (counted("improvement", improved), courses.above),
        "TherNoChange": (counted("no_change", unchanged), courses.above),
        "TherDeterioration": (counted("deterioration", deteriorated), courses.above),
        "TherRecovery": (counted("recovery", recovered), judged),
        "TherRelRecovery": (counted("reliable_recovery", recovered & improved), judged),
    }
    cells = {"Count_CoursesOfTherapy": courses, "Count_NotCaseness": below}
    for printed, (part, whole) in told.items():
        cells[f"Count_{printed}"] = part
        cells[f"Percentage_{printed}"] = percentage(f"{part.id}_percentage", f"Share: {part.title}", part, whole)
    return cells
