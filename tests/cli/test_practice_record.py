"""The command `record` on a practice sheet: what each header was taken for, and what became of each row"""

import csv

import pytest

from house.source_tree import ROOT

FIXTURES = ROOT / "tests" / "fixtures" / "practice"

SHEET = """row,Client ID,Session date,DNA,CORE-10 total,Therpist,Notes
session,A,06/01/2025,no,21,T1,secret
session,A,31/02/2025,no,20,T1,
session,A,13/01/2025,no,twelve,T1,
session,A,20/01/2025,yes,,T1,
"""


@pytest.fixture
def sheet(tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_text(SHEET)
    return path


@pytest.mark.parametrize("name", ["core10.csv", "core10.xlsx"])
def test_a_practice_that_uses_core_10_only_is_read(caseness, tmp_path, name):
    answer = caseness("record", FIXTURES / name, "--profile", "practice", "--out", "here")
    assert answer.status == 0, answer.err
    assert "68 rows: 68 kept, 0 rejected" in answer.out
    assert "CORE-10, total" in answer.out
    assert "(assumed)" in answer.out
    assert "window" not in answer.out
    assert (tmp_path / "here" / "record.json").is_file()


def test_the_mapping_says_what_was_left_out_with_the_nearest_name(caseness, sheet):
    out = caseness("record", "sheet.csv", "--profile", "practice").out
    assert "4 rows: 2 kept, 2 rejected" in out
    assert "left out: not known. Did you mean 'therapist'?" in out
    assert "left out: it is free text, which may identify a person" in out
    assert "date: there is no such day" in out
    assert "CORE-10: not a score" in out
    assert "secret" not in out


def test_the_answer_as_json_holds_the_mapping_and_the_rejected_rows_without_their_cells(caseness, sheet):
    answer = caseness("record", "sheet.csv", "--profile", "practice", "--json")
    practice = answer.json["practice"]
    assert practice["rows"] == {"read": 4, "kept": 2, "rejected": 2}
    assert practice["mapping"][3] == {"sheet": "sheet.csv", "header": "DNA", "taken_for": "dna", "filled": 4}
    assert practice["rejected"][0] == {"sheet": "sheet.csv", "row": 3, "reasons": ["date: there is no such day"]}
    assert "secret" not in answer.out


def test_the_rejected_rows_are_written_with_their_reasons(caseness, sheet, tmp_path):
    assert caseness("record", "sheet.csv", "--profile", "practice", "--out", "here", "--format", "csv").status == 0
    (rejected,) = (tmp_path / "here" / "rejected").glob("*IDS201*.csv")
    with rejected.open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert ["sheet.csv, row 3" in "".join(map(str, row.values())) for row in rows] == [True, False]


def test_more_rejected_rows_than_a_screen_holds_are_counted(caseness, tmp_path):
    bad = "".join("A,soon,5\n" for _ in range(30))
    (tmp_path / "sheet.csv").write_text(f"client,date,CORE-10\nA,2025-01-06,5\n{bad}")
    out = caseness("record", "sheet.csv", "--profile", "practice").out
    assert out.count("date: not a date") == 20
    assert "And 10 more, in the rejected rows of the record." in out


def test_a_practice_has_a_code_of_its_own_if_it_wants(caseness, sheet):
    answer = caseness("record", "sheet.csv", "--profile", "practice", "--provider", "RIVER", "--json")
    assert answer.json["submissions"][0]["provider"] == "RIVER"
    too_long = caseness("record", "sheet.csv", "--profile", "practice", "--provider", "RIVERSIDE")
    assert (too_long.status, too_long.out) == (12, "")
    assert caseness("record", "sheet.csv", "--provider", "RIVER").status == 2


def test_what_is_no_sheet_is_refused_with_the_way_to_a_template(caseness, tmp_path):
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    answer = caseness("record", "other.csv", "--profile", "practice")
    assert answer.status == 21
    assert "caseness practice-template" in answer.err
