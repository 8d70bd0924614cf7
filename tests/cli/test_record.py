"""`caseness record`: what was found, and the record written as it was asked for."""

import pytest

from caseness.read import open_record, read_record
from made_up_record import HEADER, PATIENTS, rows_of, write_places


@pytest.fixture
def source(tmp_path):
    top = write_places(
        tmp_path / "source", {"april": {"IDS000Header": HEADER, "IDS001MPI": PATIENTS + "=1,ZZ9,soon,1\n"}}
    )
    (top / "april" / "letter.docx").write_bytes(b"x")
    return top


def test_it_says_what_was_found(caseness, source):
    answer = caseness("record", source)
    assert answer.status == 0
    assert "1 submission, 1 of them the latest" in answer.out
    assert "2025-04  2025-05-12 09:30  primary  yes     april" in answer.out
    assert "Master patient index  3     2     1" in answer.out
    assert "april/letter.docx  it is no CSV" in answer.out


def test_it_says_so_as_json_too(caseness, source):
    told = caseness("record", source, "--json").json
    assert told["rows"]["IDS001MPI"] == {"read": 3, "kept": 2, "rejected": 1}
    assert told["submissions"][0]["created"] == "2025-05-12T09:30:00"


def test_the_record_is_written_and_can_be_opened(caseness, source, tmp_path):
    answer = caseness("record", source, "--out", tmp_path / "out")
    assert "Wrote" in answer.err
    assert open_record(tmp_path / "out").rows["IDS001MPI"].kept == 2
    assert "'=1" in (tmp_path / "out" / "rejected" / "IDS001MPI.csv").read_text()


def test_as_csv_it_is_read_again_the_same(caseness, source, tmp_path):
    caseness("record", source, "--out", tmp_path / "out", "--format", "csv")
    first = read_record(source, tmp_path / "first")
    assert rows_of(read_record(tmp_path / "out", tmp_path / "again")) == rows_of(first)
    assert (tmp_path / "out" / "rejected" / "IDS001MPI.csv").is_file()


def test_what_cannot_be_read_ends_with_its_own_code(caseness, tmp_path):
    answer = caseness("record", tmp_path / "nowhere")
    assert answer.status == 21
    assert "There is no file or folder" in answer.err
