"""`caseness promise`"""

import pytest


@pytest.fixture
def told(caseness):
    def tell(*arguments):
        answer = caseness("promise", *arguments)
        assert answer.status == 0, answer.err
        return answer

    return tell


def test_the_shortfall_is_printed_step_by_step(told):
    text = told("--period", "2021-22").out
    assert "70,214" in text
    assert "the step did better than promised" in text


def test_a_year_without_a_cohort_says_so(told):
    assert "no cohort to hold it against" in told("--period", "2018-19").out


def test_an_assumption_of_ones_own_changes_the_answer(told, tmp_path):
    own = tmp_path / "own.toml"
    own.write_text('[promise.completing]\nvalue = 57\nsource = "tried"\n', encoding="utf-8")
    found = told("--period", "2024-25", "--assumptions", own, "--json").json
    main = next(one for one in found["readings"] if one["is_main"])
    assert round(main["steps"][1]["promised_share"]["value"], 6) == 57
