"""Indices of reliable change by simulation: how often they call change where there is none, and how right they are"""

import numpy as np
import pytest
from scipy.special import ndtr

from caseness.stats.change import (
    ONE_SIDED,
    TWO_SIDED,
    Sample,
    describe,
    reliability_of_change,
    reliable_change_index,
    smallest_reliable_change,
)
from caseness.stats.change_classes import Class, by_amount, by_index, by_percentage, classify, tally
from caseness.stats.cut_offs import Population, cut_offs, distance_beyond, is_functional, of_true_scores

MEAN, DEVIATION, RELIABILITY, PEOPLE = 14.0, 6.0, 0.84, 200_000
ERROR = DEVIATION * np.sqrt(1 - RELIABILITY)
NAN = float("nan")


@pytest.fixture(scope="module")
def generator():
    return np.random.default_rng(20261126)


@pytest.fixture(scope="module")
def unchanged(generator):
    """First and last scores of people whose true scores stay."""
    true = generator.normal(MEAN, DEVIATION * np.sqrt(RELIABILITY), PEOPLE)
    return [true + generator.normal(0, ERROR, PEOPLE) for _ in "12"]


@pytest.fixture(scope="module")
def treated(generator):
    """First scores, last scores and true change of people whose change differs from person to person."""
    true = generator.normal(MEAN, DEVIATION * np.sqrt(RELIABILITY), PEOPLE)
    change = generator.normal(-4, 5, PEOPLE)
    return true + generator.normal(0, ERROR, PEOPLE), true + change + generator.normal(0, ERROR, PEOPLE), change


def beyond(index, scores, **more):
    sample = Sample(MEAN, DEVIATION, RELIABILITY, **more)
    return (np.abs(reliable_change_index(index, *scores, sample)) > TWO_SIDED).mean()


@pytest.mark.parametrize(
    ("index", "more", "deviations"),
    [
        ("Jacobson-Truax", {}, 1.0),
        ("Gulliksen-Lord-Novick", {}, 1.0),
        ("Hsu-Linn-Lord", {"last_mean": MEAN}, 1.0),
        # Its error is that of one score, and the last score brings its own.
        ("Edwards-Nunnally", {}, np.sqrt(1 + RELIABILITY)),
        # Its error of prediction leaves out that the first true score is only estimated.
        ("Nunnally-Kotsch", {"last_reliability": RELIABILITY}, np.sqrt((1 + RELIABILITY) / (1 + RELIABILITY**2))),
    ],
)
def test_how_often_an_index_calls_change_where_there_is_none(unchanged, index, more, deviations):
    assert beyond(index, unchanged, **more) == pytest.approx(2 * ndtr(-TWO_SIDED / deviations), abs=0.002)


def test_those_who_begin_high_seem_to_improve_under_jacobson_and_truax_alone(unchanged):
    first, last = unchanged
    high = first > 22
    sample = Sample(MEAN, DEVIATION, RELIABILITY)
    improved = {
        one: (reliable_change_index(one, first[high], last[high], sample) < -TWO_SIDED).mean()
        for one in ("Jacobson-Truax", "Gulliksen-Lord-Novick")
    }
    assert improved["Gulliksen-Lord-Novick"] == pytest.approx(0.025, abs=0.003)
    assert improved["Jacobson-Truax"] > 0.045


def test_the_index_of_hageman_and_arrindell_is_a_chance(treated):
    """Of those at its critical value of 1.65, 95 % have truly improved."""
    first, last, change = treated
    sample = describe(first, last, RELIABILITY)
    assert reliability_of_change(sample) == pytest.approx(25 / (25 + 2 * ERROR**2), abs=0.005)
    index = reliable_change_index("Hageman-Arrindell", first, last, sample)
    near = np.abs(index + ONE_SIDED) < 0.1
    assert (change[near] < 0).mean() == pytest.approx(ndtr(ONE_SIDED), abs=0.01)


def test_where_change_is_all_error_hageman_and_arrindell_say_nothing():
    sample = Sample(14, 6, 0.84, last_mean=14, last_deviation=6, correlation=0.84)
    assert reliability_of_change(sample) == pytest.approx(0, abs=1e-12)
    less = Sample(14, 6, 0.84, last_mean=14, last_deviation=6, correlation=0.9)
    assert np.isnan(reliable_change_index("Hageman-Arrindell", [14, 20], [14, 10], less)).all()


def test_a_distance_beyond_the_cut_off_is_a_chance(treated, generator):
    """Of those whose last score stands 1.65 errors below a cut-off, 95 % have a true score below it."""
    true = generator.normal(9, 5, PEOPLE)
    last = true + generator.normal(0, ERROR, PEOPLE)
    sample = Sample(MEAN, DEVIATION, RELIABILITY, last_mean=9, last_deviation=float(np.hypot(5, ERROR)))
    near = np.abs(distance_beyond(last, 8, sample) + ONE_SIDED) < 0.1
    assert (true[near] < 8).mean() == pytest.approx(ndtr(ONE_SIDED), abs=0.01)


def test_people_without_both_scores_are_left_out():
    sample = describe([1, 2, 4, NAN, 9], [1, 1, 2, 5, NAN], 0.8)
    assert (sample.mean, sample.last_mean) == (pytest.approx(7 / 3), pytest.approx(4 / 3))
    with pytest.raises(ValueError, match="three people with both scores, and has 2"):
        describe([1, 2, 4], [1, 1, NAN], 0.8)


def test_last_scores_that_are_all_the_same_have_no_correlation():
    assert np.isnan(describe([1, 2, 3], [4, 4, 4], 0.8).correlation)


@pytest.mark.parametrize(("deviation", "reliability"), [(0, 0.8), (NAN, 0.8), (5, 0), (5, 1), (5, NAN)])
def test_samples_that_cannot_be_are_refused(deviation, reliability):
    with pytest.raises(ValueError, match="reliability between 0 and 1"):
        smallest_reliable_change(deviation, reliability)


def test_populations_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="deviation above 0"):
        of_true_scores(Population(14, 3), 3)
    with pytest.raises(ValueError, match="same mean"):
        cut_offs(Population(14, 3), Population(14, 2))
    for sample in (Sample(14, 6, 0.84, 9, 2), Sample(14, 6, 0.84, 9), Sample(14, 6, 0.84, last_deviation=5)):
        with pytest.raises(ValueError, match="above their error"):
            distance_beyond([3], 8, sample)


def test_a_score_on_the_cut_off_is_clinical_either_way():
    assert is_functional([9, 10, 11, NAN], 10).tolist() == [True, False, False, False]
    assert is_functional([9, 10, 11, NAN], 10, lower_is_better=False).tolist() == [False, False, True, False]


def test_where_high_is_good_directions_turn():
    assert by_index([2.5, -2.5], 1.96, lower_is_better=False).tolist() == [1, -1]
    assert by_amount([8, 14], [14, 8], 6, 6, lower_is_better=False).tolist() == [1, -1]
    assert by_percentage([10, 20], [15, 15], lower_is_better=False).tolist() == [1, -1]


def test_a_fraction_is_reached_exactly():
    assert by_percentage([10.0], [7.0], improvement=0.3).item() == 1


def test_amounts_that_cannot_be_are_refused():
    for ask in (by_amount, by_percentage):
        for amounts in ((0, 1), (1, 0), (NAN, 1)):
            with pytest.raises(ValueError, match="above 0"):
                ask([1], [2], *amounts)


def test_somebody_unknown_is_in_no_other_class():
    found = classify([NAN, 1, 1, 0, -1], [True, True, True, True, False], [True, True, False, True, True])
    assert [Class(one) for one in found] == [
        Class.UNKNOWN,
        Class.RECOVERED,
        Class.IMPROVED,
        Class.UNCHANGED,
        Class.DETERIORATED,
    ]
    assert tally(found) == dict.fromkeys(Class, 1)
