"""Run every test in random order on a few workers, then hold the coverage against its floors."""

import argparse
import subprocess
import sys

import coverage_floors

COVERAGE = ["--cov", "--cov-report=", "--cov-report=json:coverage.json"]


def main() -> int:
    """The exit code of the tests, or of the floors where the tests pass."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", default="2", help="processes that share the tests")
    arguments = parser.parse_args()
    # A file stays with one worker, so that what its tests share is made once.
    workers = ["--numprocesses", arguments.workers, "--dist", "loadfile"]
    outcome = subprocess.run([sys.executable, "-m", "pytest", *workers, *COVERAGE], check=False)
    return outcome.returncode or coverage_floors.main()


if __name__ == "__main__":
    sys.exit(main())
