"""Turning points: sudden gains and losses in one course"""

from case_records import CONTACTS, scored


def points(case):
    return [(one.day_before, one.day, one.is_gain, one.is_reversed) for one in case.measured[0].turning_points]


def test_a_large_fall_that_lasts_is_a_sudden_gain(course):
    assert points(course(contact_scores=scored(20, 21, 20, 8, 7, 8))) == [(20, 27, True, False)]


def test_a_large_rise_that_lasts_is_a_sudden_loss(course):
    assert points(course(contact_scores=scored(8, 7, 8, 20, 21, 20))) == [(20, 27, False, False)]


def test_a_gain_of_which_more_than_half_is_lost_later_is_marked(course):
    assert points(course(contact_scores=scored(20, 21, 20, 8, 7, 8, 15))) == [(20, 27, True, True)]


def test_no_step_is_judged_across_a_session_without_a_score(course):
    """Between 20 and 8 lies a session of which nothing is known."""
    assert points(course(contact_scores=scored(20, 21, 20, None, 8, 7, 8))) == []


def test_a_score_that_was_sent_the_day_before_stands_for_the_next_session(course):
    """It is the score of that session, and no session is missing."""
    ahead = "month | referral | tool | score | on\n2025-04 | R1 | phq9 | 8 | 2025-04-27"
    case = course(contact_scores=scored(20, 21, 20, None, 7, 8), scores=ahead)
    assert points(case) == [(20, 26, True, False)]


def test_a_contact_for_something_else_is_no_session_without_a_score(course):
    """No score is expected of employment support."""
    contacts = [*CONTACTS, {"month": "2025-04", "contact": "E1", "referral": "R1", "on": "2025-04-24", "type": "10"}]
    assert points(course(contacts=contacts, contact_scores=scored(20, 21, 20, 8, 7, 8))) == [(20, 27, True, False)]


def test_where_high_is_good_a_rise_is_a_gain(course):
    given = [{**each, "tool": "caseness:ors"} for each in scored(12, 11, 12, 26, 27, 26)]
    assert points(course(contact_scores=given)) == [(20, 27, True, False)]


def test_too_few_scores_are_not_judged_and_that_is_counted(course):
    measured = course(contact_scores=scored(20, 8)).measured[0]
    assert (measured.turning_points, measured.steps_judged) == ((), 0)
    assert course(contact_scores=scored(20)).measured[0].steps_judged == 0
