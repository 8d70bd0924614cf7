"""The workbook: notes first, a sheet a table, numbers as numbers, and nothing that runs."""

import io

import openpyxl
import pytest

from caseness.report.page import lay_out
from caseness.report.table import Table, file_header, file_rows, numbers, words
from caseness.report.workbook import make_workbook, name_sheets


def opened(audit):
    tables = lay_out(audit).tables
    return tables, openpyxl.load_workbook(io.BytesIO(make_workbook(audit, tables)))


def shortened(row):
    """A workbook keeps sixteen digits of a number, and no empty text."""
    return [float(f"{value:.14g}") if isinstance(value, int | float) else value or None for value in row]


def test_each_table_has_its_sheet_after_the_notes(england):
    tables, book = opened(england)
    assert book.sheetnames == ["notes", *name_sheets(tables)]
    assert "NHS England" in str(book["notes"]["B3"].value)


def test_a_sheet_holds_what_the_csv_file_holds(england):
    tables, book = opened(england)
    table = next(one for one in tables if one.id == "journey")
    header, *rows = book["journey"].iter_rows(values_only=True)
    assert list(header) == file_header(table)
    assert [shortened(row) for row in rows] == [shortened(row) for row in file_rows(table)]
    assert isinstance(rows[0][1], int | float)


def test_text_that_looks_like_a_formula_stays_text(awkward):
    _, book = opened(awkward)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert [cell for cell in cells if str(cell.value).startswith("=HYPERLINK") and cell.data_type == "s"]
    assert not [cell for cell in cells if cell.hyperlink]


def test_the_date_of_making_is_the_same_for_all(england):
    _, book = opened(england)
    assert book.properties.created.year == 2000


@pytest.mark.parametrize("longest", [31, 40])
def test_no_two_sheets_have_one_name(longest):
    columns = (words("a", "A"), numbers("b", "B"))
    tables = tuple(Table("x" * longest + tail, "A table", columns, ()) for tail in ("", "y", "z"))
    names = name_sheets(tables)
    assert len(set(names)) == 3
    assert max(map(len, names)) <= 31
