"""The page that sets a made-up record beside the published figures, against WCAG 2.2 AA and on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from caseness.report.synthetic_page import write_margins
from caseness.synthetic.facts import load_facts
from caseness.synthetic.margin import distribution, rate

STANDARD = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
MARGINS = (
    rate("recovery.all", "Recovery, all finished courses", "outcomes", 1000, 2400, 0.505, "a release"),
    rate("recovery.F42", "Recovery, Obsessive-compulsive disorder", "outcomes", 1, 24, 0.5, "a release"),
    distribution("end_code.all", "End codes", "endings", {"46": 3000, "47": 900}, {"46": 0.6, "47": 0.4}, "a release"),
)


@pytest.fixture
def page(browser, tmp_path):
    """The page at a width, in a context of its own. Its own policy forbids scripts, and axe is one."""
    write_margins(MARGINS, load_facts(), "made-up", tmp_path)
    contexts = []

    def open_it(width):
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True))
        opened = contexts[-1].new_page()
        opened.goto((tmp_path / "margins.html").as_uri())
        opened.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        return opened

    yield open_it
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(page, width):
    found = Axe().run(page(width), options=STANDARD).response["violations"]
    assert not [f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]}" for one in found]


def test_nothing_is_wider_than_a_phone(page):
    assert page(320).evaluate("document.documentElement.scrollWidth") <= 320


def test_what_is_off_is_seen_without_scrolling_and_so_is_that_it_is_synthetic(page):
    opened = page(1280)
    assert opened.get_by_text("SYNTHETIC", exact=True).bounding_box()["y"] < 120
    assert opened.locator("#table-off").bounding_box()["y"] < 900
