"""A real master with two workers gives the figures that DuckDB gives, row for row."""

import pytest

from caseness.engine import on_spark
from caseness.errors import EngineUnreachable
from caseness.measures import compute, core_measures
from caseness.periods import Period
from databases.server import free_port
from spark.parquet_grains import open_on, write_random

APRIL = Period.parse("2025-04")


def test_both_workers_agree_with_duckdb(master, tmp_path):
    folder = write_random(tmp_path / "grains", seed=12, size=300)
    measures = tuple(core_measures().values())
    here, there = (compute(open_on(engine, folder), [APRIL], measures, ("england", "provider")).table for engine in ("duckdb", master))  # fmt: skip
    assert there.equals(here)
    # The session itself, and one executor on each worker.
    assert on_spark.connect(master)._session.sparkContext._jsc.sc().getExecutorMemoryStatus().size() == 3


def test_a_master_that_is_not_there_is_told_within_seconds():
    address = f"spark://127.0.0.1:{free_port()}"
    with pytest.raises(EngineUnreachable, match=f"Nothing answers at {address}: Connection refused"):
        on_spark.connect(address)
