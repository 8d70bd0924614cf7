"""Every score at its session"""

REFERRALS = """
    month   | referral | received   | ended
    2025-04 | R1       | 2025-04-01 |
    2025-05 | R1       | 2025-04-01 | 2025-05-20
"""
CONTACTS = """
    month   | contact | referral | on         | attended | type
    2025-04 | C1      | R1       | 2025-04-05 | 5        | 01
    2025-04 | C2      | R1       | 2025-04-12 | 5        | 02
    2025-04 | C3      | R1       | 2025-04-19 | 3        | 02
    2025-04 | C4      | R1       | 2025-04-26 | 5        | 02
    2025-05 | C5      | R1       | 2025-05-03 | 5        | 02
    2025-05 | C6      | R1       | 2025-05-03 | 6        | 02
    2025-05 | C7      | R1       | 2025-05-10 | 5        | 02
"""
ACTIVITIES = """
    month   | activity | contact | therapy
    2025-04 | A1       | C1      |
    2025-04 | A2       | C2      | book
    2025-04 | A4       | C4      | support
    2025-05 | A5       | C5      | book
    2025-05 | A7       | C7      | cbt
"""
SCORES = """
    month   | activity | tool | score
    2025-04 | A1       | phq9 | 18
    2025-04 | A2       | phq9 | 15
    2025-05 | A5       | phq9 | 12
    2025-05 | A7       | phq9 | 8
    2025-04 | A2       | gad7 | 11
"""
BETWEEN = "month | referral | tool | score | on\n2025-04 | R1 | phq9 | 14 | 2025-04-20"


def _scores(derived, *columns, **where):
    tables = {"contacts": CONTACTS, "activities": ACTIVITIES, "contact_scores": SCORES, "scores": BETWEEN}
    return derived(referrals=REFERRALS, scored=True, **tables).rows("score", *columns, **where)


def test_a_score_is_there_once_however_many_months_it_was_known(derived):
    """All rows are of the last month in which the referral was submitted."""
    found = _scores(derived, "month", "tool", "score_number", "score")
    assert {str(month) for month, *_ in found} == {"2025-05-01"}
    assert [each[1:] for each in found] == [
        ("gad7", 1, 11.0), ("phq9", 1, 18.0), ("phq9", 2, 15.0), ("phq9", 3, 14.0), ("phq9", 4, 12.0), ("phq9", 5, 8.0),
    ]  # fmt: skip


def test_sessions_are_days_with_treatment_after_the_first_score(derived):
    """A missed contact and one for employment support are none, and two on one day are one.

    A score that was taken between sessions is of the session before it.
    """
    found = _scores(derived, "score_number", "score_session", "days_from_first_score", tool="phq9")
    assert found == [(1, 1, 0), (2, 2, 7), (3, 2, 15), (4, 3, 28), (5, 4, 35)]
    assert _scores(derived, "score_session", tool="gad7") == [(1,)]


def test_intensity_is_that_of_the_therapy_up_to_the_score_and_of_the_course(derived):
    """Before any listed therapy it is not known. Where there was some of both, it has changed."""
    found = _scores(derived, "score_number", "intensity_so_far", "course_intensity", tool="phq9")
    assert [each[1] for each in found] == [None, "low", "low", "low", "changed"]
    assert {each[2] for each in found} == {"changed"}


def test_a_score_says_whose_it_is_and_how_the_course_ended(derived):
    columns = ("provider", "commissioner", "discharge_date", "completed_treatment", "treatment_contacts", "gender")
    (found,) = _scores(derived, *columns, tool="gad7")
    assert (found[0], found[1], str(found[2]), *found[3:]) == ("ZZ9", "99Z", "2025-05-20", True, 4, "2")


def test_a_referral_without_any_treatment_has_its_scores_at_session_one(derived):
    open_referral = "month | referral | received\n2025-04 | R1 | 2025-04-01"
    scores = "month | referral | tool | score | on\n2025-04 | R1 | phq9 | 14 | 2025-04-20\n2025-04 | R1 | phq9 | 9 | 2025-04-22"
    found = derived(referrals=open_referral, scores=scores, scored=True)
    columns = ("score_number", "score_session", "course_intensity", "completed_treatment", "treatment_contacts")
    assert found.rows("score", *columns) == [(1, 1, None, False, 0), (2, 1, None, False, 0)]
