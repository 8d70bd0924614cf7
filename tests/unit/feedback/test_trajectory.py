"""One person's course, and signals in their order"""

from datetime import date

import pytest

from caseness.errors import UnknownName
from caseness.feedback import Contact, SessionScore, Signal, Trajectory, Urgency, most_urgent_first

FIRST, SECOND, LATER = date(2026, 3, 2), date(2026, 3, 9), date(2026, 4, 1)


def course(**changed):
    given = {
        "reference": "a1",
        "instrument_id": "phq9",
        "scores": (SessionScore(1, FIRST, 17), SessionScore(2, SECOND, 12)),
        "as_of": LATER,
    }
    return Trajectory(**{**given, **changed})


def test_a_course_knows_its_ends_and_when_the_person_was_seen():
    contacts = (Contact(date(2026, 3, 16), attended=True), Contact(date(2026, 3, 23), attended=False))
    found = course(contacts=contacts)
    assert (found.intake, found.latest.total, found.last_seen) == (17, 12, date(2026, 3, 16))
    assert found.days_since_seen() == 16


def test_a_missed_contact_or_one_that_nobody_recorded_is_not_being_seen():
    found = course(contacts=(Contact(date(2026, 3, 16), attended=None), Contact(date(2026, 3, 23), attended=False)))
    assert found.last_seen == SECOND


def test_without_a_score_or_a_contact_nothing_is_known():
    found = course(scores=())
    assert (found.intake, found.latest, found.last_seen, found.days_since_seen()) == (None, None, None, None)


def test_a_course_that_closes_later_was_open():
    found = course(ended=date(2026, 3, 30))
    assert not found.is_open
    assert found.until(date(2026, 3, 20)).is_open
    assert found.until(FIRST).scores == (SessionScore(1, FIRST, 17),)


@pytest.mark.parametrize(
    "changed",
    [
        {"intensity": "middling"},
        {"as_of": FIRST},
        {"scores": (SessionScore(2, FIRST, 17), SessionScore(1, SECOND, 12))},
        {"contacts": (Contact(SECOND, True), Contact(FIRST, True))},
    ],
)
def test_what_cannot_be_is_refused(changed):
    with pytest.raises(ValueError):
        course(**changed)


def test_a_questionnaire_that_is_not_known_is_refused():
    with pytest.raises(UnknownName):
        course(instrument_id="phq99")
    with pytest.raises(ValueError, match="first session"):
        SessionScore(0, FIRST, 3)
    with pytest.raises(ValueError, match="A contact is for"):
        Contact(FIRST, True, "tea")


def test_signals_are_ordered_by_urgency_and_then_the_newest_first():
    def signal(name, urgency, since):
        return Signal(name, "", "", "", "", (), urgency, since)

    given = [
        signal("c", Urgency.NOTE, FIRST),
        signal("b", Urgency.AT_ONCE, FIRST),
        signal("a", Urgency.AT_ONCE, SECOND),
    ]
    assert [one.id for one in most_urgent_first(given)] == ["a", "b", "c"]
