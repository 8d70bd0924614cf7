"""The pages that enter, correct and answer: what is saved, and what is refused with a sentence."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from caseness.web.caseload.models import Contact, Referral, Score
from caseness.web.events.models import Event, Kind
from caseness.web.services.roles import Role
from web.acting import NOW, make_open_referral, make_therapist, phq9_with_risk, save
from web.people import TODAY, make_contact, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch):
    """The clock of requests stands still."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def referral():
    return make_open_referral(None, [12, 19], TODAY - timedelta(days=9))


@pytest.fixture
def page(client, referral):
    """Opens a page, or sends its form, as the therapist."""
    client.force_login(referral.therapist.user)

    def go(name, key=None, /, **sent):
        address = reverse(name, args=(key,) if key else ())
        return client.post(address, {"entry": str(uuid.uuid4()), **sent}) if sent else client.get(address)

    return go


def text_of(answer):
    return " ".join(answer.content.decode().split())


def what_a_page_is_of(name, referral):
    """The key that a page asks for."""
    made = {
        "contact-change": lambda: make_contact(referral, TODAY).key,
        "score-correct": lambda: referral.scores.first().key,
        "goal-rate": lambda: referral.goals.create(day=TODAY, wording="To sleep", goal_id="G1").key,
        "medication-stop": lambda: referral.medication.create(day=TODAY, name="Sertraline").key,
        "note-strike": lambda: referral.notes.create(day=TODAY, text="Talked").key,
        "signal": lambda: save_signal(referral).key,
        "risk-alert": lambda: save(referral, None, TODAY, items=phq9_with_risk(2)).risk_alert.key,
    }
    if name in ("referral-add", "risk", "cover"):
        return None
    return made.get(name, lambda: referral.key)()


def save_signal(referral):
    save(referral, 21, TODAY)
    return referral.signals.first()


PAGES = (
    "referral-add", "referral-end", "referral-reopen", "contact-add", "contact-change", "score-add", "score-correct", "goal-add", "goal-rate",
    "circumstance-add", "medication-add", "client-change", "note-strike", "medication-stop", "note-add", "signal", "risk", "risk-alert", "cover",
)  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_shown_and_its_reading_told(page, referral, name):
    key = what_a_page_is_of(name, referral)
    before = Event.objects.filter(kind=Kind.READ).count()
    answer = page(name, key)
    assert answer.status_code == 200
    assert Event.objects.filter(kind=Kind.READ).count() == before + (name not in ("referral-add", "cover"))
    if key:
        assert referral.client.name in text_of(answer)


def day(number):
    return str(TODAY + timedelta(days=number))


# The page, what is sent, and what is said beside which field.
REFUSED = [
    ("note-add", {"text": "", "day": day(0)}, "Enter this."),
    ("note-add", {"text": "x", "day": "2026-02-30"}, "Enter a day that there is, such as 2026-03-02."),
    ("note-add", {"text": "x", "day": day(1)}, "This day is still to come: today is 20 March 2026."),
    ("note-add", {"text": "x", "day": day(-300)}, "The referral was received on"),
    ("goal-add", {"wording": "x" * 401, "day": day(0)}, "Shorten it to 400 letters."),
    ("goal-rate", {"rating": "11", "day": day(0)}, "Enter 10 or less."),
    ("goal-rate", {"rating": "many", "day": day(0)}, "Enter a whole number."),
    ("circumstance-add", {"kind": "weather", "day": day(0)}, "Choose one of the list."),
    ("medication-stop", {"stopped": day(-1)}, "It was begun on 20 March 2026."),
    ("medication-add", {"name": "x", "day": day(1)}, "This day is still to come"),
    ("contact-add", {"day": day(1), "attendance": "5"}, "This day is still to come"),
    ("contact-add", {"day": day(0), "therapy": "304891004", "second_therapy": "304891004"}, "The second therapy is the same"),
    ("contact-add", {"day": day(0), "minutes": "0"}, "Enter 1 or more."),
    ("contact-change", {"day": day(0), "time": "25:00"}, "Enter a time such as 14:30."),
    ("referral-end", {"ended": day(0)}, "Choose one."),
    ("referral-end", {"ended": day(-5), "end_code": "46"}, "The client was seen, or filled something in, on 18 March 2026"),
    ("referral-reopen", {"why": "x"}, "The referral is open: it has no end to take back."),
    ("referral-reopen", {"why": " "}, "Enter this."),
    ("referral-add", {"received": day(1)}, "This day is still to come"),
    ("referral-add", {"received": day(0), "nhs_number": "9434765918"}, "This is no NHS number"),
    ("referral-add", {"received": day(0), "birth_date": day(0)}, "The day of birth is before the day of the referral."),
    ("referral-add", {"received": day(0), "onset_month": "2024-13"}, "Enter the month as year and month"),
    ("referral-add", {"received": "1900-01-01", "given_name": "Una"}, "more than 30 years ago. Check the year."),
    ("referral-add", {"received": day(0), "given_name": "Una", "birth_date": "1700-01-01"}, "more than 120 years ago"),
    ("referral-add", {"received": day(0)}, "Enter a name, an identifier or an NHS number"),
    ("client-change", {"given_name": "Una"}, "Enter this."),
    ("client-change", {"why": "A slip", "nhs_number": "9434765918"}, "This is no NHS number"),
    ("client-change", {"why": "A slip", "birth_date": day(-10)}, "The day of birth is before the day of the referral."),
    ("note-strike", {"why": " "}, "Enter this."),
    ("score-add", {"day": day(0)}, "Nothing was entered."),
    ("score-add", {"day": day(0), "gad7-total": "22"}, "The total of GAD-7 is out of range 0 to 21."),
    ("score-add", {"day": day(0), "phq9-1": "4"}, "Choose one of the list."),
    ("score-correct", {"day": day(0), "phq9-total": "11"}, "Enter this."),
    ("score-correct", {"day": day(0), "why": "x"}, "Nothing was entered. Take the score back"),
    ("cover", {"first": day(0), "last": day(0)}, "Choose one."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "sent", "said"), REFUSED)
def test_what_cannot_be_is_refused_with_a_sentence_and_nothing_is_saved(page, referral, name, sent, said):
    key = what_a_page_is_of(name, referral)
    told = Event.objects.exclude(kind=Kind.READ).count()
    read = Event.objects.filter(kind=Kind.READ).count()
    answer = page(name, key, **sent)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "Nothing was saved yet" in text_of(answer)
    assert Event.objects.exclude(kind=Kind.READ).count() == told
    # The page names the client again: that is read like the page that was opened.
    assert Event.objects.filter(kind=Kind.READ).count() == read + bool(key)


SAVED = [
    ("note-add", {"text": "Talked of work", "day": day(0)}, "notes"),
    ("goal-add", {"wording": "To sleep through", "day": day(0)}, "goals"),
    ("circumstance-add", {"kind": "debt", "note": "A loan", "day": day(0)}, "circumstances"),
    ("medication-add", {"name": "Sertraline", "dose": "50 mg", "day": day(-400)}, "medication"),
    ("contact-add", {"day": day(3), "time": "14:30"}, "contacts"),
    ("score-add", {"day": day(0), "gad7-total": "12", "wsas-total": "20"}, "scores"),
]


@pytest.mark.parametrize(("name", "sent", "of"), SAVED)
def test_the_same_form_sent_twice_saves_once_and_is_answered_alike(page, referral, name, sent, of):
    before = getattr(referral, of).count()
    sent = {"entry": str(uuid.uuid4()), **sent}
    first, again = (page(name, referral.key, **sent) for _ in range(2))
    assert first.status_code == again.status_code == 302
    assert first.url == again.url
    assert getattr(referral, of).count() - before == (2 if of == "scores" else 1)


def test_an_appointment_is_booked_and_then_recorded(page, referral):
    page("contact-add", referral.key, day=day(0), time="09:00", appointment_type="03", therapy="304891004")
    contact = Contact.objects.get(day=TODAY)
    assert (contact.attendance, contact.therapist, len(contact.care_contact_id)) == ("", referral.therapist, 20)
    page(
        "contact-change", contact.key, day=day(0), time="09:05", attendance="6", minutes="50", therapy="748051000000105",
        second_therapy="304891004", psychotropic_medication="02",
    )  # fmt: skip
    contact.refresh_from_db()
    assert (contact.attendance, contact.minutes, contact.psychotropic_medication) == ("6", 50, "02")
    assert [one.procedure for one in contact.activities.order_by("pk")] == ["748051000000105", "304891004"]


def test_what_an_import_brought_and_the_page_cannot_choose_stays(page, referral):
    contact = make_contact(referral, TODAY, procedure="304891004:363702006")
    for number in (2, 3):
        contact.activities.create(care_activity_id=f"X{number}", procedure=f"74805100000010{number}")
    answer = page("contact-change", contact.key)
    assert "304891004:363702006" in text_of(answer)
    page(
        "contact-change", contact.key, day=day(0), attendance="5", therapy="304891004:363702006", second_therapy="748051000000102"
    )  # fmt: skip
    assert [one.procedure[-3:] for one in contact.activities.order_by("pk")] == ["006", "102", "103"]


def test_items_and_total_that_disagree_are_refused(page, referral):
    items = {f"gad7-{number}": "1" for number in range(1, 8)}
    answer = page("score-add", referral.key, day=day(0), **items, **{"gad7-total": "8"})
    assert "The answers of GAD-7 come to 7, and not to 8." in text_of(answer)


def test_a_total_in_proportion_is_said_to_be_one_and_keeps_its_blanks(page, referral, client):
    items = {f"phq9-{number}": "2" for number in range(1, 8)}
    page("score-add", referral.key, day=day(0), **items)
    score = Score.objects.get(day=TODAY)
    assert (score.total, score.items[-2:]) == (18, [None, None])
    said = text_of(client.get(reverse("risk")))
    assert "PHQ-9 was worked out from the answers that were given" in said
    assert "The item of PHQ-9 about risk has no answer. Ask." in said


def test_a_second_questionnaire_of_a_day_is_asked_about(page, referral):
    sent = {"day": str(referral.scores.last().day), "phq9-total": "12"}
    answer = page("score-add", referral.key, **sent)
    assert "PHQ-9 of 18 March 2026 is there already." in text_of(answer)
    assert page("score-add", referral.key, **sent, is_another="on").status_code == 302


def test_a_form_that_was_saved_and_is_sent_with_other_answers_is_refused(page, referral):
    entry = str(uuid.uuid4())
    page("score-add", referral.key, entry=entry, day=day(0), **{"gad7-total": "12"})
    answer = page("score-add", referral.key, entry=entry, day=day(0), **{"gad7-total": "13"})
    assert "This form was saved already, with other answers." in text_of(answer)
    assert [int(one.total) for one in referral.scores.filter(instrument_id="gad7")] == [12]


def test_the_wording_is_shown_only_where_the_licence_lets_it(page, referral):
    said = text_of(page("score-add", referral.key))
    assert "Little interest or pleasure in doing things" in said
    assert "The licence does not let the wording be shown here, so only the total is entered." in said


def test_the_measure_of_the_problem_is_on_the_page(page, referral, client):
    referral.problems.create(scheme="01", code="F42.1")
    assert 'name="oci-total"' in text_of(page("score-add", referral.key))
    also = client.get(f"{reverse('score-add', args=(referral.key,))}?also=core10&also=nonsense")
    assert 'name="core10-1"' in text_of(also)


def test_a_score_is_corrected_with_trace(page, referral):
    old = referral.scores.get(total=19)
    page("score-correct", old.key, day=str(old.day), why="Two digits swapped", **{"phq9-total": "9"})
    old.refresh_from_db()
    assert (old.is_current, old.total, old.replaced_by.total) == (False, 19, 9)
    assert old.replaced_by.why_corrected == "Two digits swapped"
    again = page("score-correct", old.key, day=str(old.day), why="Once more", **{"phq9-total": "8"})
    assert "This score was corrected or taken back already." in text_of(again)


def test_a_score_of_another_client_is_taken_back_with_trace(page, referral):
    old = referral.scores.get(total=19)
    page("score-withdraw", old.key, why="Of another client")
    old.refresh_from_db()
    assert not referral.scores.filter(is_current=True, total=19).exists()
    assert (old.replaced_by.is_current, old.replaced_by.why_corrected) == (False, "Of another client")


def test_a_therapist_who_adds_a_client_has_the_client(page, referral):
    page("referral-add", received=day(0), given_name="Una", family_name="Example", problem="F32", local_patient_id="L1")
    made = Referral.objects.get(client__local_patient_id="L1")
    assert (made.therapist, made.team, made.problems.get().code) == (referral.therapist, referral.team, "F32")


def test_an_identifier_of_a_client_of_somebody_else_opens_nothing(page, referral):
    other = make_open_referral(make_therapist(referral.team))
    answer = page("referral-add", received=day(0), local_patient_id=other.client.local_patient_id)
    assert "Another client has this identifier." in text_of(answer)
    own = page("referral-add", received=day(0), local_patient_id=referral.client.local_patient_id)
    assert (own.status_code, referral.client.referrals.count()) == (302, 2)


def test_a_supervisor_gives_a_client_to_somebody_of_the_team(client, referral):
    supervisor = make_member(referral.service, Role.SUPERVISOR, referral.team)
    other, stranger = make_therapist(referral.team), make_therapist()
    client.force_login(supervisor.user)
    address = reverse("referral-allocate", args=(referral.key,))
    assert client.post(address, {"entry": uuid.uuid4(), "therapist": stranger.key}).status_code == 422
    client.post(address, {"entry": uuid.uuid4(), "therapist": other.key})
    referral.refresh_from_db()
    assert referral.therapist == other


def test_a_referral_ends_once_and_nothing_is_entered_after_it(page, referral):
    sent = {"ended": day(-1), "end_code": "46"}
    assert page("referral-end", referral.key, **sent).status_code == 302
    assert "The referral ended on 19 March 2026 already." in text_of(page("referral-end", referral.key, **sent))
    late = page("note-add", referral.key, text="x", day=day(0))
    assert "The referral ended on 19 March 2026. Enter that day or an earlier one." in text_of(late)


def test_a_form_without_its_key_or_with_a_character_that_cannot_be_kept_says_so_plainly(page, referral):
    said = text_of(page("note-add", referral.key, entry="", text="a\x00b", day=day(0)))
    assert "This page lacks its key. Open it anew" in said
    assert "There is a character in it that cannot be kept." in said
    assert "This field is required" not in said


def test_another_questionnaire_is_chosen_before_anything_is_entered(page, referral):
    said = text_of(page("score-add", referral.key))
    assert said.index('id="also"') < said.index('name="phq9-1"')
