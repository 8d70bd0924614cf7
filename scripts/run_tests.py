"""Run every test in random order on a few workers, and with --coverage hold what they reached against its floors."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import coverage_floors

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from databases.server import Server, find_programs  # noqa: E402

COVERAGE = ["--cov", "--cov-report=", "--cov-report=json:coverage.json"]
# Spark starts processes of its own for minutes. `make test-spark` runs what needs it.
WITHOUT_SPARK = ["--ignore=tests/spark", "--ignore=tests/cli/test_engines.py"]


def main() -> int:
    """The exit code of the tests, or of the floors where they are asked for and the tests pass."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", default="2", help="processes that share the tests")
    # Counting lines makes a run longer by a third or more.
    parser.add_argument("--coverage", action="store_true", help="count the lines that are reached, too")
    parser.add_argument("--postgresql", action="store_true", help="only the application's tests, all, on PostgreSQL")
    arguments = parser.parse_args()
    # Each worker begins with half of the files, so that what a file's tests share is mostly made once, and takes from
    # the other when it has done: a few long files would otherwise hold one worker while the other waits.
    workers = ["--numprocesses", arguments.workers, "--dist", "worksteal"]
    if arguments.postgresql:
        return on_postgresql(workers, ("tests/web",))
    if arguments.coverage:
        return run([*workers, *COVERAGE, *WITHOUT_SPARK], {}) or coverage_floors.main()
    return run([*workers, *WITHOUT_SPARK], {}) or on_postgresql(workers)


# The first run has the application on SQLite. What rests on the database is run again: rules, locks, transactions, files
# of all rows, the shape of an earlier version, and one journey. `make test-postgresql` runs everything again.
_ON_BOTH = (
    "actions", "backup", "events", "migrations", "raising", "retention", "risk_alerts", "rounds", "scope", "therapists_morning",
    "worker",
)  # fmt: skip


def on_postgresql(
    workers: list[str], tests: Sequence[str] = tuple(f"tests/web/test_{name}.py" for name in _ON_BOTH)
) -> int:
    """The exit code of tests of the application on a PostgreSQL server of their own."""
    programs = find_programs()
    if programs is None:
        print("There is no PostgreSQL server on this machine: run `make system-packages`.")
        return 1
    with Server(programs) as address:
        print("The tests of the application again, on PostgreSQL")
        return run([*workers, *tests], {"CASENESS_WEB_DATABASE_URL": address})


def run(arguments: list[str], environment: dict[str, str]) -> int:
    """The exit code of pytest."""
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, env={**os.environ, **environment}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
