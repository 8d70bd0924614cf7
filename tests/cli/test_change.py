"""`caseness change`."""

import csv
import json

import pytest

from caseness.feedback import INTENDED_PURPOSE
from derived_records import derive_submissions, submissions_of, write_submission
from house.source_tree import ROOT
from unit.audit.test_change_gathered import CONTACTS, REFERRALS, SCORES

SHEET = ROOT / "tests" / "fixtures" / "practice" / "core10.csv"


@pytest.fixture(scope="module")
def grains(tmp_path_factory):
    folder = tmp_path_factory.mktemp("change")
    derive_submissions(folder / "made", submissions_of(referrals=REFERRALS, contacts=CONTACTS, scores=SCORES))
    return folder / "made" / "grains"


def test_the_headline_is_reproduced_and_set_beside_other_definitions(caseness, grains):
    answer = caseness("change", grains)
    assert answer.status == 0, answer.err
    assert "The programme's headline is reproduced to the unit." in answer.out
    assert "Not for publication." in answer.err
    line = next(one for one in answer.out.splitlines() if one.startswith("Part of the first score gained"))
    assert line.split()[6:8] == ["0", "3"]
    assert "Intended purpose:" in answer.out


def test_the_same_as_json(caseness, grains):
    found = caseness("change", grains, "--period", "2025-04", "--instrument", "PHQ-9", "--json").json
    assert (found["schema_version"], found["period"], found["ended"]) == ("1.1.0", "2025-04", 2)
    assert [one["id"] for one in found["outcomes"]] == ["pair", "phq9"]
    assert found["purpose"].startswith("Intended purpose")
    assert found["intended_purpose"] == INTENDED_PURPOSE
    assert found["limits"]


def test_two_definitions_are_set_against_each_other(caseness, grains):
    out = caseness("change", grains, "--between", "programme", "part").out
    assert "The programme: recovery against Part of the first score gained" in out


def test_files_are_written_by_format(caseness, grains, tmp_path):
    assert caseness("change", grains, "--out", tmp_path / "all").status == 0
    names = {path.name for path in (tmp_path / "all").iterdir()}
    assert {"change.html", "change.json", "change-pair.csv", "change-purpose.csv"} <= names
    assert caseness("change", grains, "--out", tmp_path / "some", "--format", "json").status == 0
    assert [path.name for path in (tmp_path / "some").iterdir()] == ["change.json"]
    assert json.loads((tmp_path / "some" / "change.json").read_text())["policy"].endswith("Not for publication.")


def test_each_file_says_what_it_is_for(caseness, grains, tmp_path):
    caseness("change", grains, "--out", tmp_path / "all")
    tables = [path for path in (tmp_path / "all").iterdir() if path.suffix == ".csv"]
    assert tables
    for path in tables:
        header, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
        assert header[-1] == "purpose"
        assert rows, path.name
        assert all(INTENDED_PURPOSE in row[-1] and "Intended purpose" in row[-1] for row in rows)
    for name in ("change.json", "change.html"):
        assert "triage" in (tmp_path / "all" / name).read_text(encoding="utf-8")


def test_files_that_stood_there_before_are_told(caseness, grains, tmp_path):
    first = caseness("change", grains, "--out", tmp_path / "all")
    assert "before" not in first.err
    second = caseness("change", SHEET, "--profile", "practice", "--out", tmp_path / "all")
    assert "were written over" in second.err
    assert "left in" in second.err
    assert "change-pair.csv" in second.err


def test_a_sheet_without_its_profile_is_told_how_to_be_read(caseness):
    answer = caseness("change", SHEET)
    assert answer.status == 21
    assert "add --profile practice" in answer.err


def test_the_sheet_of_a_practice_is_judged(caseness):
    answer = caseness("change", SHEET, "--profile", "practice")
    assert answer.status == 0, answer.err
    assert answer.out.startswith("CORE-10: ")
    assert "Own slopes of a mixed model" in answer.out


def test_a_record_of_a_practice_that_was_read_before_is_judged(caseness, tmp_path):
    caseness("record", SHEET, "--profile", "practice", "--out", tmp_path / "record")
    told = caseness("change", tmp_path / "record", "--profile", "practice", "--json").json
    assert told["name"] == "record"
    refused = caseness("change", tmp_path / "record")
    assert refused.status == 45
    assert "add --profile practice" in refused.err


def test_a_programme_of_ones_own_is_the_headline(caseness, tmp_path):
    text = (ROOT / "src" / "caseness" / "programme" / "core10_practice.toml").read_text()
    own = tmp_path / "own.toml"
    own.write_text(
        text.replace('name = "A practice that uses CORE-10"', 'name = "Ours"').replace("caseness = 11", "caseness = 13")
    )
    told = caseness("change", SHEET, "--profile", "practice", "--programme", own, "--json").json
    assert told["programme"] == "Ours"
    assert caseness("change", SHEET, "--profile", "practice", "--programme", "core10_practice").status == 0
    assert caseness("change", SHEET, "--profile", "practice", "--programme", "norway").status == 14


def test_an_assumption_that_is_changed_moves_what_rests_on_it(caseness, grains, tmp_path):
    changes = tmp_path / "mine.toml"
    changes.write_text("[change.response]\nvalue = 40\n")
    before, after = (
        caseness("change", grains, "--json", *more).json["outcomes"][1]["verdicts"]
        for more in ((), ("--assumptions", changes))
    )
    counted = [next(one["improved"] for one in each if one["definition"] == "part") for each in (before, after)]
    assert counted == [0, 2]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("nothere",), 21, "no file or folder"),
        (("--format", "csv"), 2, "--out"),
        (("--programme", "norway"), 2, "--profile practice"),
        (("--between", "programme", "xx"), 10, "jt-alpha"),
        (("--period", "2031-04"), 14, "Nothing was judged"),
        (("--period", "soon"), 10, "soon"),
        (("--instrument", "wsas"), 10, "phq9"),
    ],
)
def test_slips_are_told_with_their_exit_codes(caseness, grains, arguments, status, said):
    given = arguments if arguments[0] == "nothere" else (grains, *arguments)
    answer = caseness("change", *given)
    assert (answer.status, answer.out) == (status, "")
    assert said in answer.err


def test_nothing_is_written_into_the_record(caseness, tmp_path):
    (one, *_) = submissions_of(referrals=REFERRALS, contacts=CONTACTS, scores=SCORES)
    folder = write_submission(tmp_path / "submitted", one)
    assert caseness("change", folder, "--out", folder / "change").status == 15
