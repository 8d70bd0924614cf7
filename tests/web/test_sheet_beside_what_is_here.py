"""A sheet of days on which the client has a session here already, typed or read from a record: nothing stands twice."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from caseness.web.caseload.actions_contacts import Appointment, book_contact
from caseness.web.caseload.actions_scores import correct_score, record_scores
from caseness.web.caseload.models import Client, Contact, Referral, Score
from caseness.web.caseload.sheets import Answered
from caseness.web.exchange.models import Transfer
from caseness.web.services.roles import Role
from web.people import make_contact, make_member, make_service, reader_for
from web.sheets_sent import bring, send

pytestmark = pytest.mark.django_db
DAY, TODAY = date(2025, 11, 20), date(2025, 11, 24)
HEADER = "row,client,date,therapist,attended,PHQ-9,GAD-7\n"


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    """Where files of transfers lie."""
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, folder=tmp_path / "application")


@pytest.fixture
def administrator():
    return make_member(make_service("A Practice", "ZZ906"), Role.ADMINISTRATOR)


@pytest.fixture
def page(administrator, client):
    """Somebody who imports by the page."""
    client.force_login(administrator.user)
    return client


@pytest.fixture
def by(administrator):
    return reader_for(administrator, TODAY)


@pytest.fixture
def referral(administrator):
    """A client who was entered in the application."""
    who = Client.objects.create(service=administrator.service, local_patient_id="ZZ77")
    return Referral.objects.create(
        service=administrator.service, client=who, service_request_id="AB12", received=date(2025, 11, 1)
    )


def type_session(referral, by, attendance="5", total=12):
    """An appointment and a PHQ-9, as they are typed."""
    made = Appointment(day=DAY, attendance=attendance, medium="02", appointment_type="03")
    contact = book_contact(referral=referral, by=by, entry=uuid4(), appointment=made)
    if total is not None:
        answered = [Answered("phq9", total=total)]
        record_scores(referral=referral, by=by, entry=uuid4(), day=DAY, answered=answered)
    return contact


def sheet(*rows):
    return HEADER + "".join(f"session,ZZ77,{row}\n" for row in rows)


def held():
    """Each session with its attendance, and each score that counts with whether it stands with a session."""
    contacts = [(str(one.day), one.attendance) for one in Contact.objects.order_by("day", "pk")]
    scores = Score.objects.filter(is_current=True).order_by("day", "instrument_id", "pk")
    return contacts, [(one.instrument_id, int(one.total), one.contact_id is not None) for one in scores]


def test_a_row_that_says_what_was_typed_adds_nothing(page, referral, by):
    contact = type_session(referral, by)
    said = send(page, "a.csv", sheet("2025-11-20,S000003,yes,12,")).content.decode()
    assert "Sessions of a day of which the client has one here already" in said
    said = bring(page, "a.csv", sheet("2025-11-20,S000003,yes,12,")).content.decode()
    assert "Done" in said
    assert not {word for word in ("contact", "activity", "score") if f"1 {word} " in said}
    assert held() == ([("2025-11-20", "5")], [("phq9", 12, True)])
    after = Contact.objects.get()
    assert (after.medium, after.planned, after.key) == ("02", "Y", contact.key)


def test_scores_that_lack_are_added_to_the_session_that_is_here(page, referral, by):
    type_session(referral, by)
    for _ in range(2):
        bring(page, "a.csv", sheet("2025-11-20,S000003,yes,12,7"))
        assert held() == ([("2025-11-20", "5")], [("gad7", 7, True), ("phq9", 12, True)])
        assert Contact.objects.get().medium == "02"
    assert Score.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("2025-11-20,,yes,14,7", "PHQ-9 here 12, in the sheet 14"),
        ("2025-11-20,,dna,,", "attendance here attended, in the sheet dna"),
    ],
)
def test_a_row_that_says_something_else_is_refused_beforehand_and_nothing_of_it_is_imported(
    row, why, page, referral, by
):
    type_session(referral, by)
    content = sheet(row, "2025-11-21,,yes,9,")
    said = send(page, "a.csv", content).content.decode()
    assert "2 rows: 1 kept, 1 rejected" in said
    assert why in said
    assert ", row 2" in said
    bring(page, "a.csv", content)
    assert held() == ([("2025-11-20", "5"), ("2025-11-21", "5")], [("phq9", 12, True), ("phq9", 9, True)])
    assert Referral.objects.count() == 1


def test_an_appointment_that_is_booked_that_day_is_not_recorded_by_a_sheet(page, referral, by):
    type_session(referral, by, attendance="", total=None)
    said = send(page, "a.csv", sheet("2025-11-20,,yes,12,", "2025-11-21,,yes,9,")).content.decode()
    assert "attendance here booked and not recorded yet, in the sheet attended" in said
    bring(page, "a.csv", sheet("2025-11-20,,yes,12,", "2025-11-21,,yes,9,"))
    assert held()[0] == [("2025-11-20", ""), ("2025-11-21", "5")]


def test_a_session_of_a_record_is_known_by_its_day(page, referral):
    contact = make_contact(referral, DAY)
    contact.other_columns = {"IAPTLTCServiceInd": "N", "CareContPatientTherMode": "1"}
    contact.save()
    bring(page, "a.csv", sheet("2025-11-20,S000003,yes,12,"))
    assert held() == ([("2025-11-20", "5")], [("phq9", 12, True)])
    after = Contact.objects.get()
    assert (after.minutes, after.time, after.other_columns) == (50, contact.time, contact.other_columns)
    assert after.activities.get().procedure == "304891004"


def test_a_session_of_a_course_that_has_ended_is_there_too(page, referral, by):
    type_session(referral, by)
    Referral.objects.update(ended="2025-11-22")
    bring(page, "a.csv", sheet("2025-11-20,,yes,12,"))
    assert (Referral.objects.count(), held()[0]) == (1, [("2025-11-20", "5")])


def test_a_session_of_another_course_is_refused(page, referral, by):
    type_session(referral, by)
    content = f"row,client,date,referred,attended,PHQ-9\nsession,ZZ77,2025-11-20,2025-11-05,yes,12\n{'session,ZZ78,2025-11-20,,yes,3'}\n"
    said = send(page, "a.csv", content).content.decode()
    assert "a session of this client and day is here already, in another course" in said
    bring(page, "a.csv", content)
    assert Contact.objects.filter(referral__client__local_patient_id="ZZ77").count() == 1


def test_of_two_rows_of_the_day_none_is_taken_for_the_session(page, referral, by):
    type_session(referral, by)
    content = sheet("2025-11-20,,yes,12,", "2025-11-20,,yes,13,", "2025-11-21,,yes,9,")
    said = send(page, "a.csv", content).content.decode()
    assert "3 rows: 1 kept, 2 rejected" in said
    assert "1 session of this client and day are here already, and the sheet has 2 sessions" in said


def test_a_score_that_was_typed_for_a_session_of_the_sheet_is_not_doubled_or_written_over(page, by):
    bring(page, "a.csv", sheet("2025-11-20,,yes,12,"))
    record_scores(referral=Referral.objects.get(), by=by, entry=uuid4(), day=DAY, answered=[Answered("gad7", total=7)])
    bring(page, "a.csv", sheet("2025-11-20,,yes,12,7"))
    assert held() == ([("2025-11-20", "5")], [("gad7", 7, True), ("phq9", 12, True)])
    assert Score.objects.count() == 2
    said = send(page, "a.csv", sheet("2025-11-20,,yes,12,8", "2025-11-21,,yes,9,")).content.decode()
    assert "GAD-7 here 7, in the sheet 8" in said


def test_what_was_corrected_here_stands_while_the_sheet_says_nothing_new(page, referral, by):
    type_session(referral, by)
    score = Score.objects.get()
    correct_score(score=score, by=by, entry=uuid4(), day=DAY, answered=Answered("phq9", total=13), why="A slip")
    bring(page, "a.csv", sheet("2025-11-20,,yes,12,"))
    assert held()[1] == [("phq9", 13, True)]


def test_what_was_typed_after_the_sheet_was_looked_through_is_not_doubled(page, referral, by):
    send(page, "a.csv", sheet("2025-11-20,,yes,12,"))
    type_session(referral, by)
    said = page.post(reverse("import-confirm", args=(Transfer.objects.first().key,)), follow=True).content.decode()
    assert "since the sheet was looked through" in said
    assert held()[0] == [("2025-11-20", "5")]


def test_two_rows_of_one_day_are_two_sessions_as_before(page):
    for _ in range(2):
        bring(page, "a.csv", sheet("2025-11-20,,yes,12,", "2025-11-20,,yes,13,"))
        assert held() == ([("2025-11-20", "5")] * 2, [("phq9", 12, True), ("phq9", 13, True)])
