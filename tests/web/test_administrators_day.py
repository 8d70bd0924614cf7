"""An administrator's day, in a real browser: somebody is invited, works, and leaves; and all of it is told."""

import csv
import io
import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from web.looking import look_at
from web.people import PASSWORD
from web.signing_in import give_password, sign_in

NEWCOMER = "newcomer@example.org"


def heading(tab):
    return tab.get_by_role("heading", level=1).inner_text()


def press(tab, name):
    tab.get_by_role("button", name=name, exact=True).click()


def latest_mail(folder, to):
    mails = [path.read_text() for path in sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime)]
    return next(text for text in reversed(mails) if f"To: {to}" in text)


def invite(tab):
    tab.get_by_role("link", name="People").click()
    look_at(tab, "people")
    tab.get_by_role("button", name="Invite somebody").click()
    press(tab, "Invite")
    look_at(tab, "invite-with-problems")
    tab.get_by_label("Name").fill("Nia Newcomer")
    tab.get_by_label("Email address").fill(NEWCOMER)
    tab.get_by_label("Therapist").check()
    tab.get_by_label("Team").select_option("Team A")
    tab.get_by_label("Identifier of this person in the record").fill("S000009")
    press(tab, "Invite")
    assert heading(tab) == "Nia Newcomer"
    look_at(tab, "person")


def take_up(tab, link):
    tab.goto(link)
    look_at(tab, "invitation")
    tab.get_by_label("Password", exact=True).fill(PASSWORD)
    tab.get_by_label("Password once more").fill(PASSWORD)
    press(tab, "Set it")
    tab.goto(link)
    assert heading(tab) == "The invitation is over"
    look_at(tab, "invitation-over")


def set_up_app(tab):
    """From no second factor to the caseload."""
    give_password(tab, NEWCOMER)
    assert heading(tab) == "Set up a second factor"
    look_at(tab, "no-second-factor")
    press(tab, "Set up an authenticator app")
    look_at(tab, "authenticator-app")
    secret = tab.locator("code").inner_text()
    tab.get_by_label("Code").fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    press(tab, "Set up")
    assert heading(tab) == "Your recovery codes"
    look_at(tab, "recovery-codes")
    codes = tab.locator("code").all_inner_texts()
    press(tab, "Continue")
    assert heading(tab) == "Your caseload"
    return codes


def give_passkey(tab):
    """A key in the machine, as Chromium plays it, signs in by itself."""
    devices = tab.context.new_cdp_session(tab)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    tab.get_by_role("link", name="Your account").click()
    look_at(tab, "account")
    press(tab, "Add a passkey")
    look_at(tab, "add-passkey")
    press(tab, "Add")
    tab.get_by_text("The passkey was added.").wait_for()
    tab.get_by_role("link", name="See, rename or remove them").click()
    look_at(tab, "passkeys")
    tab.get_by_role("link", name="Rename").click()
    look_at(tab, "rename-passkey")
    press(tab, "Save")
    tab.get_by_role("link", name="Remove").click()
    look_at(tab, "remove-passkey")
    tab.goto("/accounts/reauthenticate/")
    look_at(tab, "confirm-password")


def sign_in_by_passkey(tab):
    press(tab, "Sign out")
    look_at(tab, "sign-in")
    press(tab, "Sign in with a passkey")
    tab.get_by_role("heading", name="Your caseload").wait_for()


def sign_in_by_recovery_code(tab, code):
    give_password(tab, NEWCOMER)
    look_at(tab, "code")
    tab.get_by_label("Code").fill(code)
    press(tab, "Continue")
    assert heading(tab) == "Your caseload"


def end(tab):
    tab.get_by_role("link", name="People").click()
    tab.get_by_role("link", name="Nia Newcomer").click()
    press(tab, "Move")
    look_at(tab, "move")
    tab.go_back()
    tab.get_by_role("button", name="End it", exact=True).click()
    assert "End the role of" in tab.locator("h1").inner_text()
    press(tab, "End it now")
    assert tab.get_by_text("Nia Newcomer is no longer therapist.").is_visible()


def read_events(tab):
    tab.get_by_role("link", name="Events").click()
    look_at(tab, "events")
    tab.get_by_label("Person").select_option("Nia Newcomer")
    press(tab, "Show")
    with tab.expect_download() as taken:
        tab.get_by_role("link", name="Take them as a CSV file").click()
    return list(csv.DictReader(io.StringIO(taken.value.path().read_text())))


def test_somebody_is_invited_works_and_leaves(tab, browser, served):
    sign_in(tab, "administrator@example.org")
    invite(tab)
    # Browsers know passkeys by a name, and on a machine's own address there is none but this.
    theirs = browser.new_context(base_url=served.address.replace("127.0.0.1", "localhost"))
    newcomer = theirs.new_page()
    link = re.search(r"https?://\S+(/invitation/\S+)", latest_mail(served.folder / "mail", NEWCOMER)).group(1)
    take_up(newcomer, link)
    codes = set_up_app(newcomer)
    give_passkey(newcomer)
    sign_in_by_passkey(newcomer)
    sign_in_by_recovery_code(newcomer, codes[0])
    end(tab)
    assert newcomer.goto("/").status == 403
    look_at(newcomer, "refused")
    theirs.close()
    told = {(row["kind"], row["what"]) for row in read_events(tab)}
    assert {
        ("password_changed", "user"), ("second_factor_changed", "added"), ("signed_in", "session"),
        ("signed_out", "session"),
    } <= told  # fmt: skip


def test_whoever_is_idle_is_warned_and_comes_back_to_the_same_page(tab, served):
    tab.clock.install()
    sign_in(tab, "administrator@example.org")
    tab.goto("/events")
    tab.clock.run_for("12:40")
    assert tab.get_by_role("dialog").is_visible()
    look_at(tab, "idle")
    press(tab, "Stay signed in")
    tab.get_by_role("dialog").wait_for(state="hidden")
    tab.context.clear_cookies()
    tab.evaluate("location.hash = 'main-content'")
    tab.clock.run_for("15:10")
    tab.wait_for_url("**/accounts/login/?next=/events")


def test_a_page_on_its_way_to_the_sign_in_page_is_not_sent_there_again(tab, served):
    tab.clock.install()
    sign_in(tab, "administrator@example.org")
    tab.goto("/events")
    tab.context.clear_cookies()
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.clock.run_for("16:30")
    tab.wait_for_url("**/accounts/login/?next=/events")
    assert len([one for one in asked if one.endswith("/events") and "next" not in one]) == 1
