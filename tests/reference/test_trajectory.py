"""The mixed log-linear model against MixedLM of statsmodels (trajectory_values.py)"""

import csv
from pathlib import Path

import numpy as np
import pytest

from caseness.stats.trajectory import fit, own_slopes
from caseness.stats.trajectory_sums import sums_by_person

HERE = Path(__file__).parent


def read(name):
    with (HERE / name).open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


SCORES = read("trajectory_scores.csv")


@pytest.fixture(scope="module")
def sums():
    person, session, intake, score = (np.array([float(row[name]) for row in SCORES]) for name in SCORES[0])
    person = person.astype(int)
    of_person = np.zeros(person.max() + 1)
    of_person[person] = intake
    return {
        name: sums_by_person(person, np.log(session), score, x) for name, x in (("alone", None), ("intake", of_person))
    }


@pytest.mark.parametrize("model", ["alone", "intake"])
def test_the_fit_agrees(sums, model):
    expected = {row["what"]: float(row["value"]) for row in read("trajectory.csv") if row["model"] == model}
    course = fit(sums[model])
    fixed = [expected[name] for name in ("Intercept", "intake", "t", "t:intake") if name in expected]
    np.testing.assert_allclose(course.coefficients.ravel(), fixed, rtol=1e-5)
    own = [[expected["level"], expected["both"]], [expected["both"], expected["change"]]]
    np.testing.assert_allclose(course.covariance, own, rtol=1e-5, atol=1e-5)
    assert course.residual == pytest.approx(expected["residual"], rel=1e-6)
    assert course.log_likelihood == pytest.approx(expected["log_likelihood"], abs=1e-6)
    assert (course.people, course.observations) == (88, len(SCORES))


def test_each_persons_slope_agrees(sums):
    slope, error = own_slopes(fit(sums["intake"]), sums["intake"])
    rows = read("trajectory_slopes.csv")
    np.testing.assert_allclose(slope, [float(row["slope"]) for row in rows], atol=1e-5)
    np.testing.assert_allclose(error, [float(row["error"]) for row in rows], rtol=1e-5)
