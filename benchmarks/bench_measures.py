"""Time the measures on random grains of a national year, paired in one run. See README.md.

Usage: python benchmarks/bench_measures.py [FOLDER] [ROUNDS] [SHARE]
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
PAIRS = (("all_core", "bare_scan"), ("one_query_each", "ten_core"), ("pandas_ten", "ten_core"))


def time_once(name: str, folder: Path) -> tuple[float, float, float]:
    """Wall and processor seconds and peak memory (GiB) of one contestant in a process of its own."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, str(HERE / "measure_contestants.py"), name, str(folder)], stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{name} failed with status {status}")
    return time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 2**20


def main(folder: Path, rounds: int, share: float) -> None:
    """Make the grains if they are not there, then take every contestant in turn, round after round."""
    if not (folder / "stage.parquet").is_file():
        subprocess.run([sys.executable, str(HERE / "measures_made_up.py"), str(folder), str(share)], check=True)
    names = sorted({name for pair in PAIRS for name in pair})
    runs = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            runs[name].append(time_once(name, folder))
    for name in names:
        wall, processor, memory = zip(*runs[name], strict=True)
        print(f"{name:16} median {median(wall):6.2f} s, processor {median(processor):6.2f} s, {max(memory):.2f} GiB")
    for one, other in PAIRS:
        ratios = [a[1] / b[1] for a, b in zip(runs[one], runs[other], strict=True)]
        print(f"{one} / {other}, processor time: median {median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")


if __name__ == "__main__":
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    share = float(sys.argv[3]) if len(sys.argv) > 3 else 1.0
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]), rounds, share)
    else:
        with tempfile.TemporaryDirectory(prefix="caseness-bench-") as made:
            main(Path(made), rounds, share)
