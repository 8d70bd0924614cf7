"""The page of findings against WCAG 2.2 AA, as axe-core judges it, on a phone and on a desk."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from a11y.test_report import DESKTOP, PHONE, STANDARD
from built_records import build
from caseness.check import check
from caseness.report.findings import render_findings
from spec.check.cases import narrow


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    """A page with findings of every severity, of a practice, so that it lists what does not apply."""
    folder = tmp_path_factory.mktemp("findings")
    submissions = [
        narrow("+IDS001; IDS201 AppType null; IDS606 PersScore 28"),
        narrow("IDS201 AppType null; IDS607 PersScore NA"),
    ]
    path = folder / "findings.html"
    path.write_text(render_findings(check(build(folder, submissions), "practice"), "April"))
    return path


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def page(browser, page_file, request):
    """The page at a size. Its own policy forbids scripts, and axe is one."""
    context = browser.new_context(viewport=request.param, bypass_csp=True)
    opened = context.new_page()
    opened.goto(page_file.as_uri())
    yield opened
    context.close()


def test_axe_finds_nothing(page):
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    found = Axe().run(page, options=STANDARD).response["violations"]
    assert not [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


def test_nothing_is_wider_than_the_page(page):
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_first_stop_leads_to_the_findings(page):
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the findings"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
