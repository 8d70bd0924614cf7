"""The variables of the annual report, by the labels of its main data. Its files of therapies, staff and work have others."""

from __future__ import annotations

from caseness.derive.problem import INVALID
from caseness.derive.sets import ANNUAL_RELIGIONS, CONDITIONS, MEDIA, ORIENTATIONS
from caseness.measures.algebra import Condition, condition
from caseness.measures.breakdown import (
    DECILE,
    NOT_STATED,
    Value,
    Variable,
    holds,
    holds_other,
    numbered,
    starts,
)
from caseness.measures.conditions import blank, coded, days, present
from caseness.measures.variables_of_people import ETHNIC_GROUPS, ages, disability, religion

SOURCE = "NHS England, variables of the annual measures, 2023-24, with the labels of the main data of 2024-25"
_FAIR = "Whether people are reached and helped alike."
_LISTED_GENDERS = {"Female": "2", "Male": "1", "Indeterminate": "9"}
_OTHER_GENDER = Condition(
    ("gender",), "gender not stated", lambda gender: ~gender.isin(("1", "2", "9")).fill_null(False)
)
_GENDERS = {
    **{name: coded("gender", code, name.lower()) for name, code in _LISTED_GENDERS.items()},
    f"Gender {NOT_STATED}": _OTHER_GENDER,
}  # fmt: skip

gender = Variable(
    "annual-gender", "Gender",
    (
        *(Value(f"{name} (unable to be classified as male or female)" if code == "9" else name, _GENDERS[name]) for name, code in _LISTED_GENDERS.items()),
        Value(NOT_STATED),
    ),
    _FAIR, source=SOURCE,
)  # fmt: skip
age_by_gender = Variable(
    "annual-age-gender", "Age Group / Gender",
    tuple(
        Value(f"{value.label} / {name}", value.where & of_gender)
        for name, of_gender in _GENDERS.items()
        for value in ages(18, 26, 65, 75, 90)
        if value.where
    ),
    _FAIR, assumed=("breakdown-age",), source=SOURCE,
)  # fmt: skip


def _ethnic(label: str, code: str, within: str) -> Value:
    return Value(label, coded("ethnic_category", code, label), within)


ethnic_group = Variable(
    "annual-ethnic-group", "Ethnic Group",
    (
        *(_ethnic(label, code, within) for within, codes in ETHNIC_GROUPS.items() for label, code in codes.items()),
        *(Value("", within=within) for within in ETHNIC_GROUPS),
        Value(NOT_STATED),
    ),
    _FAIR, source=SOURCE,
)  # fmt: skip
_OTHER_BACKGROUND = Condition(
    ("ethnic_category",), "no listed ethnic category",
    lambda code: ~code.isin([code for codes in ETHNIC_GROUPS.values() for code in codes.values()]).fill_null(False),
)  # fmt: skip
ethnic_by_gender = Variable(
    "annual-ethnic-gender", "Ethnic Group / Gender",
    tuple(
        value
        for name, of_gender in _GENDERS.items()
        for value in (
            *(
                Value(f"{label} / {name}", coded("ethnic_category", code, label) & of_gender, f"{within} / {name}")
                for within, codes in ETHNIC_GROUPS.items()
                for label, code in codes.items()
            ),
            *(Value("", within=f"{within} / {name}") for within in ETHNIC_GROUPS),
            Value(f"{NOT_STATED} / {name}", _OTHER_BACKGROUND & of_gender),
        )
    ),
    _FAIR, source=SOURCE,
)  # fmt: skip
_DECILES = ("Least", "Less", "Less", "Less", "Less", "More", "More", "More", "More", "Most")
deprivation = Variable(
    "annual-deprivation", "Indices of Deprivation Decile",
    (
        *(Value(f"{place:02} {word} deprived", numbered(DECILE, 11 - place, 11 - place, "of ten, 1 the most deprived")) for place, word in enumerate(_DECILES, start=1)),
        Value(NOT_STATED),
    ),
    "Recovery falls with deprivation.", source=SOURCE,
)  # fmt: skip
_DISABILITY_LABELS = {"ZZ Not Stated": "ZZ Not Stated (Person asked but declined to provide a response)", "Invalid code": "Invalid Code", "No code": "No Code Recorded"}  # fmt: skip
annual_disability = Variable(
    "annual-disability", "Disability Type",
    tuple(Value(_DISABILITY_LABELS.get(value.label, value.label), value.where) for value in disability.values), _FAIR, overlaps=True, source=SOURCE,
)  # fmt: skip
annual_religion = Variable(
    "annual-religion", "Religion",
    (*(Value(value.label, holds(ANNUAL_RELIGIONS, value.label.replace("`", "'"))) for value in religion.values if value.label != NOT_STATED), Value(NOT_STATED)),
    _FAIR, overlaps=True, assumed=("circumstances",), source=SOURCE,
)  # fmt: skip
annual_orientation = Variable(
    "annual-orientation", "Sexual Orientation Type",
    (*(Value(label, holds(ORIENTATIONS, label)) for label in ORIENTATIONS.groups), Value(NOT_STATED)),
    _FAIR, overlaps=True, assumed=("circumstances",), source=SOURCE,
)  # fmt: skip
_SERVED = coded("armed_forces", ("02", "05"), "has served, or depends on one who has")
armed_forces = Variable(
    "annual-armed-forces", "Ex-British Armed Forces and Dependants",
    (
        Value("Veterans and dependants", _SERVED),
        Value("Not veterans or dependants", coded("armed_forces", ("03",), "neither")),
        Value("Veterans waiting <6 weeks", _SERVED & days("referral_date", "first_session_date", at_most=42)),
        Value("Veterans waiting <18 weeks", _SERVED & days("referral_date", "first_session_date", at_most=126)),
        Value(NOT_STATED),
    ),
    "Veterans are owed priority for conditions that come from their service.", overlaps=True, source=SOURCE,
)  # fmt: skip
_CLUSTERS = {
    "Common Mental Health Problems (Low Severity)": ("01",),
    "Common Mental Health Problems (Low Severity with Greater Need)": ("02",),
    "Non-Psychotic (Moderate Severity)": ("03",),
    "Non-Psychotic (Severe)": ("04",),
    "Non-Psychotic Disorders (Very Severe)": ("05",),
    "Non-Psychotic Disorders": ("06", "07", "08"),
    "Psychosis": tuple(map(str, range(10, 18))),
    "Cognitive impairment or dementia": ("18", "19", "20", "21"),
    "Other mental health care cluster": ("00", "09"),
}
care_cluster = Variable(
    "annual-care-cluster", "Mental Health Care Cluster",
    (*(Value(label, coded("care_cluster", codes, "cluster")) for label, codes in _CLUSTERS.items()), Value(NOT_STATED)),
    "Clusters say how severe the need is.", assumed=("care-cluster",), source=SOURCE,
)  # fmt: skip
_LOW, _HIGH = ((present(f"{name}_intensity_first_date", f"had {name} intensity therapy"), blank(f"{name}_intensity_first_date", f"had no {name} intensity therapy")) for name in ("low", "high"))  # fmt: skip
stepped_care = Variable(
    "annual-stepped-care", "Stepped Care Pathway",
    (
        Value("Received only low intensity therapy", _LOW[0] & _HIGH[1]),
        Value("Received both high and low intensity therapy", _LOW[0] & _HIGH[0]),
        Value("Received only high intensity therapy", _LOW[1] & _HIGH[0]),
        Value(NOT_STATED),
    ),
    "Stepped care begins with the least intensive therapy that may help.", assumed=("high-intensity", "log-inside"), source=SOURCE,
)  # fmt: skip
_SPANS = {"<=28 days": (None, 28), "29-56 days": (29, 56), "57-90 days": (57, 90), ">90 days": (91, None), "<6 weeks": (None, 42), "<18 weeks": (None, 126)}  # fmt: skip


def _waits(within: str, start: str, end: str, says: str) -> tuple[Value, ...]:
    spans = (Value(label, days(start, end, *span), within) for label, span in _SPANS.items())
    return (Value("", present(end, says), within), *spans)


waiting_time = Variable(
    "annual-waiting-time", "Waiting Time",
    (
        *_waits("Accessing services", "referral_date", "first_session_date", "with a first treatment"),
        *_waits("First to second treatment", "first_session_date", "second_session_date", "with a second treatment"),
        Value("No second treatment appointment", blank("second_session_date", "without a second treatment")),
    ),
    "The first wait has a target, and the second has none.", overlaps=True, assumed=("support-in-sessions", "second-session", "log-inside"), source=SOURCE,
)  # fmt: skip
_MEDIA = {
    "Face to face communication": "01", "Telephone": "02", "Telemedicine": "03", "Talk type for a person unable to speak": "04", "Email": "05",
    "Short Message Service (SMS)": "06", "Online Instant Messaging": "08", "Text Message (Asynchronous)": "09",
    "Instant messaging (Synchronous)": "10", "Video consultation": "11", "Message Board (Asynchronous)": "12",
    "Chat Room (Synchronous)": "13", "Other (not listed)": "98",
}  # fmt: skip
medium = Variable(
    "annual-medium", "Consultation Medium",
    (
        *(Value(label, holds(MEDIA, code, "an attended contact by it")) for label, code in _MEDIA.items()),
        Value(NOT_STATED, holds_other(MEDIA, "an attended contact whose medium is blank or not listed")),
    ),
    "Whether therapy by telephone or video differs from therapy in a room.", assumed=("media",), overlaps=True, source=SOURCE,
)  # fmt: skip
_ANXIETY, _UNEXPLAINED = "Anxiety and stress related disorders", "Medically Unexplained Symptoms"
_SPECIFIC = ("F400", "F42", "F410", "F431", "F401", "F452", "83482000", "K58", "G933", "723916001")
_DISORDERS = (
    ("Agoraphobia", "F400"), ("Social phobias", "F401"), ("Specific (isolated) phobias", "F402"),
    ("Panic disorder [episodic paroxysmal anxiety]", "F410"), ("Generalised anxiety disorder", "F411"),
    ("Mixed anxiety and depressive disorder", "F412"), ("Obsessive-compulsive disorder", "F42"),
    ("Post-traumatic stress disorder", "F431"), ("Hypochondriacal disorders", "F452"),
)  # fmt: skip
_UNEXPLAINED_CODES = (
    ("Body dysmorphic disorder", "83482000"), ("Irritable bowel syndrome", "K58"), ("Chronic fatigue syndrome", "G933"),
    ("MUS not otherwise specified", "723916001"),
)  # fmt: skip
_OTHER_ANXIETY = ("F40", "F41", "F42", "F43")
_OTHER_MENTAL = ("F10", "F31", "F45", "F50", "F99")
_ALL_LISTED = ("F32", "F33", "F452", *_OTHER_ANXIETY, *_OTHER_MENTAL, *(code for _, code in _UNEXPLAINED_CODES))


def _but(listed: tuple[str, ...], without: tuple[str, ...]) -> Condition:
    are, others = starts("problem", listed), starts("problem", without)
    return Condition(
        ("problem",), f"{are.says}, and is none of the others", lambda code: are.test(code) & ~others.test(code)
    )


other_anxiety = _but(_OTHER_ANXIETY, tuple(code for _, code in _DISORDERS))


@condition
def _unlisted(problem):
    """any other code"""
    return problem.notnull() & (problem != INVALID) & ~starts("problem", _ALL_LISTED).test(problem)


problem = Variable(
    "annual-problem", "Presenting Complaint",
    (
        Value("Depression", starts("problem", ("F32", "F33"))),
        Value("All ADSM", starts("problem", _SPECIFIC)),
        Value("", starts("problem", (*_OTHER_ANXIETY, "F452")), _ANXIETY),
        *(Value(label, starts("problem", (code,)), _ANXIETY) for label, code in _DISORDERS),
        Value("Other anxiety or stress related disorder", other_anxiety, _ANXIETY),
        *(Value(label, starts("problem", (code,)), _UNEXPLAINED) for label, code in _UNEXPLAINED_CODES),
        Value("Other", _but(_OTHER_MENTAL, ("F452",)), "Other Mental Health problems"),
        Value("Other recorded problems", _unlisted),
        Value(NOT_STATED, within=NOT_STATED),
    ),
    "Outcomes and treatments differ by problem.", overlaps=True, assumed=("problem-ties",), source=SOURCE,
)  # fmt: skip
_NO_CONDITION = "748031000000103"


@condition
def _has_condition(conditions):
    """one of the listed conditions"""
    return (conditions & sum(CONDITIONS.bit(code) for code in CONDITIONS.groups if code != _NO_CONDITION)) > 0


condition_status = Variable(
    "annual-condition-status", "Long Term Condition Status",
    (
        Value("Long term condition", _has_condition),
        Value("No long term condition", holds(CONDITIONS, _NO_CONDITION)),
        Value(NOT_STATED),
    ),
    "People with a long-term condition are to be offered integrated services.", overlaps=True, source=SOURCE,
)  # fmt: skip
VARIABLES = (
    gender, age_by_gender, ethnic_group, ethnic_by_gender, deprivation, annual_disability, annual_religion, annual_orientation,
    armed_forces, care_cluster, stepped_care, waiting_time, medium, problem, condition_status,
)  # fmt: skip
