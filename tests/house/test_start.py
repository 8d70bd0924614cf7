"""`caseness --help` answers at once, because what is slow to load is loaded by the command that needs it."""

import subprocess
import sys
from importlib import import_module

import click
import pytest

from caseness.cli.table import COMMANDS

# Each takes from 0.15 to 7 seconds to load (measured November 2026, warm, on two cores).
SLOW = [
    "altair",
    "duckdb",
    "ibis",
    "jinja2",
    "numpy",
    "pandas",
    "polars",
    "pyarrow",
    "pyspark",
    "sqlglot",
    "vl_convert",
]


def loaded_by(*arguments):
    """The modules that a command line has loaded by the time it has answered."""
    ask = (
        "import atexit, sys\n"
        "atexit.register(lambda: print('LOADED', *sorted({name.partition('.')[0] for name in sys.modules})))\n"
        f"sys.argv = ['caseness', *{list(arguments)!r}]\n"
        "from caseness.cli import main\n"
        "main()\n"
    )
    outcome = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stderr
    return set(outcome.stdout.rpartition("LOADED")[2].split())


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]], ids=" ".join)
def test_help_loads_nothing_slow(arguments):
    loaded = loaded_by(*arguments)
    assert "caseness" in loaded
    assert not loaded & set(SLOW)


@pytest.mark.parametrize("declared", COMMANDS, ids=lambda declared: declared.name)
def test_a_declared_command_is_there(declared):
    """The table's name is the command's own, and its module holds it under `command`."""
    command = import_module(declared.module).command
    assert isinstance(command, click.Command)
    assert command.name == declared.name
    assert declared.help.endswith(".")
