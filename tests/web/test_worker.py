"""The worker: one round at a time, whatever fails."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from django.db import OperationalError

from caseness.web.attention.rounds import Round
from caseness.web.operation import worker
from caseness.web.operation.numbers import last_round
from caseness.web.operation.worker import Rounds, do_round, only_one, work

NOW = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


def rounds(**does):
    """Rounds by name, due each minute."""
    return Rounds([Round(name, do, timedelta(minutes=1)) for name, do in does.items()])


def broken(now):
    raise ConnectionRefusedError("the mail server")


def test_what_fails_keeps_nothing_else_from_being_done(caplog):
    done = []
    assert do_round(NOW, rounds(mail=broken, alerts=done.append))
    assert done == [NOW]
    assert last_round() == NOW
    assert "a part of a round failed" in caplog.text


def test_a_database_that_is_away_is_asked_again(monkeypatch):
    stop, tries = Event(), []

    def away_twice(now):
        tries.append(now)
        if len(tries) < 3:
            raise OperationalError("away")
        stop.set()

    assert work(stop, lambda: NOW, rounds(alerts=away_twice), every=0.01) == 1
    assert len(tries) == 3


def test_each_is_done_when_its_time_has_come_and_what_failed_at_once_again():
    done = []
    mixed = Rounds([Round("often", lambda now: done.append("often"), timedelta(minutes=1)),
                    Round("rarely", lambda now: done.append("rarely"), timedelta(hours=1)),
                    Round("mail", broken, timedelta(hours=1))])  # fmt: skip
    for minute in (0, 1, 60):
        do_round(NOW + timedelta(minutes=minute), mixed)
    assert done == ["often", "rarely", "often", "often", "rarely"]
    assert [one.name for one in mixed.due(NOW + timedelta(minutes=60))] == ["mail"]


def test_two_workers_do_one_round():
    """The other one is a process of its own, as it would be."""
    with only_one() as is_mine:
        assert is_mine
        assert other_worker() == "False"
    assert other_worker() == "True"


def other_worker():
    """Whether a worker in another process, on the same database, may do a round now."""
    name = worker.connection.settings_dict["NAME"]
    program = (
        "import django; django.setup()\n"
        "from django.db import connection\n"
        f"connection.settings_dict['NAME'] = {str(name)!r}\n"
        "from caseness.web.operation.worker import only_one\n"
        "with only_one() as mine: print(mine)\n"
    )
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()
