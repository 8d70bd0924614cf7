"""A record in PostgreSQL: read, and written so that reading it gives the same rows. The server is a real one."""

import sys

import pytest

from caseness import engine
from caseness.engine import postgresql as opening
from caseness.errors import CannotWrite, MissingProgram, UnreadableRecord
from caseness.read import read_record, write_record
from caseness.read.database import is_address
from made_up_record import HEADER, PATIENTS, cells_of, read_places, rows_of


@pytest.fixture
def record(tmp_path):
    return read_places(tmp_path, {"april": {"IDS000Header": HEADER, "IDS001MPI": PATIENTS}})


@pytest.fixture
def schema(postgresql, request):
    """The address of a schema of this test's own."""
    return f"{postgresql}?schema={request.node.name[:50]}"


def test_what_is_written_is_read_again(record, schema, tmp_path):
    written = write_record(record, schema, "postgresql")
    assert written[0].endswith(": IDS000Header")
    again = read_record(schema, tmp_path / "again")
    assert rows_of(again) == rows_of(record)
    assert again.rows == record.rows
    assert again.submissions[0].place.startswith("127.0.0.1/postgres/")


def test_a_schema_that_holds_something_is_not_written_over(record, schema, tmp_path):
    write_record(record, schema, "postgresql")
    with pytest.raises(CannotWrite, match="already exists"):
        write_record(record, schema, "postgresql")
    assert rows_of(read_record(schema, tmp_path / "again")) == rows_of(record)


def test_what_fails_half_way_leaves_no_table(record, schema):
    def broken():
        yield b"1,1\n"
        raise OSError("the disk went away")

    columns = record.table("IDS002").limit(0).to_pyarrow().schema.empty_table().select(["submission", "row_id"]).schema
    with pytest.raises(OSError, match="went away"):
        engine.copy_in(schema, "half", {"IDS002GP": (columns, broken())})
    assert engine.tables_in(schema)["half"] == ()


def test_tables_are_known_whatever_the_case_and_others_are_listed(postgresql, tmp_path):
    with opening._open(postgresql) as database:
        database.raw_sql(
            "create schema lower; create table lower.ids000header as select '2.1' as datsetver, 'ZZ9' as orgidprov, "
            "'ZZ9' as orgidsubmit, 'MADE UP' as primsysteminuse, date '2025-04-01' as reportingperiodstartdate, "
            "date '2025-04-30' as reportingperiodenddate, timestamp '2025-05-12 09:30:00.5' as datetimedatsetcreate;"
            "create table lower.ids201 as select 'C1' as carecontactid, 30.0 as clincontdurofcarecont, "
            "time '09:30' as careconttime; create table lower.notes as select 1 as n; commit"
        )
    record = read_record(f"{postgresql}?schema=lower", tmp_path / "to")
    assert record.submissions[0].window == "primary"
    contact = cells_of(record, "IDS201")[0]
    assert (contact["ClinContDurOfCareCont"], f"{contact['CareContTime']:%H:%M}") == (30, "09:30")
    assert [one.name for one in record.files if one.ignored] == ["127.0.0.1/postgres/lower: notes"]


def test_a_schema_without_tables_is_said(postgresql, tmp_path):
    with pytest.raises(UnreadableRecord, match=r"no table of a record in the schema 'nowhere'"):
        read_record(f"{postgresql}?schema=nowhere", tmp_path / "to")


def test_a_server_that_is_not_there_is_said_without_the_password(tmp_path):
    with pytest.raises(UnreadableRecord, match=r"127\.0\.0\.1/clinic could not be used") as told:
        read_record("postgresql://me:secret@127.0.0.1:1/clinic", tmp_path / "to")
    assert "secret" not in str(told.value)


def test_another_kind_of_address_is_refused(tmp_path, record):
    with pytest.raises(UnreadableRecord, match="mysql://"):
        read_record("mysql://localhost/clinic", tmp_path / "to")
    with pytest.raises(CannotWrite, match="is no address"):
        write_record(record, "folder", "postgresql")
    assert not is_address("C:/folder")


def test_without_the_driver_it_is_said_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingProgram, match=r"caseness\[postgres\]"):
        read_record("postgresql://127.0.0.1/clinic", tmp_path / "to")
