"""Treatment dates and counts: what is a session, which is the second, and figures made of them."""

from fractions import Fraction

import pytest

from one_practice import CBT, EMPLOYMENT, GUIDED_BOOK, QUARTER, april, day


@pytest.mark.parametrize(
    ("contact", "sessions"),
    [
        ({}, 1),
        ({"kind": "3"}, 1),
        ({"kind": "01"}, 0),
        ({"attendance": "3"}, 0),
        ({"attendance": "3", "PlannedCareContIndicator": "N"}, 1),
        ({"attendance": None}, 0),
        ({"therapy": EMPLOYMENT}, 0),
        ({"therapy": f"{CBT} {EMPLOYMENT}"}, 0),
        ({"therapy": ""}, 1),
    ],
)
def test_a_session_is_attended_treatment_but_not_employment_support(contact, sessions):
    assert april().meet("2025-04-03", **contact).pathway().treatment_count == sessions


@pytest.mark.parametrize(
    ("when", "sessions"), [("2025-02-28", 0), ("2025-03-01", 1), ("2025-04-20", 1), ("2025-04-21", 0)]
)
def test_a_session_lies_inside_the_referral(when, sessions):
    assert april(ended="2025-04-20").meet(when).pathway().treatment_count == sessions


def test_the_second_session_can_be_on_the_day_of_the_first():
    practice = april().meet("2025-04-03").meet("2025-04-03").meet("2025-04-24")
    assert practice.values("M184", "M121", "M046") == (1, 1, 0)
    assert practice.pathway().second_wait == 0


@pytest.mark.parametrize(
    ("first", "bands"),
    [
        ("2025-04-02", (1, 0, 0, 0)),
        ("2025-04-01", (0, 1, 1, 0)),
        ("2025-01-30", (0, 1, 1, 0)),
        ("2025-01-29", (0, 0, 1, 1)),
    ],
)
def test_the_wait_for_a_second_session_turns_long_at_29_days(first, bands):
    practice = april("2025-01-01").meet(first).meet("2025-04-30")
    assert practice.values("M121", "M122", "M046", "M047") == bands


def test_a_log_is_a_session_on_its_first_day():
    practice = april(ended="2025-04-20").meet("2025-04-09").logged("2025-04-02", "2025-04-08")
    pathway = practice.pathway()
    assert pathway.sessions == [day("2025-04-02"), day("2025-04-09")]
    assert pathway.high_intensity == day("2025-04-02")
    assert practice.values("M076", "M343", "M108", "M119") == (1, 1, 1, 1)


def test_a_log_that_has_not_ended_is_no_session():
    assert april().logged("2025-04-28", "2025-05-04").pathway().sessions == []
    assert april().logged("2025-04-24", "2025-04-30").pathway().sessions == [day("2025-04-24")]


def test_a_log_that_begins_after_discharge_is_counted_as_a_log_only():
    practice = april(ended="2025-04-10").logged("2025-04-11", "2025-04-17")
    assert practice.values("M343", "M073") == (1, 1)


def test_seen_is_not_treated():
    practice = april(ended="2025-04-20").meet("2025-04-03", kind="01")
    assert practice.values("M073", "M074", "M075", "M153", "M028", "M023") == (0, 1, 0, 1, 0, 1)


def test_a_contact_counts_once_for_a_therapy_and_for_each_of_two():
    practice = april(ended="2025-04-20").meet("2025-04-03", therapy=f"{CBT} 228557008 {GUIDED_BOOK}")
    practice.meet("2025-04-10", therapy=f"{CBT}:408730004=64572001")
    assert practice.values("M110", "M090", "M113", "M112", "M120") == (2, 1, 2, 2, 1)


def three_finishers():
    """Two sessions in 10 days, three in 20, four in 60: waits of 2, 3 and 10 days."""
    practice = april(ended="2025-04-30").meet("2025-03-03").meet("2025-03-13")
    practice.refer("2025-03-01", "2025-04-30", referral="r2", patient="p2")
    for when in ("2025-03-04", "2025-03-10", "2025-03-24"):
        practice.meet(when, referral="r2")
    practice.refer("2025-02-01", "2025-04-30", referral="r3", patient="p3")
    for when in ("2025-02-11", "2025-02-20", "2025-03-20", "2025-04-12"):
        practice.meet(when, referral="r3")
    return practice


def test_days_between_sessions_are_a_ratio_of_sums():
    """(10 + 20 + 60) / (1 + 2 + 3), and not the mean of 10, 10 and 20."""
    assert three_finishers().values("M351") == (15,)


def test_figures_of_sessions():
    assert three_finishers().values("M089", "M141", "M142", "M143", "M144") == (9, 3, 3, 4, 2)


def test_figures_of_waits():
    assert three_finishers().values("M050", "M051", "M052", "M053") == (5, 3, 3, 100)


def test_a_median_of_two_lies_between_them():
    practice = april("2025-04-01").meet("2025-04-04")
    practice.refer("2025-04-01", referral="r2", patient="p2").meet("2025-04-11", referral="r2")
    assert practice.values("M048", "M049") == (Fraction(13, 2), Fraction(13, 2))


def test_without_finishers_a_sum_is_nothing_and_a_mean_is_unknown():
    assert april().values("M076", "M089", "M141", "M142", "M143", "M351", "M192") == (
        0,
        0,
        None,
        None,
        None,
        None,
        None,
    )


def test_minutes_of_logs_are_added_up_within_a_pathway():
    """20 + 40 for one, 30 for another; the third has no log."""
    practice = three_finishers()
    practice.logged("2025-03-03", "2025-03-09", 20).logged("2025-03-10", "2025-03-16", 40)
    practice.logged("2025-03-03", "2025-03-09", 30, referral="r2").logged("2025-03-10", "2025-03-16", referral="r3")
    assert practice.values("M1013", period=QUARTER) == (45,)


def test_integrated_contacts_leave_follow_ups_out():
    """Of three inside the referral one is integrated; a follow-up, and a contact after discharge, do not count."""
    practice = april("2025-04-03", "2025-04-20").meet("2025-04-03", IAPTLTCServiceInd="Y")
    practice.meet("2025-04-10", IAPTLTCServiceInd="N").meet("2025-04-20")
    practice.meet("2025-04-15", kind="06", IAPTLTCServiceInd="Y").meet("2025-04-21", IAPTLTCServiceInd="Y")
    practice.meet("2025-04-02", IAPTLTCServiceInd="Y").meet("2025-04-15", kind=None, IAPTLTCServiceInd="Y")
    assert practice.values("M1011", "M1012", period=QUARTER) == (Fraction(100, 3), 100)


def test_a_follow_up_is_no_integrated_contact():
    practice = april(ended="2025-04-20").meet("2025-04-03", kind="06", IAPTLTCServiceInd="Y")
    practice.meet("2025-04-04", kind=None, IAPTLTCServiceInd="Y").meet("2025-04-10", IAPTLTCServiceInd="N")
    assert practice.pathway().integrated_contact is None


def test_an_open_referral_is_idle_from_its_last_session():
    practice = april("2025-01-01").meet("2025-03-01")
    assert practice.values("M019", "M020", "M021", "M022") == (1, 0, 0, 0)
    assert april("2025-01-01").meet("2025-02-28").values("M019", "M020") == (0, 1)
    assert april("2025-01-01").values("M019", "M020", "M021", "M022") == (0, 0, 0, 0)


def test_waits_of_those_who_enter_treatment():
    practice = april("2025-03-19").meet("2025-04-30")
    assert practice.values("M031", "M032", "M033", "M034", "M035", "M036", "M037") == (1, 0, 1, 0, 0, 1, 1)


def test_the_medium_of_an_unlisted_code_is_unknown():
    practice = april().meet("2025-04-03", ConsMechanism="1").meet("2025-04-04", ConsMechanism="06").meet("2025-04-05")
    practice.meet("2025-04-06", attendance="3", ConsMechanism="01")
    assert practice.values("M1001", "M1009", "M082", "M084", "M086") == (1, 2, 4, 1, 3)
