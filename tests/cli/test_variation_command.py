"""`caseness variation`, on made-up services"""

import json

import pytest

from caseness.cli import variation
from caseness.results import Results
from unit.report.test_variation_section import ROWS


@pytest.fixture(autouse=True)
def made_up(monkeypatch):
    monkeypatch.setattr(variation, "open_source", lambda path: Results.from_rows(ROWS))


def test_both_counts_of_flagged_services_and_the_gaps_are_printed(caseness):
    answer = caseness("variation", "--period", "2024-25")
    assert answer.status == 0, answer.err
    assert "Chance alone  Usual spread too" in answer.out
    assert "A reason to ask, not a verdict." in answer.out
    assert "1 (least deprived)" in answer.out


def test_only_the_measures_asked_for_are_listed(caseness):
    answer = caseness("variation", "--period", "2024-25", "--measure", "recovery")
    table = answer.out.split("\n\n")[0]
    assert "\nRecovery " in table
    assert "Reliable recovery" not in table


def test_all_of_it_can_be_had_as_json(caseness):
    found = json.loads(caseness("variation", "--period", "2024-25", "--json").out)
    assert found["comparisons"][0]["left_out"]["listed"] == 13
    assert found["gaps"]["basis"] == "annual report"
