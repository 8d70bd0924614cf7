"""While a record is read, checked or exported, everybody else goes on writing; and a button that is pressed twice does a thing once."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from caseness.web.caseload.models import Referral
from caseness.web.events.models import Event, Kind
from caseness.web.exchange import exporting, looking, transfers
from caseness.web.exchange.claiming import claimed
from caseness.web.exchange.models import State, Transfer
from caseness.web.exchange.rounds import do_transfers
from caseness.web.services.roles import Role
from web.acting import NOW
from web.people import make_member, make_service

pytestmark = pytest.mark.django_db(transaction=True)
SHEET = b"client,date,attended,PHQ-9\nALICE,2025-03-03,yes,20\nALICE,2025-03-10,yes,18\n"


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, folder=tmp_path)


@pytest.fixture
def page(client):
    client.force_login(make_member(make_service("A Practice", "ZZ906"), Role.ADMINISTRATOR).user)
    return client


@pytest.fixture
def locked():
    """Another connection, as of another process, with which the lock of who writes is taken and given back."""
    if connection.vendor != "sqlite":
        pytest.skip("Only SQLite has one lock of who writes.")
    with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=0, isolation_level=None)) as other:
        yield other


@pytest.fixture
def seen(locked, monkeypatch):
    """Whether the lock was free each time that something was read, checked or exported."""
    found = []

    def watch(module, name):
        plain = getattr(module, name)

        def watched(*given, **more):
            locked.execute("BEGIN IMMEDIATE")
            locked.execute("ROLLBACK")
            found.append(name)
            return plain(*given, **more)

        monkeypatch.setattr(module, name, watched)

    for name in ("unpack", "read_source", "check_read"):
        watch(transfers, name)
    watch(exporting, "_write")
    return found


def upload(page):
    page.post(reverse("import-upload"), {"file": SimpleUploadedFile("sheet.csv", SHEET), "profile": "practice"})
    return Transfer.objects.get()


def test_reading_checking_and_exporting_take_no_lock(page, seen):
    transfer = upload(page)
    assert page.post(reverse("import-confirm", args=(transfer.key,))).status_code == 302
    assert page.post(reverse("export-ask")).status_code == 302
    assert seen == ["unpack", "read_source", "check_read", "check_read", "_write"]
    assert set(Transfer.objects.values_list("state", flat=True)) == {State.DONE}
    assert Event.objects.filter(kind__in=(Kind.IMPORTED, Kind.EXPORTED)).count() == 2


def test_whoever_presses_again_while_it_is_written_waits_for_nobody(page, locked):
    transfer = upload(page)
    Transfer.objects.update(state=State.CONFIRMED)
    locked.execute("BEGIN IMMEDIATE")
    answer = page.post(reverse("import-confirm", args=(transfer.key,)))
    locked.execute("ROLLBACK")
    assert answer.status_code == 302
    assert not Referral.objects.exists()


def test_what_somebody_is_at_nobody_else_begins(page):
    transfer = upload(page)
    Transfer.objects.update(state=State.CONFIRMED)
    with claimed(transfer.folder) as is_mine:
        assert is_mine
        do_transfers(NOW)
    assert (Transfer.objects.get().state, Referral.objects.count()) == (State.CONFIRMED, 0)
    do_transfers(NOW)
    assert (Transfer.objects.get().state, Referral.objects.count()) == (State.DONE, 1)


def test_what_breaks_while_it_is_written_leaves_nothing_of_it(page, monkeypatch):
    transfer = upload(page)
    page.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr("caseness.web.exchange.importing.allocate", lambda run: 1 / 0)
        assert page.post(reverse("import-confirm", args=(transfer.key,))).status_code == 500
    assert (Transfer.objects.get().state, Referral.objects.count()) == (State.CONFIRMED, 0)
    do_transfers(NOW)
    assert (Transfer.objects.get().state, Referral.objects.count()) == (State.DONE, 1)


def test_while_referrals_are_looked_at_somebody_else_can_write(page, locked, monkeypatch):
    transfer = upload(page)
    free = []

    def pause(seconds):
        locked.execute("BEGIN IMMEDIATE")
        locked.execute("ROLLBACK")
        free.append(seconds)

    monkeypatch.setattr(looking, "_TURN", 1)
    monkeypatch.setattr(looking.time, "sleep", pause)
    page.post(reverse("import-confirm", args=(transfer.key,)))
    # Longer than the tenth of a second after which SQLite asks again.
    assert free == [pytest.approx(0.12)]


def test_a_large_record_is_told_to_hold_up_others(page, locked, monkeypatch):
    key = upload(page).key
    assert "nobody else can save" not in page.get(reverse("import", args=(key,))).content.decode()
    monkeypatch.setattr("caseness.web.exchange.pages.SMALL_ROWS", 1)
    assert "nobody else can save" in page.get(reverse("import", args=(key,))).content.decode()


def test_what_was_written_and_not_looked_at_is_looked_at_later_and_not_written_again(page, monkeypatch):
    transfer = upload(page)
    page.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr(transfers, "look_at_all", lambda *given: 1 / 0)
        assert page.post(reverse("import-confirm", args=(transfer.key,))).status_code == 500
    assert (Transfer.objects.get().state, Referral.objects.count()) == (State.CONFIRMED, 1)
    do_transfers(NOW)
    assert Transfer.objects.get().state == State.DONE
    assert Event.objects.filter(kind=Kind.IMPORTED).count() == 1
