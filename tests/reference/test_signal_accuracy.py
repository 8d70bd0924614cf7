"""The accuracy of signals against `proportion_confint` of statsmodels (signal_accuracy_values.py)"""

import csv
from pathlib import Path

import pytest

from caseness.stats.signal_accuracy import accuracy

HERE = Path(__file__).parent

with (HERE / "signal_accuracy.csv").open(newline="", encoding="utf-8") as handle:
    ROWS = list(csv.DictReader(handle))
CELLS = ("hits", "false_alarms", "missed", "rightly_silent")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['figure']}-{row['method']}-{row['hits']}")
def test_figures_agree(row):
    found = accuracy(*(float(row[name]) for name in CELLS), exact=row["method"] == "beta")
    rate = getattr(found, row["figure"])
    expected = [float(row[name]) for name in ("value", "low", "high")]
    assert [rate.value.item(), rate.low.item(), rate.high.item()] == pytest.approx(expected, abs=1e-10)
