"""Run every test in random order on a few workers, then hold the coverage against its floors."""

import argparse
import subprocess
import sys

import coverage_floors

COVERAGE = ["--cov", "--cov-report=", "--cov-report=json:coverage.json"]
# Spark starts processes of its own for minutes. `make test-spark` runs what needs it.
WITHOUT_SPARK = ["--ignore=tests/spark", "--ignore=tests/cli/test_engines.py"]


def main() -> int:
    """The exit code of the tests, or of the floors where the tests pass."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", default="2", help="processes that share the tests")
    arguments = parser.parse_args()
    # Each worker begins with half of the files, so that what a file's tests share is mostly made once, and takes from
    # the other when it has done: a few long files would otherwise hold one worker while the other waits.
    workers = ["--numprocesses", arguments.workers, "--dist", "worksteal"]
    outcome = subprocess.run([sys.executable, "-m", "pytest", *workers, *COVERAGE, *WITHOUT_SPARK], check=False)
    return outcome.returncode or coverage_floors.main()


if __name__ == "__main__":
    sys.exit(main())
