"""Terms of a difference against every order of change, gone through in R (decomposition.R)"""

import csv
from itertools import groupby
from pathlib import Path

import numpy as np
import pytest

from caseness.stats.decomposition import decompose

VALUES = {
    "product": np.prod,
    "sum": np.sum,
    "ratio": lambda x: x[0] / x.sum(),
    "mixed": lambda x: x[0] * x[1] - np.exp(-x[2]),
}

with (Path(__file__).parent / "decomposition.csv").open(newline="", encoding="utf-8") as handle:
    CASES = {case: list(rows) for case, rows in groupby(csv.DictReader(handle), key=lambda row: row["case"])}


@pytest.mark.parametrize("case", CASES)
def test_terms_agree_with_every_order_gone_through(case):
    rows = CASES[case]
    start, end, term = (np.array([float(row[name]) for row in rows]) for name in ("start", "end", "term"))
    # The terms of recoveries are differences of numbers near a million.
    np.testing.assert_allclose(decompose(VALUES[rows[0]["value"]], start, end), term, rtol=1e-12, atol=1e-9)


def test_products_of_two_and_three_factors_have_closed_forms():
    """Das Gupta (1993): the other factor at its mean; for three, a third and a sixth of the products of the others."""
    (a, b, c), (d, e, f) = (2.0, 3.0, 5.0), (3.0, 1.0, 4.0)
    assert decompose(np.prod, [a, b], [d, e]).tolist() == [(d - a) * (b + e) / 2, (e - b) * (a + d) / 2]
    three = [
        (d - a) * ((b * c + e * f) / 3 + (b * f + e * c) / 6),
        (e - b) * ((a * c + d * f) / 3 + (a * f + d * c) / 6),
        (f - c) * ((a * b + d * e) / 3 + (a * e + d * b) / 6),
    ]
    np.testing.assert_allclose(decompose(np.prod, [a, b, c], [d, e, f]), three, rtol=1e-14)
