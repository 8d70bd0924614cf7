"""Finished courses gathered from grains and from the sheet of a practice"""

from dataclasses import replace

import numpy as np
import pytest

from caseness.audit.assumptions import read_shipped_assumptions
from caseness.audit.change import judge_change
from caseness.audit.change.from_grains import gather_courses
from caseness.audit.change.from_practice import gather_practice
from caseness.check import check
from caseness.derive import Options
from caseness.errors import NothingToAudit, UnknownName, UnreadableRecord
from caseness.periods import Period
from caseness.programme import load
from caseness.read.practice import read_practice
from derived_records import derive_submissions, submissions_of
from house.source_tree import ROOT
from small_practice import CREATED

ASSUMED = read_shipped_assumptions()
SHEET = ROOT / "tests" / "fixtures" / "practice" / "core10.csv"
# Begins as a case on PHQ-9 alone, 16 to 9, and stays at 7 on GAD-7: recovered and reliably improved.
REFERRALS = """
    month   | referral | patient | received   | ended
    2025-04 | R1       | P1      | 2025-04-01 | 2025-04-28
    2025-04 | R2       | P2      | 2025-04-01 | 2025-04-29
    2025-05 | R3       | P3      | 2025-05-01 | 2025-05-29
    2025-05 | R4       | P4      | 2025-05-01 | 2025-05-30
"""
CONTACTS = """
    month   | contact | referral | on         | type
    2025-04 | C1      | R1       | 2025-04-05 | 02
    2025-04 | C2      | R1       | 2025-04-12 | 02
    2025-04 | C3      | R2       | 2025-04-05 | 02
    2025-04 | C4      | R2       | 2025-04-12 | 02
    2025-05 | C5      | R3       | 2025-05-05 | 02
    2025-05 | C6      | R3       | 2025-05-12 | 02
    2025-05 | C7      | R4       | 2025-05-05 | 02
"""
SCORES = """
    month   | referral | tool | score | on
    2025-04 | R1       | phq9 | 16    | 2025-04-05
    2025-04 | R1       | phq9 | 9     | 2025-04-12
    2025-04 | R1       | gad7 | 7     | 2025-04-05
    2025-04 | R1       | gad7 | 7     | 2025-04-12
    2025-04 | R2       | phq9 | 12    | 2025-04-05
    2025-04 | R2       | phq9 | 7     | 2025-04-12
    2025-04 | R2       | gad7 | 9     | 2025-04-05
    2025-04 | R2       | gad7 | 6     | 2025-04-12
    2025-05 | R3       | phq9 | 18    | 2025-05-05
"""


@pytest.fixture
def grains(tmp_path):
    """Two courses that recovered in April, one of them by small steps; in May one without a last score, and one not finished."""

    def derive(options=None):
        given = submissions_of(referrals=REFERRALS, contacts=CONTACTS, scores=SCORES)
        return derive_submissions(tmp_path / "made", given, options or Options()).grains

    return derive


def test_the_official_counts_are_met_to_the_unit(grains):
    courses = gather_courses(grains(), "a record")
    judged = judge_change(courses, ASSUMED)
    pair = judged.outcomes[0]
    assert {one.id: (one.official, one.counted) for one in pair.figures} == {
        "M076": (3, 3), "M179": (0, 0), "M191": (2, 2), "M193": (1, 1), "M185": (1, 1), "M187": (1, 1), "M189": (0, 0),
    }  # fmt: skip
    assert pair.is_reproduced
    assert (judged.ended, judged.period, [one.id for one in judged.outcomes]) == (
        4,
        "2025-04 to 2025-05",
        ["pair", "phq9", "gad7"],
    )
    assert (pair.headline.recovered, pair.headline.judged, pair.headline.of_ended.value) == (2, 3, 50.0)


def test_the_flags_of_the_record_and_the_rule_applied_here_agree(grains):
    courses = gather_courses(grains(), "a record")
    plain = replace(courses, outcomes=tuple(replace(one, official=None) for one in courses.outcomes))
    flagged, applied = (judge_change(each, ASSUMED).outcomes[0].verdicts[:2] for each in (courses, plain))
    assert flagged == applied


def test_a_period_holds_the_courses_that_ended_in_it(grains):
    held = grains()
    april = gather_courses(held, "a record", Period.parse("2025-04"), ("phq9",))
    assert (april.ended, april.outcomes[0].size, [one.id for one in april.outcomes]) == (2, 2, ["pair", "phq9"])
    quarter = gather_courses(held, "a record", Period.parse("2025-26 Q1"))
    assert (quarter.ended, quarter.outcomes[0].size, quarter.notes) == (4, 3, ())
    figures = {one.id: one.official for one in quarter.outcomes[0].official.figures}
    assert (figures["M076"], figures["M191"]) == (3, 2)


def test_the_lines_are_those_that_the_record_was_derived_by(grains):
    courses = gather_courses(grains(Options(reliable_change="above")), "a record")
    assert str(courses.lines["phq9"].change) == "above 6"


def test_scores_of_all_sessions_are_laid_beside_their_courses(tmp_path):
    """R3 has one score and R4 did not finish; a course whose anxiety measure is GAD-7 has its scores of GAD-7."""
    given = submissions_of(referrals=REFERRALS, contacts=CONTACTS, scores=SCORES)
    held = derive_submissions(tmp_path / "made", given, scores=True).grains
    phq9, anxiety = gather_courses(held, "a record").outcomes[0].scores
    told = [
        sorted(zip(one.first[one.sessions.course].tolist(), one.sessions.score.tolist(), strict=True))
        for one in (phq9, anxiety)
    ]
    assert told == [[(12, 7), (12, 12), (16, 9), (16, 16), (18, 18)], [(7, 7), (7, 7), (9, 6), (9, 9)]]
    assert set(phq9.sessions.session) == {1.0, 2.0}
    empty = gather_courses(held, "a record", Period.parse("2025-06"))
    assert empty.outcomes[0].scores[0].sessions is None


def test_a_questionnaire_without_first_and_last_scores_is_refused(grains):
    with pytest.raises(UnknownName, match="phq9"):
        gather_courses(grains(), "a record", questionnaires=("wsas",))


@pytest.fixture
def practice(tmp_path):
    """Reads a sheet and checks it: told as text, or the one of the fixtures."""

    def read(text=None):
        path = SHEET
        if text is not None:
            path = tmp_path / "sheet.csv"
            path.write_text("\n".join(line.strip() for line in text.strip().splitlines()) + "\n")
        return check(read_practice(path, tmp_path / "record", CREATED)[0], "practice")

    return read


TWO = """
    row,client,date,attended,PHQ-9,GAD-7,CORE-10,ending
    session,A,2025-03-03,yes,16,9,22,
    session,A,2025-03-10,yes,12,8,15,
    session,A,2025-03-17,yes,8,5,10,
    ending,A,2025-03-17,,,,,planned
    session,B,2025-03-03,yes,14,,20,
    session,B,2025-03-10,no,,,,
    ending,B,2025-04-01,,,,,unplanned
    session,C,2025-03-03,yes,14,11,20,
"""


def test_a_sheet_is_judged_by_the_programme_that_shares_most_with_it(practice):
    """A has three sessions and an ending; B came once; C is not at an end."""
    courses = gather_practice(practice(TWO), "a sheet")
    assert (courses.programme, courses.ended) == (load("england").name, 2)
    assert [(one.id, one.size) for one in courses.outcomes] == [("pair", 1), ("core10", 1), ("gad7", 1), ("phq9", 1)]
    judged = judge_change(courses, ASSUMED)
    assert [one.id for one in judged.outcomes] == ["pair", "gad7", "phq9"]
    assert judged.outcomes[0].headline.recovered == 1
    assert "CORE-10 alone is not judged" in judged.notes[-1]


def test_a_sheet_with_core10_is_judged_by_its_own_programme(practice):
    courses = gather_practice(practice(TWO), "a sheet", questionnaires=("CORE-10",))
    assert courses.programme == load("core10_practice").name
    (outcome,) = courses.outcomes
    assert (outcome.label, outcome.scores[0].first.tolist(), outcome.scores[0].last.tolist()) == (
        "CORE-10",
        [22.0],
        [10.0],
    )
    assert outcome.scores[0].sessions.score.tolist() == [22.0, 15.0, 10.0]


def test_endings_are_placed_in_a_period(practice):
    held = practice(TWO)
    assert gather_practice(held, "a sheet", Period.parse("2025-03")).ended == 1
    with pytest.raises(NothingToAudit, match="0 finished courses"):
        gather_practice(held, "a sheet", Period.parse("2025-04"))


def test_another_programme_can_be_asked_for(practice):
    courses = gather_practice(practice(TWO), "a sheet", programme=load("norway"))
    assert courses.programme == load("norway").name
    assert (str(courses.lines["phq9"].case), courses.lines["phq9"].change) == ("at or above 10", None)


def test_the_sheet_of_the_fixtures_is_judged(practice):
    judged = judge_change(gather_practice(practice(), "a sheet"), ASSUMED)
    (outcome,) = judged.outcomes
    assert (outcome.id, outcome.headline.label) == ("core10", "The programme: recovery")
    assert outcome.courses >= outcome.paired > 1
    assert not np.isnan(outcome.headline.rate.value)


def test_monthly_submissions_are_no_sheet(practice, tmp_path):
    held = practice(TWO)
    twice = replace(held, record=replace(held.record, submissions=held.record.submissions * 2))
    with pytest.raises(UnreadableRecord, match="2 submissions"):
        gather_practice(twice, "a record")


def test_a_score_that_is_no_total_of_its_questionnaire_is_left_out(practice):
    given = TWO.replace("session,A,2025-03-17,yes,8,5,10,", "session,A,2025-03-17,yes,,5,,")
    courses = gather_practice(practice(given), "a sheet", questionnaires=("core10",))
    assert courses.outcomes[0].scores[0].last.tolist() == [15.0]
