"""Ratios and shifts against base R (cost.R), and against the worked numbers of the literature"""

import csv
from pathlib import Path

import numpy as np
import pytest

from caseness.stats.bounds import Bounded, exact
from caseness.stats.cost import cost_per, fieller, recoveries_of_shift, shift_of_recoveries

with (Path(__file__).parent / "cost.csv").open(newline="", encoding="utf-8") as handle:
    ROWS = [{**row, "arguments": [float(one) for one in row["arguments"].split(";")]} for row in csv.DictReader(handle)]


def rows_of(what):
    return [
        pytest.param(row["arguments"], float(row["value"]), id=str(row["arguments"]))
        for row in ROWS
        if row["what"] == what
    ]


@pytest.mark.parametrize(("arguments", "value"), rows_of("fieller_lower"))
def test_the_lower_end_of_a_ratio_agrees_with_r(arguments, value):
    np.testing.assert_allclose(fieller(*arguments)[0], value, rtol=1e-7)


@pytest.mark.parametrize(("arguments", "value"), rows_of("fieller_upper"))
def test_the_upper_end_of_a_ratio_agrees_with_r(arguments, value):
    np.testing.assert_allclose(fieller(*arguments)[1], value, rtol=1e-7)


@pytest.mark.parametrize(("arguments", "value"), rows_of("recoveries_of_shift"))
def test_the_share_that_crosses_agrees_with_r(arguments, value):
    np.testing.assert_allclose(recoveries_of_shift(*arguments), value, atol=1e-9)
    without, shift = arguments
    np.testing.assert_allclose(shift_of_recoveries(without, without + value), shift, atol=1e-7)


# Radhakrishnan and others (2013), as mission S5 quotes them: cost per course, and per recovered person. The share
# who recovered follows, and is the same for the source's own ratio: 47, 49, 42, 52 and 50 per cent.
STUDY = [(493, 1043, 0.47), (1416, 2895, 0.49), (699, 1653, 0.42), (1514, 2914, 0.52), (877, 1766, 0.50)]


@pytest.mark.parametrize(("course", "recovered", "share"), STUDY)
def test_the_study_of_2013_divides_a_course_by_a_share_that_recovered(course, recovered, share):
    half_a_per_cent = Bounded.of([share - 0.005], [share + 0.005], [share])
    found = cost_per(exact(float(course)), half_a_per_cent)
    assert found.low[0] <= recovered <= found.high[0]


def test_what_a_recovery_costs_when_some_would_have_come_anyway():
    """Source: outcome-science, B12: 877 / 0.50 = 1,754 and 877 / (0.50 - 0.23) = 3,248."""
    assert cost_per(exact(877.0), exact(0.50)).value.round().item() == 1754
    assert cost_per(exact(877.0), exact(0.50 - 0.23)).value.round().item() == 3248
