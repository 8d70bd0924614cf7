"""Somebody is called away from a long note, in a real browser: they are warned, signed out, and find the note again."""

from web.looking import look_at
from web.signing_in import give_code, sign_in

NOTE = "Spoke of the night shifts.\nWe try a diary."
# As if nobody had done anything for an hour.
AGE = """
import time
import django
django.setup()
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
for one in Session.objects.all():
    held = SessionStore(one.session_key)
    if "seen" in held:
        held["seen"] = time.time() - 3600
        held.save()
"""
THERAPIST = "therapist@example.org"


def begin_a_note(tab):
    sign_in(tab, THERAPIST)
    tab.locator("[data-row]").last.click()
    tab.get_by_role("link", name="Add a note").click()
    tab.get_by_label("Note", exact=True).fill(NOTE)
    return tab.url


def sign_in_again(tab):
    tab.get_by_label("Email address").fill(THERAPIST)
    tab.get_by_label("Password").fill("eleven quiet herons wade")
    tab.get_by_role("button", name="Sign in", exact=True).click()
    give_code(tab)


def test_a_note_outlives_the_session_in_which_it_was_begun(tab, served):
    tab.clock.install()
    address = begin_a_note(tab)
    tab.clock.run_for("12:40")
    assert "kept for two hours, for you alone" in tab.get_by_role("dialog").inner_text()
    served.run("-c", AGE)
    tab.clock.run_for("02:30")
    tab.wait_for_url("**/accounts/login/?next=/kept")
    assert "diary" not in tab.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    sign_in_again(tab)
    tab.wait_for_url("**/kept")
    assert "We try a diary." in tab.locator("dl").inner_text()
    look_at(tab, "kept")
    tab.get_by_role("button", name="Go on with it").click()
    assert tab.url == address
    assert tab.get_by_label("Note", exact=True).input_value() == NOTE
    look_at(tab, "kept-and-shown-again")
    tab.get_by_role("button", name="Save").click()
    assert tab.get_by_text("We try a diary.").first.is_visible()
