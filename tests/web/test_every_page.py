"""Every page and action of ours, as every role of two services and as nobody. None is listed here by hand.

The addresses are those that the application resolves, what each asks for is what its view states, and what stands in an
address is found by trying. A page that is added is tried too. Who should get what is computed from the roles.
"""

from dataclasses import dataclass
from itertools import product

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from caseness.web.accounts.models import User
from caseness.web.events.models import Event, Kind
from caseness.web.services.roles import PERMISSIONS, Role
from web.addresses import addresses
from web.made_world import build_world, hangs_on_a_client, has_key
from web.people import make_member, make_service, make_team

pytestmark = pytest.mark.django_db
METHODS = ("GET", "POST")
MARKER = "Zyxwv"
LOGIN = reverse("account_login")
NEAR, FAR, OTHER_SERVICE = "near", "far", "other service"
REFUSED, ASKED_TO_SIGN_IN, REACHED = "refused", "asked to sign in", "reached"


PAGES = [one for one in addresses() if one.is_ours]
FOR_MEMBERS = [one for one in PAGES if not getattr(one.view, "is_for_anyone", False)]


@dataclass(frozen=True)
class Somebody:
    """Who asks: their role, and how near they are to the client whose records are asked for."""

    role: Role
    place: str
    member: object
    client: Client


class House:
    """Two services. The records that are asked for are all of one client, of one therapist of the first."""

    def __init__(self):
        ours, theirs = make_service("Ours"), make_service("Theirs", "ZZ902")
        near, far, away = make_team(ours, "Near"), make_team(ours, "Far"), make_team(theirs, "Away")
        places = {NEAR: (ours, near), FAR: (ours, far), OTHER_SERVICE: (theirs, away)}
        self.people = [
            self.somebody(role, place, *places[place])
            for role, place in product(Role, places)
            if place != FAR or role in (Role.THERAPIST, Role.SUPERVISOR)
        ]
        self.world = build_world(self.of(Role.THERAPIST, NEAR).member, MARKER)

    def somebody(self, role, place, service, team):
        member, client = make_member(service, role, team), Client(raise_request_exception=False)
        client.force_login(member.user)
        return Somebody(role, place, member, client)

    def of(self, role, place):
        return next(one for one in self.people if (one.role, one.place) == (role, place))


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    """Made once, and taken back at the end. What a page changes is taken back at once."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield House()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def values(house):
    """What to put into an address, found by trying: what its view finds for somebody who may see all of the client."""
    found = {}

    def fill(address):
        if address not in found:
            found[address] = discover(house, address)
        return found[address]

    return fill


def candidates(house, address, name, kind):
    """Each object that a parameter may be of: of the model of its name, or of any, first those that the address names."""
    named = {model.__name__.lower(): model for model in house.world} | {"person": User}
    likely = sorted(house.world, key=lambda model: model.__name__.lower() not in address.route)
    of_kind = [named[name]] if name in named else likely
    if kind == "uuid":
        return [(model, one.key) for model in of_kind if has_key(model) for one in house.world[model]]
    if kind == "int":
        return [(model, one.pk) for model in of_kind for one in house.world[model]]
    return []


def discover(house, address):
    """The models, and the values, with which somebody reaches the page."""
    choices = [[(name, *each) for each in candidates(house, address, name, kind)] for name, kind in address.converters]
    allowed = [one for one in house.people if one.place == NEAR and may(one, address)]
    for chosen in product(*choices):
        given = {name: value for name, _, value in chosen}
        if any(REACHED in (ask(one, address, method, given)) for one in allowed for method in METHODS):
            return {model for _, model, _ in chosen}, given
    raise AssertionError(
        f"Nothing fits <{', '.join(name for name, _ in address.converters)}> in {address.route}. "
        "Name the parameter for its model, or let tests/web/made_world.py make the model so that the page finds it."
    )


def may(somebody, address):
    permission = address.view.permission
    return permission is None or permission in PERMISSIONS[somebody.role]


def ask(somebody, address, method, given):
    """What somebody gets: in one word, and the page. Whatever it changes is taken back."""
    with transaction.atomic():
        before = Event.objects.filter(kind=Kind.REFUSED).count()
        answer = somebody.client.generic(method, address.filled(given))
        answer.seen = b"".join(answer).decode(errors="replace")
        told = Event.objects.filter(kind=Kind.REFUSED).count() - before
        transaction.set_rollback(True)
    if answer.status_code in (403, 404):
        assert told == 1, f"That {address.route} was refused is no event."
        return REFUSED, answer
    if answer.status_code == 405:
        return None, answer
    is_led_away = answer.status_code == 302 and answer.url.startswith(LOGIN)
    return (ASKED_TO_SIGN_IN if is_led_away else REACHED), answer


def expected(somebody, address, wanted):
    """What somebody should get, by the role, and by where the client is to whom it all leads."""
    if not may(somebody, address):
        return REFUSED
    if not wanted or somebody.place == NEAR:
        return REACHED
    if somebody.place == OTHER_SERVICE or any(hangs_on_a_client(model) for model in wanted):
        return REFUSED
    return None


def test_every_page_states_what_it_asks_for():
    assert not [one.route for one in PAGES if not hasattr(one.view, "permission")]


def test_the_application_has_pages():
    assert {"", "people", "events"} <= {one.route for one in FOR_MEMBERS}


def askers(house, address):
    """Everybody of the nearest place, and of the others those whom only the place keeps out."""
    return [one for one in house.people if one.place == NEAR or may(one, address)]


def sees_the_client(somebody):
    return somebody.place == NEAR and somebody.role in (Role.THERAPIST, Role.SUPERVISOR, Role.SERVICE_LEAD)


def shows_the_client(answer):
    return MARKER in answer.seen


@pytest.mark.parametrize("address", FOR_MEMBERS, ids=lambda one: one.route or "/")
def test_each_role_gets_what_it_may_and_nothing_else(house, values, address):
    wanted, given = values(address)
    wrong = []
    for somebody, method in product(askers(house, address), METHODS):
        got, answer = ask(somebody, address, method, given)
        should = expected(somebody, address, wanted)
        if got and should and got != should:
            wrong.append(f"{somebody.role} ({somebody.place}), {method}: {got}, and should be {should}")
        if shows_the_client(answer) and not sees_the_client(somebody):
            wrong.append(f"{somebody.role} ({somebody.place}), {method}: sees the client")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("address", FOR_MEMBERS, ids=lambda one: one.route or "/")
def test_nobody_is_asked_to_sign_in(house, values, address):
    _, given = values(address)
    for method in METHODS:
        answer = Client().generic(method, address.filled(given))
        assert answer.status_code == 302
        assert answer.url.startswith(LOGIN)


@pytest.mark.parametrize("address", [one for one in PAGES if one not in FOR_MEMBERS], ids=lambda one: one.route)
def test_what_is_for_anyone_asks_nobody_to_sign_in(house, address):
    given = {name: "0" for name, _ in address.converters}
    assert Client(raise_request_exception=False).get(address.filled(given)).status_code != 302
