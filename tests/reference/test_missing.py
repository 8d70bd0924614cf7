"""Bounds of a share with unknown outcomes, against every way of filling them in, in R (missing.R)"""

import csv
from pathlib import Path

import numpy as np

from caseness.stats.bounds import exact
from caseness.stats.missing import complete, manski_bounds

with (Path(__file__).parent / "missing.csv").open(newline="", encoding="utf-8") as handle:
    ROWS = [{name: float(cell) for name, cell in row.items()} for row in csv.DictReader(handle)]


def column(name):
    return np.array([row[name] for row in ROWS])


def test_the_formula_gives_the_extremes_of_every_filling_in():
    low, high = manski_bounds(column("rate"), column("missing"))
    # R writes 15 digits.
    np.testing.assert_allclose(low, column("low"), rtol=1e-13, atol=1e-14)
    np.testing.assert_allclose(high, column("high"), rtol=1e-13, atol=1e-14)


def test_the_counts_give_them_too():
    completed = complete(*(exact(column(name)) for name in ("having", "lacking", "everyone")))
    np.testing.assert_allclose(completed.none.value, 100 * column("low"), rtol=1e-13, atol=1e-12)
    np.testing.assert_allclose(completed.all.value, 100 * column("high"), rtol=1e-13, atol=1e-12)
