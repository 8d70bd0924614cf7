"""Microsoft Access files of three generations, read by mdbtools."""

from datetime import date, time
from pathlib import Path

import pytest

from caseness.errors import MissingProgram, UnreadableRecord
from caseness.read import read_record
from made_up_record import cells_of, rows_of

FILES = Path(__file__).parents[2] / "fixtures" / "access"


@pytest.mark.parametrize("name", ["small_v2003.mdb", "small_v2007.accdb", "small_v2010.accdb"])
def test_an_access_file_holds_what_the_csv_files_hold(tmp_path, name):
    record = read_record(FILES / name, tmp_path / "access")
    expected = read_record(FILES / "expected", tmp_path / "csv")
    assert rows_of(record) == rows_of(expected)
    assert record.rows == expected.rows
    assert (len(record.rows), sum(one.kept for one in record.rows.values())) == (13, 652)
    assert record.notes == ()


def test_dates_and_times_come_whole(tmp_path):
    contact = cells_of(read_record(FILES / "small_v2010.accdb", tmp_path / "to"), "IDS201")[0]
    assert (contact["CareContDate"], contact["CareContTime"]) == (date(2025, 4, 1), time(9, 0))


def test_in_a_folder_each_access_file_is_a_place(tmp_path):
    record = read_record(FILES, tmp_path / "to")
    assert [one.place for one in record.submissions] == [
        "expected",
        "small_v2003.mdb",
        "small_v2007.accdb",
        "small_v2010.accdb",
    ]
    assert [one.is_latest for one in record.submissions] == [False, False, False, True]


def test_a_file_that_is_no_access_file_is_refused(tmp_path):
    (tmp_path / "clinic.mdb").write_bytes(b"not a database" * 1000)
    with pytest.raises(UnreadableRecord, match=r"clinic\.mdb cannot be read as a Microsoft Access file"):
        read_record(tmp_path, tmp_path.parent / "to")


def test_a_file_that_is_cut_short_is_refused(tmp_path):
    content = (FILES / "small_v2010.accdb").read_bytes()
    (tmp_path / "clinic.accdb").write_bytes(content[: len(content) // 2])
    with pytest.raises(UnreadableRecord):
        read_record(tmp_path, tmp_path.parent / "to")


def test_without_the_program_it_is_said_how_to_install_it(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingProgram, match="apt-get install mdbtools"):
        read_record(FILES / "small_v2003.mdb", tmp_path / "to")


def fake_program(folder, name, script):
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_only_tables_of_the_record_are_asked_for(tmp_path, monkeypatch):
    """The name of a table comes from the file, and never becomes an option or a path."""
    programs, source = tmp_path / "programs", tmp_path / "source"
    programs.mkdir()
    source.mkdir()
    (source / "clinic.mdb").write_bytes(b"x")
    fake_program(programs, "mdb-tables", 'printf "%s\\n" "-IDS101" "../../etc" "IDS000Header" "$(printf x)"')
    fake_program(programs, "mdb-export", f'echo "$8" >> {tmp_path}/asked; cat {FILES}/expected/IDS000Header.csv')
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    record = read_record(source, tmp_path / "to")
    assert list(record.rows) == ["IDS000Header"]
    assert set((tmp_path / "asked").read_text().split()) == {"IDS000Header"}
    assert [one.name for one in record.files if one.ignored] == [
        f"clinic.mdb: {name}" for name in ("-IDS101", "../../etc", "x")
    ]


def test_a_program_that_fails_half_way_is_told(tmp_path, monkeypatch):
    programs, source = tmp_path / "programs", tmp_path / "source"
    programs.mkdir()
    source.mkdir()
    (source / "clinic.mdb").write_bytes(b"x")
    fake_program(programs, "mdb-tables", "echo IDS000Header")
    fake_program(programs, "mdb-export", 'printf "DatSetVer\\n2.1\\n"; exit 3')
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    with pytest.raises(UnreadableRecord, match=r"clinic\.mdb: IDS000Header cannot be read"):
        read_record(source, tmp_path / "to")


def test_an_access_file_without_tables_of_the_record_is_listed(tmp_path, monkeypatch):
    programs, source = tmp_path / "programs", tmp_path / "source"
    programs.mkdir()
    source.mkdir()
    (source / "other.mdb").write_bytes(b"x")
    (source / "IDS000.csv").write_text((FILES / "expected" / "IDS000Header.csv").read_text())
    fake_program(programs, "mdb-tables", "echo Notes")
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    record = read_record(source, tmp_path / "to")
    assert [one.name for one in record.files if one.ignored] == ["other.mdb: Notes"]
    fake_program(programs, "mdb-tables", "exit 0")
    record = read_record(source, tmp_path / "to")
    assert [(one.name, one.ignored) for one in record.files if one.ignored] == [
        ("other.mdb", "it holds no table of the record")
    ]
