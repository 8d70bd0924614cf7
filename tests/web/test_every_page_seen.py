"""Every page in a real browser, on a phone and on a desk: open to whoever cannot see it well, not too wide, and without complaint.

The pages are those that the application resolves. A page that is added is looked at too, or the test says what is missing.
"""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from a11y.test_report import STANDARD
from web.addresses import addresses
from web.looking import DESK, PHONE
from web.walking import MORE, NOT_WALKED, PAGES, Walker, make_world, paths_of, visitor_of, visits_to

# Set it to a folder to look at what was seen.
PICTURES = os.environ.get("CASENESS_PICTURES")
# Of many rows that are alike a few are judged.
KEEP_A_FEW_ROWS = "document.querySelectorAll('tbody tr:nth-child(n+7)').forEach(one => one.remove())"
# What a browser says of a page that is refused, or is not there.
OF_A_REFUSAL = ("status of 403", "status of 404", "status of 410")
LEFT_OUT = [one for one in addresses() if one.name in NOT_WALKED]


@pytest.fixture(scope="module")
def world(served):
    return make_world(served)


@pytest.fixture(scope="module")
def walker(browser, served, world):
    walker = Walker(browser, served, world)
    yield walker
    walker.close()


def judge(tab, name):
    """What is wrong with the page that is shown, at both widths."""
    tab.set_viewport_size(PHONE)
    wide = tab.evaluate("document.documentElement.scrollWidth")
    found = [f"{name} is {wide} wide on a phone"] if wide > PHONE["width"] else []
    for size in (PHONE, DESK):
        tab.set_viewport_size(size)
        if PICTURES:
            tab.screenshot(path=Path(PICTURES) / f"{name}-{size['width']}.png", full_page=True)
    tab.evaluate(KEEP_A_FEW_ROWS)
    for size in (DESK, PHONE):
        tab.set_viewport_size(size)
        violations = Axe().run(tab, options=STANDARD).response["violations"]
        found += [f"{name}, {size['width']}: {one['id']}: {one['nodes'][0]['html'][:200]}" for one in violations]
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda one: one.name)
def test_a_page_is_open_to_all_and_fits_a_phone(walker, world, page):
    wrong = []
    for number, visit in enumerate(visits_to(page, world)):
        tab, status = walker.go(visit)
        assert status in (200, 403, 404, 410), f"{visit}: {status}"
        assert status == 200 or number, f"{visit}: {status}, and the first way to a page should lead to it."
        wrong += judge(tab, f"{page.name}-{number}")
        wrong += [f"{visit}: {one}" for one in walker.complaints if not any(each in one for each in OF_A_REFUSAL)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("page", LEFT_OUT, ids=lambda one: one.name)
def test_what_is_not_walked_is_no_page(walker, world, page):
    answer = walker.tab_of(visitor_of(page)).context.request.get(paths_of(page, world)[0], max_redirects=0)
    is_page = answer.status == 200 and answer.headers["content-type"].startswith("text/html")
    assert not is_page, f"{page.name} is a page: let it be walked."


def test_nothing_is_left_out_that_is_not_there():
    assert {one.name for one in LEFT_OUT} == set(NOT_WALKED)


def test_visits_are_of_pages():
    assert {name for name, *_ in MORE} <= {one.name for one in PAGES}
