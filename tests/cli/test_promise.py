"""`caseness promise`"""

import json

from click.testing import CliRunner

from caseness.cli.promise import command


def told(*arguments):
    outcome = CliRunner().invoke(command, arguments)
    assert outcome.exit_code == 0, outcome.output
    return outcome.output


def test_the_shortfall_is_printed_step_by_step():
    text = told("--period", "2021-22")
    assert "70,214" in text
    assert "the step did better than promised" in text


def test_a_year_without_a_cohort_says_so():
    assert "no cohort to hold it against" in told("--period", "2018-19")


def test_an_assumption_of_ones_own_changes_the_answer(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text('[promise.completing]\nvalue = 57\nsource = "tried"\n', encoding="utf-8")
    found = json.loads(told("--period", "2024-25", "--assumptions", str(own), "--json"))
    main = next(one for one in found["readings"] if one["is_main"])
    assert round(main["steps"][1]["promised_share"]["value"], 6) == 57
