"""Where people are at the end who began somewhere: therapy, employment and medication, of those who finished."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from caseness.derive.annual import LOG_THERAPY
from caseness.measures.algebra import Clock, Condition, Measure, count, ended, received
from caseness.measures.annual.clocks import ended_in_year
from caseness.measures.breakdown import NOT_STATED, Value, Variable
from caseness.measures.conditions import coded, finished
from caseness.measures.variables_of_the_year import SOURCE

# Label at the start, name of the field at the end, and codes: in the order of the report.
_LOW, _HIGH = "Low intensity", "High Intensity"
_THERAPIES = (
    (_LOW, "Guided self help book", "LI_GuidedSelfHelpBook", ("748051000000105",)),
    (_LOW, "Non guided self help book", "LI_NonGuidedSelfHelpBook", ("748101000000105",)),
    (_LOW, "Guided self help computer", "LI_GuidedSelfHelpComputer", ("748041000000107",)),
    (_LOW, "Non guided self help computer", "LI_NonGuidedSelfHelpComputer", ("748091000000102",)),
    (_LOW, "Structured physical activity", "LI_StructuredPhysicalActivity", ("748061000000108",)),
    (_LOW, "Psychoeducational peer support", "LI_PsychoEducationalPeerSupport", ("702545008",)),
    (_LOW, "Other", "LI_Other", ("1026111000000108",)),
    (_LOW, "Signposting", "LI_Signposting", ("975131000000104",)),
    (_HIGH, "Applied relaxation", "HI_AppliedRelaxation", ("1127281000000100",)),
    (_HIGH, "Couples therapy for depression", "HI_CouplesTherapyForDepression", ("1129471000000105",)),
    (_HIGH, "Collaborative care", "HI_CollaborativeCare", ("842901000000108",)),
    (_HIGH, "Counselling for depression", "HI_CounsellingForDepression", ("286711000000107",)),
    (_HIGH, "Brief psychodynamic psychotherapy", "HI_ShortTermPsychoDynamicPsychotherapy", ("314034001", "429048003")),
    (_HIGH, "Eye movement desensitisation reprocessing", "HI_EyeMovementDesensitisationReprocessing", ("449030000",)),
    (_HIGH, "Mindfulness", "HI_Mindfulness", ("933221000000107",)),
    (_HIGH, "Other", "HI_Other", ("1026131000000100",)),
    (_HIGH, "Cognitive behaviour therapy (CBT)", "HI_CognitiveBehaviourTherapy", ("304891004", "228557008")),
    (_HIGH, "Interpersonal psycho therapy (IPT)", "HI_InterpersonalPsychoTherapy", ("443730003",)),
    (_HIGH, "Internet Enabled Therapy (IET)", "HI_InternetEnabledTherapy", (LOG_THERAPY,)),
)  # fmt: skip
_EMPLOYMENT = (
    ("01", "Employed", "Count_EmploymentStatusEndTreatment_Employed", "employed"),
    ("02", "Unemployed and seeking work", "CountEmploymentStatusEndTreatment_UnemployedAndSeekingWork", "unemployed"),
    ("03", "Students who are not working or actively seeking work", "CountEmploymentStatusEndTreatment_Students", "student"),
    ("04", "Long term sick or disabled, or in receipt of benefit payments", "CountEmploymentStatusEndTreatment_LongTermSick", "long_term_sick"),
    ("05", "Homemaker who is not working or actively seeking work", "CountEmploymentStatusEndTreatment_Homemaker", "homemaker"),
    ("06", "Not receiving benefits and who are not working or actively seeking work", "CountEmploymentStatusEndTreatment_NotReceivingBenefits", "not_receiving_benefits"),
    ("07", "Unpaid voluntary work who are not working or actively seeking work", "CountEmploymentStatusEndTreatment_UnPaidVoluntaryWork", "unpaid_voluntary_work"),
    ("08", "Retired", "CountEmploymentStatusEndTreatment_Retired", "retired"),
)  # fmt: skip
_MEDICATION = (
    ("01", "Prescribed but not taking", "Count_statusEndPrescribedButNotTaking"),
    ("02", "Prescribed and taking", "Count_StatusEndPrescribedAndTaking"),
    ("03", "Not Prescribed", "Count_StatusEndNotPrescribed"),
)
_WHY = "Whether people end somewhere else than they began."

therapy_at_start = Variable(
    "annual-therapy-start", "Therapy type recorded at start of treatment",
    (
        *(Value(label, coded("therapy_at_start", codes, "first therapy"), within) for within, label, _, codes in _THERAPIES),
        Value(NOT_STATED),
    ),
    _WHY, assumed=("log-inside",), source=SOURCE,
)  # fmt: skip
employment_at_start = Variable(
    "annual-employment-start", "Employment status at start of treatment",
    (*(Value(label, coded("employment_at_start", (code,), "first status")) for code, label, *_ in _EMPLOYMENT), Value("Not Stated/Not known/Invalid")),
    _WHY, assumed=("employment-answers",), source=SOURCE,
)  # fmt: skip
medication_at_start = Variable(
    "annual-medication-start", "Psychotropic Medication Status",
    (
        *(Value(f"Status at start - {label}", coded("psychotropic_first", (code,), "first answer")) for code, label, _ in _MEDICATION),
        Value(f"Status at start - {NOT_STATED}"),
    ),
    _WHY, source=SOURCE,
)  # fmt: skip


def _none_of(column: str, codes: tuple[str, ...], says: str) -> Condition:
    return Condition((column,), says, lambda code: ~code.isin(list(codes)).fill_null(False))


def _ended(figure_id: str, says: str, where: Condition, on: Clock) -> Measure:
    return count(figure_id, f"Finished, and {says} at the end", on=on, where=finished & where)


@cache
def therapy_cells() -> Mapping[str, Measure]:
    """The fields of the file of therapy types, each with its measure: the last therapy of those who finished.

    >>> len(therapy_cells()), therapy_cells()["CountTherapyEndTreatment_LastNotStated"].id
    (20, 'therapy_end_not_stated')
    """
    listed = tuple(code for *_, codes in _THERAPIES for code in codes)
    cells = {
        f"CountTherapyEndTreatment_{name}": _ended(f"therapy_end_{name}", label, coded("therapy_at_end", codes, "whose last therapy is"), ended_in_year)
        for _, label, name, codes in _THERAPIES
    }  # fmt: skip
    rest = _none_of("therapy_at_end", listed, "whose last therapy is none of the list, or not told")
    cells["CountTherapyEndTreatment_LastNotStated"] = _ended(
        "therapy_end_not_stated", "not stated", rest, ended_in_year
    )
    return MappingProxyType(cells)


@cache
def employment_cells() -> Mapping[str, Measure]:
    """The fields of the file of employment status, each with its measure: the last status of those who finished.

    The ids are those by which published figures of this file are called, which has its own for what the main data print too.

    >>> employment_cells()["Count_FinishedCourseTreatment"].id
    'employment_finished_course'
    """
    codes = tuple(code for code, *_ in _EMPLOYMENT)
    cells = {
        "Count_ReferralsReceived": count("employment_referrals_received", "Referrals received", on=received),
        "Count_FinishedCourseTreatment": count("employment_finished_course", "Finished a course", on=ended, where=finished),
        **{
            printed: _ended(f"employment_end_{name}", label.lower(), coded("employment_at_end", (code,), "whose last status is"), ended_in_year)
            for code, label, printed, name in _EMPLOYMENT
        },
    }  # fmt: skip
    rest = _none_of("employment_at_end", codes, "whose last status is none of the list, or not told")
    name = "CountEmploymentStatusEndTreatment_NotStated_Unknown_Invalid"
    return MappingProxyType({**cells, name: _ended("employment_end_not_stated", "not stated", rest, ended_in_year)})


@cache
def medication_cells() -> Mapping[str, Measure]:
    """The fields of the file of psychotropic medication, each with its measure: the last answer of those who finished.

    >>> [one.id for one in medication_cells().values()][-1]
    'medication_end_not_stated'
    """
    codes = tuple(code for code, *_ in _MEDICATION)
    cells = {
        printed: _ended(f"medication_end_{code}", label.lower(), coded("psychotropic_last", (code,), "whose last answer is"), ended)
        for code, label, printed in _MEDICATION
    }  # fmt: skip
    rest = _none_of("psychotropic_last", codes, "whose last answer is none of the list, or not told")
    return MappingProxyType(
        {
            "Count_StatusEndTotal": count("medication_finished_course", "Finished a course", on=ended, where=finished),
            **cells,
            "Count_StatusEndNotStatedNotKnownInvalid": _ended("medication_end_not_stated", "not stated", rest, ended),
        }
    )
