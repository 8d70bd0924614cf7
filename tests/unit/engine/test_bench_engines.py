"""The benchmark of the engines runs on the grains that are made up for it."""

import bench_engines
import measures_made_up


def test_duckdb_computes_what_both_engines_are_timed_on(tmp_path):
    measures_made_up.write(tmp_path, 0.0002)
    assert bench_engines.computed("duckdb", tmp_path) > 0


def test_seconds_of_both_are_set_side_by_side():
    runs = [{"duckdb": {"wall": 2.0}, "spark": {"wall": spark}} for spark in (8.0, 10.0, 30.0)]
    assert bench_engines.compared(runs, "wall") == "duckdb    2.0 s, spark   10.0 s, spark / duckdb 5.0 (4.0 to 15.0)"
