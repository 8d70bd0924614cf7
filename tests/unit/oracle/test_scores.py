"""Which scores are first and last, and which anxiety measure judges."""

from fractions import Fraction

import pytest

from one_practice import CBT, EMPLOYMENT, Practice, april, month_of
from oracle.scores import problem, specific_measure


def pair(practice, tool="PHQ9", **options):
    return tuple(practice.pathway(**options).scores[tool])


def test_a_single_score_is_first_and_not_last():
    assert pair(april(ended="2025-04-20").answered("2025-04-03", PHQ9=12)) == (12, None)


def test_two_scores_are_first_and_last():
    assert pair(april(ended="2025-04-20").answered("2025-04-10", PHQ9=5).answered("2025-04-03", PHQ9=12)) == (12, 5)


def test_an_open_referral_has_no_last_score_yet():
    practice = april().answered("2025-04-03", PHQ9=12).answered("2025-04-10", PHQ9=5)
    assert pair(practice) == (12, None)
    assert pair(practice.file("2025-05").refer("2025-03-01", "2025-05-30"), period=month_of("2025-05")) == (12, 5)


@pytest.mark.parametrize(
    ("tool", "score", "value"),
    [
        ("PHQ9", "27", 27),
        ("PHQ9", "28", None),
        ("PHQ9", "-1", None),
        ("PHQ9", "NA", None),
        ("PHQ9", " 07 ", 7),
        ("Work", "8", 8),
        ("Work", "9", None),
        ("AgoraAlone", "2.35", Fraction("2.35")),
        ("PHQ9", "0", 0),
        ("AgoraAlone", "1.00", 1),
        ("AgoraAlone", "0.99", None),
        ("AgoraAlone", "5.01", None),
    ],
)
def test_a_score_out_of_range_is_none(tool, score, value):
    names = {"Work": "WASAS_Work"}
    assert pair(april().answered("2025-04-03", **{tool: score}), names.get(tool, tool)) == (value, None)


@pytest.mark.parametrize(
    "contact",
    [
        {"when": "2025-04-04", "attendance": "3"},
        {"when": "2025-04-04", "therapy": EMPLOYMENT},
        {"when": "2025-04-21", "kind": "06"},
        {"when": "2025-02-28"},
    ],
)
def test_scores_of_missed_supportive_or_later_contacts_do_not_count(contact):
    practice = april(ended="2025-04-20").answered("2025-04-03", PHQ9=12).meet(**contact).scored(PHQ9=5)
    assert pair(practice) == (12, None)


def test_another_activity_of_the_contact_can_be_employment_support():
    practice = april(ended="2025-04-20").meet("2025-04-03", therapy=f"{EMPLOYMENT} {CBT}").scored(PHQ9=12)
    assert pair(practice) == (12, None)


def test_scores_of_one_day_go_by_the_clock_and_then_by_row():
    practice = april(ended="2025-04-20").answered("2025-04-03", PHQ9=3).answered("2025-04-03", "09:00", PHQ9=2)
    assert pair(practice.answered("2025-04-03", "08:00", PHQ9=1).answered("2025-04-03", PHQ9=4)) == (3, 2)


def test_scores_of_an_earlier_month_are_known():
    practice = Practice().file("2025-03").refer("2025-03-01").answered("2025-03-05", PHQ9=12)
    practice.file("2025-04").refer("2025-03-01", "2025-04-20").answered("2025-04-10", PHQ9=5)
    assert pair(practice) == (12, 5)


@pytest.mark.parametrize(
    ("scheme", "code", "validated"),
    [
        ("01", "F42.2", "F422"),
        ("1", " f42 ", "F42X"),
        ("01", "42", "-3"),
        ("02", "F42", "-3"),
        ("04", "83482000", "83482000"),
        (None, "F42", None),
        ("01", " ", None),
    ],
)
def test_the_code_of_a_problem_is_put_into_one_form(scheme, code, validated):
    assert problem({"FindSchemeInUse": scheme, "PresComp": code}) == validated


@pytest.mark.parametrize(
    ("chosen", "measure"),
    [
        ("F400", "AgoraAlone"),
        ("F401", "SocialPhobia"),
        ("F402", None),
        ("F410", "PanicDisorder"),
        ("F411", None),
        ("F429", "OCD"),
        ("F431", "PTSD"),
        ("F452", "AnxietyInventory"),
        ("83482000", "BIQ"),
        ("834820001", None),
        ("G933", "CFQ"),
        ("K589", "IBS"),
        ("723916001", "MUS"),
        ("-3", None),
        (None, None),
    ],
)
def test_the_measure_made_for_a_problem(chosen, measure):
    assert specific_measure(chosen) == measure


def test_one_complaint_stands_for_the_pathway():
    """Primary before secondary, then the latest date, then the last row; a blank code gives way to any."""
    practice = april().complains("F422", significance="2").complains("F431").complains("F452", significance="9")
    assert practice.pathway().specific == "OCD"
    practice = april().complains("F410", significance="1", when="2025-03-01").complains("F422", significance="2")
    assert practice.pathway().specific == "PanicDisorder"
    assert practice.complains("F431", significance="1", when="2025-03-02").pathway().specific == "PTSD"
    assert practice.complains("F452", significance="1", when="2025-03-02").pathway().specific == "AnxietyInventory"
    assert practice.complains("F400", significance="1").pathway().specific == "AnxietyInventory"
    assert practice.complains(None, significance="1", when="2025-03-09").pathway().specific == "AnxietyInventory"


def with_ocd(**scores):
    """A finished course for obsessions, with one or two scores on each measure."""
    practice = april(ended="2025-04-20").meet("2025-04-03").meet("2025-04-10").complains("F422")
    for tool, (first, *last) in scores.items():
        practice.answered("2025-04-03", **{tool: first})
        for score in last:
            practice.answered("2025-04-10", **{tool: score})
    return practice


@pytest.mark.parametrize(
    ("scores", "judge", "appropriate"),
    [
        ({"OCI": (60, 20), "GAD7": (12, 4)}, "OCD", 1),
        ({"OCI": (60,), "GAD7": (12, 4)}, "GAD7", 0),
        ({"OCI": (60,), "GAD7": (12,)}, "OCD", 0),
        ({"GAD7": (12,)}, "GAD7", 0),
        ({}, "GAD7", 0),
    ],
)
def test_the_measure_that_judges(scores, judge, appropriate):
    practice = with_ocd(**scores)
    assert practice.pathway().anxiety == judge
    assert practice.values("M203", "M204", "M205") == (1, appropriate, 100 * appropriate)


@pytest.mark.parametrize(
    ("scores", "figures"),
    [
        ({}, (0, 1, 0)),
        ({"OCI": (60,), "GAD7": (12,)}, (1, 0, 0)),
        ({"OCI": (60, 20), "GAD7": (12,)}, (0, 0, 1)),
        ({"GAD7": (12, 4)}, (0, 0, 1)),
    ],
)
def test_one_none_or_paired_anxiety_scores(scores, figures):
    assert with_ocd(**scores).values("M196", "M197", "M198") == figures


def test_a_measure_made_for_another_problem_does_not_count():
    practice = april(ended="2025-04-20").meet("2025-04-03").meet("2025-04-10").complains("F320")
    practice.answered("2025-04-03", OCI=60).answered("2025-04-10", OCI=20)
    assert practice.values("M196", "M197", "M198", "M203") == (0, 1, 0, 0)


def test_social_adjustment_over_those_who_answered_twice():
    practice = with_ocd(Work=(6, 2)).refer("2025-03-01", "2025-04-20", referral="r2", patient="p2")
    practice.meet("2025-04-03", referral="r2").meet("2025-04-10", referral="r2").answered(
        "2025-04-03", "09:00", "r2", Work=1
    )
    assert practice.values("M212", "M213", "M214", "M215", "M216", "M217") == (1, 6, 6, 2, 2, 0)
