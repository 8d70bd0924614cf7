"""An administrator reads the events of the service, and takes them as a file."""

import csv
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from caseness.web.events.models import Event, Kind, record_event, say_keys
from caseness.web.services.events_page import PER_PAGE
from caseness.web.services.roles import Role
from web.people import make_member, make_service

pytestmark = pytest.mark.django_db
EVENTS, FILE = reverse("events"), reverse("events-file")


@pytest.fixture
def administrator():
    return make_member(make_service(), Role.ADMINISTRATOR)


@pytest.fixture
def client(administrator):
    browser = Client()
    browser.force_login(administrator.user)
    return browser


def tell(member, kind=Kind.READ, what="client", days_ago=0, **given):
    at = timezone.now() - timedelta(days=days_ago)
    return record_event(kind, what, service=member.service.key, by=member.user.key, at=at, **given)


def rows_of(answer):
    return list(csv.DictReader(answer.getvalue().decode().splitlines()))


def test_events_of_another_service_are_not_shown(client, administrator):
    other = make_member(make_service("Elsewhere", "ZZ902"))
    tell(other, what="of elsewhere")
    tell(administrator, what="of here")
    page = client.get(EVENTS).content.decode()
    assert "of here" in page
    assert "of elsewhere" not in page
    assert "of elsewhere" not in client.get(f"{EVENTS}?person={other.user.key}").content.decode()


def test_they_are_found_by_person_kind_day_and_client(client, administrator):
    member, whose = make_member(administrator.service, name="Tess Therapist"), uuid4()
    wanted = tell(member, client=whose, days_ago=3)
    for other in ({"kind": Kind.CHANGED}, {"days_ago": 5}, {"days_ago": 1}, {"client": uuid4(), "days_ago": 3}):
        tell(member, **{"client": whose, **other})
    tell(administrator, client=whose, days_ago=3)
    day = timezone.localdate() - timedelta(days=3)
    found = rows_of(
        client.get(FILE, {"person": member.user.key, "kind": "read", "first": day, "last": day, "client": whose})
    )
    assert [(row["by_name"], row["client"]) for row in found] == [("Tess Therapist", str(wanted.client))]


def test_that_the_file_was_taken_is_an_event_and_is_in_it(client, administrator):
    found = rows_of(client.get(FILE))
    assert found[0]["kind"] == Kind.EXPORTED
    assert Event.objects.first().by == administrator.user.key


def test_a_name_cannot_be_a_formula(client, administrator):
    tell(make_member(administrator.service, name="=HYPERLINK(1)"))
    assert "'=HYPERLINK(1)" in {row["by_name"] for row in rows_of(client.get(FILE))}


def test_there_is_a_page_for_every_fifty(client, administrator):
    for number in range(PER_PAGE + 5):
        tell(administrator, what=f"number {number}", kind=Kind.SENT)
    pages = [client.get(f"{EVENTS}?kind=sent&page={number}").content.decode() for number in (1, 2)]
    assert ["number 0<" in page for page in pages] == [False, True]
    assert "kind=sent&amp;page=2" in pages[0]


def test_what_is_no_day_is_said(client):
    assert "This is no day." in client.get(f"{EVENTS}?first=yesterday").content.decode()


def test_who_has_read_a_client_is_found_also_on_pages_of_many(client, administrator):
    member, whose, other = make_member(administrator.service), uuid4(), uuid4()
    tell(member, what="client", client=whose)
    tell(member, what="caseload", clients=say_keys([other, whose, other]))
    tell(member, what="risk", clients=say_keys([other]))
    tell(member, what="of an older version", clients=58)
    found = rows_of(client.get(FILE, {"client": whose}))
    assert sorted(one["what"] for one in found) == ["caseload", "client"]
    page = client.get(EVENTS, {"client": whose}).content.decode()
    assert "caseload (2 clients)" in page


def test_they_are_told_in_words_and_the_file_keeps_the_names(client, administrator):
    tell(administrator, what="score-add")
    tell(administrator, what="caseload", clients=54)
    page = " ".join(client.get(EVENTS).content.decode().split())
    for said in ("form for scores", "caseload (54 clients)"):
        assert f'<td role="cell">{said}</td>' in page
    assert {"score-add", "caseload"} <= {row["what"] for row in rows_of(client.get(FILE))}
