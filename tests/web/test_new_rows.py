"""A sheet of new rows alone: they go on with the course that its client has here, and the findings say so beforehand."""

from dataclasses import replace

import pytest
from django.urls import reverse

from caseness.web.caseload.models import Client, Contact, Referral
from caseness.web.exchange.models import Transfer
from caseness.web.services.roles import Role
from web.people import make_member, make_service
from web.running import run
from web.sheets_sent import HEADER, bring, send

pytestmark = pytest.mark.django_db


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


FIRST = f"{HEADER}session,C1,2025-03-03,T1,yes,20,\nsession,C1,2025-03-10,T1,yes,18,\n"
NEW_ROWS = f"{HEADER}session,C1,2025-03-17,T1,yes,12,\nending,C1,2025-03-17,,,,planned\n"


def test_new_rows_alone_are_added_to_the_open_course_and_the_page_says_so_before(page):
    bring(page, "a.csv", FIRST)
    Client.objects.update(birth_date="1990-01-01")
    said = send(page, "b.csv", NEW_ROWS).content.decode()
    assert "Added to the course that the client has here." in said
    assert ", row 2<" in said
    assert Contact.objects.count() == 2
    for _ in range(2):
        bring(page, "b.csv", NEW_ROWS)
        held = Referral.objects.get()
        assert (held.service_request_id, str(held.received), str(held.ended)) == (
            "C1-20250303",
            "2025-03-03",
            "2025-03-17",
        )
        assert [one.appointment_type for one in held.contacts.all()] == ["03", "02", "02"]
    # What the new rows do not say stays.
    assert str(Client.objects.get().birth_date) == "1990-01-01"


def test_new_rows_go_on_with_a_course_that_was_entered_in_the_application(page, administrator):
    client = Client.objects.create(
        service=administrator.service, local_patient_id="C1", gender="2", birth_date="1990-01-01"
    )
    made = Referral.objects.create(
        service=administrator.service,
        client=client,
        service_request_id="AB12",
        received="2025-03-01",
        source_of_referral="A1",
    )
    bring(page, "b.csv", NEW_ROWS)
    held = Referral.objects.get()
    assert (held.pk, str(held.received), held.source_of_referral) == (made.pk, "2025-03-01", "A1")
    assert (held.client.gender, str(held.client.birth_date)) == ("2", "1990-01-01")


def test_a_client_who_comes_back_begins_another_course_and_the_page_says_so_before(page):
    bring(page, "a.csv", FIRST + "ending,C1,2025-03-11,,,,planned\n")
    said = send(page, "b.csv", NEW_ROWS).content.decode()
    assert "Another course of a client whose courses here have ended." in said
    bring(page, "b.csv", NEW_ROWS)
    assert Referral.objects.count() == 2


def test_a_course_that_was_ended_after_the_sheet_was_looked_through_takes_nothing(page):
    bring(page, "a.csv", FIRST)
    send(page, "b.csv", NEW_ROWS.replace("ending,C1,2025-03-17,,,,planned\n", ""))
    Referral.objects.update(ended="2025-03-12")
    said = page.post(reverse("import-confirm", args=(Transfer.objects.first().key,)), follow=True).content.decode()
    assert "The course C1-20250303 ended here on 12 March 2025" in said
    assert Contact.objects.count() == 2


def test_the_command_says_what_becomes_of_each_course_and_names_rows(page, tmp_path):
    bring(page, "a.csv", FIRST)
    (tmp_path / "b.csv").write_text(NEW_ROWS + "session,C9,2025-03-18,T1,yes,99,\nsession,C9,2025-02-31,T1,yes,9,\n")
    code, said = run("import", str(tmp_path / "b.csv"), "--profile", "practice", "--yes")
    told = " ".join(said.replace("│", " ").split())
    assert code == 0, said
    assert "Added to the course that the client has here." in told
    assert "A course of a client who is not here yet." in told
    assert "First rows of the sheet" in told
    assert "b.csv, row 4" in told
    assert "b.csv, row 5" in told
