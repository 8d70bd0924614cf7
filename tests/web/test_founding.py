"""A service begins by a command: its first administrator, the link that is shown once, and what is refused."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from caseness.web.accounts.models import User
from caseness.web.events.models import Event, Kind
from caseness.web.services.models import Membership, Service
from caseness.web.services.reader import reader_of
from caseness.web.services.roles import Permission
from web.people import PASSWORD, make_member, make_service
from web.running import run

pytestmark = pytest.mark.django_db
GIVEN = {"--provider": "RX1", "--name": "Northmoor", "--administrator": "Ada@example.org"}


def found(*flags, **changed):
    given = GIVEN | {f"--{name.replace('_', '-')}": value for name, value in changed.items()}
    return run("found", *flags, *(each for pair in given.items() for each in pair if pair[1]))


def path_of(told):
    return re.search(r"https?://[^/]+(/\S+)", told[1]).group(1)


@pytest.fixture(params=[True, False], ids=["production", "demonstration"])
def mode(request, settings):
    settings.IS_PRODUCTION = request.param
    return request.param


def test_a_service_is_founded_and_its_administrator_gets_in(mode):
    link, browser = path_of(found(administrator_name="Ada")), Client()
    service, person = Service.objects.get(), User.objects.get()
    assert (service.provider_code, service.name, service.is_made_up) == ("RX1", "Northmoor", not mode)
    assert (person.email, person.name) == ("ada@example.org", "Ada")
    assert reader_of(person, timezone.localdate()).may(Permission.MANAGE_PEOPLE)
    new = {"password1": PASSWORD, "password2": PASSWORD}
    assert browser.post(link, new).url == reverse("account_login")
    assert browser.post(link, new).status_code == 410
    assert browser.login(username=person.email, password=PASSWORD)


def test_events_tell_of_all_of_it_and_hold_no_address_or_link():
    link = path_of(found())
    told = Event.objects.filter(service=Service.objects.get().key, by=None)
    assert set(told.values_list("kind", "what")) == {
        (Kind.ADDED, "service"), (Kind.ADDED, "user"), (Kind.ADDED, "membership"), (Kind.SENT, "invitation"),
    }  # fmt: skip
    assert not any(word in str(list(told.values())) for word in ("example.org", link))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"provider": "zz901"}, "is there already"),
        ({"provider": "RX-1"}, "no provider code"),
        ({"provider": "RX12345"}, "no provider code"),
        ({"administrator": "ada"}, "no email address"),
        ({"name": " "}, "Give names"),
        ({"name": "N" * 121}, "Give names"),
        ({"name": ""}, "Give --name"),
    ],
)
def test_what_cannot_be_is_refused_in_every_mode(mode, changed, said):
    make_service()
    Service.objects.update(is_made_up=not mode)
    code, text = found(**changed)
    assert code == 44
    assert said in text
    assert (Service.objects.count(), User.objects.count(), Event.objects.count()) == (1, 0, 0)


def test_somebody_who_has_an_account_keeps_the_password():
    known = make_member(make_service(), password=PASSWORD).user
    told = found(administrator=known.email)
    assert path_of(told) == reverse("account_login")
    assert known.memberships.count() == 2
    assert not Event.objects.filter(what="invitation").exists()


def test_a_lost_link_is_drawn_anew_until_somebody_manages_the_service():
    first = path_of(found())
    second = path_of(found("--new-link"))
    assert Client().get(first).status_code == 410
    Client().post(second, {"password1": PASSWORD, "password2": PASSWORD})
    assert "has an administrator already" in found("--new-link")[1]
    assert Membership.objects.count() == 1


def test_a_link_is_too_old_after_a_week(monkeypatch):
    link, now = path_of(found()), timezone.now()
    later = (now + timedelta(days=7, seconds=1)).timestamp()
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert Client().get(link).status_code == 410
