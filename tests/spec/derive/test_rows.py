"""Derivations of single rows: ages, categories, identifiers and codes"""

from caseness.derive import Options
from caseness.derive import person as people
from caseness.derive import problem as problems
from derived_tables import laid_on


def test_ages_are_completed_years():
    """Null where the date of birth is missing. A birthday on 29 February is reached on 1 March in other years."""
    text = """
        birth_date | period_start | period_end | referral_date | contact_date
        1980-04-15 | 2025-04-01   | 2025-04-30 | 2025-04-14    | 2025-04-15
        2000-02-29 | 2025-02-01   | 2025-02-28 | 2025-02-28    | 2025-03-01
                   | 2025-04-01   | 2025-04-30 | 2025-04-14    | 2025-04-15
    """
    ages = (people.age_at_period_start, people.age_at_period_end, people.age_at_referral, people.age_at_contact)
    kinds = dict.fromkeys(("birth_date", "period_start", "period_end", "referral_date", "contact_date"), "date")
    assert laid_on(text, ages, **kinds) == [(44, 45, 44, 45), (24, 24, 24, 25), (None, None, None, None)]


def test_ethnic_categories_are_made_alike():
    """A blank and 0 are missing, 9 and 99 are not known, and anything else that is no code is invalid."""
    text = "ethnic_category | n\nA | 1\nZ | 1\n0 | 1\n | 1\n9 | 1\n99 | 1\nI | 1\na | 1"
    assert laid_on(text, (people.validated_ethnic_category,)) == [
        (each,) for each in ("A", "Z", "-1", "-1", "99", "99", "-3", "-3")
    ]


def test_months_are_numbered_from_april_1900():
    """April 2022 is 1465. A header without a month is not read at all."""
    assert laid_on(
        "period_start | n\n1900-04-01 | 1\n2022-04-01 | 1\n | 1", (people.unique_month,), period_start="date"
    ) == [(1,), (1465,), (None,)]


def test_identifiers_have_the_provider_before_them():
    """Null gives null."""
    text = "provider | service_request | care_contact | care_activity | care_professional\nZZ9 | R1 | C1 | A1 | T1\nZZ9 | | | | "
    ids = (
        people.unique_service_request,
        people.unique_care_contact,
        people.unique_care_activity,
        people.unique_care_professional,
    )
    assert laid_on(text, ids) == [("ZZ9R1", "ZZ9C1", "ZZ9A1", "ZZ9T1"), (None,) * 4]


def test_a_person_is_the_nhs_number_or_the_local_identifier():
    """Assumed. By the other choice it is always the local one."""
    text = "nhs_number | provider | patient\n9434765919 | ZZ9 | P1\n | ZZ9 | P1"
    assert laid_on(text, (people.person,)) == [("9434765919",), ("ZZ9/P1",)]
    assert laid_on(text, (people.person,), Options(person="local")) == [("ZZ9/P1",), ("ZZ9/P1",)]


def test_days_from_the_referral_to_a_contact():
    """Null where a day is missing."""
    text = "contact_date | referral_date\n2025-04-15 | 2025-04-01\n | 2025-04-01"
    assert laid_on(text, (people.days_from_referral,), contact_date="date", referral_date="date") == [(14,), (None,)]


def test_care_clusters_and_the_month():
    """A missing end is open. Without a start there is no cluster to count."""
    text = """
        cluster_start | cluster_end | period_start | period_end
        2025-04-10    | 2025-04-12  | 2025-04-01   | 2025-04-30
        2025-01-01    |             | 2025-04-01   | 2025-04-30
        2025-01-01    | 2025-02-01  | 2025-04-01   | 2025-04-30
                      |             | 2025-04-01   | 2025-04-30
    """
    kinds = dict.fromkeys(("cluster_start", "cluster_end", "period_start", "period_end"), "date")
    flags = (
        people.cluster_started_in_period,
        people.cluster_ended_in_period,
        people.cluster_open_at_period_end,
        people.cluster_days,
    )
    assert laid_on(text, flags, **kinds) == [
        (True, True, False, 3), (False, False, True, 30), (False, False, False, 0), (False, False, False, None),
    ]  # fmt: skip


def test_problem_codes_are_made_alike():
    """SNOMED CT stays, ICD-10 loses its dots and becomes capitals, what is neither is -3, and a blank is null."""
    text = "complaint_scheme | complaint\n01 | f41.1\n01 | F42\n01 | 411\n04 | 83482000\n02 | F411\n | F411\n01 | "
    assert laid_on(text, (problems.problem,)) == [
        (each,) for each in ("F411", "F42", "-3", "83482000", "-3", None, None)
    ]
    text = "condition_scheme | condition | finding_scheme | finding\n04 | 195967001 | 01 | j45.0\n | | | "
    assert laid_on(text, (problems.validated_condition, problems.validated_finding)) == [
        ("195967001", "J450"),
        (None, None),
    ]


def test_problems_have_a_chapter_and_a_name():
    """The first that matches counts: F452 before F45. A blank and -3 are not stated."""
    text = "problem | n\nF329 | 1\nF452 | 1\nF451 | 1\nF419 | 1\nA00 | 1\n-3 | 1\n | 1"
    found = laid_on(text, (problems.problem_higher_category, problems.problem_lower_category))
    assert found == [
        ("Depression", "Depressive episode"),
        ("Anxiety and stress related disorders", "Health anxiety"),
        ("Other mental health problems", "Somatoform disorder"),
        ("Anxiety and stress related disorders", "Another disorder of F40 to F43"),
        (problems.OTHER, problems.OTHER),
        (problems.NOT_STATED, problems.NOT_STATED),
        (problems.NOT_STATED, problems.NOT_STATED),
    ]
