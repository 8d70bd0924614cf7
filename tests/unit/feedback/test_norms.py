"""Norms: fitted to one part of the people, judged on another, and kept in a file that tells when it was changed"""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from caseness.errors import CannotWrite
from caseness.feedback.card import LIMITS, card_tables, render_card
from caseness.feedback.case import measured_norms, norm_for, usable_norms
from caseness.feedback.cohort import DETERIORATED, LEFT_EARLY, NOT_IMPROVED, NOT_RECOVERED, shares
from caseness.feedback.fitting import About, TooFewCourses, edges_of, fit_norm, fit_norms
from caseness.feedback.judging import cover, why_not
from caseness.feedback.norms import ALL, Covered
from caseness.feedback.norms_file import BadNorms, NotEnabled, enable, read_norms, write_norms
from caseness.feedback.rules import read_rules
from caseness.feedback.signal import INTENDED_PURPOSE
from caseness.instruments import instrument
from scored_courses import RULES, arrays_of, cohort_of, course_of

PEOPLE = 6000


@pytest.fixture(scope="module")
def cohort():
    return cohort_of(np.random.default_rng(3), PEOPLE)


@pytest.fixture(scope="module")
def norm(cohort):
    return fit_norm(cohort, RULES)


def about(made_up=""):
    return About("a service", ("2024-04", "2025-03"), made_up, "0.1.0", {"submissions": "latest"})


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


def covered(inside, by=ALL, high=1.0, people=500):
    return Covered(by, by if by == ALL else "young", 0.8, 900, people, inside, 0.0, high, 0.1, 0.1)


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


def test_norms_are_read_as_they_were_written(norms, tmp_path):
    written = write_norms(norms, tmp_path / "norms.json")
    again = read_norms(tmp_path / "norms.json")
    assert again.content == written.content != ""
    (one,), (other,) = again.norms, norms.norms
    assert (one.covered, one.measured, one.why_not) == (other.covered, other.measured, other.why_not)
    assert one.margins == pytest.approx(other.margins, abs=1e-5)
    for content in one.contents:
        assert np.allclose(one.band([17.0], [4], content), other.band([17.0], [4], content), atol=1e-5)
    assert np.allclose(one.band_of_model([17.0], [4], 0.9), other.band_of_model([17.0], [4], 0.9))
    assert write_norms(again, tmp_path / "again.json").content == written.content


def test_norms_without_a_model_are_kept_too(tmp_path):
    found = fit_norms([cohort_of(np.random.default_rng(5), 1500, sessions=2)], RULES, about())
    write_norms(found, tmp_path / "norms.json")
    assert read_norms(tmp_path / "norms.json").norms[0].model is None


def changed_file(norms, path, change):
    write_norms(norms, path)
    told = json.loads(path.read_text(encoding="utf-8"))
    change(told)
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda told: told["content"]["norms"][0].update(intensity="high"), "was changed after it was made"),
        (lambda told: told.update(hash="0"), "was changed after it was made"),
        (lambda told: told.update(schema=2), "has another form"),
        (lambda told: told.update(kind="a letter"), "has another form"),
        (lambda told: told.pop("content"), "is damaged"),
        (lambda told: told.update(sign_off={"officer": "N. N.", "on": "soon", "content": ""}), "is damaged"),
        (
            lambda told: told.update(sign_off={"officer": "N. N.", "on": "2026-01-02", "content": "0"}),
            "another content",
        ),
    ],
)
def test_a_file_that_was_changed_is_refused(norms, tmp_path, change, said):
    with pytest.raises(BadNorms, match=said):
        read_norms(changed_file(norms, tmp_path / "norms.json", change))


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"kind": 3}'])
def test_what_is_no_file_of_norms_is_refused(tmp_path, text):
    (tmp_path / "norms.json").write_text(text, encoding="utf-8")
    with pytest.raises(BadNorms, match="holds no norms"):
        read_norms(tmp_path / "norms.json")


def test_norms_cannot_be_written_into_nowhere(norms, tmp_path):
    with pytest.raises(CannotWrite, match="was not written"):
        write_norms(norms, tmp_path / "nowhere" / "norms.json")


def test_a_named_person_enables_just_this_content(norms, tmp_path):
    kept = write_norms(norms, tmp_path / "norms.json")
    assert not kept.is_enabled
    signed = enable(kept, " A. Officer ", date(2026, 4, 1))
    write_norms(signed, tmp_path / "norms.json")
    again = read_norms(tmp_path / "norms.json")
    assert again.is_enabled
    assert (again.sign_off.officer, again.content) == ("A. Officer", kept.content)
    assert "Enabled by A. Officer on 2026-04-01" in render_card(again)


def test_what_may_not_be_enabled(norms):
    with pytest.raises(NotEnabled, match="by a person"):
        enable(norms, " ", date(2026, 4, 1))
    with pytest.raises(NotEnabled, match="do not exist"):
        enable(replace(norms, made_up="SYNTHETIC"), "A. Officer", date(2026, 4, 1))
    failed = replace(norms.norms[0], why_not=("It did not hold.",))
    with pytest.raises(NotEnabled, match="None of these norms held"):
        enable(replace(norms, norms=(failed,)), "A. Officer", date(2026, 4, 1))


def test_bands_are_drawn_once_norms_are_enabled_or_in_a_demonstration(norms):
    course = course_of([16, 15], intensity="low")
    kept = replace(norms, content="abc")
    enabled = enable(kept, "A. Officer", date(2026, 4, 1))
    made_up = replace(kept, made_up="SYNTHETIC")
    assert norm_for(course, None, demonstration=False) is None
    assert norm_for(course, kept, demonstration=False) is None
    assert norm_for(course, enabled, demonstration=False) is norms.norms[0]
    assert norm_for(course, made_up, demonstration=False) is None
    assert norm_for(course, made_up, demonstration=True) is norms.norms[0]
    assert norm_for(course_of([16, 15], intensity="changed"), enabled, demonstration=False) is None
    failed = replace(enabled, norms=(replace(norms.norms[0], why_not=("It did not hold.",)),))
    assert norm_for(course, failed, demonstration=False) is None
    assert usable_norms(made_up, demonstration=False) is None
    # What was counted here is so whether or not anybody enabled it.
    assert measured_norms(kept, demonstration=False) is kept
    assert measured_norms(made_up, demonstration=False) is None


def test_the_card_says_what_norms_are_for_what_they_rest_on_and_where_they_fail(norms, norm):
    text = render_card(replace(norms, not_fitted=("GAD-7 was left out.",)))
    assert INTENDED_PURPOSE in text
    assert "Not enabled" in text
    assert "GAD-7 was left out." in text
    assert not [one for one in LIMITS if one not in text]
    assert "half: one" in text
    made_up = render_card(
        replace(norms, made_up="SYNTHETIC: nobody is real.", norms=(replace(norm, why_no_model="Why."),))
    )
    assert made_up.splitlines()[2] == "**SYNTHETIC: nobody is real.**"
    assert "no mixed model. Why." in made_up


def test_the_card_tells_changed_numbers_and_signals_that_found_nobody(norms, tmp_path):
    (tmp_path / "rules.toml").write_text("cell_least = 50\n", encoding="utf-8")
    changed = replace(norms, rules=read_rules(tmp_path / "rules.toml").values)
    tables = {one.id: one for one in card_tables(changed)}
    rows = {row[0]: row for row in tables["numbers"].rows}
    assert rows["cell_least"][3] == "Changed by a file; shipped as 100."
    assert rows["band"][3].startswith("Not verified")
    none = replace(norms.norms[0].measured[0], hits=0, false_alarms=0, missed=0, rightly_silent=0)
    empty = card_tables(replace(norms, norms=(replace(norms.norms[0], measured=(none,)),)))[2].rows[0]
    assert empty[-4:] == ("nobody", "nobody", "nobody", "none found")
