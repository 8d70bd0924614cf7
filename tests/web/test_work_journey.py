"""Scores entered, an alert answered, a plan made and reviewed, in a real browser; and one form sent by two processes at once."""

import os
import sqlite3
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe

from a11y.test_report import STANDARD
from web.server import Served
from web.signing_in import sign_in

# A folder to look at the pages in, if one is named.
SCREENSHOTS = os.environ.get("CASENESS_SCREENSHOTS")
SIZES = ((1280, 900), (390, 844))
IN_A_MONTH = datetime.now(UTC).date() + timedelta(30)


@pytest.fixture
def tab(browser, served):
    """A tab whose pages can be judged by a script: their own policy forbids others."""
    context = browser.new_context(base_url=served.address, viewport={"width": 1280, "height": 900}, bypass_csp=True)
    yield context.new_page()
    context.close()


def judge(tab):
    """What axe finds on the page, at both widths, and whether the page is wider than a phone."""
    found = []
    for width, height in SIZES:
        tab.set_viewport_size({"width": width, "height": height})
        violations = Axe().run(tab, options=STANDARD).response["violations"]
        found += [f"{tab.url} {width}: {one['id']}: {one['nodes'][0]['html'][:200]}" for one in violations]
        if SCREENSHOTS:
            tab.screenshot(
                path=f"{SCREENSHOTS}/{tab.url.split('/', 3)[3].replace('/', '_')}{len(found)}-{width}.png",
                full_page=True,
            )
        wide = tab.evaluate("document.documentElement.scrollWidth")
        found += [f"{tab.url} is {wide} wide on {width}"] if wide > width else []
    tab.set_viewport_size({"width": 1280, "height": 900})
    return found


def last_client(tab):
    """The key of the last client on the caseload: other journeys look at the first."""
    sign_in(tab, "therapist@example.org")
    tab.goto("/")
    addresses = tab.eval_on_selector_all("a[href^='/clients/']", "all => all.map(one => one.getAttribute('href'))")
    return [key for address in addresses if len(key := address.split("/")[2]) == 36][-1]


def answer_all(tab, name, items, answer):
    """Choose the same answer to every item of a questionnaire."""
    for number in range(1, items + 1):
        tab.locator(f"input[name='{name}-{number}'][value='{answer}']").check()


def test_from_scores_to_what_happened_next(tab):
    key = last_client(tab)
    # The session of today was kept; without that, its scores would count to the one before.
    tab.goto(f"/clients/{key}/contacts/add")
    found = judge(tab)
    tab.get_by_label("What became of it").select_option("5")
    tab.get_by_label("What it is for").select_option("02")
    tab.get_by_role("button", name="Save").click()

    tab.goto(f"/clients/{key}/scores/add")
    found += judge(tab)
    tab.get_by_role("button", name="Save the scores").click()
    assert tab.get_by_role("alert").inner_text().startswith("Nothing was saved yet")
    found += judge(tab)
    answer_all(tab, "phq9", 9, 3)
    tab.get_by_label("Total of WSAS", exact=True).fill("30")
    tab.get_by_role("button", name="Save the scores").click()

    assert tab.get_by_role("heading", level=1).inner_text() == "Risk alert"
    assert tab.get_by_text("Item 9 of PHQ-9 was answered 3, nearly every day.").is_visible()
    found += judge(tab)
    tab.get_by_role("button", name="I am dealing with it").click()
    tab.get_by_label("What was done?").fill("Asked, and gone through the safety plan.")
    tab.get_by_role("button", name="Save, and close the alert").click()
    tab.goto("/risk/")
    assert tab.get_by_role("heading", name="Closed (1)").is_visible()
    found += judge(tab)

    tab.goto(f"/clients/{key}/")
    tab.locator("a[href^='/signals/']").first.click()
    found += judge(tab)
    tab.get_by_label("Support and life events").fill("Debt: the advice service was named.")
    tab.get_by_label("This was made together with the client").check()
    tab.get_by_label("Day on which you look at it again").fill(IN_A_MONTH.isoformat())
    tab.get_by_role("button", name="Save the plan").click()
    tab.get_by_label("It got better").check()
    tab.get_by_role("button", name="Save what happened next").click()
    assert tab.get_by_text("What happened next: It got better.").is_visible()

    for page in (
        "/clients/add",
        "/risk/cover",
        *(f"/clients/{key}/{one}" for one in ("end", "goals/add", "notes/add")),
    ):
        tab.goto(page)
        found += judge(tab)
    assert not found


def send(address, path, cookies, sent):
    """Send a form as a browser would, and give the status of the page that follows."""
    jar = "; ".join(f"{one['name']}={one['value']}" for one in cookies)
    request = Request(f"{address}{path}", urlencode(sent).encode(), {"Cookie": jar, "Referer": address})
    with urlopen(request) as answer:
        return answer.status, answer.url


def test_one_form_sent_by_two_processes_at_once_is_saved_once(tab, served):
    path = f"/clients/{last_client(tab)}/scores/add"
    tab.goto(path)
    token = tab.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    sent = {
        "csrfmiddlewaretoken": token,
        "entry": str(uuid.uuid4()),
        "day": tab.get_by_label("Day on which").input_value(),
    }
    sent |= {"gad7-total": "11", "is_another": "on"}
    other = Served(served.folder)
    other.start()
    try:
        with ThreadPoolExecutor(8) as pool:
            cookies = tab.context.cookies()
            addresses = [served.address, other.address] * 4
            answers = list(pool.map(lambda one: send(one, path, cookies, sent), addresses))
    finally:
        other.process.terminate()
        other.process.wait(10)
    assert {status for status, _ in answers} == {200}
    with sqlite3.connect(served.folder / "caseness.sqlite3") as database:
        same = "select count(*) from caseload_score where instrument_id = 'gad7' and day = ? and total = 11"
        assert database.execute(same, (sent["day"],)).fetchone() == (1,)
