"""Stages of treatment: runs of two or more contacts of one intensity, and the odd contacts around them."""

from datetime import date, timedelta

import pytest

from one_practice import CBT, COUNSELLING, GUIDED_BOOK, april, day
from oracle.stages import HIGH, LOW, Session, course, sessions, stages

START = date(2025, 3, 2)
THERAPY = {"H": CBT, "L": GUIDED_BOOK, "B": f"{CBT} {GUIDED_BOOK}", "-": COUNSELLING}
INTENSITY = {"H": HIGH, "L": LOW}


@pytest.mark.parametrize(
    ("sequence", "first", "second"),
    [
        ("", None, None),
        ("H", None, None),
        ("HL", None, None),
        ("HH", HIGH, None),
        ("HHH", HIGH, None),
        ("HHL", HIGH, None),
        ("LHH", HIGH, None),
        ("HLHH", None, None),
        ("LHLHH", None, None),
        ("HHLL", HIGH, LOW),
        ("LLHH", LOW, HIGH),
        ("HLLHH", LOW, HIGH),
        ("HHLHLL", HIGH, None),
        ("HHLHH", HIGH, HIGH),
        ("HHLHHLL", HIGH, HIGH),
        ("LLHHLL", LOW, HIGH),
    ],
)
def test_the_first_two_stages(sequence, first, second):
    found = stages([Session(START + timedelta(place), INTENSITY[letter]) for place, letter in enumerate(sequence)])
    assert (found.first and found.first.intensity, found.second and found.second.intensity) == (first, second)


def weekly(sequence, **cells):
    """A finished course: assessed on 2 March with the first session, then one contact a week."""
    practice = april("2025-03-01", "2025-04-30", **cells).meet("2025-03-02", kind="01", therapy="")
    for week, letter in enumerate(sequence):
        practice.meet(str(START + timedelta(weeks=week)), therapy=THERAPY[letter])
    return practice


def test_a_step_down_is_measured_from_the_last_of_one_stage_to_the_first_of_the_next():
    assert weekly("HHLL").values("M347", "M352", "M349", "M354", "M350", "M355") == (0, 1, 7, 1, None, 0)


def test_a_step_up():
    practice = weekly("LLHH")
    assert practice.values("M348", "M353", "M350", "M355", "M360", "M366", "M361") == (0, 1, 7, 1, 1, 100, 1)


def test_an_odd_contact_before_the_first_stage_keeps_its_date():
    """High intensity first on 2 March, but the course is low and then high: the wait is to the low."""
    practice = weekly("HLLHH")
    assert practice.values("M352", "M353", "M348", "M350") == (0, 1, 7, 7)


def test_a_contact_with_both_is_low_and_then_high():
    assert weekly("LBH").values("M353", "M355", "M350") == (1, 1, 0)


def test_a_contact_without_a_listed_therapy_is_passed_over():
    assert course(weekly("H-H").pathway()).first.end == day("2025-03-16")


def test_the_wait_to_high_intensity_is_to_counselling_too():
    """Counselling is on the list of the date, and not on that of the stages."""
    assert weekly("L-HH").values("M347", "M352", "M356", "M362") == (7, 1, 1, 100)


def test_a_log_is_high_intensity():
    practice = weekly("L").logged("2025-03-03", "2025-03-09").logged("2025-03-10", "2025-03-16")
    assert practice.values("M347", "M352") == (1, 1)


def test_a_log_stands_after_the_contacts_of_its_day():
    practice = weekly("LH").logged("2025-03-16", "2025-03-20").logged("2025-03-30", "2025-04-05")
    practice.meet("2025-03-16", therapy=GUIDED_BOOK, clock="23:00")
    assert [session.intensity for session in sessions(practice.pathway())] == [LOW, HIGH, LOW, HIGH, HIGH]


def test_contacts_of_one_day_go_by_the_clock():
    practice = weekly("H").meet("2025-04-01", therapy=GUIDED_BOOK, clock="15:00").meet("2025-04-01", clock="09:00")
    practice.meet("2025-04-02", therapy=GUIDED_BOOK)
    assert practice.values("M354", "M349") == (1, 0)


def test_a_course_treated_before_its_assessment_is_left_out():
    practice = april("2025-03-01", "2025-04-30").meet("2025-03-02").meet("2025-03-09").meet("2025-03-10", kind="01")
    assert practice.values("M352", "M347", "M362") == (0, None, None)


@pytest.mark.parametrize(
    ("days", "within"), [(28, (1, 1)), (29, (0, 1)), (90, (0, 1)), (91, (0, 0))], ids=["28", "29", "90", "91"]
)
def test_waits_are_within_28_or_90_days(days, within):
    """From the last low contact to the first high one; and from assessment to the first of either."""
    late = day("2025-01-08") + timedelta(days)
    start = {"received": "2025-01-01", "ended": "2025-04-30"}
    practice = april(**start).meet("2025-01-01", kind="01").meet("2025-01-01", therapy=GUIDED_BOOK)
    practice.meet("2025-01-08", therapy=GUIDED_BOOK).meet(str(late)).meet("2025-04-30")
    assert practice.values("M360", "M361") == within
    for therapy, measures in ((CBT, ("M356", "M358")), (GUIDED_BOOK, ("M357", "M359"))):
        practice = april(**start).meet("2025-01-08", kind="01").meet(str(late), therapy=therapy)
        assert practice.meet("2025-04-30", therapy=therapy).values(*measures) == within
