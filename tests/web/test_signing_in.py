"""Signing in: what is told of it, how often it may fail, when it ends, and what it tells a stranger."""

import re
import time

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse

from caseness.web.accounts.demonstration import code_now
from caseness.web.accounts.middleware import BEGAN, SEEN
from caseness.web.events.models import Event, Kind
from web.people import PASSWORD, make_member, make_service

pytestmark = pytest.mark.django_db
CASELOAD, LOGIN, CODE = reverse("caseload"), reverse("account_login"), reverse("mfa_authenticate")
RESET, CHANGE = reverse("account_reset_password"), reverse("account_change_password")


@pytest.fixture
def member():
    return make_member(make_service(), password=PASSWORD)


@pytest.fixture
def client(member):
    browser = Client()
    browser.force_login(member.user)
    return browser


def attempt(email, password="not the password", browser=None, **extra):
    return (browser or Client()).post(LOGIN, {"login": email, "password": password}, **extra)


def kinds():
    return list(Event.objects.order_by("id").values_list("kind", flat=True))


def test_each_step_is_an_event_of_the_service(member):
    browser = Client()
    attempt(member.user.email, browser=browser)
    attempt(member.user.email, PASSWORD, browser)
    browser.post(CODE, {"code": "000000"})
    browser.post(CODE, {"code": code_now()})
    browser.post(reverse("account_logout"))
    assert kinds()[-4:] == [Kind.SIGN_IN_FAILED, Kind.SIGN_IN_FAILED, Kind.SIGNED_IN, Kind.SIGNED_OUT]
    assert set(Event.objects.order_by("-id")[:4].values_list("service", "by")) == {
        (member.service.key, member.user.key)
    }


def test_nothing_that_was_typed_is_kept():
    attempt("eleven quiet herons wade")
    assert "herons" not in str(list(Event.objects.values()))


def test_an_account_is_locked_after_five_failures_whatever_the_address(member):
    for number in range(5):
        attempt(member.user.email, REMOTE_ADDR=f"192.0.2.{number}")
    answer = attempt(member.user.email, PASSWORD, REMOTE_ADDR="192.0.2.99")
    assert "Too many sign-ins failed. Wait a quarter of an hour" in answer.content.decode()
    assert kinds().count(Kind.SIGN_IN_FAILED) == 5
    assert kinds()[-1] == Kind.LOCKED_OUT


def test_an_address_is_locked_after_twenty_failures_whatever_the_account(member):
    for number in range(20):
        attempt(f"nobody{number}@example.org")
    assert "Too many sign-ins failed" in attempt(member.user.email, PASSWORD).content.decode()


def test_codes_are_locked_after_five_failures(member):
    browser = Client()
    attempt(member.user.email, PASSWORD, browser)
    for number in range(6):
        answer = browser.post(CODE, {"code": f"00000{number}"})
    assert "Too many sign-ins failed" in answer.content.decode()
    assert (Event.objects.first().kind, Event.objects.first().by) == (Kind.LOCKED_OUT, member.user.key)


def test_the_key_of_a_session_changes_when_somebody_signs_in(member):
    browser = Client()
    browser.get(LOGIN)
    attempt(member.user.email, PASSWORD, browser)
    before = browser.cookies["caseness_session"].value
    browser.post(CODE, {"code": code_now()})
    assert browser.cookies["caseness_session"].value != before
    assert not Session.objects.filter(session_key=before)


@pytest.mark.parametrize(
    ("seen", "began", "expected"), [(14 * 60, 3600, 200), (15 * 60 + 1, 3600, 302), (1, 12 * 3600 + 1, 302)]
)
def test_a_session_ends_when_it_is_idle_or_old(client, seen, began, expected):
    session = client.session
    session[SEEN], session[BEGAN] = time.time() - seen, time.time() - began
    session.save()
    assert client.get(CASELOAD).status_code == expected


def test_a_session_that_does_not_say_when_it_began_has_ended(client):
    session = client.session
    del session[BEGAN]
    session.save()
    answer = client.get(CASELOAD)
    assert answer.url == f"{LOGIN}?next={CASELOAD}"


def test_a_new_password_ends_all_other_sessions(member, client):
    other = Client()
    other.force_login(member.user)
    new = "seven slow barges turning"
    client.post(CHANGE, {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (client.get(CASELOAD).status_code, other.get(CASELOAD).status_code) == (200, 302)
    assert Kind.PASSWORD_CHANGED in kinds()
    assert mail.outbox[-1].subject == "Caseness: your password was changed"


def test_a_reset_tells_a_stranger_nothing(member):
    answers = [Client().post(RESET, {"email": email}) for email in (member.user.email, "nobody@example.org")]
    assert len({(one.status_code, one.url) for one in answers}) == 1
    assert [len(one.to) for one in mail.outbox] == [1, 1]


def test_a_reset_works_once_and_leaves_the_second_factor(member):
    Client().post(RESET, {"email": member.user.email})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body).group(1)
    new = {"password1": "seven slow barges turning", "password2": "seven slow barges turning"}
    browser = Client()
    browser.post(browser.get(link).url, new)
    assert "works no more" in Client().get(link).content.decode()
    attempt(member.user.email, new["password1"], browser)
    assert browser.get(CASELOAD).status_code == 302


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", r"/\evil.example"]
)
def test_signing_in_leads_to_no_other_site(member, target):
    browser = Client()
    browser.post(LOGIN, {"login": member.user.email, "password": PASSWORD, "next": target})
    assert browser.post(CODE, {"code": code_now()}).url == reverse("start")


def test_signing_in_leads_back_to_the_page_that_was_asked_for(member):
    browser = Client()
    browser.post(LOGIN, {"login": member.user.email, "password": PASSWORD, "next": "/?order=name"})
    assert browser.post(CODE, {"code": code_now()}).url == "/?order=name"


@pytest.mark.parametrize("name", ["signup", "email", "password/set", "login/code/confirm", "3rdparty", "confirm-email"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_not_kept_of_allauth_does_not_exist(client, name, method):
    for browser in (client, Client()):
        assert getattr(browser, method)(f"/accounts/{name}/").status_code == 404
