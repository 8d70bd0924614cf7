"""Norms: fitted to one part of the people, widened by another, and judged on the rest"""

from dataclasses import replace

import numpy as np
import pytest

from caseness.feedback.cohort import DETERIORATED, LEFT_EARLY, NOT_IMPROVED, NOT_RECOVERED, shares
from caseness.feedback.fitting import About, TooFewCourses, edges_of, fit_norm, fit_norms
from caseness.feedback.judging import cover, why_not
from caseness.feedback.norms import ALL, Covered
from caseness.instruments import instrument
from scored_courses import RULES, arrays_of, cohort_of

PEOPLE = 6000


@pytest.fixture(scope="module")
def cohort():
    return cohort_of(np.random.default_rng(3), PEOPLE)


@pytest.fixture(scope="module")
def norm(cohort):
    return fit_norm(cohort, RULES)


def about(made_up=""):
    return About("a service", ("RX1",), ("2024-04", "2025-03"), made_up, "0.1.0", {"submissions": "latest"})


@pytest.fixture(scope="module")
def norms(cohort):
    return fit_norms([cohort], RULES, about())


def among_all(norm, content):
    (found,) = [one for one in norm.covered if (one.by, one.content) == (ALL, content)]
    return found


def test_everybody_is_in_one_part(norm, cohort):
    part, _ = shares(cohort.person)
    assert norm.people == int((part < RULES.of("fitted_part")).sum())
    kept = RULES.of("fitted_part") + RULES.of("margin_part")
    assert among_all(norm, 0.8).people <= int((part >= kept).sum())


def test_a_band_holds_its_part_of_people_it_was_not_fitted_to(norm):
    "Whole scores on an end of the band are inside, so it may hold a little more; the truth is drawn anew."
    new = cohort_of(np.random.default_rng(4), PEOPLE)
    for content in norm.contents:
        (found,) = [one for one in cover(norm, new, RULES) if (one.by, one.content) == (ALL, content)]
        assert content - 0.02 < found.inside < content + 0.05
        assert among_all(norm, content).low < found.inside < among_all(norm, content).high + 0.02
    assert norm.passes


def test_bands_fall_from_session_to_session_and_one_lies_within_the_other(norm):
    session = np.arange(2, 11)
    narrow, wide = (norm.band(np.full(9, 17.0), session, content) for content in norm.contents)
    middle = norm.middle(np.full(9, 17.0), session)
    margin = np.array(list(norm.margins.values()))
    assert (np.diff(middle) <= 0).all()
    assert (narrow[0] < middle).all()
    assert (middle < narrow[1]).all()
    assert (wide[0] <= narrow[0] + margin.max()).all()
    assert (wide[1] >= narrow[1] - margin.max()).all()


def test_there_is_no_band_at_the_start_and_none_where_too_few_were_seen(norm):
    assert np.isnan(norm.band([17.0], [1], 0.8)[0]).all()
    assert np.isnan(norm.band([17.0], [40], 0.8)[0]).all()
    assert (norm.quantiles.counts[np.isnan(norm.quantiles.values[..., 0])] < RULES.whole("cell_least")).all()


def test_the_model_agrees_with_the_scores_in_the_middle_and_knows_its_truth(norm):
    assert norm.why_no_model == ""
    assert norm.model.coefficients[1, 0] == pytest.approx(-2.5, abs=0.5)
    lower, upper = norm.band_of_model([17.0], [5], 0.8)
    wider = norm.band_of_model([17.0], [5], 0.8, confidence=0.95)
    assert wider[0] < lower < norm.middle([17.0], [5]) < upper < wider[1]


def test_where_nobody_has_three_scores_there_is_no_model_and_bands_are_drawn():
    short = cohort_of(np.random.default_rng(5), 1500, sessions=2)
    found = fit_norm(short, RULES)
    assert found.model is None
    assert "too few" in found.why_no_model
    assert not np.isnan(found.middle([17.0], [2])).any()
    assert np.isnan(found.band_of_model([17.0], [2], 0.8)[1]).all()


def test_too_few_courses_have_no_norms(cohort):
    few = cohort.only(np.arange(PEOPLE) < 50)
    with pytest.raises(TooFewCourses, match="PHQ-9, low"):
        fit_norm(few, RULES)
    with pytest.raises(TooFewCourses, match="No norms can be fitted to a service"):
        fit_norms([few], RULES, about())
    with pytest.raises(TooFewCourses, match="no scores of a questionnaire"):
        fit_norms([], RULES, about())
    found = fit_norms([cohort, few], RULES, about())
    assert (len(found.norms), len(found.not_fitted)) == (1, 1)


def test_nobody_left_to_learn_a_margin_from_is_told(cohort):
    part, _ = shares(cohort.person)
    with pytest.raises(TooFewCourses, match="nobody kept apart"):
        fit_norm(cohort.only(part < RULES.of("fitted_part")), RULES)


def test_nobody_left_to_judge_by_is_no_pass(cohort):
    part, _ = shares(cohort.person)
    found = fit_norm(cohort.only(part < 0.8), RULES)
    assert found.why_not == ("No score of people kept apart lay where there is a band.",)


def covered(inside, by=ALL, high=1.0, people=500, below=0.1, above=0.1):
    return Covered(by, by if by == ALL else "young", 0.8, 900, people, inside, 0.0, high, below, above)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (covered(0.76), ""),
        (covered(0.74), "The band of 80% held 74.0% of scores."),
        (covered(0.91), "too wide"),
        (covered(0.8, people=80), "Only 80 people"),
        (covered(0.69, by="age", high=0.75), "where age is young"),
        (covered(0.69, by="age", high=0.85), ""),
        (covered(0.72, by="age", high=0.75), ""),
    ],
)
def test_norms_pass_where_bands_held(norm, found, said):
    "A group may be off by chance: what fails it is a fault that chance does not explain."
    held = (covered(0.8), found) if found.by != ALL else (found,)
    reasons = why_not(replace(norm, covered=held), RULES)
    assert bool(reasons) == bool(said)
    assert said in " ".join(reasons)


@pytest.mark.parametrize(
    ("tool", "below", "above", "passes"),
    [
        ("gad7", 0.14, 0.006, False),
        ("gad7", 0.006, 0.14, True),
        ("gad7", 0.0, 0.16, False),
        ("gad7", 0.15, 0.05, True),
        ("ors", 0.14, 0.006, True),
        ("ors", 0.006, 0.14, False),
    ],
)
def test_the_end_that_signals_is_judged_by_itself(norm, tool, below, above, passes):
    "A band may hold its part of scores, and still hardly signal at all: high is worse on the GAD-7, and low on the ORS."
    held = replace(norm, instrument_id=tool, covered=(covered(1 - below - above, below=below, above=above),))
    reasons = why_not(held, RULES)
    assert (not reasons) == passes
    assert passes or "beyond its worse end, where 10% were meant" in reasons[0]


def test_outcomes_are_of_finished_courses_with_two_scores():
    "Someone who began below the cut-off cannot be still at caseness; leaving early has its own knowledge."
    held = arrays_of([20, 10], [20, 19], [20, 27], [8, 3], [20])
    base = cohort_of(np.random.default_rng(6), 5)
    given = replace(
        base, courses=held, last=np.array([10, 19, 27, 3, np.nan]), left_early=np.array([0, 1, np.nan, 0, 1.0])
    )
    found = {name: values.tolist() for name, values in given.outcomes().items()}
    nan = pytest.approx(np.nan, nan_ok=True)
    assert found[NOT_IMPROVED] == [0, 1, 1, 1, nan]
    assert found[DETERIORATED] == [0, 0, 1, 0, nan]
    assert found[NOT_RECOVERED] == [1, 1, 1, nan, nan]
    assert found[LEFT_EARLY] == [0, 1, nan, 0, 1]
    assert np.isnan(replace(given, is_finished=np.zeros(5, bool)).outcomes()[NOT_IMPROVED]).all()


def test_a_flag_at_the_last_score_comes_too_late():
    "Unless the course went on after the scores that are held, in another intensity."
    held = arrays_of([10, 10, 16], [10, 16, 16], [10, 10, 16])
    base = cohort_of(np.random.default_rng(6), 3)
    given = replace(base, courses=held, is_whole=np.array([True, True, False]))
    assert given.raised(held.score == 16).tolist() == [False, True, True]
    assert given.could_be_flagged().tolist() == [True, True, True]
    two = replace(base, courses=arrays_of([1, 2], [1, 2], [1, 2]), is_whole=np.array([True, True, False]))
    assert two.could_be_flagged().tolist() == [False, False, True]


def test_signals_find_who_ends_badly_better_than_chance(norm):
    "In these courses whoever is far off stays far off, so a flag must be worth something."
    found = {(one.signal, one.outcome): one for one in norm.measured}
    for name in ("beyond-expected-band", "no-early-response", "reliable-deterioration"):
        one = found[name, NOT_IMPROVED]
        every = one.hits + one.false_alarms + one.missed + one.rightly_silent
        assert one.hits / (one.hits + one.false_alarms) > (one.hits + one.missed) / every
        assert every > 500


def test_bands_of_intake_are_those_of_the_questionnaire_or_of_one_width():
    assert edges_of(instrument("ors")).tolist() == pytest.approx([0, 8, 16, 24, 32, 40.1])
    with pytest.raises(ValueError, match="no range"):
        edges_of(instrument("ipcq"))
