"""Controls: they begin where the audit stands, say the same as an audit run with the moved assumption, and need no network."""

import re

import pytest

from browser.reports import lay_out_report, write_reports
from caseness.audit.quantity import Quantity
from caseness.audit.spelling import spell
from caseness.report.controls import Controls
from caseness.report.table import quantity_in


def blocks(name):
    page = lay_out_report(name)
    return [block for section in page.sections for block in section.blocks if isinstance(block, Controls)]


@pytest.fixture
def page(browser):
    page = browser.new_page()
    page.goto((write_reports("england") / "report.html").as_uri())
    yield page
    page.close()


def spelled(quantity):
    """The middle of a quantity, as a control shows it."""
    number = quantity.value
    return "none" if number is None else spell(Quantity(number, number, number, quantity.unit))


def number_in(text):
    """The number in a cell, without its unit."""
    return float(re.sub(r"[^\d.]", "", text))


def told(page, control):
    cells = page.locator(f"#{control} [data-outcome]")
    return {one.get_attribute("data-outcome"): one.text_content() for one in cells.all()}


def move(page, slider, number):
    page.locator(f"#{slider}").evaluate(
        "(one, to) => { one.step = 'any'; one.value = to; one.dispatchEvent(new Event('input', {bubbles: true})) }",
        number,
    )


def test_there_are_controls_of_the_three_parts_that_rest_on_assumptions():
    assert {one.model.partition(" ")[0] for one in blocks("england")} == {"natural", "cost", "promise"}


def test_a_control_begins_with_what_the_audit_found(page):
    for block in blocks("england"):
        found = told(page, block.id)
        for one in block.outcomes:
            shown = quantity_in(one.shown)
            if shown.value is None:
                # A band has no middle: the control stands somewhere in it.
                assert shown.low <= number_in(found[one.name]) <= shown.high, (block.id, one.name)
            else:
                assert found[one.name] == spelled(shown), (block.id, one.name)
        for one in block.sliders:
            shown = page.locator(f'output[for="{block.id}-{one.name}"]').text_content()
            assert shown == spelled(quantity_in(one.value)), (block.id, one.name)


def test_a_moved_slider_moves_what_follows_and_reset_takes_it_back(page):
    for block in blocks("england"):
        before = told(page, block.id)
        for one in block.sliders:
            move(page, f"{block.id}-{one.name}", one.high)
            high = told(page, block.id)
            move(page, f"{block.id}-{one.name}", one.low)
            assert told(page, block.id) != high, (block.id, one.name)
        page.locator(f"#{block.id} button[type=reset]").click()
        page.wait_for_function(
            "([id, text]) => document.querySelector(`#${id} [data-outcome]`).textContent === text",
            arg=[block.id, next(iter(before.values()))],
        )
        assert told(page, block.id) == before


@pytest.mark.parametrize(("slider", "to"), [("benefit", 500), ("coming_off", 4), ("months", 12)])
def test_a_promise_that_saves_less_than_it_costs_is_never_paid_back(page, slider, to):
    assert told(page, "promise-controls")["payback"] == "24.0\N{NO-BREAK SPACE}months"
    move(page, f"promise-controls-{slider}", to)
    found = told(page, "promise-controls")
    assert found["net"].startswith("\N{MINUS SIGN}")
    assert found["payback"] == "cannot be paid back"


def test_both_ends_of_a_slider_can_be_reached_by_key(page):
    for block in blocks("england"):
        for one in block.sliders:
            for key, end in (("End", one.high), ("Home", one.low)):
                page.locator(f"#{block.id}-{one.name}").press(key)
                shown = page.locator(f'output[for="{block.id}-{one.name}"]').text_content()
                unit = quantity_in(one.value).unit
                assert shown == spelled(Quantity(end, end, end, unit)), (block.id, one.name, key)


@pytest.mark.parametrize(
    ("control", "slider", "outcome"), [("natural", "days", "additional"), ("cost", "natural", "additional_recovery")]
)
def test_where_nothing_remains_the_control_says_so(browser, control, slider, outcome):
    """The page is read with almost nobody observed to recover: whatever the slider says, nothing is left."""
    text = (write_reports("england") / "report.html").read_text(encoding="utf-8")
    text = re.sub(r'"(observed|recovered)": [\d.]+', r'"\1": 0.5', text)
    page = browser.new_page()
    page.set_content(text)
    move(page, f"{control}-controls-{slider}", 365 if slider == "days" else 40)
    assert told(page, f"{control}-controls")[outcome] == "no additional recovery"
    page.close()


def test_a_slider_has_a_name_and_says_its_value(page):
    for block in blocks("england"):
        for one in block.sliders:
            slider = page.locator(f"#{block.id}-{one.name}")
            assert page.locator(f'label[for="{block.id}-{one.name}"]').text_content() == one.label
            assert slider.get_attribute("aria-valuetext") == spelled(quantity_in(one.value))


def test_without_script_the_forms_stay_hidden_and_the_tables_are_there(browser):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto((write_reports("england") / "report.html").as_uri())
    for block in blocks("england"):
        assert not page.locator(f"#{block.id}").is_visible()
    for section in ("natural", "cost", "promise"):
        assert page.locator(f"#{section} table:visible").count() > 0
    page.close()


def test_paper_has_no_sliders(page):
    page.emulate_media(media="print")
    for block in blocks("england"):
        assert not page.locator(f"#{block.id}").is_visible()
