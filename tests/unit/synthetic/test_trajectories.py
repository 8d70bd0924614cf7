"""True levels and scores: nature, treatment, the occasion, and measurement error"""

from dataclasses import replace

import numpy as np
import pytest

from caseness.synthetic.england import england
from caseness.synthetic.facts import load_facts
from caseness.synthetic.scales import reliability, scale
from caseness.synthetic.tables_score import observe
from caseness.synthetic.trajectories import (
    by_nature,
    by_sessions,
    error_spread,
    levels,
    next_occasion,
    occasion_spread,
)
from unit.synthetic.drawn import draw


@pytest.fixture(scope="module")
def drawn():
    return draw()


def test_nature_takes_off_what_is_published_of_untreated_people_in_eight_weeks():
    world = england()
    fall = by_nature(world, np.array([world.behaviour.natural_change]), np.array([56]))
    assert fall == pytest.approx([1.8])


def test_treatment_adds_less_with_each_session_until_there_is_enough_and_nothing_after():
    gained = by_sessions(np.array([5.0]), np.arange(12), np.array([8.0]))
    assert gained[0] == 0
    assert gained[8] == pytest.approx(5.0)
    assert (np.diff(gained[:9]) > 0).all()
    assert (np.diff(np.diff(gained[:9])) < 0).all()
    assert gained[9:] == pytest.approx([5.0] * 3)


def test_some_get_well_by_themselves_and_the_mean_of_all_is_that_of_the_controls(drawn):
    cohort, behaviour = drawn.chunk.cohort, drawn.world.behaviour
    severity = np.array([each.phq9[0] for each in drawn.world.problems])[cohort.problem]
    remits = cohort.natural > behaviour.natural_change
    assert remits.mean() == pytest.approx(behaviour.remits_share, abs=0.04)
    usual = abs(cohort.depression / severity - 1) < 0.1
    assert cohort.natural[usual].mean() == pytest.approx(behaviour.natural_change, abs=0.35)


def test_people_respond_or_do_not_and_the_middles_lie_far_apart(drawn):
    cohort, behaviour = drawn.chunk.cohort, drawn.world.behaviour
    untouched = cohort.natural < behaviour.natural_change
    depressed = next(place for place, each in enumerate(drawn.world.problems) if each.code == "F32")
    usual = untouched & (cohort.problem == depressed) & (abs(cohort.depression - 16) < 1)
    between = (cohort.effect[usual] > 4) & (cohort.effect[usual] < 7)
    responds = cohort.effect[usual] >= 7
    assert between.mean() < 0.02
    assert 0.2 < responds.mean() < 0.8


def test_a_sudden_gain_comes_at_its_session(drawn):
    cohort = drawn.chunk.cohort
    who = np.flatnonzero(cohort.gain_session == 4)
    day = cohort.received[who]
    before, after = (levels(drawn.world, cohort, who, day, np.full(len(who), each)) for each in (3, 4))
    after_four, after_three = (
        by_sessions(cohort.effect[who], np.full(len(who), each), cohort.enough[who]) for each in (4, 3)
    )
    without = after_four - after_three
    assert (before.depression - after.depression - without) == pytest.approx(cohort.gain[who])
    assert cohort.gain[who].mean() == pytest.approx(drawn.world.behaviour.sudden_gain, abs=0.2)
    share = (cohort.gain_session < 999).mean()
    assert share == pytest.approx(drawn.world.behaviour.sudden_gain_share, abs=0.02)


def test_occasions_are_autocorrelated_and_keep_their_spread():
    world, rng = england(), np.random.default_rng(1)
    one = rng.normal(0, 2, 50_000)
    two = next_occasion(world, one, rng.normal(0, 2.0, 50_000))
    assert np.corrcoef(one, two)[0, 1] == pytest.approx(world.behaviour.autocorrelation, abs=0.02)
    assert two.std() == pytest.approx(2.0, abs=0.05)


@pytest.mark.parametrize("name", ["phq9", "gad7", "pcl5"])
def test_two_answers_to_one_true_level_agree_as_reliability_says(name):
    "Two forms of the same moment correlate by the reliability of the scale, in a sample with its spread."
    one, rng, spread = scale(name), np.random.default_rng(2), 4.0
    true = (one.low + one.high) / 2 + rng.normal(0, spread * np.sqrt(one.reliability), 60_000)
    first, second = (observe(true, one, spread, rng) for _ in range(2))
    # Rounding takes off a little.
    assert np.corrcoef(first, second)[0, 1] == pytest.approx(reliability(name), abs=0.015)


def test_error_and_occasion_have_their_shares_of_the_variance():
    world = england()
    assert error_spread(0.91, 10) ** 2 == pytest.approx(9)
    assert occasion_spread(world, 0.9, 10) ** 2 == pytest.approx(world.behaviour.occasion_share * 90)


def test_scores_stay_on_the_scale_and_have_its_decimals():
    rng = np.random.default_rng(3)
    phq9 = observe(np.array([-20.0, 50.0]), scale("phq9"), 6.0, rng)
    assert phq9.tolist() == [0, 27]
    mobility = observe(np.array([0.0, 9.0]), scale("mobility_inventory_alone"), 0.5, rng)
    assert (mobility - 501).tolist() == [100, 500]


def test_first_scores_are_near_the_published_ones_shifted_to_finished_courses(drawn):
    course, shift = load_facts().course(), load_facts().number("intake.all.shift")
    rows, rng = drawn.chunk.appointments, np.random.default_rng(6)
    first = np.unique(rows.who, return_index=True)[1]
    first = first[rows.depression[first] != 0]
    phq9 = observe(rows.depression[first], scale("phq9"), 6.0, rng)
    gad7 = observe(rows.anxiety[first], scale("gad7"), 5.2, rng)
    assert phq9.mean() == pytest.approx(course.phq9_start + shift * course.phq9_start_sd, abs=0.6)
    assert gad7.mean() == pytest.approx(course.gad7_start + shift * course.gad7_start_sd, abs=0.6)
    assert np.corrcoef(phq9, gad7)[0, 1] == pytest.approx(0.65, abs=0.04)


def test_therapists_differ_in_outcome_and_apart_from_that_in_endings():
    therapists = draw(150_000, seed=2, months=12).providers.therapists
    behaviour = england().behaviour
    assert therapists.outcome.var() == pytest.approx(behaviour.therapist_share_of_outcome, rel=0.15)
    share = behaviour.therapist_share_of_endings
    assert therapists.ending.var() == pytest.approx(share / (1 - share) * np.pi**2 / 3, rel=0.15)
    assert np.corrcoef(therapists.outcome, therapists.ending)[0, 1] == pytest.approx(
        behaviour.effects_correlation, abs=0.06
    )


def test_a_better_therapist_has_better_outcomes(drawn):
    cohort, outcome = drawn.chunk.cohort, drawn.providers.therapists.outcome
    own = np.where(cohort.step == 0, cohort.therapist_low, cohort.therapist_high)
    low, high = (cohort.effect[chosen].mean() for chosen in (outcome[own] < -0.15, outcome[own] > 0.15))
    assert high - low > 1


def test_groups_differ_by_what_treatment_does(drawn):
    chunk = drawn.chunk
    effect = np.zeros(chunk.people.size)
    effect[chunk.cohort.person] = chunk.cohort.effect
    assert effect[chunk.people.decile == 10].mean() > effect[chunk.people.decile == 1].mean() + 0.5
    assert effect[chunk.people.age > 60].mean() > effect[chunk.people.age < 26].mean() + 0.5


def test_without_an_effect_only_nature_is_left():
    world = england()
    nobody = replace(world.behaviour, response=0.0)
    assert nobody.treatment_change == 0
    chunk = draw(2000, response=0.0, treatment_spread=1e-9, sudden_gain_share=0.0).chunk
    assert abs(chunk.endings.by_treatment).max() < 1e-6
    plain = draw(2000).chunk
    assert chunk.endings.by_treatment.mean() < plain.endings.by_treatment.mean()
