"""A button that imports a sheet says that it is at work, and pressed again it imports nothing more."""

import uuid

from web.looking import look_at
from web.sheets_sent import HEADER
from web.signing_in import sign_in

SAYS = "This can take a minute."
# What would be sent is counted and stays here, so that the page can be looked at while it waits.
KEEP = """() => { window.sent = 0; addEventListener("submit", (event) => {
    if (!event.defaultPrevented) window.sent += 1;
    event.preventDefault();
}) }"""


def write_sheet(folder):
    """A sheet of a client whom nobody has brought yet."""
    path, client = folder / "sheet.csv", f"B{uuid.uuid4().hex[:6]}"
    path.write_text(f"{HEADER}session,{client},2025-01-06,T9,yes,30,\nsession,{client},2025-01-13,T9,yes,28,\n")
    return path


def test_the_button_says_that_it_works_and_a_second_press_sends_nothing(tab, served, tmp_path):
    tab.set_default_timeout(60_000)
    sign_in(tab, "administrator@example.org")
    tab.goto("/exchange/")
    tab.get_by_label("A practice sheet").set_input_files(write_sheet(tmp_path))
    tab.get_by_role("button", name="Check the sheet").click()
    look_at(tab, "import-checked")
    tab.evaluate(KEEP)
    tab.get_by_role("button", name="Import what is sound").click()
    assert tab.get_by_role("button", name="Importing …").get_attribute("aria-disabled") == "true"
    assert tab.get_by_text(SAYS).is_visible()
    look_at(tab, "import-busy")
    # Later than the design system's own guard against two clicks within a second.
    tab.wait_for_timeout(1100)
    for name in ("Importing …", "Import nothing"):
        tab.get_by_role("button", name=name).click(force=True)
    assert tab.evaluate("window.sent") == 1
    tab.reload()
    tab.get_by_role("button", name="Import what is sound").click()
    tab.get_by_role("heading", name="What was imported").wait_for()
    look_at(tab, "import-done")
    assert not tab.get_by_text(SAYS).is_visible()
