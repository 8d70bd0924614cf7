"""The workbook: notes first, then a sheet for each table, numbers as numbers and intervals in columns."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from caseness.audit.run import Audit
from caseness.report.table import Table, file_header, file_rows

# A workbook keeps the date of its making. It is the same for all, so that it says nothing of who made it and when.
_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_LONGEST_SHEET_NAME = 31
_WIDEST = 60


def make_workbook(audit: Audit, tables: tuple[Table, ...]) -> bytes:
    """The tables of a report as an XLSX file.

    Text that begins like a formula is written as text: a name that somebody put into a
    file of claims must not run in a reader's spreadsheet.
    """
    stream = io.BytesIO()
    with xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"title": f"{audit.subject.name}, {audit.subject.period.label}", "created": _CREATED})
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        names = name_sheets(tables)
        _write_notes(book, audit, tables, names, bold)
        for table, name in zip(tables, names, strict=True):
            _write_table(book, table, name, bold)
    return stream.getvalue()


def name_sheets(tables: tuple[Table, ...]) -> list[str]:
    """A name for each sheet: at most 31 characters, and no two alike."""
    names: list[str] = []
    for table in tables:
        short = table.id[:_LONGEST_SHEET_NAME]
        number = 2
        while short in names:
            tail = f"-{number}"
            short, number = table.id[: _LONGEST_SHEET_NAME - len(tail)] + tail, number + 1
        names.append(short)
    return names


def _write_notes(book: Workbook, audit: Audit, tables: tuple[Table, ...], names: list[str], bold: Format) -> None:
    sheet = book.add_worksheet("notes")
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 100)
    for row, (left, right) in enumerate(
        [*_notes(audit), *zip(names, (table.caption for table in tables), strict=True)]
    ):
        sheet.write_string(row, 0, left, bold if row == 0 else None)
        sheet.write_string(row, 1, right)


def _notes(audit: Audit) -> list[tuple[str, str]]:
    provenance = audit.provenance
    return [
        (audit.subject.name, audit.subject.period.label),
        ("Programme", audit.programme.name),
        ("Source", f"{provenance.statistics}. {provenance.made_up}".rstrip(" .")),
        ("Disclosure policy", f"{audit.disclosure.policy}: {audit.disclosure.says}"),
        *(("Not let out", one.why) for one in audit.disclosure.withheld),
        ("Versions", f"Caseness {provenance.package_version}, definitions {provenance.definitions_version}"),
        ("Numbers", "A number has four columns: its value, the ends between which the truth lies, and the reason for a blank."),
        ("Blanks", "suppressed: starred by its publisher; no_data: not published; not_applicable: there is no such number; not_paid_back: nothing is saved, or the saving ends before the cost is met."),
        ("Bases", "The annual report and the sum of monthly files are counted differently. No ratio mixes them."),
    ]  # fmt: skip


def _write_table(book: Workbook, table: Table, name: str, bold: Format) -> None:
    sheet = book.add_worksheet(name)
    header, rows = file_header(table), file_rows(table)
    for column, heading in enumerate(header):
        sheet.write_string(0, column, heading, bold)
        sheet.set_column(column, column, _width([heading, *(row[column] for row in rows)]))
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _write_value(sheet, number, column, value)
    sheet.freeze_panes(1, 1)


def _write_value(sheet: Worksheet, row: int, column: int, value: str | float | None) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    elif value is not None:
        sheet.write_number(row, column, value)


def _width(values: list[str | float | None]) -> int:
    longest = max(len(str(value)) for value in values if value is not None)
    return min(max(longest, 8), _WIDEST) + 1
