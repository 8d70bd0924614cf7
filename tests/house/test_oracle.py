"""The oracle is worth what it does not share: it imports nothing but the standard library and itself."""

import ast
import sys

import pytest

from house.source_tree import ROOT
from oracle.readings import READINGS

FOLDER = ROOT / "tests" / "oracle"
MODULES = sorted(FOLDER.rglob("*.py"))


def imported(tree):
    """The top-level names of all imports of a module, also of those inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "" if node.level else (node.module or "").partition(".")[0]
        elif isinstance(node, ast.Name) and node.id == "__import__":
            yield node.id


def foreign(text):
    return {name for name in imported(ast.parse(text)) if name != "oracle" and name not in sys.stdlib_module_names}


def test_the_oracle_is_there():
    assert FOLDER / "compute.py" in MODULES


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_the_oracle_imports_only_itself_and_the_standard_library(path):
    text = path.read_text()
    assert not foreign(text)
    # A module can also be named in a string for importlib to load.
    assert "importlib" not in text
    assert "caseness" not in {part for name in strings(text) for part in name.split(".")}


def strings(text):
    return [
        node.value
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


@pytest.mark.parametrize(
    "line", ["import caseness", "from caseness.codes import x", "def f():\n    import numpy", "from . import x"]
)
def test_a_foreign_import_is_seen(line):
    assert foreign(line)


def test_each_reading_has_an_id_of_its_own():
    assert len({reading.id for reading in READINGS}) == len(READINGS)
    assert all(all(reading) for reading in READINGS)
