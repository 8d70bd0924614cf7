"""Courses out of a record: what norms are fitted to, and what is looked at"""

from datetime import date

import pytest

from caseness.derive import open_grains
from caseness.errors import UnknownName, UnreadableInput
from caseness.feedback.reading import choose_tools, cohorts, open_courses
from caseness.feedback.rules import read_rules
from derived_records import derive_submissions, submissions_of

RULES = read_rules()
REFERRALS = """
    month   | referral | patient | received   | ended      | end_code
    2025-04 | R1       | P1      | 2025-04-01 | 2025-04-28 | 46
    2025-04 | R2       | P2      | 2025-04-01 | 2025-04-28 | 47
    2025-04 | R3       | P3      | 2025-04-01 | 2025-04-28 | 50
    2025-04 | R4       | P4      | 2025-04-01 |            |
    2025-04 | R5       | P5      | 2025-04-01 |            |
    2025-05 | R4       | P4      | 2025-04-01 |            |
"""
PEOPLE = """
    month   | patient | born       | gender
    2025-04 | P1      | 2007-01-01 | 1
    2025-04 | P2      | 1980-01-01 | 2
    2025-04 | P3      | 1950-01-01 |
    2025-04 | P4      | 1980-01-01 | 2
    2025-05 | P4      | 1980-01-01 | 2
"""
CONTACTS = """
    month   | contact | referral | on         | type | attended
    2025-04 | C1      | R1       | 2025-04-02 | 01   | 5
    2025-04 | C2      | R1       | 2025-04-09 | 02   | 5
    2025-04 | C3      | R1       | 2025-04-16 | 02   | 5
    2025-04 | C4      | R2       | 2025-04-02 | 03   | 5
    2025-04 | C5      | R2       | 2025-04-09 | 02   | 5
    2025-04 | C6      | R2       | 2025-04-16 | 02   | 5
    2025-04 | C7      | R3       | 2025-04-02 | 01   | 5
    2025-04 | C8      | R4       | 2025-04-02 | 03   | 5
    2025-05 | C9      | R4       | 2025-05-07 | 02   | 7
    2025-05 | C10     | R4       | 2025-05-14 | 02   |
    2025-05 | C11     | R4       | 2025-05-21 | 02   | 5
    2025-05 | C12     | R4       | 2025-05-28 | 06   | 3
"""
ACTIVITIES = """
    month   | activity | contact | therapy
    2025-04 | A1       | C1      |
    2025-04 | A2       | C2      | book
    2025-04 | A3       | C3      | cbt
    2025-04 | A4       | C4      | cbt
    2025-04 | A5       | C5      | cbt
    2025-04 | A6       | C6      | cbt
    2025-04 | A7       | C7      |
    2025-04 | A8       | C8      | book
    2025-05 | A11      | C11     | book
"""
SCORES = """
    month   | activity | tool | score
    2025-04 | A1       | phq9 | 18
    2025-04 | A1       | wsas_work | 5
    2025-04 | A2       | phq9 | 15
    2025-04 | A3       | phq9 | 9
    2025-04 | A4       | phq9 | 20
    2025-04 | A5       | phq9 | 17
    2025-04 | A6       | phq9 | 19
    2025-04 | A7       | phq9 | 12
    2025-04 | A8       | phq9 | 21
    2025-05 | A11      | phq9 | 19
"""


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    folder = tmp_path_factory.mktemp("record")
    given = submissions_of(
        referrals=REFERRALS, people=PEOPLE, contacts=CONTACTS, activities=ACTIVITIES, contact_scores=SCORES
    )
    return derive_submissions(folder, given, scores=True).grains


@pytest.fixture(scope="module")
def found(record):
    return {one.intensity: one for one in cohorts(record, RULES, choose_tools(["phq9"]))}


def scores(cohort):
    held = cohort.courses
    return [(int(c), int(s), float(y)) for c, s, y in zip(held.course, held.session, held.score, strict=True)]


def test_low_and_high_are_apart_and_a_change_ends_what_is_lent(found):
    """R1 had self-help and then CBT: its first two sessions are of low intensity, and its third of neither."""
    assert set(found) == {"low", "high"}
    assert scores(found["low"]) == [(0, 1, 18), (0, 2, 15), (1, 1, 21), (1, 2, 19)]
    assert scores(found["high"]) == [(0, 1, 20), (0, 2, 17), (0, 3, 19)]
    assert found["low"].is_whole.tolist() == [False, True]


def test_the_outcome_is_that_of_the_whole_course(found):
    """R1 ended at 9 whatever intensity that was in. R4 is open, and has no outcome."""
    assert found["low"].last.tolist() == [9, 19]
    assert found["low"].is_finished.tolist() == [True, False]
    assert found["low"].outcomes()["not reliably improved"].tolist()[0] == 0
    assert found["high"].left_early.tolist() == [1]
    assert str(found["low"].left_early.tolist()) == "[0.0, nan]"


def test_groups_are_told_in_words(found):
    assert found["low"].groups["age"].tolist() == ["18 to 25", "36 to 45"]
    assert found["low"].groups["gender"].tolist() == ["male", "female"]


def test_where_no_intensity_is_told_all_courses_are_one_group(tmp_path):
    """Somebody whose age and gender are blank is in a group of that name."""
    referrals = "month | referral | patient | received | ended\n2025-04 | R1 | P9 | 2025-04-01 |"
    people = "month | patient | born | gender\n2025-04 | P9 | |"
    scored = "month | referral | tool | score | on\n2025-04 | R1 | phq9 | 14 | 2025-04-20"
    given = submissions_of(referrals=referrals, people=people, scores=scored)
    (found,) = cohorts(derive_submissions(tmp_path, given, scores=True).grains, RULES)
    assert (found.intensity, found.size) == ("unknown", 1)
    assert [values.tolist() for values in found.groups.values()] == [["not known"], ["not known"]]


def test_open_courses_are_those_of_the_last_month(record):
    """R5 was not sent again, so nobody knows of it."""
    (found,) = open_courses(record)
    assert (found.instrument_id, found.intensity, found.as_of) == ("phq9", "low", date(2025, 5, 31))
    assert [(one.session, str(one.day), one.total) for one in found.scores] == [
        (1, "2025-04-02", 21.0),
        (2, "2025-05-21", 19.0),
    ]
    assert [(str(one.day), one.attended, one.kind) for one in found.contacts] == [
        ("2025-04-02", True, "treatment"),
        ("2025-05-07", False, "treatment"),
        ("2025-05-14", None, "treatment"),
        ("2025-05-21", True, "treatment"),
        ("2025-05-28", False, "follow-up"),
    ]
    assert found.is_open


def test_grains_without_scores_are_refused(tmp_path):
    derive_submissions(tmp_path, submissions_of(referrals=REFERRALS))
    grains = open_grains(tmp_path / "grains")
    with pytest.raises(UnreadableInput, match="derived without the grain of scores"):
        open_courses(grains)
    with pytest.raises(UnreadableInput, match="caseness derive --scores"):
        list(cohorts(grains, RULES))


def test_questionnaires_are_chosen_by_any_of_their_names():
    assert [one.name for one in choose_tools(["ocd", "OCI", "GAD-7"])] == ["ocd", "ocd", "gad7"]
    with pytest.raises(UnknownName, match="no questionnaire 'phq99'"):
        choose_tools(["phq99"])
    with pytest.raises(UnknownName, match="with derived scores 'CORE-10'"):
        choose_tools(["CORE-10"])
