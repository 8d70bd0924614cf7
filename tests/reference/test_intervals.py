"""Intervals of proportions, differences and correlations against base R (intervals.R)"""

import csv
from pathlib import Path

import numpy as np
import pytest

from caseness.stats.intervals import clopper_pearson, fisher_correlation, newcombe_difference, wilson

BY_KIND = {
    "wilson": wilson,
    "clopper_pearson": clopper_pearson,
    "newcombe": newcombe_difference,
    "fisher": fisher_correlation,
}

with (Path(__file__).parent / "intervals.csv").open(newline="", encoding="utf-8") as handle:
    ROWS = list(csv.DictReader(handle))


@pytest.mark.parametrize("kind", BY_KIND)
def test_intervals_agree_with_base_r(kind):
    rows = [row for row in ROWS if row["kind"] == kind]
    assert len(rows) >= 15
    for row in rows:
        given = [float(row[name]) for name in "abcd" if row[name]]
        found = BY_KIND[kind](*given, coverage=float(row["coverage"]))
        # R finds the exact limits by the same inverse of the beta integral, to 1e-13 or so.
        np.testing.assert_allclose(found, [float(row["lower"]), float(row["upper"])], rtol=1e-11, atol=1e-12)
