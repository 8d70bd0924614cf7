"""Random-effects pooling against metafor (pooling.R)"""

import csv
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from caseness.stats.pooling import logits, pool

HERE = Path(__file__).parent
FIELDS = (
    "effect",
    "standard_error",
    "low",
    "high",
    "prediction_low",
    "prediction_high",
    "tau_squared",
    "i_squared",
    "q",
)


def read(name):
    with (HERE / name).open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def arms(disorder):
    text = files("caseness.audit.natural").joinpath("trial_arms.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    counts = [(int(one["responded_control"]), int(one["control"])) for one in rows if one["disorder"] == disorder]
    return logits(*np.transpose(counts), correction=0.5)


def effects_of_bcg():
    rows = read("pooling_bcg_effects.csv")
    return [float(row["effect"]) for row in rows], [float(row["variance"]) for row in rows]


SETS = {
    "bcg": effects_of_bcg(),
    "depression": arms("Depression"),
    "panic": arms("Panic Disorder"),
    "agreeing": ([0.30, 0.31, 0.29, 0.30], [0.04, 0.05, 0.03, 0.09]),
}


@pytest.mark.parametrize("row", read("pooling.csv"), ids=lambda row: "-".join([*row.values()][:3]))
def test_pooling_agrees_with_metafor(row):
    found = pool(*SETS[row["set"]], row["method"], hartung_knapp=row["hartung_knapp"] == "1")
    assert found.studies == int(row["studies"])
    # metafor stops its search for tau squared some 1e-8 from the root.
    np.testing.assert_allclose(
        [getattr(found, name) for name in FIELDS], [float(row[name]) for name in FIELDS], rtol=2e-6, atol=1e-9
    )


def test_the_trials_of_colditz_as_published():
    """Relative risk of tuberculosis after BCG, worked out from the thirteen tables: log risk ratio and its variance."""
    for row, effect, variance in zip(read("pooling_bcg.csv"), *SETS["bcg"], strict=True):
        a, b, c, d = (int(row[name]) for name in ("tpos", "tneg", "cpos", "cneg"))
        assert np.log(a / (a + b) / (c / (c + d))) == pytest.approx(effect)
        assert 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d) == pytest.approx(variance)


def test_logits_agree_with_escalc():
    for row in read("pooling_arms.csv"):
        correction, everywhere = float(row["correction"]), row["everywhere"] == "1"
        found = logits([int(row["events"])], [int(row["total"])], correction=correction, everywhere=everywhere)
        np.testing.assert_allclose(np.ravel(found), [float(row["logit"]), float(row["variance"])], rtol=1e-12)
