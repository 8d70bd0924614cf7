"""Tidy releases, as Parquet or saved as something else"""

import pyarrow as pa
import pyarrow.parquet as pa_parquet
import pytest

from caseness.errors import UnreadableInput
from caseness.published import open_releases, scan_releases
from caseness.results import Selection

EVERYTHING = Selection()


def figures(path):
    rows = open_releases(path).select(EVERYTHING).table.to_pylist()
    return {(row["figure_id"], row["organisation"]): row["value"] for row in rows}


def notes(path):
    return "\n".join(open_releases(path).notes)


def tidy(path, **changes):
    row = {
        "reporting_period": "2021-06", "group_type": "England", "org_code1": "all", "org_name1": "all CCGs",
        "org_code2": "all", "org_name2": "all Providers", "measure_id": "M001", "measure_name": "referrals_received",
        "measure_statistic": "count", "value": 7.0,
    }  # fmt: skip
    rows = [row | change for change in changes.pop("rows", [{}])]
    table = pa.Table.from_pylist(rows)
    for column, day in (("start_date", "2021-06-01"), ("end_date", "2021-06-30")):
        days = pa.array([changes.get(column, day)] * len(rows)).cast(pa.date32())
        table = table.append_column(column, days)
    pa_parquet.write_table(table, path)
    return path


def test_a_tidy_release_whose_name_of_a_period_contradicts_its_dates_is_refused(tmp_path):
    path = tidy(tmp_path / "tidy.parquet", rows=[{"reporting_period": "2021-07"}])
    with pytest.raises(UnreadableInput, match="do not begin when their name says, such as '2021-07' on 2021-06-01"):
        open_releases(path)
    with pytest.raises(UnreadableInput, match="do not begin"):
        open_releases(tidy(tmp_path / "nameless.parquet", rows=[{"reporting_period": "??"}]))


def test_a_tidy_release_with_a_cell_of_two_values_leaves_it_out(tmp_path):
    rows = [{}, {"measure_id": "M076"}, {"value": 8.0}]
    path = tidy(tmp_path / "tidy.parquet", rows=rows)
    assert figures(path) == {("M076", "ENGLAND"): 7.0}
    assert "1 cells are printed more than once with different values" in notes(path)


def test_a_tidy_release_with_a_cell_of_two_values_beside_a_missing_figure_leaves_it_out(tmp_path):
    path = tidy(tmp_path / "tidy.parquet", rows=[{}, {"value": 8.0}])
    with_other = tidy(
        tmp_path / "other.parquet",
        rows=[{}, {"value": 8.0}, {"org_code2": "RP7", "group_type": "Provider", "value": 5.0}],
    )
    assert figures(path) == {}
    assert figures(with_other) == {("M001", "RP7"): 5.0}


def test_a_number_that_is_no_number_is_left_out(tmp_path):
    path = tidy(
        tmp_path / "tidy.parquet",
        rows=[{"value": float("nan")}, {"measure_id": "M076", "value": float("inf")}, {"measure_id": "M031"}],
    )
    assert figures(path) == {("M031", "ENGLAND"): 7.0}
    assert "2 cells hold no finite number" in notes(path)


def test_a_tidy_release_saved_as_csv_gives_the_same_figures(tmp_path, write):
    path = tidy(tmp_path / "tidy.parquet", rows=[{}, {"group_type": "Provider", "org_code2": "RP7", "value": None}])
    table = pa_parquet.read_table(path)
    lines = [",".join(table.column_names)]
    lines += [",".join("" if cell is None else str(cell) for cell in row.values()) for row in table.to_pylist()]
    copied = write("tidy.csv", "\n".join([*lines, ""]))
    assert same_but_source(path) == same_but_source(copied)
    one, other = open_releases(path), open_releases(copied)
    assert one.organisation_names() == other.organisation_names()


def test_a_scan_is_the_same_whatever_a_tidy_release_was_saved_as(tmp_path, write):
    counts = [
        {"measure_id": figure, "value": value} for figure, value in (("M076", 100.0), ("M179", 10.0), ("M191", 45.0))
    ]
    rate = {"measure_id": "M192", "measure_statistic": "percentage", "value": 50.0}
    starred = {"group_type": "Provider", "org_code2": "RP7", "value": None}
    path = tidy(tmp_path / "tidy.parquet", rows=[*counts, rate, *(row | starred for row in (*counts, rate))])
    table = pa_parquet.read_table(path)
    lines = [",".join(table.column_names)]
    lines += [",".join("" if cell is None else str(cell) for cell in row.values()) for row in table.to_pylist()]
    copied = write("tidy.csv", "\n".join([*lines, ""]))
    for release in (path, copied):
        scan = scan_releases(open_releases(release))
        assert (scan.reproduced, scan.starred, scan.without_counts, scan.impossible) == (1, 1, 0, 0)


def same_but_source(path):
    rows = open_releases(path).select(EVERYTHING).table.drop(["source"]).to_pylist()
    return sorted(rows, key=str)


def test_a_raw_file_saved_as_parquet_gives_the_same_figures(releases_folder, tmp_path):
    raw = releases_folder / "monthly_2021-06_reconstructed.csv"
    lines = [line.split(",") for line in raw.read_text().splitlines()]
    columns = {name: [line[place] for line in lines[1:]] for place, name in enumerate(lines[0])}
    pa_parquet.write_table(pa.table(columns), tmp_path / "raw.parquet")
    assert same_but_source(tmp_path / "raw.parquet") == same_but_source(raw)
