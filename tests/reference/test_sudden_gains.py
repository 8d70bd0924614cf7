"""The examples that the package suddengains prints in its tutorial (sudden_gains.csv)"""

import csv
from pathlib import Path

import pytest
from scipy.special import stdtrit

from caseness.stats.sudden_gains import Criteria, find

with (Path(__file__).parent / "sudden_gains.csv").open(newline="", encoding="utf-8") as handle:
    ROWS = list(csv.DictReader(handle))


def optional(text):
    return float(text) if text else None


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["source"][-9:])
def test_the_examples(row):
    scores = [float(one) if one else float("nan") for one in row["scores"].split(";")]
    asked = Criteria(
        optional(row["least"]), optional(row["share"]), row["stability"], float(row["alpha"]), loss=row["loss"] == "yes"
    )
    found = find([scores], asked)
    assert found.is_judged[0, 2]
    assert found.is_sudden[0, 2] == (row["sudden"] == "yes")
    freedom = sum(bool(one) for one in row["scores"].split(";")) - 2
    assert stdtrit(freedom, 1 - asked.alpha / 2) == pytest.approx(float(row["critical"]), abs=5e-4)
