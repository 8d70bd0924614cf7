"""What a folder is, told by the names of what lies in it."""

from pathlib import Path
from shutil import copy

import pytest
import xlsxwriter

from caseness.read import holds_record, holds_submissions

ACCESS = Path(__file__).parents[2] / "fixtures" / "access"


def _workbook(path, *sheets):
    path.parent.mkdir(exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        for name in sheets:
            book.add_worksheet(name)


def test_a_workbook_and_an_access_file_with_a_header_are_submissions(tmp_path):
    _workbook(tmp_path / "workbook" / "april.xlsx", "IDS000Header", "IDS101Referral")
    _workbook(tmp_path / "report" / "report.xlsx", "Ledger")
    (tmp_path / "access").mkdir()
    copy(ACCESS / "small_v2010.accdb", tmp_path / "access")
    told = {name: holds_submissions(tmp_path / name) for name in ("workbook", "report", "access", "absent")}
    assert told == {"workbook": True, "report": False, "access": True, "absent": False}


@pytest.mark.parametrize("other", ["figures/measures.csv", "april/rows/IDS000Header.csv"])
def test_a_folder_with_something_else_below_is_none(tmp_path, other):
    for name in ("may/IDS000Header.csv", other):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).touch()
    assert not holds_submissions(tmp_path)


def test_a_table_without_a_header_is_no_submission(tmp_path):
    (tmp_path / "IDS101Referral.csv").touch()
    assert not holds_submissions(tmp_path)
    assert not holds_record(tmp_path)
