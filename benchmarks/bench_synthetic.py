"""Time a synthetic national year against a bare Parquet write of the same tables, and print the ratio. See README.md.

Usage: python benchmarks/bench_synthetic.py [REFERRALS] [ROUNDS] [WORKERS]
"""

import resource
import shutil
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median

import pyarrow as pa
import pyarrow.parquet as pa_parquet

from caseness.synthetic.request import NATIONAL, Request, usual_lead_in
from caseness.synthetic.synthesis import synthesise

NATIONAL_YEAR = 1_800_000
MONTHS = 12


def make(folder: Path, referrals: int, workers: int) -> tuple[float, int]:
    """Seconds, and rows written."""
    started = time.perf_counter()
    made = synthesise(Request(referrals, MONTHS, seed=1, lead_in=usual_lead_in(NATIONAL)), folder, workers=workers)
    return time.perf_counter() - started, sum(made.rows.values())


def read_place(place: Path) -> dict[Path, pa.Table]:
    """Every file of one folder, in memory."""
    return {path: pa_parquet.read_table(path) for path in sorted(place.glob("*.parquet"))}


def write_place(place: Path, to: Path) -> float:
    """Seconds to write the same rows of one folder, as plain text and numbers, with the settings of the record."""
    tables = read_place(place)
    (to / place.name).mkdir(parents=True)
    started = time.perf_counter()
    for path, rows in tables.items():
        pa_parquet.write_table(rows, to / place.name / path.name, compression="zstd", compression_level=1)
    return time.perf_counter() - started


def write_bare(folder: Path, to: Path, workers: int) -> float:
    """Seconds of all writers, shared among the workers. Reading is not counted."""
    places = [path for path in sorted(folder.iterdir()) if path.is_dir()]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return sum(pool.map(write_place, places, [to] * len(places))) / workers


def main(referrals: int, rounds: int, workers: int) -> None:
    """Take both in turn, round after round."""
    runs = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as held:
            here = Path(held)
            seconds, rows = make(here / "record", referrals, workers)
            bare = write_bare(here / "record", here / "bare", workers)
            runs.append((seconds, bare, rows))
            size = sum(path.stat().st_size for path in (here / "record").rglob("*.parquet"))
            shutil.rmtree(here / "bare")
    seconds, bare, rows = (median(each) for each in zip(*runs, strict=True))
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
    print(
        f"synthesise {referrals:,} referrals: median {seconds:.1f} s, {rows:,.0f} rows, {rows / seconds:,.0f} rows a second"
    )
    print(f"bare write of the same rows:   median {bare:.1f} s, {rows / bare:,.0f} rows a second")
    print(
        f"ratio of rows a second: {bare / seconds:.2f}; {size / 2**20:,.0f} MiB on disk, at most {memory:.2f} GiB in a worker"
    )


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    main(*(arguments + [NATIONAL_YEAR, 1, 2][len(arguments) :]))
