"""DuckDB against Spark on this machine: the core measures over the same random grains, paired in one run. See README.md.

Usage: python benchmarks/bench_engines.py [ROUNDS] [REFERRALS ...]    (rows of referrals by month: 50000 200000)
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import measures_made_up

from caseness.engine import on_spark, scan_parquet_files
from caseness.measures import compute, core_measures
from caseness.periods import Period
from grain_tables import Tables

ENGINES = ("duckdb", "spark")
PERIODS = ("2024-07", "2024-25 Q2")
LEVELS = ("england", "provider")


def main(rounds: int, sizes: list[int]) -> None:
    """Take both engines in turn at each size, round after round, and print one line for each."""
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="caseness-bench-") as folder:
            measures_made_up.write(Path(folder), size / measures_made_up.ROWS["referral"])
            runs = [{engine: in_a_process(engine, folder) for engine in ENGINES} for _ in range(rounds)]
        for what in ("wall", "processor", "first", "again"):
            print(f"{size:>9,} referral rows, {what:9}: {compared(runs, what)}")


def compared(runs: list[dict[str, dict[str, float]]], what: str) -> str:
    """The medians of both, and the ratio pair by pair."""
    held = {engine: median(run[engine][what] for run in runs) for engine in ENGINES}
    ratios = [run["spark"][what] / run["duckdb"][what] for run in runs]
    seconds = ", ".join(f"{engine} {seconds:6.1f} s" for engine, seconds in held.items())
    return f"{seconds}, spark / duckdb {median(ratios):.1f} ({min(ratios):.1f} to {max(ratios):.1f})"


def in_a_process(engine: str, folder: str) -> dict[str, float]:
    """What a process of its own measured."""
    asked = [sys.executable, __file__, "--run", engine, folder]
    return json.loads(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)


def measure(engine: str, folder: Path) -> dict[str, float]:
    """Seconds: all from the start, of the processor with Java's, and of computing once and once more."""
    began = time.perf_counter()
    first = computed(engine, folder)
    again = computed(engine, folder)
    if engine != "duckdb":
        end_java()
    used = [resource.getrusage(of) for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    processor = sum(one.ru_utime + one.ru_stime for one in used)
    return {"wall": time.perf_counter() - began, "processor": processor, "first": first, "again": again}


def computed(engine: str, folder: Path) -> float:
    """Seconds for all core measures of a month and a quarter, from files to figures."""
    began = time.perf_counter()
    made = measures_made_up.ROWS
    grains = Tables(**{grain: scan_parquet_files([folder / f"{grain}.parquet"], engine) for grain in made})
    compute(grains, map(Period.parse, PERIODS), tuple(core_measures().values()), LEVELS)
    return time.perf_counter() - began


# What Java used is told only once it has ended.
def end_java() -> None:
    """End the session, and the Java that it was in."""
    java = on_spark._gateway().proc
    on_spark.stop()
    java.stdin.close()
    java.wait()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        print(json.dumps(measure(sys.argv[2], Path(sys.argv[3]))))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1, [int(one) for one in sys.argv[2:]] or [50_000, 200_000])
