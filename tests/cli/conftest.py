"""The command line, run in this process as a user would run it."""

import json
from dataclasses import dataclass

import ibis
import pytest

from caseness.cli import main
from measured_grains import grains, grains_of_a_month, service

__all__ = ["grains", "grains_of_a_month", "service"]

# Loading ibis draws once from the generator that all share. It is loaded here, before any test is watched.
assert ibis.__version__


@dataclass
class Answer:
    """What a command printed, and how it ended."""

    status: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture
def caseness(capsys, tmp_path, monkeypatch):
    """Runs a command in an empty folder: caseness("ledger", "--period", "2024-25")."""
    monkeypatch.chdir(tmp_path)

    def run(*args):
        with pytest.raises(SystemExit) as ended:
            main([str(one) for one in args])
        printed = capsys.readouterr()
        return Answer(ended.value.code or 0, printed.out, printed.err)

    return run
