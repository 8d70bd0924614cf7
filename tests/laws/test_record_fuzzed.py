"""Laws: whatever a file holds, reading ends in a record or in an error that was meant, and no row vanishes."""

import tempfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from caseness import engine
from caseness.errors import CasenessError
from caseness.read import read_record
from caseness.read.limits import BLOCK_BYTES
from made_up_record import HEADER, write_places

NAMES = ("CareContactId", "ServiceRequestId", "CareContDate", "ClinContDurOfCareCont", "AppType")
NOISE = st.lists(
    st.one_of(
        st.sampled_from(
            [
                b'"',
                b'""',
                b",",
                b";",
                b"\t",
                b"\r",
                b"\r\n",
                b" ",
                b"=",
                b"2025-04-01",
                b"31/02/2025",
                b"2,5",
                b"02",
                b"7",
                b"\xe9",
            ]
        ),
        st.binary(max_size=3),
    ),
    max_size=4,
).map(b"".join)


@st.composite
def lines(draw):
    """Lines of a table with anything among the cells. Each bears a number of its own in its first cell."""
    rows = []
    for number in range(draw(st.integers(1, 8))):
        cells = [f"#{number}#".encode(), *(draw(NOISE) for _ in NAMES[1:])]
        extra = draw(st.sampled_from([0, 0, 0, -1, 1]))
        row = b",".join([*cells, b"more"][: len(cells) + extra])
        rows.append(draw(NOISE) + row if draw(st.integers(0, 3)) == 0 else row)
    return rows


def read(folder, content, name="IDS201.csv", block=BLOCK_BYTES):
    """The record, or None where the file is refused. Pieces of the file have `block` bytes."""
    source = write_places(folder / "source", {"april": {"IDS000": HEADER}})
    (source / "april" / name).write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("caseness.read.encodings.BLOCK_BYTES", block)
        try:
            return read_record(source, folder / "record")
        except CasenessError:
            return None


def told_of(record):
    """All that is known of the rows: those that were kept, and those that were rejected, as one text."""
    kept = engine.fetch(record.table("IDS201")).to_pylist()
    rejected = engine.fetch(record.rejected("IDS201")).to_pylist()
    count = record.rows["IDS201CareContact"]
    assert (len(kept), len(rejected)) == (count.kept, count.rejected)
    assert count.read == count.kept + count.rejected
    ids = [one["row_id"] for one in (*kept, *rejected)]
    assert sorted(ids) == [10**9 + number for number in range(1, count.read + 1)]
    return "\n".join(str(list(one.values())) for one in (*kept, *rejected))


@given(lines(), st.sampled_from([b"\n", b"\r\n"]), st.sampled_from([1, 2, 3, 5, 17, BLOCK_BYTES]))
def test_no_line_of_a_text_file_vanishes(rows, end, block):
    content = end.join([",".join(NAMES).encode(), *rows, b""])
    with tempfile.TemporaryDirectory() as folder:
        record = read(Path(folder), content, block=block)
        if record is None:
            return
        told = told_of(record)
        assert [number for number in range(len(rows)) if f"#{number}#" not in told] == []
        # A line without a quotation mark, and a return only at its end, is a row and nothing else.
        if not any(sign in b"".join(rows) for sign in (b'"', b"\r", b"\n", b"\0")):
            assert record.rows["IDS201CareContact"].read == len(rows)


@given(st.binary(max_size=200))
def test_any_bytes_end_in_a_record_or_an_error_that_was_meant(content):
    with tempfile.TemporaryDirectory() as folder:
        record = read(Path(folder), b"CareContactId,ServiceRequestId\n" + content)
        assert record is None or told_of(record) is not None


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.dates(min_value=date(1900, 3, 1)),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=6),
)


def workbook(path, rows):
    book = xlsxwriter.Workbook(
        path, {"default_date_format": "dd/mm/yyyy", "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("Sheet1")
    for number, row in enumerate([NAMES, *rows]):
        for place, cell in enumerate(row):
            sheet.write(number, place, cell)
    book.close()
    return path.read_bytes()


@given(st.lists(st.lists(CELLS, max_size=6), max_size=5))
def test_no_row_of_a_workbook_vanishes(drawn):
    rows = [[f"#{number}#", *row] for number, row in enumerate(drawn)]
    with tempfile.TemporaryDirectory() as folder:
        record = read(Path(folder), workbook(Path(folder) / "made.xlsx", rows), "IDS201.xlsx")
        assert record is not None
        told = told_of(record)
        assert record.rows["IDS201CareContact"].read == len(rows)
        assert [number for number in range(len(rows)) if f"#{number}#" not in told] == []


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=8), st.integers(0, 10**6))
def test_a_damaged_workbook_ends_in_a_record_or_an_error_that_was_meant(changes, cut):
    with tempfile.TemporaryDirectory() as folder:
        content = bytearray(workbook(Path(folder) / "made.xlsx", [["C1", "R1", "2025-04-01", 5, "02"]]))
        for place, value in changes:
            content[place % len(content)] = value
        kept = bytes(content[: cut % len(content)]) if cut % 3 == 0 else bytes(content)
        record = read(Path(folder), kept, "IDS201.xlsx")
        assert record is None or told_of(record) is not None
