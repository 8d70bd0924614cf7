"""Fields that the annual report alone has: which rows each counts, and which it does not"""

import re
from datetime import date

import pytest

from caseness.measures import choose_variables, compute
from caseness.measures.annual import all_files
from caseness.periods import Period
from grain_tables import make_grains

YEAR = Period.parse("2025-26")
DONE = {"discharge_date": date(2025, 4, 20), "referral_date": date(2025, 4, 2), "completed_treatment": True}


def cells(file, asked=(), line=0, named="", **rows):
    """The fields of a line of a file whose name has a pattern in it, of England, by group: nothing is everybody."""
    one = all_files()[file]
    measures = [measure for printed, measure in one.lines[line].cells.items() if re.search(named, printed)]
    found = compute(make_grains(**rows), [YEAR], measures, breakdowns=one.variables(asked)).table.to_pylist()
    values = {(row["group_1"], row["group_2"], row["figure_id"]): row["value"] for row in found}
    return {
        (printed, *filter(None, (first, second))): value
        for printed, measure in one.lines[line].cells.items()
        for (first, second, figure), value in values.items()
        if figure == measure.id
    }


def test_an_answer_about_the_armed_forces_is_told_if_it_is_one_of_the_list():
    """That one does not know, or does not say, is an answer too. The share is of all that were received."""
    served = [{**DONE, "armed_forces": code} for code in ("02", "03", "05", "UU", "ZZ", "04", None)]
    found = cells("main", named="BAF", annual=served, referral=[DONE] * 7)
    assert found["Count_BAFIndicatorCompletion",] == 5
    assert found["Percentage_BAFIndicatorCompletion",] == 100 * 5 / 7


def test_follow_up_is_of_those_who_finished_from_april_to_september():
    days = (date(2025, 4, 1), date(2025, 9, 30), date(2025, 10, 1), date(2026, 3, 31))
    courses = [{**DONE, "discharge_date": day, "month": day.replace(day=1)} for day in days]
    open_one = {**DONE, "discharge_date": None, "completed_treatment": False}
    once = {**DONE, "completed_treatment": False}
    told = [{**row, "followed_up": True} for row in (courses[0], courses[2], once)] + [courses[1], open_one]
    found = cells("main", named="First6Months|FollowUp", annual=told, referral=[*courses, once, open_one])
    assert found["Count_FinishedTreatmentFirst6Months",] == 2
    assert found["Count_FinishedTreatmentFirst6MonthsFollowUp",] == 1
    assert found["Percentage_FollowUpAppointment",] == 50


def test_lengths_are_of_contacts_and_of_courses():
    """Three contacts of 20, 30 and 70 minutes, in courses of 50 and 70. One course has no timed contact."""
    contacts = [
        {**{name: DONE[name] for name in ("discharge_date", "referral_date")}, "minutes": minutes}
        for minutes in (20.0, 30.0, 70.0)
    ]
    courses = [{**DONE, "timed_minutes": minutes} for minutes in (50.0, 70.0, None)]
    unfinished = {**DONE, "completed_treatment": False, "timed_minutes": 500.0}
    found = cells(
        "main", named="ContactDuration", course_contact=contacts, annual=[*courses, unfinished], referral=[DONE] * 3
    )
    assert (found["Mean_ContactDuration",], found["Median_ContactDuration",], found["Sum_ContactDuration",]) == (
        40,
        30,
        120,
    )
    assert (found["Mean_TotalContactDurationPerReferral",], found["Median_TotalContactDurationPerReferral",]) == (
        60,
        60,
    )
    assert found["Count_FinishedCourseTreatmentContactDuration",] == 2


def test_a_share_of_finished_courses_is_of_everybody_in_the_organisation():
    """Of four finished courses one is of a man, two of women and one of nobody's known gender: 25, 50, 0 and 25 %."""
    told = [
        {"row_id": place, "gender": code, "referral_date": DONE["referral_date"]}
        for place, code in enumerate(("1", "2", "2", None), start=1)
    ]
    rows = [{**DONE, "row_id": place} for place in (1, 2, 3, 4)]
    rows[1] |= {"employment_support_first_date": date(2025, 4, 3)}
    found = cells("main", choose_variables(["annual-gender"]), named="with", attributes=told, referral=rows)
    shares = [
        found["Percentage_Variable_withFCT", *group]
        for group in ((), ("Male",), ("Female",), ("Not stated/Not known/Invalid",))
    ]
    assert shares == [100, 25, 50, 25]
    assert found["Count_FinishedCourseTreatment_with_EmpSup",] == 1
    assert found["Percentage_Variable_withFCTandES", "Female"] == 100


def test_contacts_by_role_are_means_of_those_who_had_any():
    rows = [{**DONE, "cbt_therapist_trainee_contacts": contacts} for contacts in (0, 2, 5)]
    found = cells("therapist-role", annual=[*rows, {**rows[1], "completed_treatment": False}], referral=[DONE])
    assert found["Mean_ApptsHighIntensityCognitiveBehaviouralTherapistTrainee",] == 3.5
    assert found["Mean_ApptsHighIntensityCognitiveBehaviouralTherapistQualified",] is None


def test_therapies_at_the_end_are_by_those_at_the_start():
    """What is not listed, such as employment support, is not stated."""
    ends = (("304891004", "IET"), ("304891004", "228557008"), ("748051000000105", "1098051000000103"), (None, None))
    told = [{"row_id": place, "therapy_at_start": start} for place, (start, _) in enumerate(ends, start=1)]
    rows = [{**DONE, "row_id": place, "therapy_at_end": end} for place, (_, end) in enumerate(ends, start=1)]
    found = cells(
        "therapy-type", attributes=told, annual=rows, referral=[{**DONE, "row_id": place} for place in (1, 2, 3, 4)]
    )
    began = ("High Intensity", "Cognitive behaviour therapy (CBT)")
    assert found["CountTherapyEndTreatment_HI_InternetEnabledTherapy", *began] == 1
    assert found["CountTherapyEndTreatment_HI_CognitiveBehaviourTherapy", *began] == 1
    assert found["CountTherapyEndTreatment_LastNotStated", "Low intensity", "Guided self help book"] == 1
    assert found["CountTherapyEndTreatment_LastNotStated", "Not stated/Not known/Invalid"] == 1
    assert sum(value for (_, *group), value in found.items() if not group) == 4


def test_employment_at_the_end_is_by_that_at_the_start():
    """Referrals received are by it too. A status that is not stated, or none, is not known."""
    told = [{"row_id": 1, "employment_at_start": "02"}, {"row_id": 2, "employment_at_start": "ZZ"}]
    rows = [{**DONE, "row_id": 1, "employment_at_end": "01"}, {**DONE, "row_id": 2, "employment_at_end": None}]
    found = cells(
        "employment-status", attributes=told, annual=rows, referral=[{**DONE, "row_id": place} for place in (1, 2)]
    )
    assert found["Count_EmploymentStatusEndTreatment_Employed", "Unemployed and seeking work"] == 1
    assert found["Count_ReferralsReceived", "Unemployed and seeking work"] == 1
    unknown = "CountEmploymentStatusEndTreatment_NotStated_Unknown_Invalid"
    assert (found[unknown, "Not Stated/Not known/Invalid"], found[unknown,]) == (1, 1)


def test_medication_at_the_end_is_by_that_at_the_start():
    told = [{"row_id": 1, "psychotropic_first": "03"}, {"row_id": 2, "psychotropic_first": "UU"}]
    rows = [{**DONE, "row_id": 1, "psychotropic_last": "02"}, {**DONE, "row_id": 2, "psychotropic_last": "ZZ"}]
    found = cells("psych-meds", attributes=told, referral=rows)
    assert found["Count_StatusEndPrescribedAndTaking", "Status at start - Not Prescribed"] == 1
    assert found["Count_StatusEndNotStatedNotKnownInvalid", "Status at start - Not stated/Not known/Invalid"] == 1
    assert found["Count_StatusEndTotal",] == 2


def test_an_answer_is_a_line_and_its_share_is_of_all_who_answered_that_part():
    """Three answered about treatment in the year, and one the year before. The fourth question was left out by one of them."""
    days = (date(2025, 5, 1), date(2025, 5, 2), date(2025, 5, 3), date(2024, 5, 1))
    rows = [{**DONE, "treatment_answered_date": day, "experience_of_treatment_4": "4"} for day in days]
    rows[1]["experience_of_treatment_4"] = None
    rows[0] |= {"assessment_answered_date": days[0], "experience_of_choice_1": "Y"}
    four = next(place for place, line in enumerate(all_files()["peq"].lines) if line.says["VariableA"] == "4")
    found = cells("peq", line=four, annual=rows, referral=[DONE])
    assert found["CountHelpThatMattered",] == 2
    assert found["PercentageHelpThatMattered",] == pytest.approx(200 / 3)
    assert ("CountPreferTreatments",) not in found
    yes = next(place for place, line in enumerate(all_files()["peq"].lines) if line.says["VariableA"] == "Y")
    assert cells("peq", line=yes, annual=rows, referral=[DONE])["PercentageGivenInformationAboutOptions",] == 100


def test_courses_within_care_for_a_condition_are_told_apart_from_the_others():
    """The share without change of those that are not integrated is of those, whatever the construction divides by."""
    contact = {"integrated_contact_first_date": date(2025, 4, 12)}
    rows = [
        {**DONE, **contact, "no_change": True}, {**DONE, **contact, "reliable_improvement": True, "recovery": True},
        *({**DONE, "no_change": True, "first_session_date": date(2025, 4, day)} for day in (4, 8)), DONE,
    ]  # fmt: skip
    found = cells("iet-ltc", referral=rows)
    assert (found["Count_IntegratedReferralsNoChange",], found["Percentage_IntegratedReferralsNoChange",]) == (1, 50)
    assert found["Percentage_IntegratedReferralsCoreOnlyNoChange",] == pytest.approx(200 / 3)
    assert (
        found["Percentage_IntegratedReferralsReliableRecovery",],
        found["Mean_WaitFirstIntegratedAppointment",],
    ) == (50, 10)
    assert (found["Mean_WaitFirstAppointmentCoreOnly",], found["Median_WaitFirstAppointmentCoreOnly",]) == (4, 4)
