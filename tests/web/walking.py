"""A walk through every page of the application in a real browser, as somebody who may see it."""

import json
from dataclasses import dataclass

from caseness.web.services.roles import PERMISSIONS, Role
from web.addresses import addresses
from web.people import PASSWORD
from web.signing_in import give_password
from web.visits import FRESH

NOBODY, HALFWAY = "nobody", "halfway"
_READERS = (Role.THERAPIST, Role.SUPERVISOR, Role.SERVICE_LEAD, Role.ADMINISTRATOR)
# What cannot be reached by a plain GET, or is no page, each with the reason.
NOT_WALKED = {
    "start": "leads on to the first page of the role",
    "import-upload": "takes a file",
    "import-confirm": "imports",
    "import-discard": "discards an import",
    "export-ask": "begins an export",
    "export-file": "a download",
    "events-file": "a download",
    "mfa_download_recovery_codes": "a download",
    "mfa_login_webauthn": "JSON for a script",
    "health": "JSON for a monitor",
    "ready": "JSON for a monitor",
    "metrics": "numbers for a monitor",
    "stay": "says that somebody is there",
    "invite-again": "sends a mail",
    "score-withdraw": "takes a score back; its form stands on the page that corrects",
    "signal-acknowledge": "acknowledges",
    "signal-plan": "saves a plan; its form stands on the page of the signal",
    "plan-review": "saves a review; its form stands on the page of the signal",
    "cover-end": "takes a cover back",
    "risk-acknowledge": "acknowledges",
    "risk-close": "closes an alert; its form stands on the page of the alert",
}
# Pages of allauth that are for whoever is not signed in, and those for somebody in a state of their own.
_SIGNED_OUT = (
    "account_login", "account_inactive", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done",
)  # fmt: skip
_OF_A_STATE = {"mfa_authenticate": HALFWAY, "mfa_activate_totp": FRESH}
# The same page in other states, or as another role sees it.
MORE = (
    ("caseload", Role.SUPERVISOR, "/"),
    ("caseload", Role.SERVICE_LEAD, "/"),
    ("caseload", Role.THERAPIST, "/?words=nobody+is+called+so"),
    ("caseload", Role.THERAPIST, "/?show=ended"),
    ("referral-add", Role.SUPERVISOR, "/clients/add"),
    ("events", Role.ADMINISTRATOR, "/events?first=2001-01-01&last=2001-01-02"),
    ("events", Role.ADMINISTRATOR, "/events?client=no+key&first=no+day"),
    ("mfa_index", FRESH, "/accounts/2fa/"),
    ("client", Role.ADMINISTRATOR, "/clients/00000000-0000-4000-8000-000000000000/"),
    ("client", Role.THERAPIST, "/clients/00000000-0000-4000-8000-000000000000/"),
)
PAGES = [one for one in addresses() if one.name not in NOT_WALKED]


@dataclass(frozen=True)
class Visit:
    """One page as one visitor."""

    name: str
    visitor: str
    path: str


def visitor_of(page):
    """Who looks at it."""
    if page.name in _OF_A_STATE:
        return _OF_A_STATE[page.name]
    if getattr(page.view, "is_for_anyone", False) or page.name in _SIGNED_OUT:
        return NOBODY
    if not page.is_ours or page.view.permission is None:
        return Role.ADMINISTRATOR
    return next(role for role in _READERS if page.view.permission in PERMISSIONS[role])


def visits_to(page, world):
    """The page with each of the values that its address can have, and in other states."""
    more = [Visit(*one) for one in MORE if one[0] == page.name]
    return [*(Visit(page.name, visitor_of(page), path) for path in paths_of(page, world)), *more]


def paths_of(page, world):
    """The addresses of a page."""
    if page.name in world["paths"]:
        return world["paths"][page.name]
    if not page.converters:
        return [f"/{page.route}"]
    before, (name, _) = page.route.split("<")[0], page.converters[0]
    assert before in world["keys"], (
        f"Say in tests/web/walk_world.py what stands in {page.route}, or why it is not walked."
    )
    # A page of one client in each state is enough; their forms differ in nothing.
    many = world["keys"][before] if page.route.endswith("/") or page.route.endswith(">") else world["keys"][before][:1]
    return [page.filled({name: key}) for key in many]


def make_world(served, *arguments):
    """A service made in the database of a server, and how to read it."""
    return json.loads(served.run("-m", "web.walk_world", *arguments))


class Walker:
    """A browser in which several people are signed in, each in a tab of their own. What it complains of is kept."""

    def __init__(self, browser, served, world, **context):
        self.served, self.world, self.browser, self.more = served, world, browser, context
        self.tabs, self.complaints = {}, []

    def tab_of(self, visitor):
        """The tab of a visitor."""
        if visitor not in self.tabs:
            context = self.browser.new_context(base_url=self.served.address, **self.more)
            self.tabs[visitor] = self._watched(context.new_page())
            if session := self.world["sessions"].get(visitor):
                context.add_cookies([{"name": "caseness_session", "value": session, "url": self.served.address}])
            if visitor == HALFWAY:
                give_password(self.tabs[visitor], "therapist@example.org", PASSWORD)
        return self.tabs[visitor]

    def go(self, visit):
        """Show a page, with all that can be opened on it open. Gives the tab and the status."""
        self.complaints.clear()
        tab = self.tab_of(visit.visitor)
        answer = tab.goto(visit.path)
        tab.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        return tab, answer.status

    def close(self):
        """Close all tabs."""
        for tab in self.tabs.values():
            tab.context.close()

    def _watched(self, tab):
        tab.on("console", lambda said: said.type == "error" and self.complaints.append(said.text))
        tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        return tab
