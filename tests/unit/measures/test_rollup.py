"""Rolling up: medians, highest and lowest of numbers that are counted at the finest key."""

import numpy as np
import pytest

from caseness.measures import rollup
from caseness.measures.aggregate import Spread
from caseness.measures.places import Places
from caseness.measures.rollup import lay_out

KEYS = ((1, "A", "11A"), (1, "B", "11A"), (2, "A", "11A"))


def spread(*entries):
    keys, values, counts = zip(*entries, strict=True) if entries else ((), (), ())
    return Spread.of(keys, np.array(values, dtype=float), np.array(counts, dtype=float))


@pytest.mark.parametrize("block", [1, 4_000_000])
def test_the_median_is_the_middle_or_half_way(monkeypatch, block):
    monkeypatch.setattr(rollup, "_block", lambda values: block)
    level = lay_out("provider", KEYS, Places())
    of = spread((KEYS[0], 5, 1), (KEYS[0], 1, 1), (KEYS[0], 2, 1), (KEYS[1], 4, 1), (KEYS[1], 1, 1))
    assert level.groups == ((1, "A", None), (1, "B", None), (2, "A", None))
    assert level.pick(of, "median").tolist()[:2] == [2.0, 2.5]
    assert np.isnan(level.pick(of, "median")[2])
    assert level.pick(of, "max").tolist()[:2] == [5.0, 4.0]
    assert level.pick(of, "min").tolist()[:2] == [1.0, 1.0]


def test_a_number_that_occurs_often_counts_so_often():
    level = lay_out("england", KEYS, Places())
    of = spread((KEYS[0], 1, 3), (KEYS[1], 9, 2), (KEYS[2], 7, 1))
    assert level.pick(of, "median").tolist() == [1.0, 7.0]


def test_nothing_has_no_median():
    assert np.isnan(lay_out("england", KEYS, Places()).pick(spread(), "median")).all()


@pytest.mark.parametrize("seed", range(20))
def test_medians_agree_with_numpy(seed):
    generator = np.random.default_rng(seed)
    numbers = generator.integers(0, 6, generator.integers(1, 12))
    of = spread(*(((1, "A", None), number, 1) for number in numbers))
    assert lay_out("england", of.keys, Places()).pick(of, "median")[0] == np.median(numbers)
