"""A supervisor's morning, and a service lead's, in a real browser: the team's clients with whom they are, and no comparison."""

from web.looking import look_at
from web.signing_in import sign_in


def test_a_supervisors_morning(tab):
    sign_in(tab, "supervisor@example.org")
    assert tab.get_by_role("heading", level=1).inner_text() == "Caseload of Team A"
    look_at(tab, "caseload-of-a-team")
    row = tab.get_by_role("row", name="Tom Ashworth")
    assert "with Tess Therapist" in row.inner_text()
    row.get_by_role("link", name="Tom Ashworth").click()
    assert "Tess Therapist, Team A" in tab.locator("dl").inner_text()
    tab.get_by_role("link", name="Back").click()
    tab.get_by_role("link", name="Needs attention").click()
    tab.wait_for_url("**/?show=attention")
    assert 0 < tab.locator("[data-row]").count() < 8


def test_a_service_lead_chooses_a_team(tab):
    sign_in(tab, "lead@example.org")
    assert tab.get_by_role("heading", level=2, name="Teams").count() == 1
    look_at(tab, "teams")
    tab.get_by_role("link", name="Team A").click()
    assert tab.locator("[data-row]").count() == 8
    tab.goto("/clients/00000000-0000-4000-8000-000000000000/")
    look_at(tab, "no-such-page")
    assert tab.get_by_role("heading", level=1).inner_text() == "There is no such page"
