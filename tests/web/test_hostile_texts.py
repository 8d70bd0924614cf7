"""Texts that attack whoever shows them, in every field that a person or a file fills: shown as text, and nothing runs.

The policy of the pages is switched off here, so that it is the templates alone that hold.
"""

import csv
import io
import zipfile

import pytest

from web.hostile_texts import MARK, TEXTS, labels
from web.looking import PHONE
from web.walking import PAGES, Visit, Walker, make_world, visits_to

# Fields that no page shows, each with what becomes of it.
NOT_SHOWN = {
    "Client.legal_hold": "the reason for keeping a record, which the command that erases reads",
    "Message.text": "a mail",
}
SHOWN = """() => [document.title, document.body.innerText,
    ...[...document.querySelectorAll("input, textarea, option, [aria-label]")].map(one =>
        `${one.value ?? ""} ${one.textContent} ${one.getAttribute("aria-label") ?? ""}`)].join("\\n")"""
FILL = """([form, texts]) => {
    const typed = form.querySelectorAll("input[type=text], input[type=search], textarea");
    typed.forEach((one, place) => { one.value = texts[place % texts.length] });
    form.querySelectorAll("input[type=date], input[type=time]").forEach(one => { one.value = "" });
    return typed.length;
}"""


@pytest.fixture(scope="module")
def made(browser, served):
    walker = Walker(browser, served, make_world(served, "hostile"), bypass_csp=True, viewport=PHONE)
    yield walker
    walker.close()


@pytest.fixture(scope="module")
def walked(made):
    """What is wrong on any page, and all that was shown: before a form is sent, which may write over a text."""
    wrong, seen = [], ""
    for visit in [one for page in PAGES for one in visits_to(page, made.world)]:
        tab, status = made.go(visit)
        assert status in (200, 403, 404, 410), f"{visit}: {status}"
        found, shown = harm(tab, visit)
        wrong, seen = wrong + found, seen + shown
    return wrong, seen


@pytest.fixture
def walker(made, walked):
    return made


def harm(tab, visit):
    """What a text did to the page that is shown."""
    found = [f"{visit}: a script ran"] if tab.evaluate(f"window.{MARK}") else []
    made = tab.evaluate(f"[...document.querySelectorAll('[{MARK}]')].map(one => one.outerHTML)")
    found += [f"{visit}: a text became {one[:150]}" for one in made]
    wide = tab.evaluate("document.documentElement.scrollWidth")
    found += [f"{visit} is {wide} wide on a phone"] if wide > PHONE["width"] else []
    shown = tab.evaluate(SHOWN)
    found += [f"{visit}: {sign!r} is shown" for sign in "\u202e\u2066\x0b\x1b\x07" if sign in shown]
    return found, shown


def test_every_page_shows_them_as_text(walked):
    wrong, seen = walked
    assert not wrong, "\n".join(wrong)
    assert not [one for one in TEXTS[:-1] if one not in seen]
    assert {one for one in labels() if one not in seen} == set(NOT_SHOWN)


def forms_of(tab):
    """The forms of the page in which something is typed."""
    return [one for one in tab.locator("main form").all() if one.locator("input[type=text], textarea").count()]


@pytest.mark.parametrize("page", [one for one in PAGES if one.is_ours], ids=lambda one: one.name)
def test_a_form_that_is_sent_with_them_shows_them_as_text(walker, page):
    visit = visits_to(page, walker.world)[0]
    tab, _ = walker.go(visit)
    for number in range(len(forms_of(tab))):
        tab, _ = walker.go(visit)
        form = forms_of(tab)[number]
        texts = [*TEXTS[number:], *TEXTS[:number]]
        tab.evaluate(FILL, [form.element_handle(), texts])
        with tab.expect_navigation() as gone:
            form.evaluate("one => one.submit()")
        assert gone.value.status < 500
        wrong, _ = harm(tab, visit)
        assert not wrong, "\n".join(wrong)


def upload(tab, label, button, name, content):
    tab.goto("/exchange/")
    tab.get_by_label(label).set_input_files({"name": name, "mimeType": "text/plain", "buffer": content})
    tab.get_by_role("button", name=button).click()


def sheet_of(texts):
    """A practice sheet with them in its headers, its codes and its words."""
    held = io.StringIO()
    writer = csv.writer(held)
    writer.writerow(["client", "date", "attended", "therapist", "funding", *texts])
    short = [one for one in texts if len(one) <= 20]
    for number, one in enumerate(texts):
        came = "yes" if number else one
        writer.writerow([short[number % len(short)], "2025-03-03", came, short[0], one[:100], *texts])
    return held.getvalue().encode()


def test_a_sheet_full_of_them_is_told_and_imported_as_text(walker):
    tab = walker.tab_of("administrator")
    upload(tab, "A practice sheet", "Check the sheet", f"{TEXTS[5].replace('/', '')}.csv", sheet_of(TEXTS))
    wrong, shown = harm(tab, "the sheet that was checked")
    assert TEXTS[5] in shown
    assert not wrong, "\n".join(wrong)
    tab.get_by_role("button", name="Import what is sound").click()
    for visit in (
        Visit("", "administrator", tab.url),
        Visit("", "service_lead", "/?words=hacked"),
        Visit("", "administrator", "/exchange/"),
    ):
        tab, _ = walker.go(visit)
        wrong, _ = harm(tab, visit)
        assert not wrong, "\n".join(wrong)


def test_an_archive_with_them_as_names_is_told_as_text(walker):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for one in TEXTS[2:6]:
            archive.writestr(f"{one.replace('/', '')}.csv", "a,b\n1,2\n")
    tab = walker.tab_of("administrator")
    upload(tab, "A record of this service", "Check the record", "record.zip", held.getvalue())
    wrong, _ = harm(tab, "the archive that was checked")
    assert not wrong, "\n".join(wrong)


def test_a_file_of_events_holds_no_formula(walker):
    answer = walker.tab_of("administrator").context.request.get("/events.csv")
    rows = list(csv.reader(io.StringIO(answer.text())))
    assert len(rows) > 1
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
