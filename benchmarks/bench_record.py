"""Time reading and checking a record against a bare scan of the same files. See README.md.

Usage: python benchmarks/bench_record.py [REFERRALS] [ROUNDS]

The record is made up with a seed: about five contacts, five activities and ten scores for each referral. It is written as CSV
and as Parquet. Every contestant runs in a process of its own, all in turn, round after round, after one warm-up.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
FORMS = ("csv", "parquet")
PAIRS = (
    ("caseness_read", "arrow_scan"),
    ("caseness_read", "duckdb_scan"),
    ("caseness_read_and_check", "arrow_scan"),
    ("caseness_read_and_check", "duckdb_scan"),
)


def time_once(name: str, folder: Path) -> tuple[float, float]:
    """Wall seconds and peak memory (GiB) of one contestant in a process of its own."""
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, str(HERE / "record_contestants.py"), name, str(folder)])
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{name} failed with status {status}")
    return time.perf_counter() - started, usage.ru_maxrss / 2**20


def compare(folder: Path, rounds: int) -> None:
    """Warm up once, then take every contestant in turn, and print medians and ratios."""
    names = sorted({name for pair in PAIRS for name in pair})
    runs = {name: [] for name in names}
    for turn in range(rounds + 1):
        for name in names:
            measured = time_once(name, folder)
            if turn:
                runs[name].append(measured)
    for name in names:
        seconds, memory = zip(*runs[name], strict=True)
        print(
            f"{name:24} median {median(seconds):6.2f} s ({min(seconds):.2f} to {max(seconds):.2f}), {max(memory):.2f} GiB"
        )
    for one, other in PAIRS:
        ratios = [a[0] / b[0] for a, b in zip(runs[one], runs[other], strict=True)]
        print(f"{one} / {other}: median {median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")


def main(referrals: int, rounds: int) -> None:
    """Make the record up, and compare on both forms of it."""
    top = Path(tempfile.mkdtemp(prefix="caseness-bench-"))
    try:
        subprocess.run([sys.executable, str(HERE / "record_made_up.py"), str(top), str(referrals)], check=True)
        for form in FORMS:
            files = [path for path in (top / form).rglob("*") if path.is_file()]
            print(f"{form}: {len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:,.0f} MB")
            compare(top / form, rounds)
    finally:
        shutil.rmtree(top)


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 200_000,
        int(sys.argv[2]) if len(sys.argv) > 2 else 5,
    )
