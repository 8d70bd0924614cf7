"""What is looked for in a folder, what is passed over, and what is refused."""

import os

import pytest

from caseness.errors import UnreadableRecord
from caseness.read import limits as declared
from caseness.read import places as looking
from caseness.read import read_record
from caseness.read.naming import table_named
from made_up_record import HEADER, PATIENTS, cells_of, header, read_places, rejected_of, write_places


@pytest.mark.parametrize(
    ("name", "table_id"),
    [
        ("IDS101Referral", "IDS101Referral"),
        ("ids101referral", "IDS101Referral"),
        ("IDS101", "IDS101Referral"),
        ("IDS101_2025-04", "IDS101Referral"),
        ("IDS101Referral (2)", "IDS101Referral"),
        ("ryk-ids101-april", "IDS101Referral"),
        ("EXT03Goal.part 2", "EXT03Goal"),
        ("IDS101Backup", None),
        ("XIDS101", None),
        ("IDS999", None),
        ("IDS101 and IDS201", None),
        ("referrals", None),
    ],
)
def test_a_name_means_a_table(name, table_id):
    assert table_named(name) == table_id


def test_what_is_not_read_is_listed_with_the_reason(tmp_path):
    top = write_places(tmp_path / "source", {"april": {"IDS000Header": HEADER, "IDS101Backup": "a\n1\n"}})
    (top / "april" / "notes.docx").write_bytes(b"x")
    (top / "april" / ".hidden").write_bytes(b"x")
    (top / "april" / "all.zip").write_bytes(b"PK")
    (top / "april" / "IDS004.ods").write_bytes(b"PK")
    record = read_record(top, tmp_path / "to")
    assert {one.name: one.ignored for one in record.files if one.ignored} == {
        "april/.hidden": "it is no CSV, Parquet, Excel or Access file",
        "april/IDS101Backup.csv": "its name is that of no table",
        "april/all.zip": "it is an archive: unpack it first",
        "april/IDS004.ods": "it is a workbook of another kind: save it as .xlsx",
        "april/notes.docx": "it is no CSV, Parquet, Excel or Access file",
    }


def test_links_are_not_followed(tmp_path):
    """A link may lead to another person's records."""
    elsewhere = write_places(tmp_path / "elsewhere", {"april": {"IDS000Header": HEADER, "IDS001MPI": PATIENTS}})
    top = write_places(tmp_path / "source", {"april": {"IDS000Header": HEADER}})
    (top / "april" / "IDS001MPI.csv").symlink_to(elsewhere / "april" / "IDS001MPI.csv")
    (top / "may").symlink_to(elsewhere / "april")
    record = read_record(top, tmp_path / "to")
    assert not record.has("IDS001")
    assert [one.name for one in record.files if one.ignored == "it is a symbolic link"] == [
        "may",
        "april/IDS001MPI.csv",
    ]


def test_a_record_that_was_written_before_is_not_counted_again(tmp_path):
    top = write_places(
        tmp_path / "source", {"april": {"IDS000Header": HEADER, "IDS001MPI": PATIENTS + "P9,ZZ9,soon,1\n"}}
    )
    first = read_record(top, top / "record")
    again = read_record(top, tmp_path / "to")
    assert again.rows == first.rows
    assert [one.ignored[:9] for one in again.files if one.name == "record"] == ["it is a r"]


def test_a_record_that_was_written_before_can_be_read_by_its_own_path(tmp_path):
    first = read_places(tmp_path, {"april": {"IDS000Header": HEADER, "IDS001MPI": PATIENTS + "P9,ZZ9,soon,1\n"}})
    again = read_record(first.folder, tmp_path / "again")
    assert cells_of(again, "IDS001") == cells_of(first, "IDS001")


def test_a_folder_for_rejected_rows_is_left_out(tmp_path):
    places = {"april": {"IDS000Header": HEADER}, "april/rejected": {"IDS001MPI": PATIENTS}}
    record = read_places(tmp_path, places)
    assert not record.has("IDS001")
    assert [one.name for one in record.files if one.ignored] == ["april/rejected"]


def test_a_place_without_a_header_is_refused(tmp_path):
    with pytest.raises(UnreadableRecord, match="may holds 1 tables and no header row"):
        read_places(tmp_path, {"april": {"IDS000Header": HEADER}, "may": {"IDS001MPI": PATIENTS}})


def test_a_place_with_a_header_file_and_no_row_is_refused(tmp_path):
    with pytest.raises(UnreadableRecord, match="no header row"):
        read_places(tmp_path, {"april": {"IDS000Header": HEADER.strip().splitlines()[0] + "\n", "IDS001": PATIENTS}})


@pytest.mark.parametrize("extra", ["IDS000Header", "IDS000 (2)"])
def test_a_place_with_two_headers_is_refused(tmp_path, extra):
    places = {"april": {"IDS000Header": HEADER + "2.1,ZZ9,ZZ9,X,2025-05-01,2025-05-31,2025-06-12 09:00:00\n"}}
    if extra != "IDS000Header":
        places = {"april": {"IDS000Header": HEADER, extra: header(created="2025-06-12 09:00:00")}}
    with pytest.raises(UnreadableRecord, match="2 header rows"):
        read_places(tmp_path, places)


def test_a_table_in_two_forms_is_refused(tmp_path):
    top = write_places(tmp_path / "source", {"april": {"IDS000Header": HEADER, "IDS001MPI": PATIENTS}})
    (top / "april" / "IDS001MPI.txt").write_text(PATIENTS.lstrip())
    with pytest.raises(UnreadableRecord, match=r"IDS001MPI: \.csv, \.txt"):
        read_record(top, tmp_path / "to")


def test_several_files_of_a_table_run_on(tmp_path):
    """Part 10 comes after part 9, and the numbers of the rows go on."""
    names = "ServiceRequestId,LocalPatientId,OrgIDComm,ReferralRequestReceivedDate\n"
    parts = {f"IDS101 part {part}": f"{names}R{part},P1,99Z,2025-04-02\n" for part in (10, 9)}
    record = read_places(tmp_path, {"april": {"IDS000Header": HEADER, **parts}})
    assert [(row["ServiceRequestId"], row["row_id"]) for row in cells_of(record, "IDS101")] == [
        ("R9", 1_000_000_001),
        ("R10", 1_000_000_002),
    ]


EXTRACT = {
    "IDS000Header": "UniqueSubmissionID," + HEADER.strip().splitlines()[0] + "\n"
    "77,2.1,ZZ9,ZZ9,MADE UP,2025-05-01,2025-05-31,2025-06-12 09:30:00\n"
    "12,2.1,ZZ9,ZZ9,MADE UP,2025-04-01,2025-04-30,2025-05-12 09:30:00\n",
    "IDS001MPI": "UniqueSubmissionID,LocalPatientId,OrgIDLocalPatientId,PersonBirthDate\n"
    "77,P1,ZZ9,1980-01-01\n12,P2,ZZ9,1980-01-01\n77,P3,ZZ9,1980-01-01\n99,P4,ZZ9,1980-01-01\n,P5\n",
}


def test_rows_of_an_extract_go_to_their_own_header(tmp_path):
    record = read_places(tmp_path, {"extract": EXTRACT})
    assert [(one.id, one.period_start.month) for one in record.submissions] == [(1, 4), (2, 5)]
    assert [(row["row_id"], row["LocalPatientId"]) for row in cells_of(record, "IDS001")] == [
        (1_000_000_001, "P2"),
        (2_000_000_001, "P1"),
        (2_000_000_002, "P3"),
    ]
    lost = rejected_of(record, "IDS001")
    assert [(row["submission"], row["row_id"], row["reasons"], row["line"]) for row in lost] == [
        (None, None, ["UniqueSubmissionID: no header row has this value"], None),
        (None, None, ["2 cells instead of 4"], ",P5"),
    ]


def test_a_table_of_an_extract_must_say_whose_its_rows_are(tmp_path):
    with pytest.raises(UnreadableRecord, match="does not say to which of them its rows belong"):
        read_places(tmp_path, {"extract": {**EXTRACT, "IDS001MPI": PATIENTS}})


def test_an_extract_of_one_submission_needs_the_column_only_in_its_header(tmp_path):
    one = "\n".join(EXTRACT["IDS000Header"].splitlines()[:2]) + "\n"
    record = read_places(tmp_path, {"extract": {"IDS000Header": one, "IDS001MPI": PATIENTS}})
    assert record.rows["IDS001MPI"].kept == 2


def test_a_header_that_does_not_name_its_submission_is_refused_where_the_rows_do(tmp_path):
    with pytest.raises(UnreadableRecord, match="does not have that column"):
        read_places(tmp_path, {"extract": {**EXTRACT, "IDS000Header": HEADER}})


def test_two_headers_of_one_name_are_refused(tmp_path):
    doubled = EXTRACT["IDS000Header"].replace("77,", "12,")
    with pytest.raises(UnreadableRecord, match="2 header rows"):
        read_places(tmp_path, {"extract": {"IDS000Header": doubled}})


def test_one_file_can_be_the_source(tmp_path):
    top = write_places(tmp_path / "source", {"april": {"IDS000Header": HEADER, "IDS001MPI": PATIENTS}})
    record = read_record(top / "april" / "IDS000Header.csv", tmp_path / "to")
    assert list(record.rows) == ["IDS000Header"]


def test_nothing_there_is_said(tmp_path):
    with pytest.raises(UnreadableRecord, match="There is no file or folder"):
        read_record(tmp_path / "nowhere", tmp_path / "to")
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "letter.pdf").write_bytes(b"%PDF")
    with pytest.raises(UnreadableRecord, match=r"no table of a record at .*letter\.pdf"):
        read_record(tmp_path / "empty", tmp_path / "to")


def test_what_is_no_file_is_listed(tmp_path):
    top = write_places(tmp_path / "source", {"april": {"IDS000Header": HEADER}})
    os.mkfifo(top / "april" / "IDS001MPI.csv")
    record = read_record(top, tmp_path / "to")
    assert [one.ignored for one in record.files if one.ignored] == ["it is no plain file"]


def test_too_many_files_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(looking, "FILES", 1)
    with pytest.raises(UnreadableRecord, match="more than 1 files"):
        read_places(tmp_path, {"april": {"IDS000Header": HEADER, "IDS001MPI": PATIENTS}})
    assert declared.FILES > 1
