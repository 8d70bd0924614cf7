"""What the page says, and that every number on it can be traced."""

import itertools
import json
import re

import pytest

from browser.reports import lay_out_report, render_report
from caseness.audit.quantity import Estimate, Quantity
from caseness.audit.spelling import spell
from caseness.report import FORMATS, USUAL
from caseness.report.blocks import Figure
from caseness.report.controls import read_script
from caseness.report.document import resolve, write_document
from unit.report.reading import read_html


@pytest.fixture
def html(name):
    return read_html(render_report(name))


def quantity_at(content, element):
    found = resolve(content, element.attributes["data-ref"])
    if isinstance(found, dict):
        return Estimate(**found) if "interval" in found else Quantity(**found)
    return Quantity(found, found, found, element.attributes["data-unit"], None if found is not None else "no_data")


def test_every_number_on_the_page_stands_in_the_document(page, html):
    """Each shown figure names its place in audit.json, and what stands there reads as what is shown."""
    content = json.loads(write_document(page.audit))
    shown = html.with_attribute("data-ref")
    assert len(shown) > 200
    for one in shown:
        sign = "data-sign" in one.attributes
        assert one.text == spell(quantity_at(content, one), sign=sign), one.attributes["data-ref"]


def test_a_table_holds_no_number_that_cannot_be_traced(html):
    """Cells of numbers are traced, or empty, or say in words why there is none."""
    for cell in (one for one in html.all("td") if one.has_class("right")):
        assert cell.with_attribute("data-ref") or not re.search(r"\d", cell.text), cell.text


def test_a_suppressed_count_is_never_shown_as_nought(page, html):
    content = json.loads(write_document(page.audit))
    for one in html.with_attribute("data-ref"):
        quantity = quantity_at(content, one)
        if quantity.reason == "suppressed" and quantity.low != quantity.high:
            assert " to " in one.text, one.text


def test_the_structure_can_be_walked_by_its_headings(html):
    levels = [int(one.tag[1]) for one in html.all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_no_id_is_used_twice_and_every_link_within_the_page_has_an_end(html):
    ids = [one.attributes["id"] for one in html.with_attribute("id")]
    assert len(ids) == len(set(ids))
    ends = [one.attributes["href"][1:] for one in html.all("a") if one.attributes["href"].startswith("#")]
    assert set(ends) <= set(ids)
    labels = [
        name for one in html.with_attribute("aria-labelledby") for name in one.attributes["aria-labelledby"].split()
    ]
    assert set(labels) <= set(ids)


def test_nothing_is_fetched(html):
    """No address but those within the page and the files that it carries."""
    for one in html.walk():
        for name in ("src", "href", "xlink:href", "srcset", "action", "data"):
            address = one.attributes.get(name) or "#"
            assert address.startswith(("#", "data:")), (one.tag, name, address)
    assert not html.all("iframe", "object", "embed")
    assert {one.attributes.get("class") for one in html.all("form")} <= {"controls"}
    style = "".join(one.text for one in html.all("style"))
    assert "url(" not in style
    assert "@import" not in style


def test_each_figure_has_all_that_a_reader_needs(html):
    """A heading, a finding in words, a table, a link, a sentence to cite and a file."""
    for one in html.all("figure"):
        anchor = one.attributes["id"]
        assert anchor.startswith("fig-")
        assert [link for link in one.all("a") if link.attributes["href"] == f"#{anchor}"]
        (picture,) = [part for part in one.walk() if part.attributes.get("role") == "img"]
        assert len(picture.attributes["aria-label"]) > 40
        assert len(picture.all("svg")) == 2
        assert one.all("table")
        assert [link for link in one.all("a") if link.attributes.get("download", "").endswith(".csv")]
        (citation,) = [part for part in one.all("p") if part.has_class("citation")]
        for word in ("Basis: ", "NHS England", "Caseness 0.", "definitions ", f"#{anchor}"):
            assert word in citation.text


def test_each_table_has_a_caption_and_named_rows_and_columns(html):
    for table in html.all("table"):
        assert table.all("caption")[0].text.strip()
        assert all(one.attributes.get("scope") in ("row", "col") for one in table.all("th"))
        assert all(
            any(cell.attributes.get("scope") == "row" for cell in row.all("th"))
            for row in table.all("tbody")[0].all("tr")
        )


def test_what_a_name_or_a_claim_holds_is_text_and_never_markup(html):
    assert not html.all("careful")
    assert {one.text for one in html.all("script") if "type" not in one.attributes} <= {read_script()}
    assert not [one for one in html.all("b") if one.text == "somebody"]


def test_the_page_says_plainly_what_is_not_there(service):
    """The annual report has nothing of this service, and embedded breakdowns are not there to scan."""
    text = read_html(render_report("service")).text
    assert "annual report" not in {ledger.basis for ledger in service.ledgers}
    assert "The embedded figures hold no breakdowns to scan." in text


def test_the_first_page_tells_the_whole_journey():
    text = section("summary")
    for words in (
        "1,746,265",
        "33.0 %",
        "28.8 %",
        "38.2 %",
        "50.5 %",
        "18.3 %",
        "67.4 %",
        "5.8 %",
        "24.1 %",
        "What cannot be said",
    ):
        assert words in text, words


def test_the_two_bases_stand_side_by_side(england):
    text = section("journey")
    assert "670,419" in text
    assert "667,143" in text
    assert "Annual: count" in text
    assert "Monthly sum: count" in text
    for ledger in england.ledgers:
        for blank in ledger.notes:
            assert blank in text


def test_every_outcome_is_set_in_the_same_type():
    """Improved, unchanged, deteriorated, unpaired and recovered: rows of one table, with no style of their own."""
    html = read_html(render_report("england"))
    (table,) = [one for one in html.all("table") if one.attributes["id"] == "table-journey"]
    rows = {row.all("th")[0].text: row for row in table.all("tbody")[0].all("tr")}
    outcomes = (
        "Reliably improved",
        "No reliable change",
        "Reliably deteriorated",
        "Unpaired",
        "Recovered",
        "Reliably recovered",
    )
    looks = {tuple(cell.attributes.get("class") for cell in rows[name].all("th", "td")) for name in outcomes}
    assert len(looks) == 1


def test_the_break_of_september_2023_is_marked_on_the_months():
    figure = next(
        block
        for section in lay_out_report("england").sections
        for block in section.blocks
        if getattr(block, "id", "") == "fig-endings-by-month"
    )
    assert isinstance(figure, Figure)
    assert any("September 2023" in note for note in figure.notes)


def test_both_sides_and_the_limits_have_their_say():
    text = render_report("england")
    for words in (
        "The best argument for the programme",
        "The best argument of its critics",
        "What these data cannot show",
        "What the programme is due",
    ):
        assert words in text


def test_formats_are_listed_in_the_order_of_their_use():
    assert FORMATS == ("html", "json", "csv", "xlsx", "pdf", "charts")
    assert FORMATS[:4] == USUAL


def section(section_id):
    html = read_html(render_report("england"))
    text = next(one.text for one in html.all("section") if one.attributes["id"] == section_id)
    return text.replace("\N{NO-BREAK SPACE}", " ")
