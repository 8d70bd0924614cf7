"""A therapist's morning, in a real browser."""

from web.people import PASSWORD


def sign_in(tab, email, password=PASSWORD):
    tab.goto("/")
    tab.get_by_label("Email address").fill(email)
    tab.get_by_label("Password").fill(password)
    tab.get_by_role("button", name="Sign in").click()


def test_a_therapist_signs_in_and_sees_the_caseload(tab):
    sign_in(tab, "therapist@example.org")
    assert tab.get_by_role("heading", level=1).inner_text() == "Your caseload"
