"""What people say of their assessment and treatment: how many gave each answer to each question."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from caseness.derive.experience import ASSESSMENT, QUESTIONS, TREATMENT, Question
from caseness.measures.algebra import Measure, count, percentage
from caseness.measures.annual.clocks import answered
from caseness.measures.conditions import coded

# What the file calls each question, in the order in which the record has them.
NAMES = (
    "DidStaffListen", "HelpedUnderstandDifficulties", "FeelInvolved", "HelpThatMattered", "ConfidenceInYourTherapist",
    "DidYouReceiveTheEmploymentHelpYouRequired", "GivenInformationAboutOptions", "PreferTreatments", "OfferedYourPreference",
    "DidAssessmentCoverYourEmploymentNeeds", "AssessmentSatisfaction",
)  # fmt: skip
# Of everybody who answered any question of that part, as the construction has it.
_ASKED = {
    of: count(f"experience_of_{of}_answered", f"Answered about {of}", on=answered[of]) for of in (TREATMENT, ASSESSMENT)
}


@cache
def answer_cells(answer: str) -> Mapping[str, Measure]:
    """The fields of the file of patient experience in the line of one answer: of the questions that permit it.

    >>> list(answer_cells("Y"))[:2]
    ['CountGivenInformationAboutOptions', 'PercentageGivenInformationAboutOptions']
    """
    pairs = zip(NAMES, QUESTIONS, strict=True)
    cells = [_cells(name, one, answer) for name, one in pairs if answer in one.answers]
    return MappingProxyType({printed: measure for each in cells for printed, measure in each.items()})


def _cells(name: str, question: Question, answer: str) -> dict[str, Measure]:
    says = coded(question.name, (answer,), "whose answer is")
    title = f"{question.name.replace('_', ' ').capitalize()}: {answer}"
    given = count(f"{question.name}_is_{answer}", title, on=answered[question.of], where=says)
    part = percentage(f"{question.name}_is_{answer}_percentage", f"Share: {title}", given, _ASKED[question.of])
    return {f"Count{name}": given, f"Percentage{name}": part}
