"""Run every test in random order on a few workers, and with --coverage hold what they reached against its floors."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import STDOUT, Popen, call
from tempfile import TemporaryFile

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
        with postgresql() as there:
            return run([*workers, "tests/web"], there)
    if arguments.coverage:
        return run([*workers, *COVERAGE, *WITHOUT_SPARK], {}) or coverage_floors.main()
    return run_on_both(workers)


# The first run has the application on SQLite. What rests on the database is run again: rules, locks, transactions, files
# of all rows, the shape of an earlier version, and one journey. `make test-postgresql` runs everything again.
_ON_BOTH = (
    "actions", "backup", "events", "migrations", "raising", "retention", "risk_alerts", "rounds", "scope", "therapists_morning",
    "worker",
)  # fmt: skip


def run_on_both(workers: list[str]) -> int:
    """The exit code of all tests, and of some again on PostgreSQL.

    A process of its own has the latter meanwhile: it works where a worker waits for a browser, a server or a disc, and
    nothing is started one after the other. What it printed is told at the end.
    """
    again = [f"tests/web/test_{name}.py" for name in _ON_BOTH]
    with postgresql() as there, TemporaryFile() as printed:
        beside = Popen(command(again), env={**os.environ, **there}, stdout=printed, stderr=STDOUT)
        try:
            outcome = run([*workers, *WITHOUT_SPARK], {})
            on_postgresql = beside.wait()
        finally:
            beside.kill()
        print("The tests of the application again, on PostgreSQL", flush=True)
        printed.seek(0)
        sys.stdout.buffer.write(printed.read())
        sys.stdout.flush()
    return outcome or on_postgresql


@contextmanager
def postgresql() -> Iterator[dict[str, str]]:
    """A PostgreSQL server of its own, as the environment in which the application finds it."""
    programs = find_programs()
    if programs is None:
        raise SystemExit("There is no PostgreSQL server on this machine: run `make system-packages`.")
    with Server(programs) as address:
        yield {"CASENESS_WEB_DATABASE_URL": address}


def run(arguments: list[str], environment: dict[str, str]) -> int:
    """The exit code of pytest."""
    return call(command(arguments), env={**os.environ, **environment})


def command(arguments: list[str]) -> list[str]:
    """Pytest, as it is started."""
    return [sys.executable, "-m", "pytest", *arguments]


if __name__ == "__main__":
    sys.exit(main())
