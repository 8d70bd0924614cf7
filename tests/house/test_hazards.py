"""Each hazard points to tests that exist, and the hazards that were asked for are there."""

import ast

import pytest
from hazard_log import read_hazards

from caseness.feedback import INTENDED_PURPOSE
from house.source_tree import ROOT

HAZARDS = read_hazards()


def functions_in(path):
    return {node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)}


def is_there(pointer):
    file, _, name = pointer.partition("::")
    path = ROOT / file
    return path.is_file() and name.startswith("test_") and name in functions_in(path)


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda one: one.id)
def test_a_hazard_points_to_tests_that_exist(hazard):
    assert hazard.tests
    assert not [pointer for pointer in hazard.tests if not is_there(pointer)]


@pytest.mark.parametrize(
    "pointer",
    ["tests/house/test_hazards.py::test_absent", "tests/absent.py::test_x", "tests/house/test_hazards.py::is_there"],
)
def test_a_pointer_to_nothing_is_seen(pointer):
    assert not is_there(pointer)


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda one: one.id)
def test_a_hazard_says_everything_of_itself(hazard):
    assert all((hazard.hazard, hazard.cause, hazard.effect, hazard.harm, hazard.controls, hazard.remains))


def test_the_page_on_what_it_is_for_has_the_words_of_the_code():
    page = (ROOT / "docs" / "safety" / "intended-purpose.md").read_text()
    assert INTENDED_PURPOSE in " ".join(page.replace("\n>", " ").split())


def test_no_two_hazards_have_one_id():
    assert len({one.id for one in HAZARDS}) == len(HAZARDS)


# The intended purpose and the log must name what is most feared, whatever else is added.
@pytest.mark.parametrize(
    "word",
    ["another person", "wrong order", "direction", "made-up people", "score is missing", "reassures", "none is read",
     "risk is overlooked", "Old data", "recognised", "ranked", "discharge"],
)  # fmt: skip
def test_what_is_most_feared_is_there(word):
    assert any(word in one.hazard for one in HAZARDS)
