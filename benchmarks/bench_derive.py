"""Deriving a made-up national record: time and memory, beside a bare scan of the columns that it reads, and over years.

`python benchmarks/bench_derive.py` makes records of 1, 3 and 8 years, reads and checks each, and derives it in a process
of its own, after a bare scan in another. `--referrals` is the number a year: a national year has about 1,800,000.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import ibis

from caseness.check import check
from caseness.derive import derive
from caseness.derive.staging import READ
from caseness.engine import fetch
from caseness.read import open_record, read_record
from caseness.synthetic.request import NATIONAL, Request
from caseness.synthetic.synthesis import synthesise

_GIB = 1 << 20


def main() -> None:
    """Make, read, scan and derive each record, and print one line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--referrals", type=int, default=50_000)
    parser.add_argument("--years", type=int, nargs="+", default=[1, 3, 8])
    parser.add_argument("--run", choices=("scan", "derive"), help=argparse.SUPPRESS)
    parser.add_argument("--record", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        print(json.dumps(measure(given.run, given.record)))
        return
    for years in given.years:
        print(compare(given.referrals, years))


def compare(referrals: int, years: int) -> str:
    """One line: rows, and seconds and GiB of both."""
    with tempfile.TemporaryDirectory() as folder:
        source, record = Path(folder) / "source", Path(folder) / "record"
        request = Request(referrals=referrals * years, months=12 * years, seed=1, shape=NATIONAL, error_rate=0.0)
        synthesise(request, source, None, os.cpu_count() or 1)
        read_record(source, record)
        scan, derived = (_in_a_process(name, record) for name in ("scan", "derive"))
    ratio = derived["seconds"] / scan["seconds"]
    span = "1 year" if years == 1 else f"{years} years"
    return (
        f"{span}, {scan['rows']:,} rows: scan {scan['seconds']:.1f} s; derive {derived['seconds']:.1f} s "
        f"({ratio:.1f} times), {derived['gib']:.2f} GiB, {derived['rows']:,} rows of grains"
    )


def _in_a_process(name: str, record: Path) -> dict[str, float]:
    asked = [sys.executable, __file__, "--run", name, "--record", str(record)]
    return json.loads(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)


def measure(name: str, folder: Path) -> dict[str, float]:
    """Seconds, GiB and rows of one contestant. Checking comes before, and is not counted."""
    record = open_record(folder)
    work: Callable[[], int]
    if name == "scan":
        work = lambda: sum(_scan(record.table(table_id), columns) for table_id, columns in READ.items())  # noqa: E731
    else:
        checked = check(record)
        work = lambda: sum(derive(checked, folder.parent / "grains").rows.values())  # noqa: E731
    began = time.perf_counter()
    rows = work()
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "gib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _GIB, "rows": rows}


# A maximum needs each value once, and nothing more.
def _scan(table: ibis.Table, columns: tuple[str, ...]) -> int:
    found = fetch(table.agg(rows=table.count(), **{name: table[name].max() for name in columns}))
    return found["rows"][0].as_py()


if __name__ == "__main__":
    main()
