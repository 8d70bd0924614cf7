"""The PDF: tagged, named, in its language, with the tables as tables; and what is said where it cannot be made."""

import io

import pytest
from pypdf import PdfReader

from browser.chromium import find_chromium
from browser.reports import lay_out_report
from caseness import report
from caseness.errors import MissingProgram
from caseness.report import browser as browsers
from caseness.report.browser import find_browser, print_pdf
from caseness.report.page import render

SMALL = "<!DOCTYPE html><html lang='en-GB'><title>A page</title><h1>Heading</h1><table><tr><th>a<td>1</table>"


@pytest.fixture(scope="module")
def pdf():
    find_chromium()
    return PdfReader(io.BytesIO(print_pdf(render(lay_out_report("england")))))


def kinds_of(part, found=None):
    """How often each kind of tag stands in the tree of tags."""
    found = {} if found is None else found
    part = part.get_object() if hasattr(part, "get_object") else part
    if isinstance(part, list):
        for one in part:
            kinds_of(one, found)
    elif isinstance(part, dict):
        if "/S" in part:
            found[part["/S"]] = found.get(part["/S"], 0) + 1
        if "/K" in part:
            kinds_of(part["/K"], found)
    return found


def test_the_pdf_is_tagged_and_says_its_title_and_language(pdf):
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title.startswith("England, 2024-25")


def test_headings_tables_and_pictures_are_tagged(pdf):
    found = kinds_of(pdf.trailer["/Root"]["/StructTreeRoot"])
    page = lay_out_report("england")
    assert found["/H1"] == 1
    assert found["/H2"] == len(page.sections)
    assert found["/Table"] >= len([table for table in page.tables if not table.is_long])
    assert found["/TH"] > 0
    assert found["/Figure"] >= len(page.figures)


def test_the_outline_leads_to_every_section(pdf):
    headings = [one.title for one in flatten(pdf.outline)]
    for section in lay_out_report("england").sections:
        assert any(section.heading in heading for heading in headings)


def flatten(outline):
    for one in outline:
        if isinstance(one, list):
            yield from flatten(one)
        else:
            yield one


def test_every_page_has_its_number(pdf):
    for number, page in enumerate(pdf.pages, start=1):
        assert f"{number} / {len(pdf.pages)}" in page.extract_text()


def test_no_browser_is_said_plainly_and_nothing_is_written(monkeypatch, tmp_path):
    monkeypatch.setattr(browsers, "find_browser", lambda: None)
    with pytest.raises(MissingProgram, match="apt-get install chromium"):
        report.write(lay_out_report("england").audit, tmp_path / "out", ["html", "pdf"])
    assert not (tmp_path / "out").exists()


def test_a_browser_that_prints_nothing_is_said(monkeypatch, tmp_path):
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\necho cannot open the profile >&2\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setattr(browsers, "find_browser", lambda: broken)
    with pytest.raises(MissingProgram, match="cannot open the profile"):
        print_pdf(SMALL)


def test_a_browser_that_cannot_be_started_is_said(monkeypatch, tmp_path):
    (tmp_path / "chromium").write_bytes(b"\x00\x01")
    monkeypatch.setattr(browsers, "find_browser", lambda: tmp_path / "chromium")
    with pytest.raises(MissingProgram, match="did not print the report"):
        print_pdf(SMALL)


def test_the_browser_is_found_by_its_name(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_browser() is None
    (tmp_path / "chromium-browser").write_text("#!/bin/sh\n")
    (tmp_path / "chromium-browser").chmod(0o755)
    assert find_browser() == tmp_path / "chromium-browser"


def test_only_root_gives_up_the_sandbox(monkeypatch):
    monkeypatch.setattr(browsers.os, "geteuid", lambda: 1000)
    assert browsers._as_root() == ()
    monkeypatch.setattr(browsers.os, "geteuid", lambda: 0)
    assert browsers._as_root() == ("--no-sandbox",)


def test_paper_names_the_file_of_a_table_and_offers_no_link_to_save_it(pdf):
    text = "\n".join(one.extract_text() for one in pdf.pages)
    assert "Download" not in text
    assert "csv/promise-money.csv" in text
    assert "▼" not in text
    links = [mark.get_object() for one in pdf.pages for mark in one.get("/Annots", [])]
    assert not [one for one in links if str(one.get("/A", {}).get("/URI", "")).startswith("data:")]
