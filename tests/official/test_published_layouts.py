"""A raw release gives the same figures as the tidy one made from it"""

import csv
from pathlib import Path

import pytest

from caseness.published import open_releases
from caseness.published.layouts import recognise
from caseness.published.names import column_key, source_names
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


def employment_columns(shared_data):
    with (shared_data / "published" / "raw_annual_columns.csv").open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if "-emp" in row["csv_file"]]
    return {year: [row["column"] for row in rows if row["period"] == year] for year in {row["period"] for row in rows}}


def test_the_columns_of_every_employment_file_are_those_of_the_layout(shared_data):
    years = employment_columns(shared_data)
    assert len(years) == 8
    for year, printed in years.items():
        layout = recognise(printed)
        assert layout.id == "annual-employment"
        named = [one.source_name for one in source_names(layout.names) if one.first <= year]
        expected = {column_key(name) for name in (*named, *layout.columns.values())}
        assert {column_key(name) for name in printed} == expected


@pytest.mark.parametrize("year", ["2017-18", "2024-25"])
def test_the_made_up_employment_files_have_the_real_columns(shared_data, year):
    with (FIXTURES / f"annual_employment_{year}_made_up.csv").open(encoding="utf-8") as stream:
        made_up = next(csv.reader(stream))
    assert sorted(made_up) == sorted(employment_columns(shared_data)[year])
