"""Coverage by group, with scores of one person going together; and margins that keep their promise"""

import numpy as np
import pytest

from caseness.stats.calibration import conformal_margin, coverage
from caseness.stats.intervals import wilson

NAN = float("nan")


def test_each_score_is_inside_below_or_above():
    found = coverage([1, 5, 9, 5, 20], 4, [8] * 5, ["x", "x", "x", "x", "y"])
    assert found.groups.tolist() == ["x", "y"]
    assert found.scores.tolist() == [4, 1]
    assert found.inside.tolist() == [0.5, 0]
    assert found.below.tolist() == [0.25, 0]
    assert found.above.tolist() == [0.25, 1]


def test_an_end_is_inside_and_the_unknown_left_out():
    found = coverage([4, 8, NAN, 5, 5], [4, 4, 4, NAN, 4], [8, 8, 8, 8, NAN], [0, 0, 0, 0, 1])
    assert (found.groups.tolist(), found.scores.tolist(), found.inside.tolist()) == ([0], [2], [1])


def test_scores_by_themselves_have_the_interval_of_a_proportion():
    score = np.repeat([0.0, 5.0], [30, 170])
    found = coverage(score, np.full(200, 4.0), np.full(200, 8.0), np.zeros(200))
    low, high = wilson(170, 200)
    assert (found.low.item(), found.high.item()) == (pytest.approx(low), pytest.approx(high))


def test_a_person_counted_ten_times_is_one_person():
    score = np.repeat([0.0, 5.0], [300, 1700])
    person = np.repeat(np.arange(200), 10)
    found = coverage(score, np.full(2000, 4.0), np.full(2000, 8.0), np.zeros(2000), person)
    assert found.people.item() == 200
    low, high = wilson(170, 200)
    assert (found.low.item(), found.high.item()) == (pytest.approx(low), pytest.approx(high))


def test_the_design_effect_is_that_of_the_clusters():
    generator = np.random.default_rng(1)
    person = generator.integers(0, 60, 500)
    group = generator.integers(0, 2, 500)
    score = generator.normal(0, 1, 60)[person] + generator.normal(0, 1, 500)
    found = coverage(score, np.full(500, -1.5), np.full(500, 1.5), group, person)
    for one in (0, 1):
        mine = group == one
        held = (np.abs(score) <= 1.5)[mine]
        share = held.mean()
        totals = [(held - share)[person[mine] == who].sum() for who in range(60)]
        effect = np.sum(np.square(totals)) / (mine.sum() * share * (1 - share))
        assert effect > 1
        assert found.people[one] == len(set(person[mine]))
        expected = wilson(share * mine.sum() / effect, mine.sum() / effect)
        assert (found.low[one], found.high[one]) == (pytest.approx(expected[0]), pytest.approx(expected[1]))


def test_intervals_hold_the_truth_when_scores_go_together():
    """In 400 services of 200 people with 5 scores each: of independent scores they would hold it 4 times of 5."""
    generator = np.random.default_rng(2)
    person = np.repeat(np.arange(200), 5)
    held = {"people": 0, "scores": 0}
    truth = 0.8
    for _ in range(400):
        score = np.sqrt(0.7) * generator.normal(size=200)[person] + np.sqrt(0.3) * generator.normal(size=1000)
        for name, who in (("people", person), ("scores", None)):
            found = coverage(score, np.full(1000, -1.2815516), np.full(1000, 1.2815516), np.zeros(1000), who)
            held[name] += bool(found.low[0] <= truth <= found.high[0])
    assert held["people"] / 400 == pytest.approx(0.95, abs=0.03)
    assert held["scores"] / 400 < 0.87


def test_a_band_without_an_end_holds_all():
    assert coverage([1, 99], -np.inf, np.inf, [0, 0]).inside.item() == 1


def test_nobody_known_is_no_group():
    assert coverage([NAN], [1.0], [2.0], ["a"]).groups.tolist() == []


def test_a_margin_keeps_its_promise():
    """Whatever the band, its margin from 99 people holds 80 % of others, on average and no more than that."""
    generator = np.random.default_rng(3)
    for lower, upper in ((-0.3, 0.5), (-3.0, 4.0)):
        held = []
        for _ in range(600):
            margin = conformal_margin(generator.gamma(2, 1, 99) - 2, np.full(99, lower), np.full(99, upper))
            new = generator.gamma(2, 1, 200) - 2
            held.append(((new >= lower - margin) & (new <= upper + margin)).mean())
        assert np.mean(held) == pytest.approx(0.8, abs=0.01)


def test_a_margin_needs_enough_people():
    assert conformal_margin([9, NAN, 5], [4, 4, 4], [8, 8, 8], content=0.9) == np.inf
    assert conformal_margin(np.arange(9.0), np.zeros(9), np.zeros(9), content=0.9) == 8
    with pytest.raises(ValueError, match="known"):
        conformal_margin([NAN], [1], [2])
    with pytest.raises(ValueError, match="Content"):
        conformal_margin([1], [1], [2], content=0)
