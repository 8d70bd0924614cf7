"""A search for thousands of letters is cut, or leads on. No error page."""

import http.client
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from caseness.web.attention.caseload_asked import LONGEST
from caseness.web.operation.long_addresses import ELSEWHERE
from caseness.web.services.roles import Role
from web.looking import look_at
from web.people import make_member, make_service
from web.signing_in import sign_in

CASELOAD, START = reverse("caseload"), reverse("start")


def test_an_address_of_any_length_is_answered_without_an_error(served):
    for letters in (5_000, 8_100, 100_000):
        connection = http.client.HTTPConnection(served.address.removeprefix("http://"), timeout=20)
        connection.request("GET", f"{CASELOAD}?{urlencode({'words': 'a' * letters})}")
        answer = connection.getresponse()
        assert answer.status in (302, 303), f"{letters}: {answer.status}"
        connection.close()
    assert answer.headers["Location"] == ELSEWHERE


@pytest.mark.django_db
def test_what_is_cut_and_what_is_too_long_is_said():
    member = make_member(make_service(), Role.THERAPIST)
    client = Client()
    client.force_login(member.user)
    page = client.get(CASELOAD, {"words": "a" * 5000}).content.decode()
    assert f"Only the first {LONGEST} letters were looked for." in page
    assert "letters were looked for" not in client.get(CASELOAD, {"words": "a"}).content.decode()
    told = client.get(ELSEWHERE, follow=True)
    assert told.status_code == 200
    assert "What you asked for was too long, and nothing was looked for." in told.content.decode()
    assert "too long" not in client.get(START, follow=True).content.decode()


def test_somebody_who_looks_for_too_much_is_told_so_where_they_are(tab):
    sign_in(tab, "therapist@example.org")
    tab.goto(f"{CASELOAD}?words={'a' * 5000}")
    look_at(tab, "search-cut")
    tab.goto(f"{CASELOAD}?words={'a' * 60000}")
    assert tab.get_by_text("nothing was looked for").is_visible()
    look_at(tab, "search-too-long")


@pytest.mark.django_db
def test_a_field_takes_no_more_than_is_looked_for():
    service = make_service()
    for role, address, longest in ((Role.THERAPIST, CASELOAD, LONGEST), (Role.ADMINISTRATOR, reverse("events"), 36)):
        client = Client()
        client.force_login(make_member(service, role).user)
        assert f'maxlength="{longest}"' in client.get(address).content.decode()
