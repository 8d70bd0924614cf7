"""`caseness check`, as a user meets it, on a made-up submission."""

import csv
import shutil

import pytest

FOUND = ["C606-03", "C001-10", "C001-14", "C201-06", "C101-09", "C201-08"]


@pytest.fixture
def sound(repository):
    """The made-up submission of April 2025. One score stands before its referral, and some cells are blank."""
    return repository / "tests" / "fixtures" / "access" / "expected"


@pytest.fixture
def change(sound, tmp_path):
    """Writes the submission into a folder, with text in one of its files replaced."""

    def changed(file, old, new):
        folder = tmp_path / "april"
        shutil.copytree(sound, folder, dirs_exist_ok=True)
        text = (folder / file).read_text()
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1))
        return folder

    return changed


def test_the_findings_are_told_worst_first(caseness, sound):
    answer = caseness("check", sound)
    assert answer.status == 41
    assert "expected: 1 submission" in answer.out
    lines = [
        line.split()[1] for line in answer.out.partition("Findings, worst first")[2].splitlines()[2:] if line.strip()
    ]
    assert lines == FOUND
    assert "All" in answer.out
    assert "652" in answer.out
    assert "caseness: 1 row is rejected and left out of every figure." in answer.err


def test_json_holds_counts_and_ids(caseness, sound):
    told = caseness("check", sound, "--json").json
    assert [finding["rule"] for finding in told["findings"]] == FOUND
    assert told["findings"][0]["rows"] == [1000000007]
    assert told["findings"][0]["official"] == ["IDS60617"]
    table = next(each for each in told["tables"] if each["table"] == "IDS606CodedScoreAssessmentRefer")
    assert (table["read"], table["rejected"], table["kept"]) == (12, 1, 11)


def test_warnings_alone_end_well(caseness, change):
    """The score that stands before its referral is taken out."""
    folder = change("IDS606CodedScoreAssessmentRefer.csv", "R0035,", "R0034,")
    answer = caseness("check", folder)
    assert answer.status == 0, answer.out
    assert "Every row is kept. The warnings below may change figures." in answer.out
    assert not answer.err


def test_a_group_rejection_has_its_own_code(caseness, change):
    answer = caseness("check", change("IDS101Referral.csv", "R0001,P0001,99Z", "R0001,P0001,"))
    assert answer.status == 42
    assert "rows are rejected and left out of every figure" in answer.err
    assert "more rows go with their parents" in answer.out


def test_a_file_rejection_has_its_own_code(caseness, change):
    answer = caseness("check", change("IDS001MPI.csv", "P0001,ZZ9,,07", "P0001,ZZ9,1234567890,01"))
    assert answer.status == 43
    assert "The submission is rejected as a whole: no row counts in any figure." in answer.err
    assert "rejected (C001-02)" in answer.out


def test_everything_is_written_into_a_folder(caseness, sound):
    answer = caseness("check", sound, "--out", "found")
    assert answer.status == 41
    for name in ("findings.html", "findings.json", "findings.csv", "fields.csv", "tables.csv", "rows.csv"):
        assert f"Wrote found/{name}" in answer.err
    assert "They hold personal data." in answer.err
    with open("found/rejected/IDS606CodedScoreAssessmentRefer.csv", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert row["reasons"] == "C606-03: A score does not come before the referral."
    with open("found/findings.csv", newline="") as stream:
        assert [each["rule"] for each in csv.DictReader(stream)] == FOUND


def test_only_what_is_asked_for_is_written(caseness, sound):
    answer = caseness("check", sound, "--out", "found", "--format", "json")
    assert "Wrote found/findings.json" in answer.err
    assert "findings.html" not in answer.err.partition("caseness:")[0]


def test_a_format_needs_a_folder(caseness, sound):
    answer = caseness("check", sound, "--format", "html")
    assert answer.status == 2
    assert "--out" in answer.err


def test_a_practice_is_not_asked_for_numbers(caseness, sound):
    answer = caseness("check", sound, "--profile", "practice")
    assert answer.status == 41
    assert "C001-10" not in answer.out
    assert "C606-03" in answer.out


def test_a_practice_sheet_is_checked_from_end_to_end(caseness, repository):
    """A practice that uses CORE-10 alone: no score is rejected for being in no official list."""
    answer = caseness("check", repository / "tests" / "fixtures" / "practice" / "core10.csv", "--profile", "practice")
    assert answer.status == 0, answer.out
    assert "IDS607CodedScoreAssessmentAct 54 0 0 54 100 %" in " ".join(answer.out.split())
    assert "Findings" not in answer.out


def test_a_sheet_is_no_submission(caseness, repository):
    answer = caseness("check", repository / "tests" / "fixtures" / "practice" / "core10.csv")
    assert answer.status == 21
    assert "There is no table of a record" in answer.err


def test_a_folder_that_holds_no_record_is_told(caseness, tmp_path):
    (tmp_path / "nothing").mkdir()
    answer = caseness("check", tmp_path / "nothing")
    assert answer.status == 21
    assert answer.err.startswith("caseness: ")


def test_findings_of_a_practice_sheet_name_its_rows(caseness, tmp_path):
    (tmp_path / "sheet.csv").write_text(
        "client,date,attended,PHQ-9\nA,2025-03-03,yes,20\nA,2025-03-10,yes,99\nA,soon,yes,9\n"
    )
    answer = caseness("check", tmp_path / "sheet.csv", "--profile", "practice")
    assert "First rows of the sheet" in answer.out
    assert "sheet.csv, row 3" in answer.out
    told = caseness("check", tmp_path / "sheet.csv", "--profile", "practice", "--json").json
    places = [place for one in told["findings"] for place in one["places"]]
    assert {"sheet": "sheet.csv", "row": 4} in places
    assert told["sheet"]["rejected"] == [{"sheet": "sheet.csv", "row": 4, "reasons": ["date: not a date"]}]


def test_what_is_named_for_a_table_is_no_practice_sheet(caseness, tmp_path):
    """What is wrong with the table is said, and not what it lacks as a sheet."""
    (tmp_path / "IDS101Referral.csv").write_text("ServiceRequestId,LocalPatientId\nR1,P1\n")
    answer = caseness("check", tmp_path, "--profile", "practice")
    assert answer.status == 21
    assert "IDS000Header" in answer.err


def test_a_file_that_was_not_read_is_told_everywhere(caseness, change, tmp_path):
    folder = change("IDS606CodedScoreAssessmentRefer.csv", "R0035,", "R0034,")
    (folder / "IDS301Group.csv").write_text("a\n1\n")
    answer = caseness("check", folder, "--out", tmp_path / "found")
    assert "IDS301Group.csv" in answer.out
    assert "its name is that of no table" in (tmp_path / "found" / "findings.html").read_text()
    assert caseness("check", folder, "--json").json["ignored"] == [
        {"file": "IDS301Group.csv", "why": "its name is that of no table"}
    ]


@pytest.mark.parametrize("within", [".", "found"])
def test_findings_are_never_written_among_the_source(caseness, change, within):
    folder = change("IDS606CodedScoreAssessmentRefer.csv", "R0035,", "R0034,")
    answer = caseness("check", folder, "--out", folder / within)
    assert answer.status == 15
    assert "lies within what is checked" in answer.err
    assert not list(folder.rglob("findings.html"))
