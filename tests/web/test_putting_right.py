"""What is recorded of a client is put right with trace: details are changed, and entries made by mistake struck out."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse

from caseness.web.caseload.actions_clients import Details, change_client
from caseness.web.caseload.models import ClientChange, Goal
from caseness.web.caseload.refusals import NotAccepted
from caseness.web.events.models import Event, Kind
from caseness.web.exchange.bundles import bundles
from caseness.web.services.roles import Role
from web.acting import NOW, make_open_referral
from web.people import TODAY, make_member, reader_for

pytestmark = pytest.mark.django_db
NHS = "9434765919"


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch):
    """The clock of requests stands still."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def referral():
    made = make_open_referral()
    made.client.given_name, made.client.family_name, made.client.preferred_language = "Una", "Exampel", "cy"
    made.client.save()
    return made


@pytest.fixture
def send(client, referral):
    """Sends a form as the therapist, and follows to the page after it."""
    client.force_login(referral.therapist.user)

    def go(name, key, **sent):
        return client.post(reverse(name, args=(key,)), {"entry": str(uuid.uuid4()), **sent}, follow=True)

    return go


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_details_are_changed_and_what_was_recorded_stays_to_be_seen(referral, send):
    given = {"given_name": "Una", "family_name": "Example", "birth_date": "1990-03-21", "nhs_number": "943 476 5919"}
    page = text_of(send("client-change", referral.key, **given, why="Misheard"))
    referral.client.refresh_from_db()
    held = referral.client
    assert (held.family_name, held.birth_date, held.nhs_number) == ("Example", date(1990, 3, 21), NHS)
    assert held.preferred_language == "cy"
    assert "Family name: <s>Exampel</s> became Example." in page
    assert "Day of birth: <s>1 January 1990</s> became 21 March 1990." in page
    assert "Misheard" in page
    told = Event.objects.get(kind=Kind.CORRECTED)
    assert (told.client, told.details) == (held.key, {"fields": ["family_name", "birth_date", "nhs_number"]})


def test_one_form_changes_once_and_nothing_is_no_change(referral):
    given = {"referral": referral, "by": reader_for(referral.therapist), "why": "Misheard"}
    details, entry = Details(given_name="Una", family_name="Example"), uuid.uuid4()
    made = change_client(details=details, entry=entry, **given)
    assert change_client(details=details, entry=entry, **given) == made
    with pytest.raises(NotAccepted, match="Nothing was changed"):
        change_client(details=details, entry=uuid.uuid4(), **given)
    assert ClientChange.objects.count() == 1


def test_a_change_that_cannot_be_told_is_none(referral, monkeypatch):
    monkeypatch.setattr("caseness.web.services.reader.record_event", lambda *told, **more: 1 / 0)
    given = {"referral": referral, "by": reader_for(referral.therapist), "why": "Misheard", "entry": uuid.uuid4()}
    with pytest.raises(ZeroDivisionError):
        change_client(details=Details(family_name="Example"), **given)
    referral.client.refresh_from_db()
    assert referral.client.family_name == "Exampel"
    assert not ClientChange.objects.exists()


@pytest.mark.parametrize("name", ["client-change", "note-strike"])
def test_whoever_does_not_see_the_client_puts_nothing_right(client, referral, name):
    note = referral.notes.create(day=TODAY, text="Talked")
    client.force_login(make_member(referral.service, Role.THERAPIST).user)
    key = note.key if name == "note-strike" else referral.key
    assert client.post(reverse(name, args=(key,)), {"entry": uuid.uuid4(), "why": "x"}).status_code == 404
    note.refresh_from_db()
    assert note.struck is None


MADE = {
    "goal": lambda of: of.goals.create(day=TODAY, wording="To sleep", goal_id="G1"),
    "circumstance": lambda of: of.circumstances.create(day=TODAY, kind="debt", note="To sleep"),
    "medication": lambda of: of.medication.create(day=TODAY, name="To sleep"),
    "note": lambda of: of.notes.create(day=TODAY, text="To sleep"),
}


@pytest.mark.parametrize("kind", MADE)
def test_what_was_entered_by_mistake_is_struck_out_and_stays_to_be_seen(client, referral, send, kind):
    made = MADE[kind](referral)
    page = text_of(send(f"{kind}-strike", made.key, why="Of somebody else"))
    made.refresh_from_db()
    assert (made.struck, made.struck_by, made.why_struck) == (NOW, referral.therapist.user, "Of somebody else")
    assert page.count("To sleep") == 1
    assert "To sleep</s>" in page
    assert "Of somebody else" in page
    told = Event.objects.get(kind=Kind.REMOVED)
    assert (told.client, told.key, told.what) == (referral.client.key, made.key, kind)
    together = text_of(client.get(reverse("client-together", args=(referral.key,))))
    assert "To sleep" not in together
    (bundle,) = bundles(referral.service)
    (held,) = bundle.referrals
    assert not [*held.goals.all(), *held.circumstances.all()]


def test_a_goal_that_was_struck_out_is_rated_no_more(client, referral, send):
    goal = MADE["goal"](referral)
    send("goal-strike", goal.key, why="A slip")
    assert client.get(reverse("goal-rate", args=(goal.key,))).status_code == 404
    assert Goal.objects.count() == 1


def test_an_identifier_that_is_there_drops_nothing_that_was_typed(client, referral):
    client.force_login(referral.therapist.user)
    sent = {"entry": str(uuid.uuid4()), "received": str(TODAY), "local_patient_id": referral.client.local_patient_id}
    other = {**sent, "given_name": "Una", "family_name": "Other", "birth_date": str(TODAY - timedelta(days=9000))}
    answer = client.post(reverse("referral-add"), other)
    said = text_of(answer)
    assert answer.status_code == 422
    assert "Una Exampel has this identifier" in said
    assert "differs from what you entered: family name, day of birth." in said
    assert Event.objects.get(kind=Kind.READ).client == referral.client.key
    assert client.post(reverse("referral-add"), {**sent, "family_name": "exampel"}).status_code == 302
    assert referral.client.referrals.count() == 2


def test_an_identifier_of_somebody_elses_client_tells_no_name(client, referral):
    client.force_login(make_member(referral.service, Role.THERAPIST).user)
    sent = {"received": str(TODAY), "local_patient_id": referral.client.local_patient_id, "given_name": "Other"}
    said = text_of(client.post(reverse("referral-add"), {"entry": str(uuid.uuid4()), **sent}))
    assert "Another client has this identifier." in said
    assert "Exampel" not in said


def test_an_nhs_number_is_taken_as_it_is_written(client, referral):
    client.force_login(referral.therapist.user)
    sent = {"entry": str(uuid.uuid4()), "received": str(TODAY), "nhs_number": "943 476 5919"}
    assert client.post(reverse("referral-add"), sent).status_code == 302
    assert referral.service.clients.filter(nhs_number=NHS).exists()


SENT = {
    "note-add": ("notes", {"text": "Talked of work"}, {"text": "Talked of sleep"}),
    "goal-add": ("goals", {"wording": "To sleep"}, {"wording": "To work"}),
    "contact-add": ("contacts", {"minutes": "50"}, {"minutes": "20"}),
}


@pytest.mark.parametrize("name", SENT)
def test_a_form_that_was_saved_and_is_sent_with_something_else_is_refused(client, referral, send, name):
    place, first, second = SENT[name]
    sent = {"entry": str(uuid.uuid4()), "day": str(TODAY)}
    for _ in range(2):
        assert send(name, referral.key, **sent, **first).status_code == 200
    answer = send(name, referral.key, **sent, **second)
    assert answer.status_code == 422
    assert "This form was saved already, with something else." in text_of(answer)
    assert getattr(referral, place).count() == 1
