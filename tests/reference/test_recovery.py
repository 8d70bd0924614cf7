"""Curves of recovery, and second measurements, against adaptive quadrature and `lm` in R (recovery.R)"""

import csv
from pathlib import Path

import numpy as np
import pytest

from caseness.stats.recovery import EXPONENTIAL, WEIBULL, Curve, average, fit
from caseness.stats.retest import chance_below, chance_below_both, expected_fall

HERE = Path(__file__).parent


def read(name):
    with (HERE / name).open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def numbers(text):
    return [float(one) for one in text.split(";")]


def weibull():
    return Curve(WEIBULL, (0.765, 18.4), lambda at: 1 - np.exp(-((np.asarray(at) / 18.4) ** 0.765)))


def exponential():
    return Curve(EXPONENTIAL, (0.0643,), lambda at: 1 - np.exp(-0.0643 * np.asarray(at)))


def both(mean, deviation, reliability, cut, *rest):
    pairs = zip((mean, deviation, reliability, cut), rest[:4], strict=True)
    return chance_below_both(*pairs, rest[4])


WORKED_OUT = {
    "average_weibull": lambda *given: average(weibull(), *given),
    "average_exponential": lambda *given: average(exponential(), *given),
    "expected_fall": expected_fall,
    "chance_below": chance_below,
    "chance_below_both": lambda *given: both(*given)[0],
    "below_both_at_first": lambda *given: both(*given)[1],
}


@pytest.mark.parametrize("row", read("recovery.csv"), ids=lambda row: f"{row['what']}-{row['arguments']}")
def test_quadrature_agrees_with_r(row):
    found = WORKED_OUT[row["what"]](*numbers(row["arguments"]))
    # The average takes a fixed number of quantiles; the others are sums that are exact for these densities.
    tolerance = 1e-5 if row["what"].startswith("average") else 1e-9
    assert found == pytest.approx(float(row["value"]), abs=tolerance)


@pytest.mark.parametrize("row", read("recovery_fits.csv"), ids=lambda row: f"{row['shape']}-{row['shares']}")
def test_fits_agree_with_lm(row):
    expected = [float(row[name]) for name in ("first", "second") if row[name] not in ("NA", "")]
    found = fit(row["shape"], numbers(row["times"]), numbers(row["shares"])).parameters
    assert found == pytest.approx(expected, rel=1e-10)
