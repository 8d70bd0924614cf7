"""The official quarterly variables that are of the referral and its course: V009 to V012."""

from __future__ import annotations

from caseness.derive.problem import INVALID
from caseness.derive.sets import CONDITIONS, PROGRAMMES
from caseness.measures.algebra import Condition, condition
from caseness.measures.breakdown import (
    NOT_STATED,
    Value,
    Variable,
    holds,
    holds_none,
    holds_other,
    starts,
)
from caseness.measures.conditions import coded, present

programme = Variable(
    "V009", "IETprogramme",
    (
        *(Value(name, holds(PROGRAMMES, name, "a log's programme contains")) for name in PROGRAMMES.groups),
        Value("Other/unknown IET", holds_other(PROGRAMMES, "a log has another programme")),
        Value("No recorded IET", holds_none(PROGRAMMES, "no log tells a programme")),
    ),
    "Which programmes of internet therapy are used, and with what outcomes.", overlaps=True, assumed=("programmes",),
)  # fmt: skip

integrated = present("integrated_contact_first_date", "with a contact of an integrated service")


def _with(label: str, told: Condition) -> Value:
    return Value(label, integrated & told)


@condition
def _invalid(integrated_contact_first_date, conditions):
    """with a condition of no list, or without any contact of an integrated service"""
    return integrated_contact_first_date.isnull() | ((conditions & CONDITIONS.bit("others")) > 0)


LISTED_CONDITIONS = {
    "Asthma": "195967001", "Chronic obstructive lung disease": "13645005", "Diabetes mellitus": "73211009",
    "Disorder characterized by pain": "373673007", "Disorder of digestive system": "53619000",
    "Disorder of musculoskeletal system": "928000", "Disorder of respiratory system": "50043002", "Disorder of skin": "95320005",
    "Epilepsy": "84757009", "Heart disease": "56265001", "Malignant neoplastic disease": "363346000",
    "No history of long term condition": "748031000000103",
}  # fmt: skip
long_term_condition = Variable(
    "V010", "LongTermCondition",
    (
        *(_with(label, holds(CONDITIONS, code)) for label, code in LISTED_CONDITIONS.items()),
        _with("No code recorded", holds_none(CONDITIONS, "no condition recorded")),
        Value("Invalid Code", _invalid),
    ),
    "Integrated services treat people with a long-term condition together with their physical care.", overlaps=True,
)  # fmt: skip

_ANXIETY, _UNEXPLAINED = "Anxiety and stress related disorders", "Medically Unexplained Symptoms"
_PROBLEMS = (
    (_ANXIETY, "83482000 Body Dysmorphic Disorder", ("83482000",)),
    (_ANXIETY, "F400 - Agoraphobia", ("F400",)),
    (_ANXIETY, "F401 - Social phobias", ("F401",)),
    (_ANXIETY, "F402 - Specific (isolated) phobias", ("F402",)),
    (_ANXIETY, "F410 - Panic disorder [episodic paroxysmal anxiety]", ("F410",)),
    (_ANXIETY, "F411 - Generalised Anxiety Disorder", ("F411",)),
    (_ANXIETY, "F412 - Mixed anxiety and depressive disorder", ("F412",)),
    (_ANXIETY, "F42 - Obsessive-compulsive disorder", ("F42",)),
    (_ANXIETY, "F431 - Post-traumatic stress disorder", ("F431",)),
    (_ANXIETY, "F452 Hypochondriacal Disorders", ("F452",)),
    (_UNEXPLAINED, "K58 - Irritable bowel syndrome", ("K58",)),
    (_UNEXPLAINED, "G933 - Chronic fatigue syndrome", ("G933",)),
    (_UNEXPLAINED, "723916001 - MUS not otherwise specified", ("723916001",)),
    (_ANXIETY, "Other F40-F43 code", ("F40", "F41", "F42", "F43")),
    ("", "Depression", ("F32", "F33")),
    ("", "Other Mental Health disorders", ("F10", "F31", "F45", "F50", "F99")),
)
known_problem = Condition(("problem",), "any other code", lambda code: code.notnull() & (code != INVALID))
problem = Variable(
    "V011", "Problem Descriptor",
    (
        *(Value(label, starts("problem", codes), within) for within, label, codes in _PROBLEMS),
        Value("Other recorded problems", known_problem),
        Value(NOT_STATED),
    ),
    "Outcomes and treatments differ by problem.", assumed=("problem-ties",),
)  # fmt: skip

_YES, _NO = ("01", "02"), ("03",)
_SAYS = {_YES: "prescribed", _NO: "not prescribed"}


@condition
def _finished_in_period(completed_treatment, ended_in_period):
    """finished a course in the period"""
    return completed_treatment & ended_in_period


def _medication(label: str, first: tuple[str, ...], last: tuple[str, ...]) -> Value:
    told = coded("psychotropic_first", first, f"{_SAYS[first]} at first") & coded(
        "psychotropic_last", last, f"{_SAYS[last]} at last"
    )
    return Value(label, told & _finished_in_period)


medication = Variable(
    "V012", "Psychotropic Medication Status",
    (
        _medication("Prescribed first and last sessions", _YES, _YES),
        _medication("Prescribed first session and not last session", _YES, _NO),
        _medication("Not prescribed first session and prescribed last session", _NO, _YES),
        _medication("Not prescribed first session and not last session", _NO, _NO),
        Value(NOT_STATED),
    ),
    "Whether people come off medication, or begin it, while they are treated.", assumed=("support-in-sessions", "log-inside"),
)  # fmt: skip
