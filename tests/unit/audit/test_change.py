"""Courses under every definition of change: what each says, what it lacks, and how far the headline moves"""

from dataclasses import replace

import numpy as np
import pytest

from caseness.audit.assumptions import read_shipped_assumptions
from caseness.audit.change import DEFINITIONS, Lines, SessionScores, find_definition, judge_change
from caseness.errors import NothingToAudit, UnknownName
from judged_courses import NONE, courses_of, many, scores_of
from made_up_courses import courses as made_up_courses

ASSUMED = read_shipped_assumptions()


def judge(courses, **how):
    return judge_change(courses, ASSUMED, **how).outcomes[0]


def verdicts(outcome):
    return {one.definition: one for one in outcome.verdicts}


def why_not(outcome):
    return {one.definition: one.why for one in outcome.not_judged}


@pytest.fixture
def generator():
    return np.random.default_rng(3)


def test_the_programmes_rule_counts_by_hand():
    """PHQ-9: a case at 10, reliable from 6. Recovered, improved, a small recovery, unchanged, deteriorated, below, unknown."""
    first = [20, 20, 10, 15, 12, 9, 14]
    last = [9, 14, 9, 12, 18, 3, NONE]
    one = verdicts(judge(courses_of(scores_of("phq9", first, last), ended=20)))
    plain, reliable = one["programme"], one["programme-reliable"]
    assert (plain.judged, plain.began_below, plain.unknown) == (7, 1, 1)
    assert (plain.recovered, plain.improved, plain.unchanged, plain.deteriorated) == (2, 3, 2, 1)
    assert (plain.rate.value, plain.of_ended.value) == pytest.approx((100 * 2 / 6, 10.0))
    assert (reliable.recovered, reliable.lost, reliable.gained, reliable.differently) == (1, 1, 0, 1)
    assert reliable.points.value == pytest.approx(-100 / 6)


def test_the_interval_is_that_of_wilson():
    one = verdicts(judge(courses_of(scores_of("phq9", [20] * 20, [5] * 15 + [20] * 5))))["programme"]
    assert (one.rate.low, one.rate.high) == pytest.approx((53.13, 88.81), abs=0.01)


def test_two_questionnaires_are_judged_together_as_the_programme_does():
    """A case on either; recovered below both; improved on one and worse on none; without a second score unknown."""
    phq9 = scores_of("phq9", [15, 15, 9, 15, 9, 15], [5, 5, 5, 5, 9, 9])
    gad7 = scores_of("gad7", [12, 12, 12, 5, 5, NONE], [4, 9, 4, 9, 5, NONE])
    one = verdicts(judge(courses_of(phq9, gad7)))["programme"]
    assert (one.recovered, one.began_below) == (2, 1)
    assert (one.improved, one.unchanged, one.deteriorated, one.unknown) == (3, 2, 0, 1)


def test_what_somebody_began_with_decides_and_not_the_order_of_questionnaires():
    phq9, gad7 = scores_of("phq9", [15, 15], [5, 12]), scores_of("gad7", [12, 12], [4, 12])
    one, other = (verdicts(judge(courses_of(*each))) for each in ((phq9, gad7), (gad7, phq9)))
    assert one["programme"] == other["programme"]


def test_every_definition_is_judged_or_says_why_not(generator):
    outcome = judge(courses_of(many(generator)))
    told = [one.definition for one in outcome.verdicts] + [one.definition for one in outcome.not_judged]
    assert sorted(told) == sorted(one.id for one in DEFINITIONS)
    assert why_not(outcome) == {
        "own-slopes": "the scores of all sessions are not at hand: derive with --scores (PHQ-9)"
    }


def test_nothing_stands_in_for_a_norm_that_is_not_there(generator):
    """OCI has an official cut-off and no norms, so only definitions without norms are computed."""
    outcome = judge(courses_of(many(generator, name="oci")))
    assert set(verdicts(outcome)) == {"programme", "programme-reliable", "part"}
    assert why_not(outcome)["jt-alpha"] == "no verified Cronbach's alpha is at hand (OCI)"
    assert why_not(outcome)["noticed-part"] == "what patients notice was not found (OCI)"


def test_a_norm_that_was_not_verified_is_used_only_where_it_is_asked_for(generator):
    changes = judge_change(courses_of(many(generator, name="gad7")), ASSUMED).smallest_changes
    more = judge_change(courses_of(many(generator, name="gad7")), ASSUMED, with_unverified=True).smallest_changes
    assert [one.value for one in changes] == [0.89, 0.87]
    assert all(one.verified for one in changes)
    told = {(one.value, one.verified): round(one.change, 1) for one in more}
    assert told[0.92, False] == 4.0
    assert told[0.83, False] == 5.8


def test_the_thresholds_of_phq9_move_with_the_reliability_as_the_literature_has_it(generator):
    """A deviation of 5.7: 5.24 by internal consistency, 6.3 by test and retest (outcome-science.md, B1)."""
    found = judge_change(courses_of(many(generator)), ASSUMED, with_unverified=True).smallest_changes
    told = {one.value: (round(one.change, 2), one.deviation) for one in found}
    assert told[0.89] == (5.24, 5.7)
    assert told[0.84] == (6.32, 5.7)


def test_few_courses_are_not_compared_with_themselves():
    outcome = judge(courses_of(scores_of("core10", [24, 20, 15], [10, 8, 14])))
    assert {"jt-alpha", "jt-alpha-a", "jt-alpha-b", "jt-alpha-c", "part"} <= set(verdicts(outcome))
    assert why_not(outcome)["gln-alpha"] == "fewer than 30 courses have two scores (CORE-10)"


def test_cut_offs_rest_on_published_norms_where_there_are_any():
    """CORE-10: a is 19.7 - 2 x 7.7 = 4.3, b is 4.7 + 2 x 4.8 = 14.3."""
    one = verdicts(judge(courses_of(scores_of("core10", [25, 25, 25], [4, 5, 14]))))
    assert (one["jt-alpha-a"].recovered, one["jt-alpha-b"].recovered, one["jt-alpha"].recovered) == (1, 3, 2)


def test_norms_of_women_and_men_are_joined_by_an_assumption(generator):
    """PHQ-9: b is 2.9 + 2 x 3.506 = 9.91, so 10 is clinical; with women alone it is 10.1, and 10 is not."""
    scores = many(generator)
    ten = replace(scores, last=np.where(scores.last < 10, 10.0, scores.last))
    one = verdicts(judge(courses_of(ten)))["jt-alpha-b"]
    women = replace(
        ASSUMED,
        numbers=tuple(replace(each, value=100) if each.id == "change.women" else each for each in ASSUMED.numbers),
    )
    other = verdicts(judge_change(courses_of(ten), women).outcomes[0])["jt-alpha-b"]
    assert one.recovered == 0 < other.recovered


def test_a_definition_is_asked_only_of_those_whose_questionnaire_has_what_it_needs(generator):
    phq9, gad7 = many(generator, 60), many(generator, 60, "gad7")
    mixed = replace(gad7, instrument=np.where(np.arange(60) < 10, "oci", "gad7"))
    found = verdicts(judge(courses_of(phq9, mixed, ended=100)))
    one = found["jt-alpha"]
    assert (one.judged, found["programme"].judged) == (50, 60)
    assert one.note == "Not asked of 10 of 60 courses: no verified Cronbach's alpha is at hand (OCI)."
    assert one.of_ended.value == pytest.approx(100 * one.recovered / 90)
    assert found["programme"].note == ""


def test_percentages_mean_nothing_on_a_scale_that_does_not_begin_at_nought(generator):
    outcome = judge(courses_of(scores_of("mobility_inventory_alone", [3.0, 2.5], [2.0, 2.4])))
    assert why_not(outcome)["part"] == "a percentage means nothing on its scale (MI alone)"


def test_where_change_is_all_error_or_scores_are_alike_it_is_said():
    alike = judge(courses_of(scores_of("phq9", [12] * 40, [10] * 40)))
    assert why_not(alike)["gln-alpha"] == "all first scores are the same (PHQ-9)"
    first = np.tile([8.0, 12, 16, 20], 10)
    steady = judge(courses_of(scores_of("phq9", first, first - np.tile([1, 0, 1, 0], 10))))
    assert why_not(steady)["ha-alpha"] == "its change in this record is no more than error (PHQ-9)"
    narrow = judge(courses_of(scores_of("phq9", np.tile([2.0, 10, 18, 26], 10), np.tile([20.0, 3, 9, 1], 10))))
    assert "scatters no more than the error" in why_not(narrow)["ha-retest-true"]


def test_last_scores_without_any_scatter_have_no_true_cut_off():
    first = np.tile([8.0, 14, 20, 26], 10)
    outcome = judge(courses_of(scores_of("phq9", first, np.tile([3.0, 4.0], 20))))
    assert why_not(outcome)["ha-alpha-true"] == "last scores in this record scatter no more than their error (PHQ-9)"


def test_own_slopes_are_judged_where_all_sessions_are_at_hand(generator):
    """A falling slope is an improvement, the mean fall included; with two scores a slope is not told."""
    person, time, score, *_ = made_up_courses(generator, 200)
    sessions = SessionScores(person, np.exp(time).round(), np.clip(score, 0, 27))
    first = np.array([sessions.score[person == one][0] for one in range(200)])
    last = np.array([sessions.score[person == one][-1] for one in range(200)])
    one = verdicts(judge(courses_of(scores_of("phq9", first, last, sessions))))["own-slopes"]
    counts = np.bincount(person)
    assert one.unknown == (counts < 3).sum()
    assert one.improved > 100 > 10 > one.deteriorated


def test_sessions_that_are_too_few_for_a_model_are_said_to_be():
    few = SessionScores(np.array([0, 0, 0, 1, 1]), np.array([1.0, 2, 3, 1, 2]), np.array([12.0, 9, 8, 14, 10]))
    outcome = judge(courses_of(scores_of("phq9", [12, 14], [8, 10], few)))
    assert why_not(outcome)["own-slopes"] == "fewer than 30 courses have three scores (PHQ-9)"


def test_a_model_that_cannot_be_fitted_is_said_not_to_be():
    """All scores were taken in one session, so there is no change to be told from level."""
    course = np.repeat(np.arange(40), 3)
    held = SessionScores(course, np.ones(120), np.tile([12.0, 10, 8], 40))
    outcome = judge(courses_of(scores_of("phq9", [12] * 40, [8] * 40, held)))
    assert why_not(outcome)["own-slopes"] == "a mixed model cannot be fitted to its sessions (PHQ-9)"


def test_two_definitions_are_set_against_each_other(generator):
    outcome = judge(courses_of(many(generator)), between=("programme", "jt-retest"))
    found = outcome.agreement
    assert (found.first, found.second, found.total) == ("programme", "jt-retest", 200)
    assert found.differing == verdicts(outcome)["jt-retest"].differently
    assert found.classes == ("Recovered", "Improved", "Unchanged", "Deteriorated", "Unknown")


def test_a_definition_that_was_not_computed_cannot_be_set_against_another():
    outcome = judge(courses_of(scores_of("core10", [24, 20], [10, 8])), between=("programme", "gln-alpha"))
    assert outcome.agreement is None
    assert "fewer than 30 courses" in outcome.notes[-1]
    with pytest.raises(UnknownName, match="programme-reliable"):
        find_definition("programm")


def test_recoveries_that_are_no_improvement_are_counted_and_those_that_are_worse():
    """PHQ-9 fell from 10 to 9, and GAD-7 rose from 3 to 7: recovered and deteriorated at once."""
    outcome = judge(courses_of(scores_of("phq9", [10, 20], [9, 5]), scores_of("gad7", [3, 12], [7, 4])))
    assert outcome.notes[0].startswith("Under the programme's rule 1 course is recovered and reliably deteriorated")
    assert outcome.notes[1] == "1 of its recoveries is no reliable improvement."


def test_where_a_programme_has_no_rule_there_is_no_headline():
    courses = courses_of(scores_of("phq9", [20], [5]))
    with pytest.raises(NothingToAudit, match="no headline"):
        judge_change(replace(courses, lines={"phq9": Lines(None, None)}), ASSUMED)


def test_an_outcome_without_a_rule_is_left_out_and_said_to_be():
    courses = courses_of(scores_of("phq9", [20], [5]))
    other = courses_of(scores_of("gad7", [20], [5]))
    both = replace(
        courses, outcomes=(*courses.outcomes, *other.outcomes), lines={**courses.lines, "gad7": Lines(None, None)}
    )
    judged = judge_change(both, ASSUMED)
    assert [one.id for one in judged.outcomes] == ["phq9"]
    assert judged.notes == ("An outcome is not judged: the programme has no reliable change for it (GAD-7).",)


def test_without_two_scores_nothing_is_judged():
    with pytest.raises(NothingToAudit, match="2 finished courses in 2025-26, and none of them has a first and a last"):
        judge(courses_of(scores_of("phq9", [12, 14], [NONE, NONE])))


def test_where_nobody_began_as_a_case_there_is_no_rate():
    one = verdicts(judge(courses_of(scores_of("phq9", [5, 4], [3, 4]))))["programme"]
    assert (one.rate.value, one.rate.reason, one.points.reason) == (None, "not_applicable", "not_applicable")
