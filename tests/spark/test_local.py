"""Spark on this machine gives the figures that DuckDB gives, row for row."""

import gc
from datetime import date
from pathlib import Path

import ibis
import measures_made_up
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from caseness.engine import fetch, hold, load, on_spark, scan_parquet_files
from caseness.errors import CasenessError, UnreadableInput
from caseness.measures import all_measures, all_variables, choose, compute
from caseness.periods import Period
from spark.parquet_grains import open_on, write_random

JULY = Period.parse("2024-07")
# A national year has five million rows of referrals by month.
SHARE_OF_50_000 = 0.01
# PySpark leaves the sockets that it reads rows from to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")


def compute_on(engine, folder):
    """All measures of one month."""
    return compute(open_on(engine, folder), [JULY], tuple(all_measures().values()), ("england", "provider")).table


def test_all_measures_agree_on_50_000_referrals(local, tmp_path):
    """All 343, of one month of 150 providers: the same rows in the same order."""
    measures_made_up.write(tmp_path / "grains", SHARE_OF_50_000)
    assert pq.read_metadata(tmp_path / "grains" / "referral.parquet").num_rows == 50_000
    here, there = (compute_on(engine, tmp_path / "grains") for engine in ("duckdb", local))
    assert here.num_rows > 20_000
    assert there.equals(here)


def test_figures_by_every_variable_agree(local, tmp_path):
    """Each measure of every fifteenth, in a quarter and a year, by all variables: the same rows in the same order."""
    folder, variables = write_random(tmp_path / "grains", seed=12, size=300), tuple(all_variables().values())
    measures = (*tuple(all_measures().values())[::15], *choose(["M076"]))
    given = (
        [Period.parse(one) for one in ("2025-26 Q1", "2025-26")],
        measures,
        ("england", "provider"),
        None,
        "",
        variables,
    )
    here, there = (compute(open_on(engine, folder), *given).table for engine in ("duckdb", local))
    assert here.num_rows > 10_000
    assert there.equals(here)


@pytest.fixture
def table(local, tmp_path):
    """Three rows on Spark: the last has nothing but its number."""
    held = pa.table(
        {
            "number": pa.array([1, 2, 3], pa.int64()),
            "score": pa.array([1.5, 2.0, None], pa.float64()),
            "day": pa.array([date(2025, 1, 31), date(2024, 2, 29), None], pa.date32()),
            "flag": pa.array([True, False, None]),
        }
    )
    pq.write_table(held, tmp_path / "rows.parquet")
    return scan_parquet_files([tmp_path / "rows.parquet"], local)


def test_rows_come_back_with_their_types_and_blanks(table):
    """Through pandas a blank number would be NaN, and a count of blanks 0."""
    found = fetch(table.order_by("number"))
    assert found.schema.types == [pa.int64(), pa.float64(), pa.date32(), pa.bool_()]
    assert found["score"].to_pylist() == [1.5, 2.0, None]
    assert found["day"].to_pylist() == [date(2025, 1, 31), date(2024, 2, 29), None]
    assert fetch(table.agg(blank=table.score.isnull().cast("int32").sum()))["blank"].to_pylist() == [1]


def test_a_blank_in_a_condition_counts_for_nothing(table):
    counted = table.agg(both=(table.flag & (table.score > 0)).cast("int32").sum(), either=(table.flag | (table.number > 2)).cast("int32").sum())  # fmt: skip
    assert fetch(counted).to_pylist() == [{"both": 1, "either": 2}]


def test_a_month_ends_on_its_last_day(table):
    end = (table.day.truncate("month") + ibis.interval(months=1) - ibis.interval(days=1)).cast("date")
    assert fetch(table.order_by("number").select(end=end))["end"].to_pylist() == [
        date(2025, 1, 31),
        date(2024, 2, 29),
        None,
    ]


def test_what_is_held_is_let_go_when_nobody_refers_to_it(table, local):
    held = hold(table.filter(table.number > 1))
    name = held.get_name()
    assert fetch(held.agg(rows=held.count()))["rows"].to_pylist() == [2]
    catalog = on_spark.connect(local)._session.catalog
    assert catalog.tableExists(name)
    del held
    gc.collect()
    assert not catalog.tableExists(name)


def test_a_table_in_memory_is_joined_and_let_go(table, local):
    """With its types and blanks: Ibis would take it over pandas."""
    names = load(pa.table({"number": pa.array([1, 2], pa.int64()), "name": ["one", None]}))
    name = names.op().name
    found = table.inner_join(names, "number").select("number", "name")
    assert sorted(fetch(found).to_pylist(), key=str) == [{"number": 1, "name": "one"}, {"number": 2, "name": None}]
    catalog = on_spark.connect(local)._session.catalog
    assert catalog.tableExists(name)
    del names, found
    gc.collect()
    assert not catalog.tableExists(name)


def test_what_spark_refuses_is_told_in_a_line(table):
    with pytest.raises(CasenessError, match=r"could not be computed on Spark: .*DIVIDE_BY_ZERO") as told:
        fetch(table.select(share=table.number // (table.number - 1)))
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("content", [None, b"no Parquet"], ids=["absent", "damaged"])
def test_a_file_that_cannot_be_read_is_told(local, tmp_path, content):
    path = tmp_path / "grains [1] *" / "rows.parquet"
    path.parent.mkdir()
    if content:
        path.write_bytes(content)
    with pytest.raises(UnreadableInput, match="no whole Parquet file"):
        scan_parquet_files([path], local)


@pytest.mark.parametrize("run", [fetch, lambda rows: fetch(hold(rows))], ids=["fetched", "held"])
def test_a_file_that_is_damaged_inside_is_named(local, tmp_path, run):
    paths = [tmp_path / f"rows-{number}.parquet" for number in range(2)]
    for path in paths:
        pq.write_table(pa.table({"number": list(range(1000))}), path)
    rows, kept = scan_parquet_files(paths, local), paths[1].read_bytes()
    paths[1].write_bytes(kept[:4] + b"\xa5" * 2000 + kept[2004:])
    with pytest.raises(UnreadableInput, match=r"rows-1\.parquet is damaged"):
        run(rows)


def test_a_path_is_no_pattern(local, tmp_path):
    """Spark would take the brackets for a choice of letters."""
    path = tmp_path / "grains [1] {a,b}" / "rows.parquet"
    path.parent.mkdir()
    pq.write_table(pa.table({"number": [7]}), path)
    assert fetch(scan_parquet_files([Path(path)], local))["number"].to_pylist() == [7]
