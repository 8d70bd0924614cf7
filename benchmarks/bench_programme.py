"""Time the contestants in turn, in one run, and print ratios. See README.md.

Usage: python benchmarks/bench_programme.py [FOLDER] [ROUNDS]
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
PAIRS = (
    ("caseness_ledger", "bare_scan"),
    ("caseness_ledger", "pandas_ledger"),
    ("caseness_audit", "bare_scan"),
    ("caseness_report", "bare_scan"),
)


def time_once(name: str, folder: Path) -> tuple[float, float]:
    """Wall seconds and peak memory (GiB) of one contestant in a process of its own."""
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, str(HERE / "contestants.py"), name, str(folder)])
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{name} failed with status {status}")
    return time.perf_counter() - started, usage.ru_maxrss / 2**20


def main(folder: Path, rounds: int) -> None:
    """Warm up once, then take every contestant in turn, round after round."""
    names = sorted({name for pair in PAIRS for name in pair})
    for name in names:
        time_once(name, folder)
    runs = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            runs[name].append(time_once(name, folder))
    for name in names:
        seconds, memory = zip(*runs[name], strict=True)
        print(
            f"{name:20} median {median(seconds):6.2f} s ({min(seconds):.2f} to {max(seconds):.2f}), {max(memory):.2f} GiB"
        )
    for one, other in PAIRS:
        ratios = [a[0] / b[0] for a, b in zip(runs[one], runs[other], strict=True)]
        print(f"{one} / {other}: median {median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")


if __name__ == "__main__":
    default = HERE.parent.parent / "shared" / "data" / "published"
    where = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    if not where.is_dir():
        raise SystemExit(f"There are no releases in {where}: give their folder as the first argument.")
    main(where, int(sys.argv[2]) if len(sys.argv) > 2 else 5)
