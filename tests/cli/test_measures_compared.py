"""`caseness measures compare`."""

import json
from datetime import date

import pyarrow.parquet as pq

from caseness.published import open_releases
from caseness.results import Results, Selection
from measured_grains import APRIL


def test_compare_tells_what_is_the_same_and_what_differs(caseness, grains, tmp_path):
    caseness("measures", "compute", str(grains), "--out", str(tmp_path / "ours"))
    ours = tmp_path / "ours" / "measures.parquet"
    outcome = caseness("measures", "compare", str(ours), str(ours))
    assert outcome.status == 0
    assert "218 figures compared" in outcome.out
    assert "0 figures differ" in outcome.out
    assert caseness("measures", "compare", str(ours), str(ours), "--strict").status == 0


def test_a_figure_on_one_side_alone_differs_where_that_is_asked_for(caseness, grains, tmp_path):
    for name, measure in (("ours", "M076"), ("theirs", "M056")):
        caseness("measures", "compute", grains, "--measure", measure, "--measure", "M001", "--out", tmp_path / name)
    assert caseness("measures", "compare", tmp_path / "ours", tmp_path / "theirs").status == 0
    outcome = caseness("measures", "compare", tmp_path / "ours", tmp_path / "theirs", "--strict")
    assert outcome.status == 46
    assert "only ours 1, only theirs 1. Nothing was changed." in outcome.err


def test_compare_reads_both_files_of_one_run_alike(caseness, grains, tmp_path):
    """A blank in the CSV file is no text. Where nothing is on both sides, nothing was compared, and that is no agreement."""
    caseness("measures", "compute", grains, "--measure", "M056", "--out", tmp_path / "out")
    both = [tmp_path / "out" / f"measures.{form}" for form in ("parquet", "csv")]
    outcome = caseness("measures", "compare", *both, "--strict")
    assert (outcome.status, "1 figures compared" in outcome.out) == (0, True), outcome.out + outcome.err
    caseness("measures", "compute", grains, "--measure", "M001", "--out", tmp_path / "other")
    outcome = caseness("measures", "compare", both[0], tmp_path / "other" / "measures.parquet")
    assert outcome.status == 46
    assert "nothing could be compared" in outcome.err


def test_compare_says_that_a_monthly_layout_is_of_people_who_do_not_exist(caseness, service, tmp_path):
    asked = ("--measure", "M001", "--layout", "nhs-monthly", "--out", tmp_path / "out")
    caseness("measures", "compute", service, *asked)
    outcome = caseness("measures", "compare", tmp_path / "out" / "measures-nhs-monthly.csv", tmp_path / "out")
    assert "SYNTHETIC" in outcome.out


def test_compare_shows_the_first_that_differ_and_says_how_many_more(caseness, tmp_path):
    rows = [
        {"figure_id": f"M{number:03}", "statistic": "count", "period_start": APRIL, "period_end": date(2025, 4, 30), "level": "england", "organisation": "ENGLAND", "basis": "computed"}
        for number in range(1, 31)
    ]  # fmt: skip
    for name, value in (("ours", 1.0), ("theirs", None)):
        figures = Results.from_rows([{**row, "value": value if name == "ours" else 2.0} for row in rows])
        pq.write_table(figures.table, tmp_path / f"{name}.parquet")
    outcome = caseness("measures", "compare", str(tmp_path / "ours.parquet"), str(tmp_path / "theirs.parquet"))
    assert outcome.status == 46
    assert "Of 30 figures compared not all are the same: differs 30." in outcome.err
    assert "30 figures differ" in outcome.out
    assert "10 more are not shown" in outcome.out


def test_compare_takes_of_a_release_what_was_computed(caseness, shared_data, tmp_path):
    figures = open_releases(shared_data / "published" / "measures_monthly.parquet").select(
        Selection(figures=("M076", "M192"), levels=("england",), splits=())
    )
    kept = figures.table.filter([row.year == 2025 for row in figures.table["period_start"].to_pylist()])
    pq.write_table(kept, tmp_path / "ours.parquet")
    theirs = shared_data / "published" / "measures_monthly.parquet"
    lines = json.loads(caseness("measures", "compare", str(tmp_path / "ours.parquet"), str(theirs), "--json").out)
    assert len(lines) == 24
    assert {line["verdict"] for line in lines} == {"same"}
