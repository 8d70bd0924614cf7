"""Spark derives the rows that DuckDB derives, from a record that is dense in what is rare."""

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from caseness.derive import DEFAULT, derive, open_grains
from caseness.engine import fetch
from caseness.engine.steps_on_spark import Steps
from caseness.errors import CannotWrite, CasenessError
from random_groups import tell_groups
from random_records import make_record

# PySpark leaves the sockets that it reads rows from to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
GRAINS = (
    "referral",
    "contact",
    "internet_log",
    "stage",
    "employment",
    "support",
    "attributes",
    "annual",
    "course_contact",
)
MINUTES = (None, 0, 1, 30, 50, 50, 90)


def sorted_rows(table):
    """Rows have no order, so they are compared in one of their own."""
    held = fetch(table)
    return held.sort_by([(name, "ascending") for name in held.column_names])


def tell_more(record, seed):
    """Who people are, and how long each contact took: without these some grains are empty, and others blank."""
    tell_groups(record, seed)
    random = np.random.default_rng([seed, 4])
    for row in record.rows["IDS201CareContact"]:
        row["ClinContDurOfCareCont"] = MINUTES[random.integers(len(MINUTES))]


def test_every_grain_is_the_same(local, tmp_path):
    (tmp_path / "record").mkdir()
    record = make_record(tmp_path / "record", seed=3, tell=tell_more)
    here = derive(record, tmp_path / "duckdb", employment=True, annual=True)
    there = derive(record, tmp_path / "spark", employment=True, annual=True, engine=local)
    assert there.rows == here.rows
    assert min(here.rows.values()) > 0
    for grain in GRAINS:
        assert sorted_rows(getattr(there, grain)).equals(sorted_rows(getattr(here, grain))), grain
    # What Spark wrote is a folder of grains like any other.
    again = open_grains(tmp_path / "spark")
    assert fetch(again.referral.count().as_table())[0].to_pylist() == [here.rows["referral"]]
    assert sorted(path.name for path in (tmp_path / "spark").iterdir()) == sorted(
        path.name for path in (tmp_path / "duckdb").iterdir()
    )
    assert DEFAULT.all == there.options


def test_what_is_written_says_that_it_is_made_up(local, tmp_path):
    Steps(local).write_text("SELECT 1 AS number", tmp_path / "rows.parquet", "SYNTHETIC: made up.")
    held = pq.ParquetFile(tmp_path / "rows.parquet")
    assert held.metadata.metadata[b"synthetic"] == b"SYNTHETIC: made up."
    assert held.read().equals(pa.table({"number": pa.array([1], pa.int32())}, schema=held.schema_arrow))
    assert [path.name for path in tmp_path.iterdir()] == ["rows.parquet"]


def test_a_step_that_cannot_be_run_is_told(local):
    with pytest.raises(CasenessError, match="TABLE_OR_VIEW_NOT_FOUND"):
        Steps(local).hold_text("SELECT * FROM nobody", "held")


def test_a_file_that_cannot_be_put_in_its_place_is_told(local, tmp_path):
    (tmp_path / "taken.parquet").mkdir()
    (tmp_path / "taken.parquet" / "something").write_text("")
    with pytest.raises(CannotWrite, match="could not be written"):
        Steps(local).write_text("SELECT 1 AS number", tmp_path / "taken.parquet", "made up")
