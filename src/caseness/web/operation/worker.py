"""The worker: once a minute it does what time asks for. There is no queue, so nothing can be lost from one."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Event

from django.conf import settings
from django.db import DatabaseError, connection

from caseness.web.attention.rounds import Round
from caseness.web.operation.logs import log
from caseness.web.operation.numbers import note_round
from caseness.web.operation.rounds import ROUNDS

EVERY = 60.0
# An advisory lock of PostgreSQL has a number for a name: "case" in letters.
_LOCK = 0x63617365


class Rounds:
    """What is done again and again, and when each was last done here."""

    def __init__(self, rounds: Sequence[Round] = ROUNDS):
        self.rounds = rounds
        self._done: dict[str, datetime] = {}

    def due(self, now: datetime) -> list[Round]:
        """Those whose time has come. After a start all of them are."""
        return [one for one in self.rounds if one.name not in self._done or self._done[one.name] + one.every <= now]

    def do(self, one: Round, now: datetime) -> None:
        """Do one. It counts as done only where it did not fail."""
        count = one.run(now)
        self._done[one.name] = now
        if count:
            log().info("done", round=one.name, count=count)


def work(stop: Event, clock: Callable[[], datetime], rounds: Rounds, every: float = EVERY) -> int:
    """Do rounds until told to stop, and give how many were done. A database that is away is asked again next time."""
    done = 0
    while not stop.is_set():
        done += do_round(clock(), rounds)
        # Held over a minute of waiting, a connection would be found dead after the database was started again.
        connection.close()
        stop.wait(every)
    return done


def do_round(now: datetime, rounds: Rounds) -> bool:
    """One round, unless another worker is at it. True: it was done here."""
    try:
        with only_one() as is_mine:
            if is_mine:
                _do_each(now, rounds)
                note_round(now)
            return is_mine
    except DatabaseError:
        log().exception("the database is away")
        return False


# What fails does not keep the next from being done: a mail server that is away holds up no risk alert.
def _do_each(now: datetime, rounds: Rounds) -> None:
    for each in rounds.due(now):
        try:
            rounds.do(each, now)
        except DatabaseError:
            raise
        except Exception:  # noqa: BLE001 - whatever one of them says, it is told, and the next is done
            log().exception("a part of a round failed", round=each.name)


@contextmanager
def only_one() -> Iterator[bool]:
    """Whether this worker may do the round. What holds the others off ends with this process, however it ends."""
    with _postgresql() if connection.vendor == "postgresql" else _file(settings.ENVIRONMENT.folder) as is_mine:
        yield is_mine


@contextmanager
def _postgresql() -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        is_mine = cursor.fetchone() == (True,)
    try:
        yield is_mine
    finally:
        if is_mine and connection.connection and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


# SQLite is for one machine, where a lock on a file is seen by all.
@contextmanager
def _file(folder: Path) -> Iterator[bool]:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "worker.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
