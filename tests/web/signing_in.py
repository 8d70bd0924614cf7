"""How a journey signs somebody in: by email address, password and the code of the demonstration's authenticator app."""

from urllib.parse import urlsplit

from caseness.web.accounts.demonstration import code_now
from web.people import PASSWORD

# Cookies of sessions that go on, by server and person: a journey need not type what another typed.
_COOKIES = {}


def sign_in(tab, email, password=PASSWORD, fresh=False):
    """Show the first page to this person. With `fresh` everything is typed, whatever an earlier journey did."""
    tab.goto("/health")
    address = urlsplit(tab.url).netloc
    if not fresh and (cookies := _COOKIES.get((address, email))):
        tab.context.add_cookies(cookies)
        tab.goto("/start")
        if "/accounts/" not in tab.url:
            return
    give_password(tab, email, password)
    give_code(tab)
    _COOKIES[(address, email)] = tab.context.cookies()


def give_password(tab, email, password=PASSWORD):
    """The first step."""
    tab.context.clear_cookies()
    tab.goto("/start")
    tab.get_by_label("Email address").fill(email)
    tab.get_by_label("Password").fill(password)
    tab.get_by_role("button", name="Sign in", exact=True).click()


def give_code(tab):
    """The second step. No code counts twice, so that the ones before and after it are tried as well."""
    for steps in (0, 1, -1):
        tab.get_by_label("Code").fill(code_now(steps=steps))
        tab.get_by_role("button", name="Continue").click()
        if "authenticate" not in tab.url:
            return
    raise AssertionError("Three people signed in as this one within a minute, or the code is wrong.")
