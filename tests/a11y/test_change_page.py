"""The page of judged change against WCAG 2.2 AA, as axe-core judges it, on a phone and on a desk."""

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe

from a11y.test_report import DESKTOP, PHONE, STANDARD
from caseness.audit.assumptions import read_shipped_assumptions
from caseness.audit.change import judge_change
from caseness.report.change_page import render_change
from judged_courses import courses_of, many


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    """A page of made-up courses with everything that a page can have."""
    generator = np.random.default_rng(5)
    courses = courses_of(many(generator, 80), many(generator, 80, "gad7"), ended=150, made_up="SYNTHETIC: made up.")
    path = tmp_path_factory.mktemp("change") / "change.html"
    path.write_text(render_change(judge_change(courses, read_shipped_assumptions())))
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
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
