"""A form that is sent again: alike it counts once, and with something else it is refused, so that nobody thinks it was saved."""

import inspect
import uuid
from datetime import timedelta

import pytest

from caseness.web.caseload.actions_clients import Details, change_client
from caseness.web.caseload.actions_contacts import Appointment
from caseness.web.caseload.actions_referrals import Arrival
from caseness.web.caseload.refusals import NotAccepted
from caseness.web.caseload.sheets import Answered
from caseness.web.caseload.striking import strike_out
from web.acting import NOW
from web.people import TODAY, reader_for
from web.test_actions import GIVEN, SOON, Place, actions, everything

pytestmark = pytest.mark.django_db

EARLIER = TODAY - timedelta(days=3)
ARRIVED = {"received": TODAY, "family_name": "Example", "problem": "F32"}
# What is sent instead, one thing after the other.
INSTEAD = {
    "add_referral": [
        {"arrival": Arrival(**{**ARRIVED, **changed})}
        for changed in (
            {"received": EARLIER}, {"family_name": "Sample"}, {"given_name": "Una"}, {"problem": "F41"}, {"problem": ""},
            {"local_patient_id": "P77"}, {"gender": "1"},
        )
    ],
    "change_client": [{"details": Details(family_name="Sample")}, {"why": "Another"}, {"details": Details(family_name="Example", gender="1")}],
    "reopen_referral": [{"why": "Another"}],
    "take_back_end": [{"why": "Another"}],
    "book_contact": [{"appointment": Appointment(day=TODAY, attendance="5")}, {"appointment": Appointment(day=EARLIER, therapies=("304891004",))}],
    "add_contact": [{"appointment": Appointment(day=TODAY, attendance="5")}],
    "record_scores": [{"answered": [Answered("phq9", 3)]}, {"day": EARLIER}],
    "save_scores": [{"answered": [Answered("phq9", 3)]}],
    "correct_score": [{"answered": Answered("phq9", 8)}, {"why": "Another"}, {"day": EARLIER}],
    "amend_score": [{"answered": Answered("phq9", 8)}],
    "withdraw_score": [{"why": "Another"}],
    "take_back_score": [{"why": "Another"}],
    "add_goal": [{"wording": "To sleep"}, {"day": EARLIER}],
    "rate_goal": [{"rating": 5}, {"day": TODAY - timedelta(days=1)}],
    "add_circumstance": [{"kind": "housing"}, {"note": "A loan"}],
    "add_medication": [{"name": "Sertraline"}, {"dose": "50 mg"}],
    "add_note": [{"text": "Talked of work"}],
    "add_account": [{"what_was_done": "Wrote"}],
    "make_plan": [{"domains": {"risk": "z"}}, {"was_made_with_client": True}, {"review_on": SOON + timedelta(days=1)}],
}  # fmt: skip
SENT_AGAIN = [one for one in actions() if "entry" in inspect.signature(one).parameters]


def test_every_form_with_a_key_is_looked_at():
    assert {one.__name__ for one in SENT_AGAIN} == set(INSTEAD)


@pytest.mark.parametrize("action", SENT_AGAIN, ids=lambda one: one.__name__)
def test_a_form_counts_once_and_with_something_else_it_is_refused(action):
    place = Place()
    given = {"by": place.by, **GIVEN[action.__name__](place)}
    if "now" in inspect.signature(action).parameters:
        given["now"] = NOW
    made = action(**given)
    saved = everything()
    assert action(**given) == made
    for instead in INSTEAD[action.__name__]:
        with pytest.raises(NotAccepted, match="saved already, with"):
            action(**{**given, **instead})
    assert everything() == saved


def test_a_change_of_details_is_the_same_though_others_came_after_it():
    place = Place()
    given = {"referral": place.referral, "by": place.by, "why": "Misheard"}
    first, entry = Details(given_name="Una", family_name="Example"), uuid.uuid4()
    made = change_client(details=first, entry=entry, **given)
    change_client(details=Details(given_name="Una", family_name="Sample", gender="1"), entry=uuid.uuid4(), **given)
    assert change_client(details=first, entry=entry, **given) == made


def test_what_was_struck_out_keeps_its_first_reason_and_says_so():
    place = Place()
    given = {"entered": place.goal, "by": place.by, "entry": uuid.uuid4(), "now": NOW}
    struck = strike_out(why="Of somebody else", **given)
    assert strike_out(why="Of somebody else ", **given) == struck
    assert strike_out(why="Of somebody else", **{**given, "by": reader_for(place.lead)}) == struck
    with pytest.raises(NotAccepted, match="struck out already, with another reason"):
        strike_out(why="Entered twice", **given)
