"""`caseness missing`"""

import pytest


@pytest.fixture
def told(caseness):
    def tell(*arguments):
        answer = caseness("missing", *arguments)
        assert answer.status == 0, answer.err
        return answer

    return tell


def test_both_ends_are_printed(told):
    text = told("--period", "2024-25").out
    line = next(one for one in text.splitlines() if one.startswith("Recovery") and "Treated at least once" in one)
    assert "28.1 %" in line
    assert "73.2 %" in line
    assert "Nobody's outcome is filled in." in text


def test_a_year_without_paired_scores_says_so(told):
    assert "Paired scores were not published." in told("--period", "2015-16").out


def test_the_bounds_are_given_as_json(told):
    found = told("--period", "2024-25", "--json").json
    assert {one["basis"] for one in found["bases"]} == {"annual report", "sum of monthly files"}
