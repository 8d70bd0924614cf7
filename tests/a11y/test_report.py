"""The report against WCAG 2.2 AA, as axe-core judges it, and what axe cannot see."""

import pytest
from axe_playwright_python.sync_playwright import Axe

STANDARD = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
# The rows of a table are alike, and axe takes a minute and a half over all of them.
OPEN_ALL_AND_KEEP_A_FEW_ROWS = """() => {
    document.querySelectorAll("details").forEach(one => { one.open = true })
    document.querySelectorAll("tbody tr:nth-child(n+5)").forEach(one => one.remove())
}"""
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


@pytest.fixture
def open_page(browser, folder):
    """Opens a page of a report at a size. The page's own policy forbids scripts, and axe is one."""
    contexts = []

    def open_it(name, viewport, **settings):
        context = browser.new_context(viewport=viewport, bypass_csp=True, **settings)
        contexts.append(context)
        page = context.new_page()
        page.goto((folder / name).as_uri())
        return page

    yield open_it
    for context in contexts:
        context.close()


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("name", ["report.html", "brief.html"])
def test_axe_finds_nothing(open_page, name, viewport):
    page = open_page(name, viewport)
    page.evaluate(OPEN_ALL_AND_KEEP_A_FEW_ROWS)
    found = Axe().run(page, options=STANDARD).response["violations"]
    told = [
        f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]} ({len(one['nodes'])} places)" for one in found
    ]
    assert not told, "\n".join(told)


def test_everything_can_be_reached_and_seen_from_the_keyboard(open_page):
    """The first stop is the skip link, it leads to the report, and each stop is outlined."""
    page = open_page("report.html", DESKTOP)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_wide_table_scrolls_from_the_keyboard(open_page):
    """On a phone the numbers of a table that does not fit are reached with the arrow keys."""
    page = open_page("report.html", PHONE)
    region = page.locator(".scroll", has=page.locator("#table-journey"))
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")


def test_nothing_moves_for_those_who_asked_for_stillness(open_page):
    page = open_page("report.html", DESKTOP, reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_charts_are_named_and_their_parts_are_not_read_out(open_page):
    """A picture is one thing with a name that tells its finding; its inside is hidden."""
    page = open_page("report.html", DESKTOP)
    names = page.eval_on_selector_all("figure [role=img]", "all => all.map(one => one.getAttribute('aria-label'))")
    assert names
    assert all(len(name) > 40 and any(letter.isdigit() for letter in name) for name in names)
    assert page.locator("svg:not([aria-hidden=true])").count() == 0


def test_text_can_be_enlarged_without_loss(open_page):
    """At four times the size (1280 px seen as 320) nothing is wider than the page."""
    page = open_page("report.html", {"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
