"""XmR charts against other implementations (spc_limits.R, spc_rules.py)"""

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from caseness.stats.spc import judge, process_limits

HERE = Path(__file__).parent
RULES = ("outside", "trend", "two_of_three", "shift")
LIMITS = ("mean", "average_moving_range", "lower", "upper", "near_lower", "near_upper")


def read(name):
    with (HERE / name).open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def gather(name, *columns):
    found = defaultdict(list)
    for row in read(name):
        found[row["series"]].append([float(row[column]) for column in columns])
    return found


SERIES = {name: np.ravel(values) for name, values in gather("spc_series.csv", "value").items()}
FIRED = gather("spc_rules.csv", *RULES)


@pytest.mark.parametrize("row", read("spc_limits.csv"), ids=lambda row: f"{row['series']}-{row['screened']}")
def test_limits_agree_with_base_r(row):
    found = process_limits(SERIES[row["series"]], screen=row["screened"] == "1")
    # Both sum the same doubles, in another order: 1e-12 is machine precision on values of this size.
    np.testing.assert_allclose(
        [getattr(found, name) for name in LIMITS], [float(row[name]) for name in LIMITS], rtol=1e-12, atol=1e-12
    )


@pytest.mark.parametrize("name", SERIES)
def test_rules_agree_with_abspc(name):
    chart = judge(SERIES[name])
    found = np.column_stack([abs(getattr(chart, rule)) for rule in RULES])
    np.testing.assert_array_equal(found, FIRED[name])


def test_the_reference_shows_every_rule_at_work():
    fired = np.array([row for rows in FIRED.values() for row in rows])
    assert (fired.sum(axis=0) >= 5).all()


def test_the_reference_covers_every_series_under_both_ways_of_screening():
    assert {row["series"] for row in read("spc_limits.csv")} == set(SERIES) == set(FIRED)
    assert {row["screened"] for row in read("spc_limits.csv")} == {"0", "1"}


def test_the_series_are_what_the_script_writes(shared_data, tmp_path, monkeypatch):
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location("spc_series", HERE / "spc_series.py")
    script = module_from_spec(spec)
    spec.loader.exec_module(script)
    monkeypatch.setattr(script, "HERE", tmp_path)
    script.main(shared_data / "published" / "england_months.csv")
    assert (tmp_path / "spc_series.csv").read_bytes() == (HERE / "spc_series.csv").read_bytes()
