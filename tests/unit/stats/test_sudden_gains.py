"""Sudden gains: each criterion, sessions without a score, reversals, and how often chance makes one"""

import numpy as np
import pytest

from caseness.stats.sudden_gains import Criteria, find, reversed_later

NAN = float("nan")


def steps(scores, criteria):
    return np.flatnonzero(find([scores], criteria).is_sudden[0]).tolist()


def judged(scores, criteria):
    return np.flatnonzero(find([scores], criteria).is_judged[0]).tolist()


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        (Criteria(least=7, share=None, stability=None), [1, 3]),
        (Criteria(least=None, share=0.5, stability=None), [3]),
        (Criteria(least=8, share=None, stability=None), [3]),
        (Criteria(least=7, share=0.25, stability="means"), [3]),
        (Criteria(least=7, share=0.25, stability="kept"), [3]),
    ],
)
def test_each_criterion_asks_for_its_own(criteria, expected):
    "28, 27, 20 (not kept), 24, 12, 13, 14."
    assert steps([28, 27, 20, 24, 12, 13, 14], criteria) == expected


@pytest.mark.parametrize(("stability", "expected"), [("means", []), ("kept", [2]), ("course", [0, 2])])
def test_a_restless_course_shows_how_the_definitions_differ(stability, expected):
    assert steps([30, 16, 28, 12, 20, 11], Criteria(7, 0.25, stability)) == expected


def test_one_large_step_meets_all():
    for stability in ("means", "kept", "course"):
        assert steps([30, 30, 29, 15, 15, 14], Criteria(7, 0.25, stability)) == [2]


def test_a_gap_is_not_bridged():
    "Sessions 3 and 5 are not neighbours, however far their scores are apart."
    criteria = Criteria(least=7)
    assert steps([30, 30, 30, NAN, 10, 10, 10], criteria) == []
    assert judged([30, 30, 30, NAN, 10, 10, 10], criteria) == [1, 4]


def test_two_scores_are_needed_on_either_side_of_a_step():
    criteria = Criteria(least=7)
    assert judged([30, 30, 10, 10, 10], criteria) == [1, 2]
    assert judged([30, 10, 10, 10], criteria) == [1]
    assert judged([30, NAN, 30, 10, NAN, 10], criteria) == [2]
    assert judged([NAN, NAN, 30, 10, 10, 10], criteria) == [3]


def test_missing_sessions_raise_the_critical_value():
    "Means 30 and 20 with a pooled deviation of 2.77: enough for 3.182 of five scores, not for 4.303 of four."
    six = [30 - 2.77, 30, 30 + 2.77, 20 - 2.77, 20, 20 + 2.77]
    assert 10 > 2.776 * 2.77
    assert steps(six, Criteria(7)) == [2]
    four = [30 - 1.96, NAN, 30 + 1.96, 20 - 1.96, NAN, 20 + 1.96]
    assert steps(four, Criteria(7, adjusted=False)) == [2]
    assert steps(four, Criteria(7)) == []


def test_means_that_differ_without_scatter_differ():
    assert steps([30, 30, 30, 20, 20, 20], Criteria(7)) == [2]
    assert steps([30, 30, 30, 30, 30, 30], Criteria(None, None, "means")) == []


def test_what_is_kept_is_judged_by_the_sessions_that_are_known():
    kept = Criteria(7, 0.25, "kept")
    assert steps([30, 20, NAN, 24], kept) == [0]
    assert steps([30, 20, NAN, 26], kept) == []
    assert steps([30, 20, 25], kept) == [0]
    assert judged([30, 20], kept) == []


def test_a_course_needs_three_scores():
    course = Criteria(7, 0.25, "course")
    assert judged([30, 10, NAN, NAN], course) == []
    assert judged([30, 10, 10], course) == [0, 1]


def test_a_loss_is_a_gain_upside_down():
    scores = np.array([10, 11, 10, 25, 26, 25.0])
    for stability in ("means", "kept", "course"):
        assert steps(scores, Criteria(7, 0.25, stability, loss=True)) == [2]
        assert steps(scores, Criteria(7, 0.25, stability)) == []


def test_a_loss_must_be_a_share_of_the_score_before():
    "A rise of 7 from 40 is less than a quarter of 40."
    assert steps([40, 40, 40, 47, 47, 47], Criteria(7, 0.25, loss=True)) == []
    assert steps([20, 20, 20, 27, 27, 27], Criteria(7, 0.25, loss=True)) == [2]


def test_a_gain_is_reversed_by_more_than_half():
    scores = [[30, 30, 10, NAN, 20], [30, 30, 10, NAN, 21], [30, 30, 10, NAN, NAN]]
    gains = [[0, 1, 0, 0]] * 3
    assert reversed_later(scores, gains)[:, 1].tolist() == [False, True, False]


def test_a_loss_is_reversed_by_a_later_fall():
    assert reversed_later([[10, 30, 28, 19]], [[1, 0, 0]], loss=True).tolist() == [[True, False, False]]
    assert reversed_later([[10, 30, 28, 20]], [[1, 0, 0]], loss=True).tolist() == [[False, False, False]]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"stability": "mean"}, "Stability is one of"),
        ({"alpha": 0}, "Alpha"),
        ({"share": None, "stability": None}, "needed"),
    ],
)
def test_criteria_that_cannot_be_are_refused(given, words):
    with pytest.raises(ValueError, match=words):
        Criteria(None, **given)


@pytest.mark.parametrize("scores", [[1, 2, 3], [[1], [2]]])
def test_scores_need_two_sessions(scores):
    with pytest.raises(ValueError, match="two sessions"):
        find(scores, Criteria(7))


def share_with_a_gain(generator, sessions, reliability, stability):
    """Of people who do not change, with a mean of 25 and a deviation of 8 (assumed)."""
    true = generator.normal(25, 8 * np.sqrt(reliability), (4000, 1))
    scores = true + generator.normal(0, 8 * np.sqrt(1 - reliability), (4000, sessions))
    return find(scores.round().clip(0, 63), Criteria(7, 0.25, stability)).is_sudden.any(axis=1).mean()


def test_chance_makes_gains_as_vittengl_found():
    """Table 2 of Vittengl and others (2015): more with more sessions and less reliable scores, by every criterion.

    Their mean and deviation are not given in the table, so the order is tested and not the figures.
    """
    generator = np.random.default_rng(1999)
    for stability in ("means", "kept", "course"):
        few, many = (share_with_a_gain(generator, n, 0.8, stability) for n in (10, 20))
        blurred = share_with_a_gain(generator, 10, 0.7, stability)
        assert few < many
        assert few < blurred
