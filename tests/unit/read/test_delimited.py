"""Text files as they come: encodings, separators, broken lines, and quotation marks that nobody closed."""

import pytest

from caseness.errors import UnreadableRecord
from caseness.read import limits
from caseness.read.model import RowCount
from caseness.read.rows import split_rows
from made_up_record import PATIENTS, cells_of, read_one, rejected_of

NAMES = "LocalPatientId,OrgIDLocalPatientId,PersonBirthDate,Postcode"


def patients(*lines, end="\n"):
    return end.join([NAMES, *lines, ""]).encode()


def told(record):
    return "\n".join(record.notes)


def read_patients(tmp_path, content):
    record = read_one(tmp_path, IDS001MPI=content)
    return record, [row["LocalPatientId"] for row in cells_of(record, "IDS001")]


# --- encodings ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", "was read as UTF-16"),
        ("utf-16-le", "was read as UTF-16-LE"),
        ("utf-16-be", "was read as UTF-16-BE"),
        ("cp1252", "It was read as Windows-1252"),
    ],
)
def test_a_name_is_read_whatever_the_encoding(tmp_path, encoding, note):
    text = f"{NAMES}\nZoë,ZZ9,1980-01-01,\n"
    record, names = read_patients(tmp_path, text.encode(encoding))
    assert names == ["Zoë"]
    assert note in told(record)
    assert bool(note) == bool(record.notes)


def test_a_letter_far_down_decides_the_encoding(tmp_path, monkeypatch):
    monkeypatch.setattr("caseness.read.encodings.BLOCK_BYTES", 7)
    content = patients("P1,ZZ9,1980-01-01,", "P2,ZZ9,1980-01-01,", "Zoë,ZZ9,1980-01-01,")
    assert read_patients(tmp_path, content)[1] == ["P1", "P2", "Zoë"]
    assert read_patients(tmp_path, content.decode().encode("cp1252"))[1] == ["P1", "P2", "Zoë"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\x03\x04 and more", "is a workbook or a zip archive"),
        (b"PAR1", "is a Parquet file"),
        (b"%PDF-1.7", "is a PDF document"),
        (b"<!DOCTYPE html><html>", "is a web page"),
        (b"", "is empty"),
        (patients("P1,ZZ9,1980-01-01,") + b"P2,\0\0,\n", r"empty bytes \(NUL\), the first near byte 82"),
        (patients("P1,ZZ9,1980-01-01,") + b"P2\x81\x8d,,,\n", "belongs to no text"),
        (("\ufeff" + NAMES).encode("utf-16-le")[:-1], "belongs to no text"),
        (b'"LocalPatientId,OrgIDLocalPatientId\nP1,ZZ9\n', "the first line is no header"),
        (b"P1,ZZ9,1980-01-01\nP2,ZZ9,1980-01-01\n", "holds none of that table's column names"),
        ((NAMES + ",POSTCODE\n").encode(), "1 column names are there more than once: 'POSTCODE', 'Postcode'"),
        ((NAMES + ",a" * 1000 + "\n").encode(), "has 1,004 columns"),
        (b"Local\xc3\n", "belongs to no text|none of that"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_the_reason(tmp_path, content, why):
    with pytest.raises(UnreadableRecord, match=why):
        read_one(tmp_path, IDS001MPI=content)


# --- headers -----------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_that_gives_columns(tmp_path, separator):
    content = PATIENTS.lstrip().replace(",", separator).encode()
    assert read_patients(tmp_path, content)[1] == ["P1", "P2"]


def test_names_are_known_whatever_their_case_and_stand_in_any_order(tmp_path):
    content = b"\n\nPERSONBIRTHDATE, localpatientid ,OrgIDLocalPatientID\n1980-02-29,P1,ZZ9\n"
    assert read_patients(tmp_path, content)[1] == ["P1"]


def test_a_column_that_is_not_known_is_told_and_not_kept(tmp_path):
    record, _ = read_patients(tmp_path, b"LocalPatientId,Shoe,Hat\nP1,44,57\n")
    assert "2 columns are not in the table's declaration and were not kept: 'Shoe', 'Hat'." in told(record)
    assert next(one.unknown_columns for one in record.files if one.table == "IDS001MPI") == ("Shoe", "Hat")


def test_of_many_unknown_columns_the_first_are_named(tmp_path):
    names = ",".join(f"c{number}" for number in range(12))
    record, _ = read_patients(tmp_path, f"LocalPatientId,{names}\nP1{',' * 12}\n".encode())
    assert "'c9' and 2 more" in told(record)


def test_a_name_of_version_2_0_is_mapped(tmp_path):
    content = b"ServiceRequestId,LocalPatientId,SourceOfReferralMH\nR1,P1,B1\n"
    record = read_one(tmp_path, IDS101=content)
    assert cells_of(record, "IDS101")[0]["SourceOfReferralIAPT"] == "B1"
    assert "read under the name of version 2.0: SourceOfReferralMH as SourceOfReferralIAPT" in told(record)


def test_beside_the_new_name_the_old_one_is_not_used(tmp_path):
    content = b"ServiceRequestId,SourceOfReferralMH,SourceOfReferralIAPT\nR1,A1,B1\n"
    record = read_one(tmp_path, IDS101=content)
    assert cells_of(record, "IDS101")[0]["SourceOfReferralIAPT"] == "B1"
    assert "'SourceOfReferralMH'" in told(record)


# --- lines -------------------------------------------------------------------------------------


def test_a_short_and_a_long_line_are_rejected_with_their_text(tmp_path):
    record, names = read_patients(
        tmp_path, patients("P1,ZZ9,1980-01-01,", "P2,ZZ9", "", "P3,ZZ9,,,x", "P4,ZZ9,1980-01-01,")
    )
    assert names == ["P1", "P4"]
    assert [(row["row_id"] % 10**9, row["reasons"], row["line"]) for row in rejected_of(record, "IDS001")] == [
        (2, ["2 cells instead of 4"], "P2,ZZ9"),
        (3, ["5 cells instead of 4"], "P3,ZZ9,,,x"),
    ]
    assert record.rows["IDS001MPI"] == RowCount(4, 2, 2)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_an_unclosed_quotation_mark_loses_its_own_line_only(tmp_path, end):
    content = patients(
        'P1,ZZ9,"1980-01-01",', 'P2,"ZZ9,1980-01-01,', 'P3,ZZ9,"1980-01-01",', "P4,ZZ9,1980-01-01,", end=end
    )
    record, names = read_patients(tmp_path, content)
    assert names == ["P1", "P3", "P4"]
    lost = rejected_of(record, "IDS001")
    assert [(row["row_id"] % 10**9, row["line"]) for row in lost] == [(2, 'P2,"ZZ9,1980-01-01,')]
    assert "quotation mark" in lost[0]["reasons"][0]


def test_an_unclosed_quotation_mark_in_the_last_line(tmp_path):
    record, names = read_patients(tmp_path, patients("P1,ZZ9,1980-01-01,") + b'P2,"ZZ9')
    assert names == ["P1"]
    assert record.rows["IDS001MPI"] == RowCount(2, 1, 1)


def test_broken_and_short_lines_in_one_piece_keep_their_places(tmp_path):
    lines = [
        "P1,ZZ9,1980-01-01,",
        "P2",
        'P3,Z"Z,1980-01-01,',
        "P4",
        "P5,ZZ9,1980-01-01,",
        'P6,"a"b,,',
        "P7,ZZ9,1980-01-01,",
    ]
    record, _ = read_patients(tmp_path, patients(*lines))
    assert [(row["LocalPatientId"], row["row_id"] % 10**9) for row in cells_of(record, "IDS001")] == [
        ("P1", 1),
        ("P5", 5),
        ("P7", 7),
    ]
    assert [(row["line"][:2], row["row_id"] % 10**9) for row in rejected_of(record, "IDS001")] == [
        ("P2", 2),
        ("P3", 3),
        ("P4", 4),
        ("P6", 6),
    ]


def test_a_line_break_within_quotation_marks_is_part_of_the_cell_and_told(tmp_path):
    record, names = read_patients(tmp_path, patients('"P\n1",ZZ9,1980-01-01,"a ""b"""', "P2,ZZ9,1980-01-01,"))
    assert names == ["P\n1", "P2"]
    assert "1 line breaks stand within cells in quotation marks" in told(record)


def test_a_field_of_a_hundred_megabytes_is_one_rejected_line(tmp_path):
    content = patients("P1,ZZ9,1980-01-01,") + b"P2," + b"x" * (100 << 20) + b",,\n" + b"P3,ZZ9,1980-01-01,\n"
    record, names = read_patients(tmp_path, content)
    assert names == ["P1", "P3"]
    lost = rejected_of(record, "IDS001")
    assert [(row["row_id"] % 10**9, row["reasons"], len(row["line"])) for row in lost] == [
        (2, [f"the line is longer than {limits.ROW_BYTES:,} bytes"], limits.LINE_KEPT_BYTES)
    ]


@pytest.mark.parametrize("inside", ["x", 'x"', '"a",'])
def test_a_long_line_within_one_piece_is_rejected_too(tmp_path, monkeypatch, inside):
    monkeypatch.setattr("caseness.read.rows.ROW_BYTES", 300)
    content = patients("P1,ZZ9,1980-01-01,", "P2," + inside * 300, 'P3,"ZZ9",1980-01-01,')
    record, names = read_patients(tmp_path, content)
    assert names == ["P1", "P3"]
    assert record.rows["IDS001MPI"].rejected == 1


def test_a_long_row_with_line_breaks_within_it_is_one_row(tmp_path, monkeypatch):
    monkeypatch.setattr("caseness.read.rows.ROW_BYTES", 300)
    content = patients("P1,ZZ9,1980-01-01,", 'P2,ZZ9,1980-01-01,"' + "x\n" * 400 + '"', "P3,ZZ9,1980-01-01,")
    record, names = read_patients(tmp_path, content)
    assert names == ["P1", "P3"]
    assert record.rows["IDS001MPI"].read == 3


def test_a_file_of_lines_that_are_no_rows_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("caseness.read.staging.BROKEN_LINES", 3)
    read_patients(tmp_path / "few", patients("P1,ZZ9,1980-01-01,", "P2", "P3", "P4"))
    with pytest.raises(UnreadableRecord, match="more than 3 lines are no rows"):
        read_patients(tmp_path / "many", patients("P1,ZZ9,1980-01-01,", "P2", "P3", "P4", "P5"))


def test_an_empty_row_is_rejected(tmp_path):
    record, names = read_patients(tmp_path, patients("P1,ZZ9,1980-01-01,", ",,,", "P2,,,"))
    assert names == ["P1", "P2"]
    assert rejected_of(record, "IDS001")[0]["reasons"] == ["the row is empty"]


def test_wherever_a_piece_ends_the_rows_are_the_same():
    text = b'a,"b\nc"\r\nd,"e""\n\n"",f"\ng,h"i\nj,"k\nl,m\n'
    whole = [(one.text, [line.text for line in one.broken]) for one in split_rows(iter([text]), b",")]
    rows, broken = b"".join(text for text, _ in whole), [line for _, lines in whole for line in lines]
    assert broken == ['g,h"i', 'j,"k']
    for size in range(1, len(text)):
        pieces = [text[start : start + size] for start in range(0, len(text), size)]
        split = list(split_rows(iter(pieces), b","))
        assert b"".join(one.text for one in split).replace(b"\r", b"") == rows.replace(b"\r", b"")
        assert [line.text for one in split for line in one.broken] == broken
