"""Opening practice sheets: files that are none, workbooks, and the fixture of a whole practice"""

import runpy
from collections import Counter
from datetime import date, datetime

import pytest
import xlsxwriter

from caseness.errors import UnreadableRecord
from caseness.read import far_cells
from caseness.read.practice import read_practice_sheets, sheets
from caseness.read.practice.cells import text_of
from house.source_tree import ROOT
from small_practice import CREATED, courses_of, read_table, reasons_of, rows_of

FIXTURES = ROOT / "tests" / "fixtures" / "practice"


def workbook(path, **sheets):
    """A workbook with these sheets, each a list of rows."""
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(number, place, cell, day)
                    else:
                        sheet.write(number, place, cell)
    return path


@pytest.fixture(scope="module", params=["core10.csv", "core10.xlsx"])
def practice(request):
    return read_practice_sheets([FIXTURES / request.param], CREATED)


def test_a_practice_that_uses_core_10_only_is_read_whole(practice):
    assert (practice.read, practice.kept, practice.rejected) == (68, 68, ())
    assert len(practice.courses) == 13
    assert practice.tables["IDS001MPI"].num_rows == 12
    assert set(rows_of(practice, "IDS607CodedScoreAssessmentAct", "CodedAssToolType")) == {("caseness:core10",)}
    kinds = Counter(kind for (kind,) in rows_of(practice, "EXT02EndingReview", "EndingKind"))
    assert kinds == {"planned": 5, "unplanned": 5}


def test_the_two_forms_of_the_practice_hold_the_same():
    both = [read_practice_sheets([FIXTURES / name], CREATED) for name in ("core10.csv", "core10.xlsx")]
    assert courses_of(both[0]) == courses_of(both[1])
    for table, columns in (
        ("IDS101Referral", ("ServiceRequestId", "LocalPatientId", "ServDischDate")),
        ("IDS201CareContact", ("ServiceRequestId", "CareContDate", "AttendOrDNACode", "AppType", "PsychMed")),
        ("IDS607CodedScoreAssessmentAct", ("CodedAssToolType", "PersScore")),
        ("EXT06ClientGroup", ("ServiceRequestId", "ClientGroupKind", "ClientGroup")),
    ):
        assert Counter(rows_of(both[0], table, *columns)) == Counter(rows_of(both[1], table, *columns))


def test_the_fixture_is_what_its_script_writes():
    made = runpy.run_path(str(FIXTURES / "make_made_up.py"))
    assert made["csv_text"]() == (FIXTURES / "core10.csv").read_text(encoding="utf-8")


def test_every_key_of_the_record_is_unique(practice):
    for table, key in (("IDS001MPI", "LocalPatientId"), ("IDS101Referral", "ServiceRequestId"), ("IDS201CareContact", "CareContactId")):  # fmt: skip
        ids = rows_of(practice, table, key)
        assert len(ids) == len(set(ids))


def test_days_times_numbers_and_formulas_of_a_workbook_are_read(tmp_path):
    path = workbook(
        tmp_path / "mine.xlsx",
        any_name=[
            ["Client", "Date", "Time", "PHQ9", "Attended"],
            ["A", date(2025, 1, 6), "9:30", 12, True],
            ["A", 45670, "9:00", "14", False],
            ["A", "20/01/2025", "", '=LEFT("9",1)', "yes"],
        ],
    )
    found = read_practice_sheets([path], CREATED)
    # A formula is read as the value that the workbook holds for it, here 0.
    assert courses_of(found) == [("A", ("2025-01-06", "2025-01-13", "2025-01-20"), None)]
    assert rows_of(found, "IDS201CareContact", "CareContTime", "AttendOrDNACode") == [
        ("09:30:00", "5"), ("09:00:00", "3"), (None, "5"),
    ]  # fmt: skip
    assert rows_of(found, "IDS607CodedScoreAssessmentAct", "PersScore") == [("12",), ("14",), ("0",)]


def test_a_sheet_of_a_workbook_that_is_no_practice_sheet_is_passed_over_with_a_note(tmp_path):
    path = workbook(
        tmp_path / "mine.xlsx", help=[["Column", "What"]], sessions=[["client", "date"], ["A", "2025-01-06"]], empty=[]
    )
    found = read_practice_sheets([path], CREATED)
    assert found.kept == 1
    assert any("sheet help is not read: it has no column for client and date" in note for note in found.notes)
    assert any("sheet empty is not read: it is empty" in note for note in found.notes)


def test_merged_cells_leave_blanks_and_those_rows_are_rejected_with_advice(tmp_path):
    path = tmp_path / "merged.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("sessions")
        sheet.write_row(0, 0, ["client", "date"])
        sheet.merge_range(1, 0, 2, 0, "A")
        sheet.write(1, 1, "2025-01-06")
        sheet.write(2, 1, "2025-01-13")
    found = read_practice_sheets([path], CREATED)
    assert reasons_of(found) == {3: ["client: blank. If its cells are merged, write the client in each row"]}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("notes.docx", b"", "notes.docx is no practice sheet: it ends in none of .csv"),
        ("empty.csv", b"", "empty.csv is no practice sheet: it is empty"),
        ("other.csv", b"a,b\n1,2\n", "it has no column for client and date"),
        ("near.csv", b"clint,dat\nA,2025-01-06\n", "'clint' is left out: not known. Did you mean 'client'?"),
        ("numbered.csv", b"client,Session\nA,2025-01-06\n", "'Session' is left out: the order of sessions follows from their dates"),
        ("half.csv", b"client,score\nA,1\n", "it has no column for date."),
        ("book.csv", b"PK\x03\x04 and so on", "under a borrowed name"),
        ("text.xlsx", b"client,date\n", "text.xlsx"),
        ("quote.csv", b'client,date\n"A,2025-01-06\nB,2025-01-07\n', "line 2 cannot be read"),
        ("nul.csv", b"client,date\nA\x00,2025-01-06\n", "empty bytes"),
        ("long.csv", b"client,date\n" + b"A" * 200_000 + b",2025-01-06\n", "field larger than field limit (131072)"),
    ],
)  # fmt: skip
def test_what_is_no_practice_sheet_is_refused_whole_and_says_why(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableRecord) as refused:
        read_practice_sheets([path], CREATED)
    assert said in str(refused.value)
    assert refused.value.exit_code == 21


def test_a_workbook_without_a_practice_sheet_says_so_for_each_sheet(tmp_path):
    path = workbook(tmp_path / "mine.xlsx", one=[["a"]], two=[["b"]])
    with pytest.raises(UnreadableRecord, match=r"sheet one is not read: .* sheet two is not read"):
        read_practice_sheets([path], CREATED)


def test_a_file_or_folder_that_holds_nothing_is_said_to(tmp_path):
    with pytest.raises(UnreadableRecord, match=r"gone\.csv cannot be read: No such file"):
        read_practice_sheets([tmp_path / "gone.csv"], CREATED)
    with pytest.raises(UnreadableRecord, match="holds no practice sheet: no file that ends in"):
        read_practice_sheets([tmp_path], CREATED)


def test_a_file_that_is_too_large_is_refused_before_it_is_opened(tmp_path, monkeypatch):
    path = tmp_path / "big.csv"
    path.write_text("client,date\nA,2025-01-06\n")
    monkeypatch.setattr(sheets, "BYTES", 10)
    with pytest.raises(UnreadableRecord, match=r"big\.csv has 25 bytes, and a practice sheet at most 10"):
        read_practice_sheets([path], CREATED)


def test_a_sheet_with_too_many_rows_or_columns_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "ROWS", 1)
    with pytest.raises(UnreadableRecord, match="it has 2 rows, and a practice sheet at most 1"):
        read_table("client,date\nA,2025-01-06\nA,2025-01-07\n")
    monkeypatch.setattr(sheets, "COLUMNS", 1)
    with pytest.raises(UnreadableRecord, match="it is empty, or has more than 1 columns"):
        read_table("client,date\nA,2025-01-06\n")


def far_cell(path, row, column, cell="x"):
    """A practice sheet with one more cell, far away."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("sessions")
        sheet.write_row(0, 0, ["client", "date"])
        sheet.write_row(1, 0, ["A", "2025-01-06"])
        sheet.write(row, column, cell, book.add_format({"bold": True}))
    return path


def test_a_cell_in_the_last_corner_is_refused_before_the_sheet_is_laid_out(tmp_path):
    path = far_cell(tmp_path / "far.xlsx", 1_048_575, 16_383)
    with pytest.raises(UnreadableRecord, match="as far as row 1,048,576 and column 16,384"):
        read_practice_sheets([path], CREATED)


def test_a_cell_that_is_only_formatted_is_no_filled_cell(tmp_path):
    assert read_practice_sheets([far_cell(tmp_path / "far.xlsx", 1_048_575, 16_383, None)], CREATED).kept == 1


def test_a_cell_that_does_not_say_where_it_is_follows_the_one_before():
    text = b'<row r="3"><c><v>1</v></c><c r="D3"/><c><v>2</v></c></row><row><x:c t="s"><v>1</v></x:c></row>'
    assert far_cells._extent(iter([text])) == (4, 5)


def test_a_sheet_is_cut_between_its_tags(tmp_path, monkeypatch):
    monkeypatch.setattr(far_cells, "_PIECE", 64)
    path = far_cell(tmp_path / "far.xlsx", 999_999, 99)
    with pytest.raises(UnreadableRecord, match="row 1,000,000 and column 100"):
        far_cells.require_near_cells(path, "far.xlsx")


def test_another_kind_of_workbook_is_refused_with_advice(tmp_path):
    (tmp_path / "old.xlsx").write_bytes(b"\xd0\xcf\x11\xe0 an old workbook")
    with pytest.raises(UnreadableRecord, match="cannot be read as a workbook"):
        read_practice_sheets([tmp_path / "old.xlsx"], CREATED)
    with pytest.raises(UnreadableRecord, match=r"cannot be read as an Excel workbook \(BadZipFile\)"):
        far_cells.require_near_cells(tmp_path / "old.xlsx", "old.xlsx")


def test_the_separator_is_that_of_the_line_which_is_the_header():
    found = read_table("therapist,attended,medium\nclient;date\nA;2025-01-06\n")
    assert courses_of(found) == [("A", ("2025-01-06",), None)]


def test_a_day_with_a_time_is_that_day_and_as_text_both():
    moment = datetime.fromisoformat("2025-01-06T14:30:00")
    assert text_of(moment) == "2025-01-06 14:30:00"
    assert text_of(datetime.fromisoformat("2025-01-06T00:00:00")) == "2025-01-06"


def test_a_reason_for_an_ending_that_is_longer_than_a_note_rejects_the_row():
    found = read_table(f"row,client,date,reason\nending,A,2025-01-06,{'x' * 4001}\n")
    assert reasons_of(found) == {2: ["reason: longer than 4000 characters"]}
