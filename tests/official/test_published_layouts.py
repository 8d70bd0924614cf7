"""A raw release gives the same figures as the tidy one made from it"""

from pathlib import Path

import pytest

from caseness.published import open_releases
from caseness.results import Selection

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "releases"
CELL = (
    "figure_id",
    "statistic",
    "period_start",
    "period_end",
    "level",
    "organisation",
    "split_1",
    "group_1",
    "split_2",
    "group_2",
)
PRINT = ("value", "low", "high", "reason", "basis")


@pytest.fixture(scope="module")
def tidy(shared_data):
    return open_releases(shared_data / "published")


def cells(releases, **wanted):
    rows = releases.select(Selection(**wanted)).table.to_pylist()
    return {tuple(row[name] for name in CELL): tuple(row[name] for name in PRINT) for row in rows}


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("monthly_2021-02_reconstructed.xlsx", 24),
        ("monthly_2021-03_reconstructed.xlsx", 24),
        ("monthly_2021-06_reconstructed.csv", 36),
        ("monthly_2022-07_reconstructed.csv", 24),
        ("annual_main_2017-18_reconstructed.csv", 756),
        ("annual_main_2021-22_reconstructed.csv", 756),
        ("annual_main_2024-25_reconstructed.csv", 1134),
        ("outcomes_table_4_2024-25_reconstructed.csv", 112),
    ],
)
def test_a_raw_release_gives_the_figures_of_the_tidy_one(tidy, name, printed):
    raw = open_releases(FIXTURES / name)
    found = cells(raw)
    organisations = tuple({key[5] for key in found})
    known = cells(tidy, figures=tuple({key[0] for key in found}), organisations=organisations)
    shared = {key: value for key, value in found.items() if key in known}
    assert shared == {key: known[key] for key in shared}
    assert len(shared) == printed
