"""One noun per module, at most 300 lines; functions of at most 25 lines, half of them under 8."""

import ast
from statistics import median

import pytest

from house.source_tree import ROOT, function_lines, functions, longest_functions, measured_functions

MODULE_LINES = 300
FUNCTION_LINES = 25
MEDIAN_LINES = 8

FOLDERS = ("src", "scripts", "benchmarks", "tests")
FILES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))


def is_a_list_of_declarations(tree):
    """A file of tables, codes or a catalogue defines no function, and may be as long as its list."""
    return not functions(tree)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_holds_one_noun(path):
    text = path.read_text()
    lines = len(text.splitlines())
    assert lines <= MODULE_LINES or is_a_list_of_declarations(ast.parse(text)), f"{lines} lines"


def test_functions_are_short():
    worst = longest_functions(10)
    assert worst[0][0] <= FUNCTION_LINES, worst


def test_most_functions_are_very_short():
    """Half of them stay under 8 lines."""
    assert median(lines for lines, _ in measured_functions()) < MEDIAN_LINES


def test_a_docstring_does_not_count():
    tree = ast.parse('def f():\n    """One.\n\n    Two.\n    """\n    return 1')
    assert function_lines(tree.body[0]) == 2
