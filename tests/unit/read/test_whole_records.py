"""A record that is not whole is no record, and no source of one either."""

import shutil

import pytest

from caseness.errors import UnreadableRecord
from caseness.read import open_record, read_record
from made_up_record import PATIENTS, read_one


@pytest.fixture
def record(tmp_path):
    return read_one(tmp_path, IDS001MPI=PATIENTS)


@pytest.fixture
def tables(record):
    return record.folder / "tables"


def test_a_table_that_was_lost_is_missed(record, tables):
    (tables / "IDS001MPI.parquet").unlink()
    with pytest.raises(UnreadableRecord, match=r"IDS001MPI.parquet has 0 rows, and record.json says 2"):
        open_record(record.folder)


def test_a_table_of_another_record_is_found_out(record, tables):
    shutil.copy(tables / "IDS000Header.parquet", tables / "IDS001MPI.parquet")
    with pytest.raises(UnreadableRecord, match="the record is not whole"):
        open_record(record.folder)


@pytest.mark.parametrize("source", ["", "tables", "tables/IDS000Header.parquet"])
def test_what_was_not_written_to_the_end_is_not_taken_for_submissions(record, source, tmp_path):
    (record.folder / "record.json").unlink()
    with pytest.raises(UnreadableRecord, match="not written to the end, or was copied in part"):
        read_record(record.folder / source, tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_a_whole_record_is_a_source(record, tmp_path):
    assert read_record(record.folder, tmp_path / "again").rows == record.rows
