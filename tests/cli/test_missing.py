"""`caseness missing`"""

import json

from click.testing import CliRunner

from caseness.cli.missing import command


def told(*arguments):
    outcome = CliRunner().invoke(command, arguments)
    assert outcome.exit_code == 0, outcome.output
    return outcome.output


def test_both_ends_are_printed():
    text = told("--period", "2024-25")
    line = next(one for one in text.splitlines() if one.startswith("Recovery") and "Treated at least once" in one)
    assert "28.1 %" in line
    assert "73.2 %" in line
    assert "Nobody's outcome is filled in." in text


def test_a_year_without_paired_scores_says_so():
    assert "Paired scores were not published." in told("--period", "2015-16")


def test_the_bounds_are_given_as_json():
    found = json.loads(told("--period", "2024-25", "--json"))
    assert {one["basis"] for one in found["bases"]} == {"annual report", "sum of monthly files"}
