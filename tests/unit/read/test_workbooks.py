"""Tables in workbooks: a sheet for each, dates as Excel keeps them, and bombs."""

import zipfile
from datetime import date, datetime, time

import pytest
import xlsxwriter

from caseness.errors import UnreadableRecord
from caseness.read import read_record
from caseness.read.model import RowCount
from caseness.read.workbooks import cell_text
from made_up_record import HEADER, cells_of, rejected_of, write_places

HEADER_ROWS = [
    HEADER.strip().splitlines()[0].split(","),
    [
        "2.1",
        "ZZ9",
        "ZZ9",
        "MADE UP",
        date(2025, 4, 1),
        date(2025, 4, 30),
        datetime.fromisoformat("2025-05-12T09:30:00"),
    ],
]
CONTACTS = [["CareContactId", "CareContDate", "CareContTime", "ClinContDurOfCareCont"]]


def write(path, **sheets):
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm:ss"})
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return path


def test_each_sheet_is_a_table_and_dates_are_dates(tmp_path):
    rows = [
        *CONTACTS,
        ["C1", date(2025, 4, 1), time(9, 30), 30],
        ["C2", 45748, 0.5, 30.0],
        ["C3", "01/04/2025", "10:00", "30"],
        ["C4", 45748.5, "10:00", 30],
        [],
        ["C5", "soon", "10:00", 30.5],
    ]
    write(tmp_path / "source" / "april.xlsx", IDS000=HEADER_ROWS, IDS201CareContact=rows, Notes=[["x"]])
    record = read_record(tmp_path / "source", tmp_path / "to")
    day = date(2025, 4, 1)
    assert [(row["CareContactId"], row["CareContDate"], row["CareContTime"]) for row in cells_of(record, "IDS201")] == [
        ("C1", day, time(9, 30)),
        ("C2", day, time(12)),
        ("C3", day, time(10)),
        ("C4", day, time(10)),
    ]
    assert len(rejected_of(record, "IDS201")[0]["reasons"]) == 2
    assert record.submissions[0].created == datetime.fromisoformat("2025-05-12T09:30:00")
    assert [one.name for one in record.files if one.ignored] == ["april.xlsx: Notes"]
    assert record.submissions[0].place == "april.xlsx"


def test_a_workbook_that_is_named_for_a_table_stands_beside_other_files(tmp_path):
    top = write_places(tmp_path / "source", {"april": {"IDS000Header": HEADER}})
    write(top / "april" / "IDS201.xlsx", Sheet1=[*CONTACTS, ["C1", date(2025, 4, 1)]])
    record = read_record(top, tmp_path / "to")
    assert record.rows["IDS201CareContact"] == RowCount(1, 1, 0)


def test_a_cell_below_no_name_rejects_its_row(tmp_path):
    rows = [["CareContactId", "", "CareContDate"], ["C1", "", "2025-04-01"], ["C2", "stray"], ["C3", "", "", "", "far"]]
    write(tmp_path / "source" / "april.xlsx", IDS000=HEADER_ROWS, IDS201=rows)
    record = read_record(tmp_path / "source", tmp_path / "to")
    assert record.rows["IDS201CareContact"] == RowCount(3, 1, 2)
    assert [row["row_id"] % 10**9 for row in rejected_of(record, "IDS201")] == [2, 3]


def test_a_table_of_a_header_alone(tmp_path):
    write(tmp_path / "source" / "april.xlsx", IDS000=HEADER_ROWS, IDS201=CONTACTS)
    record = read_record(tmp_path / "source", tmp_path / "to")
    assert record.has("IDS201")
    assert cells_of(record, "IDS201") == []


def test_an_empty_sheet_is_refused(tmp_path):
    write(tmp_path / "source" / "april.xlsx", IDS000=HEADER_ROWS, IDS201=[])
    with pytest.raises(UnreadableRecord, match=r"april\.xlsx: IDS201 is empty"):
        read_record(tmp_path / "source", tmp_path / "to")


def test_what_is_no_workbook_is_refused(tmp_path):
    top = write_places(tmp_path / "source", {"april": {"IDS000Header": HEADER}})
    (top / "april" / "IDS201.xlsx").write_bytes(b"not one")
    with pytest.raises(UnreadableRecord, match="cannot be read as a workbook"):
        read_record(top, tmp_path / "to")


def make_bomb(path, megabytes, says=None):
    write(path, IDS000=HEADER_ROWS)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as book, book.open("xl/media/bomb.xml", "w") as stream:
        for _ in range(megabytes):
            stream.write(b"\0" * (1 << 20))
    if says is not None:
        content = bytearray(path.read_bytes())
        true = (megabytes << 20).to_bytes(4, "little")
        path.write_bytes(bytes(content).replace(true, says.to_bytes(4, "little")))
    return path


def test_a_workbook_that_unpacks_to_far_too_much_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr("caseness.read.workbooks.WORKBOOK_UNPACKED_BYTES", 50 << 20)
    bomb = make_bomb(tmp_path / "source" / "april.xlsx", 60)
    assert bomb.stat().st_size < 1 << 20
    with pytest.raises(UnreadableRecord, match="unpacks to more than 52 MB"):
        read_record(bomb, tmp_path / "to")


def test_what_a_workbook_says_of_its_size_is_not_believed(tmp_path, monkeypatch):
    monkeypatch.setattr("caseness.read.workbooks.WORKBOOK_UNPACKED_BYTES", 1 << 20)
    with pytest.raises(UnreadableRecord, match=r"unpacks to more than|cannot be read as a workbook"):
        read_record(make_bomb(tmp_path / "source" / "april.xlsx", 20, says=100), tmp_path / "to")


def test_a_workbook_that_is_large_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr("caseness.read.workbooks.WORKBOOK_BYTES", 1000)
    with pytest.raises(UnreadableRecord, match="a workbook may have 0 MB"):
        read_record(write(tmp_path / "source" / "april.xlsx", IDS000=HEADER_ROWS), tmp_path / "to")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (12.5, "12.5"),
        (datetime.fromisoformat("2025-04-01"), "2025-04-01"),
        (datetime.fromisoformat("2025-04-01T09:30:00"), "2025-04-01 09:30:00"),
        (time(9, 30), "09:30:00"),
        (time(0), "00:00:00"),
        (datetime.fromisoformat("2025-04-01") - datetime.fromisoformat("2025-03-31T14:30:00"), "1899-12-30 09:30:00"),
        (None, None),
    ],
)
def test_a_cell_becomes_text(cell, text):
    assert cell_text(cell) == text
