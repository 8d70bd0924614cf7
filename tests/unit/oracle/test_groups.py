"""The values of the breakdown variables, worked out by hand for the rows of one practice."""

from datetime import date

import pytest

from one_practice import APRIL, QUARTER, Practice, april, month_of
from oracle.broken_down import groups
from oracle.figure import Period

UNKNOWN = "Not stated/Not known/Invalid"


def told(practice, variable, period=APRIL):
    found = groups(practice.pathway(period), variable, Period(*period))
    return sorted(f"{one}: {other}" if other else one for one, other in found)


def patient(**cells):
    practice = april()
    practice.tables["IDS001MPI"][-1] |= cells
    return practice


@pytest.mark.parametrize(
    ("born", "group", "working"),
    [
        (date(2007, 5, 1), "Under 18", "Under 18"),
        (date(2007, 4, 30), "18 to 25", "18 to 64"),
        (date(1999, 5, 1), "18 to 25", "18 to 64"),
        (date(1999, 4, 30), "26 to 64", "18 to 64"),
        (date(1960, 4, 30), "65 to 74", "65 and over"),
        (date(1950, 4, 30), "75 to 89", "65 and over"),
        (date(1935, 5, 1), "75 to 89", "65 and over"),
        (date(1935, 4, 30), "90 and over", "65 and over"),
        (None, UNKNOWN, UNKNOWN),
    ],
)
def test_age_is_that_of_the_last_day_of_the_month(born, group, working):
    practice = patient(PersonBirthDate=born)
    assert (told(practice, "V001"), told(practice, "V015")) == ([group], [working])


@pytest.mark.parametrize(
    ("cell", "minority", "group"),
    [
        ("A", "White British", "White: British"),
        ("B", "BME", "White: Irish"),
        ("Z", UNKNOWN, UNKNOWN),
        (None, UNKNOWN, UNKNOWN),
    ],
)
def test_ethnicity(cell, minority, group):
    practice = patient(EthnicCategory=cell)
    assert (told(practice, "V002"), told(practice, "V005")) == ([minority], [group])


def test_each_disability_counts():
    practice = april()
    assert told(practice, "V003") == ["No code"]
    for cell in ("1", "02", "QQ", None):
        practice.add("IDS007DisabilityType", LocalPatientId="p1", DisabCode=cell)
    assert told(practice, "V003") == ["01 Behaviour and Emotional", "02 Hearing", "Invalid code"]


@pytest.mark.parametrize(
    ("cell", "born", "group"),
    [
        ("2", date(1999, 5, 1), "College: College and 25 and under"),
        ("3", date(1999, 4, 30), "University: University and Over 25"),
        ("8", None, "Other: Other and Age Not Recorded"),
        ("X", date(1999, 5, 1), f"Other: {UNKNOWN}"),
        (None, None, f"Other: {UNKNOWN}"),
    ],
)
def test_education_by_age(cell, born, group):
    assert told(patient(EduEstabTypeIAPT=cell, PersonBirthDate=born), "V004") == [group]


@pytest.mark.parametrize(
    ("identity", "gender", "group"),
    [
        ("1", "2", "Male (including trans men)"),
        ("3", "1", "Non-binary"),
        ("X", "2", "Female (including trans women)"),
        (None, "9", "Indeterminate"),
        ("Z", "X", UNKNOWN),
        (None, None, UNKNOWN),
    ],
)
def test_gender_stands_in_for_an_identity_that_is_not_told(identity, gender, group):
    assert told(patient(GenderIdentity=identity, Gender=gender), "V007") == [group]


def test_forces_and_gender_at_birth():
    practice = patient(ExBAFIndicator="5", GenderIdentitySameAtBirth="N")
    assert told(practice, "V006") == ["Dependant of an ex-services member"]
    assert told(practice, "V008") == ["Different gender at birth"]
    assert told(patient(), "V006") == told(patient(), "V008") == [UNKNOWN]


def test_each_religion_counts_and_an_unlisted_circumstance_is_none():
    practice = april().add("IDS011SocPerCircumstances", LocalPatientId="p1", SocPerCircumstance="224130005")
    assert told(practice, "V013") == told(practice, "V014") == [UNKNOWN]
    for cell in ("160549006", "763896000", "89217008"):
        practice.add("IDS011SocPerCircumstances", LocalPatientId="p1", SocPerCircumstance=cell)
    assert told(practice, "V013") == ["Christian", UNKNOWN]
    assert told(practice, "V014") == ["Gay/Lesbian"]


def test_what_another_month_said_of_somebody_is_not_asked():
    practice = april().add("IDS007DisabilityType", LocalPatientId="p1", DisabCode="02")
    practice.file("2025-05").refer("2025-03-01")
    assert told(practice, "V003", QUARTER) == ["No code"]


def test_programmes_by_the_text_that_names_them():
    practice = april()
    assert told(practice, "V009") == ["No recorded IET"]
    for text in ("my SLVRCLD", "ocd.net", "Woebot", None):
        practice.logged("2025-04-01", "2025-04-07")
        practice.tables["IDS205InternetTherLog"][-1]["IntEnabledTherProg"] = text
    assert told(practice, "V009") == ["OCD-NET", "Other/unknown IET", "Silvercloud"]


def test_a_condition_counts_for_an_integrated_referral_alone():
    practice = april().add("IDS602LongTermCondition", ServiceRequestId="r1", LongTermCondition="195967001")
    assert told(practice, "V010") == ["Invalid Code"]
    practice.meet("2025-04-03", IAPTLTCServiceInd="Y").add(
        "IDS602LongTermCondition", ServiceRequestId="r1", LongTermCondition="J45"
    )
    assert told(practice, "V010") == ["Asthma", "Invalid Code"]
    assert told(april().meet("2025-04-03", IAPTLTCServiceInd="Y"), "V010") == ["No code recorded"]


@pytest.mark.parametrize(
    ("code", "group"),
    [
        ("F40.0", "Anxiety and stress related disorders: F400 - Agoraphobia"),
        ("F40.00", "Anxiety and stress related disorders: Other F40-F43 code"),
        ("F42.1", "Anxiety and stress related disorders: F42 - Obsessive-compulsive disorder"),
        ("F45.2", "Anxiety and stress related disorders: F452 Hypochondriacal Disorders"),
        ("F45.3", "Other Mental Health disorders"),
        ("K58", "Medically Unexplained Symptoms: K58 - Irritable bowel syndrome"),
        ("F33.1", "Depression"),
        ("Z63", "Other recorded problems"),
        ("?", UNKNOWN),
        (None, UNKNOWN),
    ],
)
def test_the_first_problem_that_matches(code, group):
    assert told(april().complains(code), "V011") == [group]


def medicated(*cells, ended="2025-04-28"):
    practice = april("2025-03-01", ended)
    for number, cell in enumerate(cells, 3):
        practice.meet(f"2025-04-{number:02}", PsychMed=cell)
    return practice


@pytest.mark.parametrize(
    ("cells", "group"),
    [
        (("1", None, "02"), "Prescribed first and last sessions"),
        (("02", "03"), "Prescribed first session and not last session"),
        (("3", "1"), "Not prescribed first session and prescribed last session"),
        ((None, "03", None), "Not prescribed first session and not last session"),
        (("UU", "03"), UNKNOWN),
        ((None, None), UNKNOWN),
    ],
)
def test_medication_of_a_finished_course(cells, group):
    assert told(medicated(*cells), "V012") == [group]


def test_medication_of_a_course_that_did_not_finish_in_the_period():
    assert told(medicated("02", "02", ended=None), "V012") == [UNKNOWN]
    assert told(medicated("02"), "V012") == [UNKNOWN]


def test_practices_do_not_share_patients():
    """Two files can number their patients alike."""
    practice = (
        Practice("RBB")
        .file("2025-04")
        .add("IDS007DisabilityType", LocalPatientId="p1", DisabCode="02")
        .file("2025-05")
        .refer("2025-05-01")
    )
    assert told(practice, "V003", month_of("2025-05")) == ["No code"]
