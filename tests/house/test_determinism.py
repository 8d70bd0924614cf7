"""An audit made again is the same, byte for byte, whatever the machine's clock, zone, tongue or seed of hashes."""

import os
import subprocess
import sys

import pytest

# The workbook is left out: its format holds the time at which it was made.
PROMISED = {".html", ".json", ".csv"}

HERE = {"PYTHONHASHSEED": "1", "TZ": "UTC", "LANG": "C.UTF-8", "COLUMNS": "80"}
ELSEWHERE = {"PYTHONHASHSEED": "2", "TZ": "Pacific/Auckland", "LANG": "C", "COLUMNS": "200", "NO_COLOR": "1"}


def audit(folder, surroundings):
    """Every promised file of one audit, by its name."""
    program = "from caseness.cli import main; main()"
    outcome = subprocess.run(
        [sys.executable, "-c", program, "audit", "--out", folder],
        env={**os.environ, **surroundings},
        cwd=folder.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    files = [path for path in folder.rglob("*") if path.suffix in PROMISED]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    """The same audit, made in two surroundings."""
    folder = tmp_path_factory.mktemp("twice")
    return audit(folder / "here", HERE), audit(folder / "elsewhere", ELSEWHERE)


def test_the_same_files_are_made(twice):
    here, elsewhere = twice
    assert set(here) == set(elsewhere)
    assert {"report.html", "audit.json"} <= set(here)


def test_every_byte_is_the_same(twice):
    here, elsewhere = twice
    assert not [name for name in here if here[name] != elsewhere[name]]


def test_no_path_of_the_machine_is_told(twice, repository):
    """A report is handed on, so it says nothing of where it was made."""
    here, _ = twice
    assert not [name for name, content in here.items() if str(repository).encode() in content]
