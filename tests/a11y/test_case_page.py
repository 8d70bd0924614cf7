"""The page of a case study against WCAG 2.2 AA, as axe-core judges it, on a phone and on a desk."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from a11y.test_report import STANDARD
from case_records import ACTIVITIES, CONTACTS, scored, watched
from caseness.casebook import tell_case
from caseness.casebook.spelling import Spell
from caseness.report.case_page import render_case


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    """A case study with signals, a chart, reviews of the ending and goals."""
    folder = tmp_path_factory.mktemp("case")
    case = watched(
        folder / "record",
        notes=("SYNTHETIC: made up for a test.",),
        contacts=CONTACTS,
        activities=ACTIVITIES,
        contact_scores=[*scored(12, 19, 18, 9, 8, 7), *scored(28, tool="gad7")],
        reviews="month | referral | on | kind | told\n2025-06 | R1 | 2025-06-20 | planned | person",
        goals="month | referral | goal | rating | on\n2025-05 | R1 | G1 | 6 | 2025-05-19",
    )
    path = folder / "case.html"
    path.write_text(render_case(tell_case(case), Spell()))
    return path


@pytest.fixture
def open_page(browser, page_file):
    """Opens the page at a width. Its own policy forbids scripts, and axe is one."""
    contexts = []

    def open_it(width):
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True))
        opened = contexts[-1].new_page()
        opened.goto(page_file.as_uri())
        return opened

    yield open_it
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(open_page, width):
    found = Axe().run(open_page(width), options=STANDARD).response["violations"]
    assert not [f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]}" for one in found]


def test_nothing_is_wider_than_a_phone(open_page):
    assert open_page(320).evaluate("document.documentElement.scrollWidth") <= 320


def test_the_first_stop_leads_to_the_case_study(open_page):
    page = open_page(1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the case study"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_that_it_is_synthetic_and_what_it_is_for_are_seen_without_scrolling(open_page):
    page = open_page(1280)
    assert page.get_by_text("SYNTHETIC: made up for a test.", exact=True).first.bounding_box()["y"] < 300
    assert page.locator(".citation").bounding_box()["y"] < 600


def test_charts_are_named_and_their_parts_are_not_read_out(open_page):
    page = open_page(1280)
    names = page.eval_on_selector_all("figure [role=img]", "all => all.map(one => one.getAttribute('aria-label'))")
    assert names
    assert all(len(name) > 40 and any(letter.isdigit() for letter in name) for name in names)
    assert page.locator("svg:not([aria-hidden=true])").count() == 0
