"""The report of an audit: one page for readers, and the same figures as JSON, CSV and a workbook."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow.csv

from caseness.audit.run import Audit
from caseness.errors import UnknownName
from caseness.report.brief import render_brief
from caseness.report.browser import print_pdf
from caseness.report.document import write_document
from caseness.report.files import put_in_place
from caseness.report.page import Page, lay_out, render
from caseness.report.slides import draw_slide, make_png
from caseness.report.table import file_header, file_rows, write_csv
from caseness.report.workbook import make_workbook

__all__ = ["FORMATS", "USUAL", "write", "write_brief"]


def write(audit: Audit, out: Path, formats: Sequence[str] = ()) -> list[Path]:
    """Write the report of an audit into a folder.

    The same audit gives the same bytes, save for the workbook and the PDF.

    Parameters
    ----------
    audit : Audit
    out : Path
        The folder. It is made where it is not there; files of an earlier report are replaced.
    formats : some of `FORMATS`; none means those of `USUAL`

    Returns
    -------
    list of Path
        What was written: report.html, audit.json, csv/*.csv and audit.xlsx; report.pdf and charts/ where asked for.

    Raises
    ------
    CannotWrite
        If the folder cannot be written to. What stood there before is then unchanged.
    MissingProgram
        If a PDF is asked for and there is no browser to print it. Nothing is then written.
    UnknownName
        If there is no such format.
    """
    page = lay_out(audit)
    contents: dict[str, bytes] = {}
    for name in _require_formats(formats):
        contents.update(_WRITERS[name](page))
    return put_in_place(out, contents)


def write_brief(audit: Audit, out: Path, formats: Sequence[str] = ()) -> list[Path]:
    """Write the brief of one organisation, one sheet of A4 with room for its reply, as brief.html.

    Raises
    ------
    CannotWrite
        If the folder cannot be written to.
    UnknownName
        If there is no such format.
    """
    wanted = _require_formats(formats)
    return put_in_place(out, {"brief.html": render_brief(audit).encode()} if "html" in wanted else {})


def _page_file(page: Page) -> dict[str, bytes]:
    return {"report.html": render(page).encode()}


def _document_file(page: Page) -> dict[str, bytes]:
    return {"audit.json": write_document(page.audit).encode()}


def _csv_files(page: Page) -> dict[str, bytes]:
    tables = {f"csv/{table.id}.csv": write_csv(file_header(table), file_rows(table)).encode() for table in page.tables}
    return {**tables, "csv/ledger.csv": _ledger(page.audit)}


# The ledger of every organisation and period is too long for a page, so it is a file alone.
def _ledger(audit: Audit) -> bytes:
    stream = io.BytesIO()
    table = audit.ledger_table()
    if audit.provenance.made_up:
        table = table.append_column("synthetic", pyarrow.array([audit.provenance.made_up] * len(table)))
    pyarrow.csv.write_csv(table, stream, pyarrow.csv.WriteOptions(quoting_style="needed"))
    return stream.getvalue()


def _workbook_file(page: Page) -> dict[str, bytes]:
    return {"audit.xlsx": make_workbook(page.audit, page.tables)}


def _printed_file(page: Page) -> dict[str, bytes]:
    return {"report.pdf": print_pdf(render(page))}


def _chart_files(page: Page) -> dict[str, bytes]:
    drawn = {figure.id: draw_slide(figure, page.audit) for figure in page.figures}
    return {
        name: content
        for figure_id, svg in drawn.items()
        for name, content in ((f"charts/{figure_id}.svg", svg.encode()), (f"charts/{figure_id}.png", make_png(svg)))
    }


_WRITERS: dict[str, Callable[[Page], dict[str, bytes]]] = {
    "html": _page_file,
    "json": _document_file,
    "csv": _csv_files,
    "xlsx": _workbook_file,
    "pdf": _printed_file,
    "charts": _chart_files,
}
FORMATS = tuple(_WRITERS)
# What is written unless something else is asked for. A PDF needs a browser, and slides are for who will show them.
USUAL = ("html", "json", "csv", "xlsx")


def _require_formats(formats: Sequence[str]) -> tuple[str, ...]:
    for name in formats:
        if name not in FORMATS:
            raise UnknownName("format", name, FORMATS, f"There are: {', '.join(FORMATS)}.")
    return tuple(dict.fromkeys(formats)) or USUAL
