"""`caseness assumptions`, and `--assumptions` where it is given to an audit."""

import csv
import json

import pytest

CHANGE = '[variation.smallest_denominator]\nvalue = 300\nsource = "our own view"\n'


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(CHANGE, encoding="utf-8")
    return path


def test_every_assumption_is_listed_with_its_standing(caseness):
    listed = caseness("assumptions", "--json").json["numbers"]
    printed = caseness("assumptions").out
    assert len(listed) > 10
    assert all(one["id"] in printed and one["status"] in printed for one in listed)


def test_a_change_is_marked(caseness, mine):
    answer = caseness("assumptions", "--assumptions", mine)
    (line,) = [line for line in answer.out.splitlines() if line.startswith("variation.smallest_denominator")]
    assert "300" in line
    assert line.endswith("was 500")


def test_what_toml_prints_can_be_given_back(caseness, tmp_path):
    (tmp_path / "all.toml").write_text(caseness("assumptions", "--toml").out, encoding="utf-8")
    given_back = caseness("assumptions", "--assumptions", tmp_path / "all.toml", "--json").json
    assert given_back["numbers"] == caseness("assumptions", "--json").json["numbers"]


def test_a_slip_is_told_with_its_exit_code(caseness, tmp_path):
    (tmp_path / "slip.toml").write_text("[variation.smalest_denominator]\nvalue = 3\n", encoding="utf-8")
    answer = caseness("audit", "--assumptions", tmp_path / "slip.toml")
    assert answer.status == 18
    assert "Did you mean 'variation.smallest_denominator'" in answer.err
    assert "Traceback" not in answer.err


def test_an_audit_says_what_a_change_does(caseness, tmp_path):
    """The recovery that remains is set beside what the package's own assumptions leave."""
    (tmp_path / "mine.toml").write_text("[natural.days_at_risk]\nvalue = 200\n", encoding="utf-8")
    answer = caseness(
        "audit", "--period", "2017-18", "--assumptions", tmp_path / "mine.toml", "--out", tmp_path / "out",
        "--format", "json", "--format", "csv",
    )  # fmt: skip
    assert answer.status == 0, answer.err
    held = json.loads((tmp_path / "out" / "audit.json").read_text(encoding="utf-8"))
    assert held["assumptions"]["file"] == "mine.toml"
    assert any(one["differs"] for one in held["effects"])
    with (tmp_path / "out" / "csv" / "assumption-effects.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    differing = [one for one in held["effects"] if one["differs"]]
    assert [row["result"] for row in rows] == [one["label"] for one in differing]
    assert 0 < len(differing) < len(held["effects"])


def test_every_part_that_rests_on_assumptions_can_be_seen_to_move(caseness, tmp_path):
    (tmp_path / "mine.toml").write_text(
        "[natural.least_grade]\nvalue = 'D'\n[cost.minutes_per_contact]\nvalue = 55\n[promise.completing]\nvalue = 60\n",
        encoding="utf-8",
    )
    answer = caseness(
        "audit",
        "--period",
        "2024-25",
        "--assumptions",
        tmp_path / "mine.toml",
        "--out",
        tmp_path / "out",
        "--format",
        "json",
    )
    assert answer.status == 0, answer.err
    effects = json.loads((tmp_path / "out" / "audit.json").read_text(encoding="utf-8"))["effects"]
    moved = {one["label"] for one in effects if one["differs"]}
    assert {"Additional recoveries", "Hour of contact (All attended contacts)", "Recoveries promised"} <= moved
    assert "Give each person what the course costs: additional recoveries for a million pounds" in moved


def test_a_file_that_changes_nothing_is_said_to_change_nothing(caseness, tmp_path):
    (tmp_path / "mine.toml").write_text("[variation.smallest_denominator]\nvalue = 300\n", encoding="utf-8")
    answer = caseness(
        "audit",
        "--period",
        "2017-18",
        "--assumptions",
        tmp_path / "mine.toml",
        "--out",
        tmp_path / "out",
        "--format",
        "html",
    )
    assert answer.status == 0, answer.err
    assert "main results of this organisation and period changes" in (tmp_path / "out" / "report.html").read_text(
        "utf-8"
    )


def test_an_empty_file_is_said_to_change_nothing_on_standard_error(caseness, tmp_path):
    (tmp_path / "mine.toml").write_text("")
    answer = caseness("promise", "--assumptions", "mine.toml")
    assert answer.status == 0
    assert "mine.toml changes no assumption" in answer.err
    (tmp_path / "mine.toml").write_text("[promise.months]\nvalue = 12\n")
    assert "changes no assumption" not in caseness("promise", "--assumptions", "mine.toml").err
