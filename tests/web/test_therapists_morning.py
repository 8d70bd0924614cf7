"""A therapist's morning, in a real browser: who needs attention and why, one client's course, and a look at it together."""

import re
from datetime import UTC, datetime, timedelta

from web.looking import DESK, PHONE, look_at
from web.signing_in import sign_in

ROWS = "[data-row]"
IS_BELOW_THE_SEARCH = """() => document.activeElement.getBoundingClientRect().top
    >= document.querySelector('.caseness-ask').getBoundingClientRect().bottom"""
IN_A_MONTH = datetime.now(UTC).date() + timedelta(30)


def heading(tab):
    return tab.get_by_role("heading", level=1).inner_text()


def names(tab):
    return tab.locator(ROWS).all_inner_texts()


def test_a_therapists_morning(tab):
    problems = []
    tab.on("pageerror", lambda error: problems.append(str(error)))
    sign_in(tab, "therapist@example.org")
    given_the_caseload_with_who_needs_attention_first(tab)
    then_a_client_is_a_line_and_the_search_stays_in_sight(tab)
    when_the_list_is_filtered_and_searched_it_changes_in_place(tab)
    when_the_keyboard_is_used(tab)
    then_the_page_of_the_client_tells_why_and_how_it_went(tab)
    when_a_signal_is_acknowledged_and_a_plan_is_made_both_are_told(tab)
    then_both_look_at_it_together(tab)
    when_a_score_is_entered_what_it_shows_is_noticed_at_once(tab)
    assert problems == []


def given_the_caseload_with_who_needs_attention_first(tab):
    assert heading(tab) == "Your caseload"
    look_at(tab, "caseload")
    assert names(tab)[0] == "Tom Ashworth"
    assert tab.get_by_role("region", name="Risk: 1 answer waits for somebody").get_by_role("link").count() == 1
    first = tab.get_by_role("row", name="Tom Ashworth")
    why = first.get_by_text("PHQ-9 was 14 at the start and 21 at session 4: 7 points worse.")
    assert not why.is_visible()
    first.locator("summary").focus()
    tab.keyboard.press("Enter")
    why.wait_for()
    assert "not measured here" in first.inner_text()
    tab.get_by_role("link", name="Show every reason").click()
    tab.get_by_role("link", name="Hide the reasons").wait_for()
    look_at(tab, "caseload-with-reasons")
    assert tab.locator("details.caseness-why:not([open])").count() == 0
    tab.get_by_role("link", name="Hide the reasons").click()
    tab.get_by_role("link", name="Show every reason").wait_for()


def then_a_client_is_a_line_and_the_search_stays_in_sight(tab):
    heights = tab.locator("tbody tr").evaluate_all("rows => rows.map(one => one.getBoundingClientRect().height)")
    assert max(heights) < 64, heights
    for size in (PHONE, DESK):
        tab.set_viewport_size(size)
        tab.locator(ROWS).last.focus()
        tab.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        assert tab.get_by_label("Name or identifier").bounding_box()["y"] >= 0
        # Whoever goes back by the keyboard finds nothing hidden under it.
        tab.locator(ROWS).first.focus()
        tab.wait_for_function(IS_BELOW_THE_SEARCH)


def when_the_list_is_filtered_and_searched_it_changes_in_place(tab):
    tab.evaluate("window.wasHere = true")
    tab.get_by_role("link", name="Measures due").click()
    tab.wait_for_url("**/?show=due")
    tab.locator("a[aria-current=true]", has_text="Measures due").wait_for()
    tab.get_by_role("link", name=re.compile("^All ")).click()
    tab.get_by_label("Name or identifier").fill("olu nowak")
    tab.get_by_role("status").get_by_text("1 client", exact=True).wait_for()
    assert names(tab) == ["Olu Nowak"]
    tab.get_by_label("Name or identifier").fill("nobody is called so")
    tab.get_by_text("No client here is called so").wait_for()
    look_at(tab, "caseload-empty")
    assert tab.evaluate("window.wasHere")
    tab.get_by_role("link", name="show all").click()
    tab.locator(ROWS).nth(7).wait_for()


def focused(tab):
    return tab.evaluate("document.activeElement.textContent || document.activeElement.id")


def when_the_keyboard_is_used(tab):
    tab.evaluate("document.activeElement.blur()")
    tab.keyboard.press("/")
    assert focused(tab) == "words"
    tab.keyboard.press("j")
    assert tab.get_by_label("Name or identifier").input_value() == "j"
    tab.get_by_label("Name or identifier").fill("")
    tab.locator(ROWS).nth(7).wait_for()
    tab.evaluate("document.activeElement.blur()")
    tab.keyboard.press("j")
    tab.keyboard.press("ArrowDown")
    assert focused(tab) == names(tab)[1]
    tab.keyboard.press("k")
    assert focused(tab) == "Tom Ashworth"
    tab.get_by_role("button", name="Turn the keys off").click()
    tab.keyboard.press("/")
    assert focused(tab) == "Turn the keys on"
    tab.get_by_role("button", name="Turn the keys on").click()
    tab.locator(ROWS).first.focus()
    tab.keyboard.press("Enter")


def then_the_page_of_the_client_tells_why_and_how_it_went(tab):
    tab.wait_for_url("**/clients/*/")
    assert heading(tab) == "Tom Ashworth"
    for more in tab.locator("details").all():
        more.evaluate("one => { one.open = true }")
    look_at(tab, "client")
    assert tab.get_by_role("img", name="PHQ-9, 4 scores").count() == 1
    table = tab.get_by_role("table", name="Scores on PHQ-9, session by session")
    assert [row.split("\t")[2].split()[0] for row in table.get_by_role("row").all_inner_texts()[1:]] == [
        "14",
        "16",
        "18",
        "21",
    ]
    assert tab.get_by_role("link", name="Risk item answered 2").count() == 1


def when_a_signal_is_acknowledged_and_a_plan_is_made_both_are_told(tab):
    tab.get_by_role("link", name=re.compile("^Acknowledge and plan ?: Reliably worse")).first.click()
    look_at(tab, "signal")
    tab.get_by_role("button", name="I have seen it").click()
    tab.get_by_label("Working together").fill("Asked how it is to come here.")
    tab.get_by_label("Day on which you look at it again").fill(IN_A_MONTH.isoformat())
    tab.get_by_role("button", name="Save the plan").click()
    tab.goto("/")
    tab.locator(ROWS, has_text="Tom Ashworth").click()
    told = tab.get_by_role("article", name="Reliably worse than at the start PHQ-9").inner_text()
    day = f"{IN_A_MONTH.day} {IN_A_MONTH:%B %Y}"
    assert re.search(f"Acknowledged by Tess Therapist on .* to be looked at on {day}", told)


def when_a_score_is_entered_what_it_shows_is_noticed_at_once(tab):
    tab.get_by_role("link", name="Close").click()
    tab.goto("/")
    tab.locator(ROWS, has_text="Hannah Evans").click()
    assert "Reliably worse" not in tab.get_by_role("region", name="What was noticed").inner_text()
    tab.get_by_role("link", name="Enter scores").click()
    look_at(tab, "scores")
    for item in range(1, 10):
        tab.locator(f"input[name='phq9-{item}'][value='{0 if item == 9 else 2}']").check(force=True)
    tab.get_by_role("button", name="Save the scores").click()
    tab.goto("/")
    row = tab.get_by_role("row", name="Hannah Evans").inner_text()
    assert "Reliably worse than at the start" in row
    assert "PHQ-9 9 to 16 reliably worse" in " ".join(row.split())


def then_both_look_at_it_together(tab):
    tab.get_by_role("link", name="Look together with the client").click()
    assert heading(tab) == "How it has been, Tom"
    look_at(tab, "together")
    assert tab.get_by_role("navigation").count() == 0
    tab.emulate_media(media="print")
    assert not tab.get_by_role("link", name="Close").is_visible()
    tab.emulate_media(media="screen")
    tab.emulate_media(forced_colors="active")
    assert tab.locator(".course__line").first.evaluate("one => getComputedStyle(one).stroke") != "rgb(0, 94, 184)"
    tab.emulate_media(forced_colors="none")
