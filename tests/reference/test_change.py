"""Reliable change of the couples of Jacobson & Truax (1991), by formulas written out apart (change_values.py)"""

import csv
from pathlib import Path

import numpy as np
import pytest

from caseness.stats.change import CRITICAL, INDICES, Sample, describe, reliable_change_index, smallest_reliable_change
from caseness.stats.change_classes import Class, by_index, classify, tally
from caseness.stats.cut_offs import Population, cut_offs, distance_beyond, is_functional, of_true_scores

HERE = Path(__file__).parent


def read(name):
    with (HERE / name).open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


COUPLES = read("jacobson_truax_1991.csv")
FIRST, LAST = (np.array([float(row[name]) for row in COUPLES]) for name in ("first", "last"))
SAMPLE = describe(FIRST, LAST, 0.84, 0.80)
FUNCTIONAL = Population(115.0, 18.0)


def expected(index):
    return [float(row["value"]) for row in read("change.csv") if row["index"] == index]


@pytest.mark.parametrize("index", INDICES)
def test_indices_agree(index):
    np.testing.assert_allclose(reliable_change_index(index, FIRST, LAST, SAMPLE), expected(index), rtol=1e-12)


def test_distances_beyond_the_cut_off_of_true_scores_agree():
    clinical = Population(SAMPLE.mean, SAMPLE.deviation)
    c = cut_offs(of_true_scores(clinical, SAMPLE.error), of_true_scores(FUNCTIONAL, SAMPLE.error)).c
    np.testing.assert_allclose(distance_beyond(LAST, c, SAMPLE), expected("beyond c"), rtol=1e-11)


def test_the_example_of_the_paper():
    "Jacobson & Truax (1991), in the tests of clinicalsignificance: 40 and 60 with deviations of 7.5."
    found = cut_offs(Population(40, 7.5), Population(60, 7.5))
    assert (found.a, found.b, found.c) == (55, 45, 50)


def test_the_example_of_bauer():
    "Bauer and others (2004), in the tests of clinicalsignificance: OQ-45, 68.35 (22.33) and 50 (22), reliability 0.93."
    error = 22.33 * np.sqrt(0.07)
    true = of_true_scores(Population(68.35, 22.33), error)
    assert true.deviation == pytest.approx(22.33 * np.sqrt(0.93))
    found = cut_offs(true, Population(50, 22 * np.sqrt(0.93)))
    assert found.a == pytest.approx(68.35 - 2 * 22.33 * np.sqrt(0.93))
    assert found.b == pytest.approx(50 + 2 * 22 * np.sqrt(0.93))
    assert found.c == pytest.approx((22.33 * 50 + 22 * 68.35) / (22.33 + 22))


def test_cut_off_b_takes_the_functional_deviation():
    "The package takes the clinical one; where they differ, so must the results."
    assert cut_offs(Population(14, 6), Population(4, 3)).b == 10
    assert cut_offs(Population(14, 3), Population(4, 3)).b == 10


@pytest.mark.parametrize(("deviation", "reliability", "change"), [(5.7, 0.89, 5.24), (5.1, 0.92, 4.00)])
def test_reliable_change_of_the_manual(deviation, reliability, change):
    "PHQ-9 and GAD-7: rounded up they are the 6 and 4 of the NHS Talking Therapies Manual."
    assert smallest_reliable_change(deviation, reliability) == pytest.approx(change, abs=0.005)


def test_the_yardstick_moves_the_headline():
    "The same thirty couples, where high is good: how many improved under each index."
    counts = {}
    for index in INDICES:
        way = by_index(reliable_change_index(index, FIRST, LAST, SAMPLE), CRITICAL[index], lower_is_better=False)
        functional = is_functional(LAST, 97.0, lower_is_better=False)
        found = tally(classify(way, ~is_functional(FIRST, 97.0, lower_is_better=False), functional))
        assert sum(found.values()) == 30
        counts[index] = found[Class.RECOVERED] + found[Class.IMPROVED]
        assert counts[index] == sum(value > CRITICAL[index] for value in expected(index))
    assert min(counts.values()) == counts["Hsu-Linn-Lord"] < 10 < counts["Jacobson-Truax"] < counts["Hageman-Arrindell"]


def test_an_index_asks_for_what_it_needs():
    bare = Sample(14, 6, 0.84)
    for index, what in (("Hsu-Linn-Lord", "last mean"), ("Nunnally-Kotsch", "last reliability")):
        with pytest.raises(ValueError, match=what):
            reliable_change_index(index, 20, 10, bare)
    with pytest.raises(ValueError, match="not 'Jacobson'"):
        reliable_change_index("Jacobson", 20, 10, bare)
