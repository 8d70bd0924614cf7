"""The scores of a course: which count, in which order, and what is drawn beside them"""

import pytest

from case_records import scored
from spec.casebook.conftest import totals


def test_scores_stand_by_day_and_time_and_not_by_row(course):
    """The order of rows in a record means nothing."""
    scores = """
        month   | referral | tool | score | on         | at
        2025-05 | R1       | phq9 | 9     | 2025-05-03 | 10:00:00
        2025-04 | R1       | phq9 | 18    | 2025-04-02 | 17:00:00
        2025-04 | R1       | phq9 | 20    | 2025-04-02 | 09:00:00
    """
    case = course(scores=scores)
    assert totals(case) == [(1, 20), (1, 18), (32, 9)]
    assert case.measured[0].change.improved_by == 11


def test_a_score_that_the_record_holds_twice_is_there_once(course):
    """Two activities of one contact often bear the same score."""
    twice = [*scored(14), *scored(14)]
    assert totals(course(contact_scores=twice)) == [(6, 14)]


def test_a_score_outside_its_scale_is_left_out_with_the_reason(course):
    case = course(contact_scores=scored(14, 28, 10))
    assert totals(case) == [(6, 14), (20, 10)]
    assert [(one.day, one.questionnaire, one.why) for one in case.left_out] == [
        (13, "PHQ-9", "a value that the questionnaire cannot give")
    ]


def test_a_score_from_before_the_referral_or_of_a_missed_contact_is_left_out(course):
    contacts = """
        month   | contact | referral | on         | type | attended
        2025-04 | C1      | R1       | 2025-04-07 | 02   | 3
        2025-04 | C2      | R1       | 2025-04-14 | 02   | 5
    """
    scores = "month | referral | tool | score | on\n2025-04 | R1 | phq9 | 20 | 2025-03-31"
    case = course(contacts=contacts, contact_scores=scored(14, 12), scores=scores)
    assert totals(case) == [(13, 12)]
    assert {one.why for one in case.left_out} == {"given before the referral", "in a contact that was not attended"}


def test_a_score_after_the_end_is_shown_and_is_no_part_of_the_change(course):
    scores = "month | referral | tool | score | on\n2025-06 | R1 | phq9 | 2 | 2025-06-25"
    measured = course(contact_scores=scored(14, 12), scores=scores).measured[0]
    assert [one.is_after_end for one in measured.scores] == [False, False, True]
    assert measured.change.improved_by == 2
    assert measured.best.total == 12


def test_sessions_are_days_of_treatment_from_the_first_score(course):
    """Session 1 is that of the first score, as signals count it."""
    measured = course(contact_scores=scored(None, 14, None, 12)).measured[0]
    assert [one.session for one in measured.scores] == [1, 3]


def test_the_total_of_wsas_comes_from_the_items_of_one_day(course):
    items = ("932621000000100", "932581000000100", "932611000000106", "932591000000103", "932601000000109")
    given = [{"month": "2025-04", "activity": "A1", "tool": code, "score": "4"} for code in items]
    assert totals(course(contact_scores=given)) == [(6, 20)]
    assert not course(contact_scores=given[1:]).measured


def test_where_high_is_good_a_fall_is_worse(course):
    """The direction of a scale is the questionnaire's own."""
    given = [{**each, "tool": "caseness:ors"} for each in scored(20, 14)]
    measured = course(contact_scores=given).measured[0]
    assert measured.change.improved_by == -6
    assert (measured.best.total, measured.worst.total) == (20, 14)


def test_a_line_that_is_not_verified_is_not_drawn_and_says_why(course):
    given = [{**each, "tool": "caseness:ors"} for each in scored(20, 14)]
    measured = course(contact_scores=given).measured[0]
    assert (measured.lines.caseness, measured.lines.improved, measured.change.outcome) == (None, None, None)
    assert all("is not verified" in note for note in measured.lines.notes)


@pytest.mark.parametrize(
    ("last", "outcome"), [(10, "reliable improvement"), (11, "no reliable change"), (22, "reliable deterioration")]
)
def test_the_change_is_judged_by_the_lines_of_the_programme(course, last, outcome):
    assert course(contact_scores=scored(16, last)).measured[0].change.outcome == outcome


def test_one_score_tells_of_no_change(course):
    measured = course(contact_scores=scored(16)).measured[0]
    assert (measured.change.outcome, measured.ended_as_case) == (None, None)
    assert measured.began_as_case is True


def test_a_questionnaire_that_is_not_known_is_said_to_be(course):
    given = [{**each, "tool": "111111111"} for each in scored(5)]
    assert [one.why for one in course(contact_scores=given).left_out] == ["a questionnaire that is not known here"]
