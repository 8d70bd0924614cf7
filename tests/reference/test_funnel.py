"""Funnels, heterogeneity and exact limits against R (funnel.R)"""

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from caseness.stats.funnel import arcsine_limits, binomial_limits, fit_funnel
from caseness.stats.heterogeneity import measure_heterogeneity

HERE = Path(__file__).parent


def read(name):
    with (HERE / name).open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


SETS = {row["set"]: row for row in read("heterogeneity.csv")}
SERVICES = defaultdict(list)
for row in read("funnel.csv"):
    SERVICES[row["set"]].append(row)


def column(name, of):
    return np.array([float(row[of]) for row in SERVICES[name]])


def counts(name):
    return column(name, "successes"), column(name, "totals")


@pytest.mark.parametrize("name", SETS)
def test_a_funnel_agrees_with_the_formulas_in_r(name):
    funnel, expected = fit_funnel(*counts(name)), SETS[name]
    for part in ("centre", "raw_dispersion", "dispersion", "between"):
        np.testing.assert_allclose(getattr(funnel, part), float(expected[part]), rtol=1e-11, atol=1e-15)
    for part, of in ((funnel.scores, "score"), (funnel.adjusted, "adjusted")):
        np.testing.assert_allclose(part, column(name, of), rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize("name", SETS)
def test_limits_agree_with_the_formulas_in_r(name):
    funnel, totals = fit_funnel(*counts(name)), counts(name)[1]
    naive = arcsine_limits(totals, funnel.centre, 3.09)
    wider = arcsine_limits(totals, funnel.centre, 1.96, funnel.between)
    for found, of in zip((*naive, *wider), ("naive_lower", "naive_upper", "lower", "upper"), strict=True):
        np.testing.assert_allclose(found, column(name, of), rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("name", SETS)
def test_heterogeneity_agrees_with_metafor(name):
    found, expected = measure_heterogeneity(*counts(name)), SETS[name]
    for part in ("q", "freedom", "beyond_chance"):
        np.testing.assert_allclose(getattr(found, part), float(expected[part]), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(found.chance, float(expected["chance"]), rtol=1e-6, atol=1e-300)
    np.testing.assert_allclose(
        [found.low, found.high], [float(expected[end]) for end in ("low", "high")], rtol=1e-7, atol=1e-9
    )


def test_exact_limits_agree_with_qbinom_and_pbinom():
    for row in read("funnel_limits.csv"):
        found = binomial_limits([float(row["n"])], float(row["target"]), float(row["coverage"]))
        np.testing.assert_allclose(
            np.ravel(found), [float(row["lower"]), float(row["upper"])], rtol=1e-9, atol=1e-12, err_msg=str(row)
        )


def test_the_reference_holds_both_more_than_chance_and_chance_alone():
    between = {name: float(row["between"]) for name, row in SETS.items()}
    assert between["chance only"] == 0
    assert between["wide"] > 0
