"""Laws: what is written is read again as it was, in every form; and no input loses a row or ends in a crash."""

import tempfile
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pa_parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseness.codes import code_list
from caseness.read import read_record, write_record
from caseness.record import TABLES
from made_up_record import header, rows_of, write_places

FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)
# What a person may write. Blanks at the ends are trimmed, and a record never holds them.
SIGNS = st.one_of(
    st.sampled_from("\"',;|\t\n\r\\=+-@0019aZé\ufeff\u200b"),
    st.characters(exclude_categories=("Cs", "Cc"), max_codepoint=0x1FFFF),
)
TEXT = st.text(SIGNS, min_size=1, max_size=12).filter(lambda text: text == text.strip(" \t\n\r\ufeff") == text.strip())


@cache
def cell(column):
    """Legal values of a column."""
    kinds = {
        "date": st.dates(FIRST, LAST),
        "time": st.times().map(lambda one: one.replace(microsecond=0)),
        "timestamp": st.datetimes(
            datetime.combine(FIRST, datetime.min.time()), datetime.combine(LAST, datetime.min.time())
        ).map(lambda one: one.replace(microsecond=0)),
        "month": st.dates(FIRST, LAST).map("{:%Y-%m}".format),
        "integer": st.integers(-(10**17), 10**17),
    }
    if column.type != "text":
        return kinds[column.type]
    if column.codes is None:
        return TEXT
    codes = code_list(column.codes)
    listed = sorted(codes.known)
    other = TEXT.filter(lambda text: codes.tidy(text) == text)
    return st.one_of(st.sampled_from(listed), other) if listed else other


@cache
def row(table):
    """A legal row: what may be blank sometimes is."""
    cells = {each.name: st.one_of(st.none(), cell(each)) if each.is_nullable else cell(each) for each in table.columns}
    # A row in which nothing stands is no row.
    return st.fixed_dictionaries(cells).filter(lambda one: any(value is not None for value in one.values()))


@st.composite
def submissions(draw):
    """One to three submissions, each with some rows of one to three tables."""
    tables = draw(st.lists(st.sampled_from(TABLES[1:]), min_size=1, max_size=3, unique=True))
    return [{table: draw(st.lists(row(table), max_size=4)) for table in tables} for _ in range(draw(st.integers(1, 3)))]


@contextmanager
def staged(drawn):
    """A record of drawn rows, and a folder to work in."""
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        for number, tables in enumerate(drawn, start=1):
            place = write_places(top / "source", {f"{number}": {"IDS000": header(created=f"2025-05-{number:02}")}})
            for table, rows in tables.items():
                path = place / f"{number}" / f"{table.id}.parquet"
                pa_parquet.write_table(pa.Table.from_pylist(rows, schema=table.schema), path)
        yield read_record(top / "source", top / "record"), top


def without_place(record):
    return [{**vars(one), "place": ""} for one in record.submissions]


def assert_same(one, other):
    assert rows_of(one) == rows_of(other)
    assert one.rows == other.rows
    assert without_place(one) == without_place(other)


@settings(max_examples=25)
@given(submissions())
def test_what_is_legal_is_kept_as_it_was(drawn):
    with staged(drawn) as (record, _):
        for table in drawn[0]:
            kept = [
                {name: value for name, value in one.items() if name in table.schema.names}
                for one in rows_of(record)[table.id]
            ]
            assert kept == [one for tables in drawn for one in tables[table]]
            assert record.rows[table.id].rejected == 0


@pytest.mark.parametrize("form", ["csv", "parquet"])
@settings(max_examples=20)
@given(drawn=submissions())
def test_files_give_back_what_was_written(form, drawn):
    with staged(drawn) as (record, top):
        write_record(record, top / "written", form)
        assert_same(read_record(top / "written", top / "again"), record)


@settings(max_examples=8)
@given(drawn=submissions(), schema=st.uuids().map("law_{}".format))
def test_a_database_gives_back_what_was_written(postgresql, drawn, schema):
    with staged(drawn) as (record, top):
        address = f"{postgresql}?schema={schema}"
        write_record(record, address, "postgresql")
        assert_same(read_record(address, top / "again"), record)
