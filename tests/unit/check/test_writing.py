"""Rejected rows and row ids as files."""

import csv

import pytest

from built_records import build, row
from caseness.check import check
from caseness.check.writing import write_rejected_rows, write_rows
from caseness.errors import CannotWrite
from spec.check.cases import narrow


@pytest.fixture
def checked(tmp_path):
    """A record with a contact that is rejected by a rule, one that is refused by reading, and a patient named oddly."""
    folder = tmp_path / "record"
    folder.mkdir()
    unread = [
        (
            1,
            "IDS201CareContact",
            row("CareContactId =1+1 ServiceRequestId R1"),
            ["CareContDate: not a date", "row: odd"],
        )
    ]
    return check(build(folder, [narrow("IDS201 AppType null SiteIDOfTreat @SUM; IDS606 PersScore 28")], unread))


def rows_of(path):
    with path.open(newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_rejected_row_is_written_with_its_reasons(checked, tmp_path):
    written = {path.stem: rows_of(path) for path in write_rejected_rows(checked, tmp_path)}
    assert {name: len(rows) for name, rows in written.items()} == {
        "IDS201CareContact": 2,
        "IDS202CareActivity": 1,
        "IDS607CodedScoreAssessmentAct": 1,
    }
    unread, ruled = written["IDS201CareContact"]
    assert unread["reasons"] == "CareContDate: not a date; row: odd"
    assert ruled["reasons"] == "C201-AppType-blank: AppType is not blank."
    assert ruled["CareContDate"] == "2025-04-07"


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(checked, tmp_path):
    first, second = rows_of(write_rejected_rows(checked, tmp_path)[0])
    assert first["CareContactId"] == "'=1+1"
    assert second["SiteIDOfTreat"] == "'@SUM"


def test_the_folder_says_that_it_holds_personal_data(checked, tmp_path):
    write_rejected_rows(checked, tmp_path)
    assert "personal data" in (tmp_path / "rejected" / "PERSONAL-DATA.txt").read_text()


def test_nothing_is_written_where_nothing_is_rejected(tmp_path):
    folder = tmp_path / "record"
    folder.mkdir()
    assert write_rejected_rows(check(build(folder, [narrow("")])), tmp_path) == ()
    assert not (tmp_path / "rejected").exists()


def test_all_row_ids_are_written_by_rule(checked, tmp_path):
    told = [(each["rule"], each["table"], each["row_id"]) for each in rows_of(write_rows(checked, tmp_path))]
    assert sorted(told) == [
        ("C201-AppType-blank", "IDS201CareContact", "1000000001"),
        ("C201-CareContDate-form", "IDS201CareContact", "1000000500"),
        ("C201-row-form", "IDS201CareContact", "1000000500"),
        ("C202-IDS201-rejected", "IDS202CareActivity", "1000000001"),
        ("C606-05", "IDS606CodedScoreAssessmentRefer", "1000000001"),
        ("C607-IDS202-rejected", "IDS607CodedScoreAssessmentAct", "1000000001"),
    ]


@pytest.mark.parametrize("write", [write_rows, write_rejected_rows])
def test_a_folder_that_cannot_be_is_told(checked, tmp_path, write):
    (tmp_path / "taken").write_text("")
    with pytest.raises(CannotWrite, match="Choose another folder"):
        write(checked, tmp_path / "taken")
