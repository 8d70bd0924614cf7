"""Blanks: nothing has checked the rows of a case, so any cell may be blank"""

import pytest

from case_records import REFERRALS, scored, watched
from caseness.casebook import tell_case, write_markdown
from caseness.errors import UnclearCase
from spec.casebook.conftest import totals

BLANK = {
    "contacts": "month | contact | referral | on | type\n2025-04 | C1 | R1 | | 02\n2025-04 | C2 | R1 | 2025-04-14 | ",
    "activities": "month | activity | contact\n2025-04 | A1 | C1\n2025-04 | A2 | C2",
    "contact_scores": [*scored(14, 12), {"month": "2025-04", "activity": "A2", "tool": "gad7", "score": ""}],
    "scores": "month | referral | tool | score | on\n2025-04 | R1 | phq9 | 9 |",
    "reviews": "month | referral | on | kind\n2025-06 | R1 | | planned\n2025-06 | R1 | 2025-06-20 | ",
    "goals": "month | referral | goal | rating | on\n2025-04 | R1 | G1 | | 2025-04-07",
    "alliance": "month | referral | tool | score | on\n2025-04 | R1 | srs | | 2025-04-07\n2025-04 | R1 | srs | ² | 2025-04-07",
    "life": "month | referral | kind | on\n2025-05 | R1 | loss | ",
    "work": "month | patient | status | recorded\n2025-04 | P1 | 02 |",
}  # fmt: skip


def test_a_row_that_cannot_be_placed_is_left_out_and_counted(course):
    case = course(**BLANK)
    assert totals(case) == [(13, 12)]
    assert [one.purpose for one in case.meetings] == [""]
    assert (case.goals, case.alliance, len(case.ending.reviews)) == ((), (), 1)
    assert "Rows of this course that lack their day, or what they are of, and are not shown: 5." in case.remarks


def test_what_has_no_day_is_told_without_one(course):
    assert [(one.day, one.what) for one in course(**BLANK).life] == [
        (None, "Unemployed, and looking for work"),
        (None, "Loss or bereavement"),
    ]


def test_a_case_of_blanks_can_be_told(course):
    assert "nothing recorded" in write_markdown(tell_case(course(**BLANK)))


def test_a_course_without_a_first_day_is_not_shown(course):
    with pytest.raises(UnclearCase, match="no day on which it was received"):
        course(referrals=REFERRALS.replace("2025-04-01", "          "))


def test_blanks_stop_neither_signals_nor_the_official_measures(tmp_path):
    case = watched(tmp_path / "record", **BLANK)
    assert case.official.claims
    assert case.signals is not None
