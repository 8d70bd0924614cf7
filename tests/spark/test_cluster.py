"""A real master with two workers gives the figures that DuckDB gives, row for row."""

import pytest

from caseness.engine import on_spark
from caseness.errors import EngineUnreachable
from caseness.measures import all_measures, compute
from caseness.periods import Period
from databases.server import free_port
from spark.parquet_grains import open_on, write_random

APRIL = Period.parse("2025-04")
# PySpark leaves the sockets that it reads rows from to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")


def test_both_workers_agree_with_duckdb(master, tmp_path):
    """Every fourth measure of all chapters, for a month: the same rows in the same order, with both workers at work."""
    folder, levels = write_random(tmp_path / "grains", seed=12, size=300), ("england", "icb", "provider", "team")
    measures = tuple(all_measures().values())[::4]
    here, there = (compute(open_on(engine, folder), [APRIL], measures, levels).table for engine in ("duckdb", master))
    assert here.num_rows > 1_000
    assert there.equals(here)
    # The session itself, and one executor on each worker.
    assert on_spark.connect(master)._session.sparkContext._jsc.sc().getExecutorMemoryStatus().size() == 3


def test_a_master_that_is_not_there_is_told_within_seconds():
    address = f"spark://127.0.0.1:{free_port()}"
    with pytest.raises(EngineUnreachable, match=f"Nothing answers at {address}: Connection refused"):
        on_spark.connect(address)
