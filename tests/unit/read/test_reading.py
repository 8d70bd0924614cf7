"""The record on disk: where it may be written, what is left when reading fails, and how it is opened again."""

import json
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pa_parquet
import pytest

from caseness import engine
from caseness.errors import CannotWrite, UnknownName, UnreadableInput, UnreadableRecord
from caseness.read import RowCount, open_record, read_record, stage_submission, write_record, write_rejected
from caseness.record import TABLES, table
from made_up_record import HEADER, PATIENTS, cells_of, read_one, read_places, rejected_of, rows_of, write_places


@pytest.fixture
def record(tmp_path):
    patients = PATIENTS + "P3,ZZ9,soon,1\nP4,ZZ9\n=1+1,ZZ9,@then,1\n"
    return read_one(tmp_path, IDS001MPI=patients, IDS101="ServiceRequestId\n")


# --- the record --------------------------------------------------------------------------------


def test_a_table_that_was_not_supplied_is_empty_and_has_its_columns(record):
    assert not record.has("IDS201")
    for declared in TABLES:
        columns = tuple(record.table(declared.id).columns)
        assert columns == ("submission", "row_id", *(one.name for one in declared.columns))
    assert cells_of(record, "IDS201") == []
    assert rejected_of(record, "IDS201") == []


def test_a_table_that_was_supplied_without_rows_is_there(record):
    assert record.has("referral")
    assert record.rows["IDS101Referral"] == RowCount(0, 0, 0)


def test_columns_have_their_declared_types(record):
    fetched = engine.fetch(record.table("IDS001")).schema
    assert fetched.field("submission").type == pa.int32()
    assert fetched.field("row_id").type == pa.int64()
    assert fetched.field("PersonBirthDate").type == pa.date32()


def test_an_unknown_table_is_refused(record):
    with pytest.raises(UnknownName):
        record.table("IDS999")


def test_rows_that_do_not_add_up_are_refused():
    with pytest.raises(ValueError, match="3 rows were read, but 1 kept and 1 rejected"):
        RowCount(3, 1, 1)


def test_read_is_kept_and_rejected(record):
    assert record.rows["IDS001MPI"] == RowCount(5, 2, 3)
    assert [row["row_id"] % 10**9 for row in cells_of(record, "IDS001") + rejected_of(record, "IDS001")] == [
        1,
        2,
        3,
        4,
        5,
    ]


# --- where it is written -----------------------------------------------------------------------


def test_it_is_opened_again_as_it_was(record):
    again = open_record(record.folder)
    assert (again.submissions, again.rows, again.files, again.notes) == (
        record.submissions,
        record.rows,
        record.files,
        record.notes,
    )
    assert rows_of(again) == rows_of(record)


def test_a_record_is_replaced_by_the_next(tmp_path, record):
    top = write_places(tmp_path / "other", {"may": {"IDS000": HEADER}})
    again = read_record(top, record.folder)
    assert not again.has("IDS001")
    assert cells_of(again, "IDS001") == []
    assert rejected_of(again, "IDS001") == []


def test_a_folder_with_something_else_is_left_alone(tmp_path):
    top = write_places(tmp_path / "source", {"april": {"IDS000": HEADER}})
    (tmp_path / "to").mkdir()
    (tmp_path / "to" / "letter.txt").write_text("dear")
    with pytest.raises(CannotWrite, match="holds something that is no record"):
        read_record(top, tmp_path / "to")
    assert (tmp_path / "to" / "letter.txt").read_text() == "dear"


@pytest.mark.parametrize("to", [".", ".."])
def test_a_record_is_not_written_over_its_own_source(record, to):
    with pytest.raises(CannotWrite, match="over what it is read from"):
        read_record(record.folder, record.folder / to)
    assert open_record(record.folder).rows == record.rows


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    top = write_places(tmp_path / "source", {"april": {"IDS000": HEADER}})
    (tmp_path / "file").write_text("x")
    with pytest.raises(CannotWrite, match="could not be written"):
        read_record(top, tmp_path / "file" / "to")


def test_nothing_is_left_when_reading_fails(tmp_path):
    with pytest.raises(UnreadableRecord):
        read_one(tmp_path, IDS001MPI=PATIENTS, IDS101=b"ServiceRequestId\n\0\n")
    assert list((tmp_path / "record").iterdir()) == []


def test_a_full_disk_is_said(tmp_path, monkeypatch):
    def full(record):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("caseness.read.manifest.save", full)
    with pytest.raises(CannotWrite, match="No space left on device"):
        read_one(tmp_path, IDS001MPI=PATIENTS)
    assert list((tmp_path / "record").iterdir()) == []


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "it has no record.json"),
        ("{", "is damaged"),
        ('{"format": 1}', "is damaged"),
        ('{"format": 99}', "was written in form 99"),
    ],
)
def test_what_is_no_record_is_not_opened(tmp_path, content, why):
    if content is not None:
        (tmp_path / "record.json").write_text(content)
    with pytest.raises(UnreadableRecord, match=why):
        open_record(tmp_path)


def test_a_table_that_this_version_does_not_know_is_left_out(record):
    path = record.folder / "record.json"
    content = json.loads(path.read_text())
    content["rows"]["IDS999New"] = {"read": 1, "kept": 1, "rejected": 0}
    path.write_text(json.dumps(content))
    assert open_record(record.folder).rows == record.rows


# --- Parquet -----------------------------------------------------------------------------------


def read_parquet(tmp_path, patients):
    top = write_places(tmp_path / "source", {"april": {"IDS000Header": HEADER}})
    pa_parquet.write_table(patients, top / "april" / "IDS001MPI.parquet")
    return read_record(top, tmp_path / "record")


def test_typed_columns_are_taken_as_they_are_and_others_as_text(tmp_path):
    patients = pa.table(
        {
            "localpatientid": [1, 2],
            "PersonBirthDate": pa.array([date(1980, 1, 1), None]),
            "Gender": [1.0, None],
            "Postcode": pa.array(["A1", "A1"]).dictionary_encode(),
            "ExBAFIndicator": pa.array(["2", "02"], pa.large_string()),
        }
    )
    rows = cells_of(read_parquet(tmp_path, patients), "IDS001")
    assert [(row["LocalPatientId"], row["Gender"], row["ExBAFIndicator"]) for row in rows] == [
        ("1", "1", "02"),
        ("2", None, "02"),
    ]
    assert rows[0]["PersonBirthDate"] == date(1980, 1, 1)


def test_a_column_of_lists_is_refused(tmp_path):
    with pytest.raises(UnreadableRecord, match="the column 'LocalPatientId' holds list"):
        read_parquet(tmp_path, pa.table({"LocalPatientId": [["P1"]]}))


def test_a_parquet_file_that_is_cut_short_is_refused(tmp_path):
    top = write_places(tmp_path / "source", {"april": {"IDS000Header": HEADER}})
    path = top / "april" / "IDS001MPI.parquet"
    pa_parquet.write_table(pa.table({"LocalPatientId": [f"P{number}" for number in range(1000)]}), path)
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(UnreadableRecord, match="is not a whole Parquet file"):
        read_record(top, tmp_path / "to")


def test_a_parquet_file_with_a_hole_is_refused(tmp_path):
    top = write_places(tmp_path / "source", {"april": {"IDS000Header": HEADER}})
    path = top / "april" / "IDS001MPI.parquet"
    pa_parquet.write_table(pa.table({"LocalPatientId": [f"P{number}" for number in range(9000)]}), path)
    content = path.read_bytes()
    path.write_bytes(content[:4] + b"\xff" * 5000 + content[5004:])
    with pytest.raises(UnreadableRecord, match="is not a whole Parquet file"):
        read_record(top, tmp_path / "to")


# --- rows that come from elsewhere -------------------------------------------------------------


def staged_header():
    names, values = (line.split(",") for line in HEADER.strip().splitlines())
    return pa.table({name: [value] for name, value in zip(names, values, strict=True)})


def test_tables_at_hand_become_a_submission(tmp_path):
    pieces = iter(
        [pa.table({"row_id": [3], "LocalPatientId": ["P1"]}), pa.table({"row_id": [7], "LocalPatientId": ["P2"]})]
    )
    tables = {"header": iter([staged_header()]), "IDS001": pieces, "IDS101": iter(())}
    record = stage_submission("sheet.xlsx", tables, tmp_path / "to")
    assert record.submissions[0].place == "sheet.xlsx"
    assert [row["row_id"] % 10**9 for row in cells_of(record, "IDS001")] == [3, 7]
    assert record.has("IDS101")


@pytest.mark.parametrize(
    ("numbers", "why"),
    [
        ([2, 2], "do not rise"),
        ([0, 1], "do not rise"),
        ([1, None], "is not a whole number in every row"),
        (["1", "x"], "is not a whole number in every row"),
    ],
)
def test_numbers_that_cannot_be_row_numbers_are_refused(tmp_path, numbers, why):
    tables = {
        "IDS000": iter([staged_header()]),
        "IDS001": iter([pa.table({"row_id": numbers, "LocalPatientId": ["a", "b"]})]),
    }
    with pytest.raises(UnreadableRecord, match=why):
        stage_submission("sheet", tables, tmp_path / "to")


def test_more_rows_than_ids_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("caseness.read.numbering.ROWS_PER_SUBMISSION", 2)
    with pytest.raises(UnreadableRecord, match="row ids have room for no more"):
        read_one(tmp_path, IDS001MPI=PATIENTS)


# --- writing -----------------------------------------------------------------------------------


def test_rejected_rows_are_written_for_people_with_formulas_made_harmless(record, tmp_path):
    paths = write_rejected(record, tmp_path / "rejected")
    assert [path.name for path in paths] == ["IDS001MPI.csv"]
    text = paths[0].read_text()
    assert '"\'=1+1"' in text
    assert '"\'@then"' in text
    assert '"PersonBirthDate: not a date (2025-04-01 or 01/04/2025)"' in text
    assert '"P4,ZZ9"' in text


def test_the_written_record_alters_no_value(tmp_path):
    record = read_one(tmp_path, IDS001=PATIENTS + "=1+1,ZZ9,1980-01-01,1\n")
    write_record(record, tmp_path / "csv", "csv")
    assert '"=1+1"' in (tmp_path / "csv" / "IDS001MPI.csv").read_text()


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_folder_that_holds_something_is_not_written_into(record, form):
    with pytest.raises(CannotWrite, match="holds something already"):
        write_record(record, record.folder, form)


def test_an_unknown_form_is_refused(record, tmp_path):
    with pytest.raises(UnknownName, match="Did you mean 'parquet'"):
        write_record(record, tmp_path / "to", "parkett")


def test_where_nothing_can_be_written_it_is_said(record, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(CannotWrite):
        write_record(record, tmp_path / "file" / "to", "csv")
    with pytest.raises(CannotWrite):
        write_rejected(record, tmp_path / "file" / "to")


def test_a_damaged_table_is_said_when_it_is_written(record, tmp_path):
    (record.folder / "tables" / "IDS001MPI.parquet").write_bytes(b"PAR1 damaged PAR1")
    with pytest.raises(UnreadableInput, match="is no whole Parquet file"):
        write_record(record, tmp_path / "to", "csv")


def test_the_names_of_tables_are_declared_ones(tmp_path):
    """A path is made of the id that we declare, never of a name that came with the record."""
    record = read_places(tmp_path, {"april": {"IDS000": HEADER, "x-IDS001 .. (2)": PATIENTS}})
    assert {path.stem for path in record.folder.rglob("*.parquet")} == {table("header").id, table("IDS001").id}
