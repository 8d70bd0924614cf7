"""An empty practice sheet: the headers, one line of help for each, for any list of questionnaires."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from caseness.errors import CannotWrite
from caseness.instruments import Instrument
from caseness.read.practice.columns import COLUMNS, ENDING, SESSION

FORMATS = (".csv", ".xlsx")
# A line of help stands above the header, and reading passes it over.
HELP_MARK = "#"
_DAYS = ("date", "referred")
_WIDTH, _WIDE = 14, 100


@dataclass(frozen=True)
class TemplateColumn:
    """A header of the empty sheet, its line of help, and the kinds of row on which it stands."""

    header: str
    help: str
    rows: tuple[str, ...]


def template_columns(instruments: Sequence[Instrument]) -> tuple[TemplateColumn, ...]:
    """The columns of an empty sheet, with one for the total of each questionnaire.

    Examples
    --------
    >>> from caseness.instruments import instrument
    >>> [each.header for each in template_columns([instrument("core10")])][-1]
    'CORE-10'
    """
    fixed = (TemplateColumn(each.id, each.help, each.rows) for each in COLUMNS if each.in_template)
    scores = (TemplateColumn(one.short_name, _help_on(one), (SESSION,)) for one in dict.fromkeys(instruments))
    return (*fixed, *scores)


def template_text(instruments: Sequence[Instrument]) -> str:
    """An empty sheet as CSV: a line of help for each column, then the header."""
    columns = template_columns(instruments)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerows([f"{HELP_MARK} {each.header}: {each.help}"] for each in columns)
    writer.writerow([each.header for each in columns])
    return stream.getvalue()


def write_template(path: Path, instruments: Sequence[Instrument]) -> None:
    """Write an empty sheet: CSV, or a workbook with sheets for sessions, endings and help.

    Raises
    ------
    CannotWrite
        If the file is there already, ends in neither .csv nor .xlsx, or cannot be written.
    """
    if path.suffix.casefold() not in FORMATS:
        raise CannotWrite(f"{path} ends in neither {' nor '.join(FORMATS)}. Nothing was written.")
    if path.exists():
        raise CannotWrite(
            f"{path} is there already, and a template would empty it. Nothing was written: choose another name."
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix.casefold() == ".csv":
            path.write_text(template_text(instruments), encoding="utf-8", newline="")
        else:
            _write_workbook(path, template_columns(instruments))
    except (OSError, XlsxWriterException) as problem:
        raise CannotWrite(f"{path} cannot be written: {problem}. Choose another place with --out.") from problem


def _help_on(one: Instrument) -> str:
    low, high = one.low, one.high
    within = f", {low:g} to {high:g}" if low is not None and high is not None else ""
    items = f" Or its items, in columns {one.short_name}_1 to {one.short_name}_{len(one.items)}." if one.items else ""
    return f"{one.name}: the total{within}.{items}"


def _write_workbook(path: Path, columns: Sequence[TemplateColumn]) -> None:
    with xlsxwriter.Workbook(path) as book:
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for title, kind in (("sessions", SESSION), ("endings", ENDING)):
            sheet = book.add_worksheet(title)
            sheet.freeze_panes(1, 0)
            of_kind = [each for each in columns if kind in each.rows and each.header != "row"]
            for place, each in enumerate(of_kind):
                sheet.write_string(0, place, each.header, bold)
                sheet.set_column(place, place, _WIDTH, day if each.header in _DAYS else None)
        _write_help(book.add_worksheet("help"), columns, bold)


def _write_help(sheet: Worksheet, columns: Sequence[TemplateColumn], bold: Format) -> None:
    sheet.set_column(0, 0, _WIDTH)
    sheet.set_column(1, 1, _WIDE)
    sheet.write_row(0, 0, ("Column", "What to write"), bold)
    shown = [each for each in columns if each.header != "row"]
    for number, each in enumerate(shown, start=1):
        sheet.write_string(number, 0, each.header)
        sheet.write_string(number, 1, each.help)
