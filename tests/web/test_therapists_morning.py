"""A therapist's morning, in a real browser."""

from web.signing_in import sign_in


def test_a_therapist_signs_in_and_sees_the_caseload(tab):
    sign_in(tab, "therapist@example.org")
    assert tab.get_by_role("heading", level=1).inner_text() == "Your caseload"
