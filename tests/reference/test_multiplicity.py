"""Chances of a difference, and Holm's adjustment, against base R (multiplicity.R)"""

import csv
from pathlib import Path

import numpy as np

from caseness.stats.multiplicity import adjust_by_holm, chance_of_difference

with (Path(__file__).parent / "multiplicity.csv").open(newline="", encoding="utf-8") as handle:
    ROWS = [{name: float(cell) for name, cell in row.items()} for row in csv.DictReader(handle)]


def column(name):
    return np.array([row[name] for row in ROWS])


def test_chances_agree_with_prop_test():
    counts = (column(name) for name in ("successes", "totals", "other_successes", "other_totals"))
    np.testing.assert_allclose(chance_of_difference(*counts), column("chance"), rtol=1e-9)


def test_holm_agrees_with_p_adjust():
    for family in (1, 2):
        own = column("family") == family
        np.testing.assert_allclose(adjust_by_holm(column("chance")[own]), column("holm")[own], rtol=1e-12)
