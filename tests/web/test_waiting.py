"""Who waits for whom: a page that only reads waits for nobody who writes, and nobody waits while a page is drawn."""

from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction

from caseness.web.events.models import Event, Kind, record_event
from caseness.web.services.pages import Shown, reading
from caseness.web.services.roles import Role
from web.people import make_course, make_member, make_referral, make_service, make_team

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def team():
    return make_team(make_service())


@contextmanager
def another():
    """Another connection to the same database, which waits for next to nothing."""
    other = connection.copy()
    if other.vendor == "sqlite":
        other.settings_dict["OPTIONS"]["timeout"] = 0.2
    try:
        yield other
    finally:
        other.close()


@contextmanager
def somebody_else_writes():
    """Holds what a writer holds for as long as the `with` lasts."""
    with another() as other:
        other.ensure_connection()
        other.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        with other.cursor() as cursor:
            cursor.execute("UPDATE services_team SET name = 'Changed'")
        yield
        other.rollback()
        other.set_autocommit(True)


def write_beside():
    """Write something in another connection, and say whether that could be done."""
    with another() as other, other.cursor() as cursor:
        try:
            cursor.execute("UPDATE services_team SET name = 'Changed'")
        except DatabaseError:
            return False
    return True


@pytest.mark.parametrize(
    ("role", "address"),
    [
        (Role.ADMINISTRATOR, "/people"),
        (Role.ADMINISTRATOR, "/people/invite"),
        (Role.ADMINISTRATOR, "/events"),
        (Role.ADMINISTRATOR, "/exchange/"),
        (Role.SERVICE_LEAD, "/signals/"),
        (Role.THERAPIST, "/clients/add"),
        (Role.THERAPIST, "/risk/cover"),
    ],
)
def test_a_page_that_writes_nothing_waits_for_nobody(client, team, role, address):
    client.force_login(make_member(team.service, role, team).user)
    with somebody_else_writes():
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/", "/clients/{}/", "/clients/{}/together", "/clients/{}/scores/add", "/risk/"])
def test_nobody_waits_while_a_page_is_drawn(client, team, monkeypatch, address):
    therapist = make_member(team.service, team=team)
    referral = make_course(make_referral(team.service, therapist), [12, 19])
    client.force_login(therapist.user)
    draw, written = Shown.render, []

    def drawn(self):
        written.append((write_beside(), Event.objects.filter(kind=Kind.READ).count()))
        return draw(self)

    monkeypatch.setattr(Shown, "render", drawn)
    assert client.get(address.format(referral.key)).status_code == 200
    assert written == [(True, 1)]


def test_in_a_transaction_of_a_page_that_writes_another_has_to_wait_and_while_reading_not():
    if connection.vendor == "sqlite":
        with transaction.atomic():
            assert not write_beside()
    make_team(make_service())
    with reading():
        assert Event.objects.count() == 0
        assert write_beside()
    with transaction.atomic():
        record_event(Kind.READ, "client", service=None, by=None)
    assert Event.objects.count() == 1
