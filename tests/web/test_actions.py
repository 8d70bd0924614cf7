"""Every action writes its event in the same transaction: where the event cannot be written, nothing was done."""

import inspect
import uuid
from datetime import timedelta
from importlib import import_module
from pkgutil import walk_packages

import pytest
from django.apps import apps

import caseness.web.attention
import caseness.web.caseload
from caseness.web.attention.actions_risk import close_alert, set_cover
from caseness.web.attention.actions_signals import make_plan
from caseness.web.attention.models import Cover, Plan
from caseness.web.caseload.actions_clients import Details
from caseness.web.caseload.actions_contacts import Appointment
from caseness.web.caseload.actions_referrals import Arrival
from caseness.web.caseload.sheets import Answered
from caseness.web.events.models import Event
from caseness.web.services.roles import Role
from web.acting import NOW, make_open_referral, make_therapist, phq9_with_risk, save
from web.caseloads import add_alert
from web.people import TODAY, make_contact, make_member, make_referral, make_service, make_team, reader_for

pytestmark = pytest.mark.django_db

SOON = TODAY + timedelta(days=7)
ANSWERED = Answered("phq9", 7)
RISKY = Answered("phq9", None, phq9_with_risk(3))


class Place:
    """A small service with a supervisor, a therapist, and a client of whom something of each kind is recorded."""

    def __init__(self):
        team = make_team(make_service())
        self.therapist, self.other = make_therapist(team), make_therapist(team)
        self.lead = make_member(team.service, Role.SERVICE_LEAD)
        self.referral = make_open_referral(self.therapist, [12], TODAY - timedelta(days=1))
        make_contact(self.referral, TODAY)
        self.score = save(self.referral, None, items=phq9_with_risk(2, others=3))
        self.signal, self.alert = self.referral.signals.first(), self.score.risk_alert
        self.by = reader_for(self.therapist)
        self.closed = close_alert(
            alert=add_alert(make_open_referral(self.therapist, [12], TODAY - timedelta(days=1)), TODAY, self.therapist),
            by=self.by,
            what_was_done="Met",
            now=NOW,
        )
        self.plan = make_plan(
            signal=self.signal, by=self.by, entry=uuid.uuid4(), domains={"risk": "x"}, was_made_with_client=True,
            review_on=SOON, now=NOW,
        )  # fmt: skip
        days = {"first": TODAY, "last": SOON}
        self.cover = set_cover(by=self.by, away=self.therapist, stand_in=self.other, **days)
        self.goal = self.referral.goals.create(goal_id="G1", wording="To sleep", day=TODAY)
        self.medication = self.referral.medication.create(name="Sertraline", day=TODAY)
        self.contact = self.referral.contacts.first()
        self.ended = make_referral(team.service, self.therapist, ended=TODAY)


def of_referral(**more):
    return lambda place: {"referral": place.referral, "entry": uuid.uuid4(), **more}


def of_score(**more):
    return lambda place: {"score": place.score, "entry": uuid.uuid4(), "why": "A slip", **more}


APPOINTMENT = Appointment(day=TODAY, attendance="5", therapies=("304891004",))
SCORES = {"day": TODAY - timedelta(days=2), "answered": [RISKY]}
END = {"ended": TODAY, "end_code": "46"}


def ends(place):
    return {"referral": place.referral, **END}


def reopens(place):
    return {"referral": place.ended, "entry": uuid.uuid4(), "why": "A slip"}


# What each action is given, beside who takes it.
GIVEN = {
    "add_referral": lambda place: {"arrival": Arrival(received=TODAY, family_name="Example", problem="F32"), "entry": uuid.uuid4()},
    "change_client": lambda place: {
        "referral": place.referral, "entry": uuid.uuid4(), "details": Details(family_name="Example"), "why": "A slip",
    },
    "end_referral": ends,
    "close_referral": ends,
    "reopen_referral": reopens,
    "take_back_end": reopens,
    "allocate_referral": lambda place: {"referral": place.referral, "team": None, "therapist": place.other, "by": reader_for(place.lead)},
    "book_contact": of_referral(appointment=APPOINTMENT),
    "add_contact": of_referral(appointment=APPOINTMENT),
    "change_contact": lambda place: {"contact": place.contact, "appointment": APPOINTMENT},
    "amend_contact": lambda place: {"contact": place.contact, "appointment": APPOINTMENT},
    "record_scores": of_referral(**SCORES),
    "save_scores": of_referral(**SCORES),
    "correct_score": of_score(day=TODAY, answered=ANSWERED),
    "amend_score": of_score(day=TODAY, answered=ANSWERED),
    "withdraw_score": of_score(),
    "take_back_score": of_score(),
    "add_goal": of_referral(day=TODAY, wording="To work again"),
    "rate_goal": lambda place: {"goal": place.goal, "entry": uuid.uuid4(), "day": TODAY, "rating": 4},
    "add_circumstance": of_referral(day=TODAY, kind="debt"),
    "add_medication": of_referral(day=TODAY, name="Fluoxetine"),
    "stop_medication": lambda place: {"medication": place.medication, "stopped": TODAY},
    "add_note": of_referral(day=TODAY, text="Talked"),
    "acknowledge_signal": lambda place: {"signal": place.referral.signals.filter(acknowledged=None).first()},
    "make_plan": lambda place: {
        "signal": place.signal, "entry": uuid.uuid4(), "domains": {"risk": "y"}, "was_made_with_client": False, "review_on": SOON,
    },
    "review_plan": lambda place: {"plan": place.plan, "what_happened": "improved"},
    "acknowledge_alert": lambda place: {"alert": place.alert},
    "close_alert": lambda place: {"alert": place.alert, "what_was_done": "Asked"},
    "add_account": lambda place: {"alert": place.closed, "entry": uuid.uuid4(), "what_was_done": "Rang"},
    "set_cover": lambda place: {"away": place.therapist, "stand_in": place.other, "first": SOON, "last": SOON},
    "end_cover": lambda place: {"cover": Cover.objects.get(pk=place.cover.pk)},
}  # fmt: skip


def actions():
    """The public functions of every module of actions of these two apps."""
    packages = (caseness.web.caseload, caseness.web.attention)
    names = [one.name for each in packages for one in walk_packages(each.__path__, f"{each.__name__}.")]
    modules = [import_module(name) for name in names if name.rpartition(".")[2].startswith("actions")]
    return [
        found
        for module in modules
        for name, found in inspect.getmembers(module, inspect.isfunction)
        if found.__module__ == module.__name__ and not name.startswith("_")
    ]


def everything():
    """All rows of these two apps."""
    models = [*apps.get_app_config("caseload").get_models(), *apps.get_app_config("attention").get_models()]
    return {model.__name__: list(model._base_manager.order_by("pk").values()) for model in models}


def call(action, place):
    given = {"by": place.by, **GIVEN[action.__name__](place)}
    wanted = inspect.signature(action).parameters
    return action(**given, **({"now": NOW} if "now" in wanted else {}))


def test_every_action_is_looked_at():
    assert {one.__name__ for one in actions()} == set(GIVEN)


@pytest.mark.parametrize("action", actions(), ids=lambda one: one.__name__)
def test_an_event_that_cannot_be_written_leaves_nothing_done(action, monkeypatch):
    place = Place()
    before = everything()

    def refuse(*given, **more):
        raise OSError("The event was not written.")

    with monkeypatch.context() as patched:
        patched.setattr(Event, "save", refuse)
        with pytest.raises(OSError, match="was not written"):
            call(action, place)
    assert everything() == before
    told = Event.objects.count()
    call(action, place)
    assert everything() != before
    assert Event.objects.count() > told


@pytest.mark.parametrize("action", actions(), ids=lambda one: one.__name__)
def test_an_action_takes_its_arguments_by_name_and_says_by_whom(action):
    parameters = inspect.signature(action).parameters
    assert {one.kind for one in parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}
    assert "by" in parameters


def test_what_is_told_holds_no_value_of_the_record():
    place = Place()
    for action in actions():
        if action.__name__ in ("add_note", "add_circumstance", "close_alert", "add_account"):
            call(action, place)
    told = " ".join(str(one.details) for one in Event.objects.all())
    assert not [word for word in ("Talked", "debt", "Asked", "Rang", place.referral.client.family_name) if word in told]
    assert Plan.objects.exists()
    assert Cover.objects.exists()
