"""A whole SQLite database, by its own way of making a copy while others write."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

from django.db import connection

from caseness.errors import CannotRestore

LEFT_OUT = ("django_session", "cache")
_CHUNK = 4 << 20
# Bytes 18 and 19 of the file say that it keeps a log to write ahead. A database in memory cannot.
_WAYS_OF_WRITING = slice(18, 20)
_PLAIN = b"\x01\x01"


class Snapshot:
    """A copy in memory, as of one moment."""

    def __init__(self, copy: sqlite3.Connection):
        self.copy = copy

    def tables(self) -> dict[str, list[str]]:
        """Each table with its columns."""
        return {
            table: [row[1] for row in self.copy.execute(f'PRAGMA table_info("{table}")')]
            for table in _tables(self.copy)
        }

    def write(self, add: Callable[[str, bytes], None]) -> dict[str, int]:
        """The pages of the database, and how many rows each table has."""
        content = self.copy.serialize()
        for number, start in enumerate(range(0, len(content), _CHUNK)):
            add(f"pages/{number:06}", content[start : start + _CHUNK])
        return _counts(self.copy)


@contextmanager
def snapshot() -> Iterator[Snapshot]:
    """The database as of now, without sessions and counts of failed sign-ins."""
    connection.ensure_connection()
    with closing(sqlite3.connect(":memory:")) as copy:
        connection.connection.backup(copy)
        for table in set(LEFT_OUT) & set(_tables(copy)):
            copy.execute(f'DELETE FROM "{table}"')
        copy.commit()
        # Otherwise the pages of what was left out would be copied as they were.
        copy.execute("VACUUM")
        yield Snapshot(copy)


class Loading:
    """A restore that is under way: pages are gathered in memory, and put in place at once."""

    def __init__(self, about: dict[str, Any]):
        self.pages = bytearray()

    def take(self, name: str, content: bytes) -> None:
        """One member of the backup."""
        self.pages += content

    def finish(self, counts: dict[str, int]) -> None:
        """Everything is there: look whether it is sound, and put it in place in one transaction of SQLite's."""
        self.pages[_WAYS_OF_WRITING] = _PLAIN
        with closing(sqlite3.connect(":memory:")) as copy:
            copy.deserialize(bytes(self.pages))
            if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",) or _counts(copy) != counts:
                raise CannotRestore("The database in the backup is not sound. Nothing was changed.")
            _put_in_place(copy)


def _put_in_place(copy: sqlite3.Connection) -> None:
    connection.close()
    with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=20)) as target:
        copy.backup(target)
        target.execute("PRAGMA journal_mode=WAL")


@contextmanager
def loading(about: dict[str, Any]) -> Iterator[Loading]:
    """Everything, or nothing."""
    yield Loading(about)


def _tables(copy: sqlite3.Connection) -> list[str]:
    found = copy.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    )
    return [name for (name,) in found]


def _counts(copy: sqlite3.Connection) -> dict[str, int]:
    return {table: copy.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in _tables(copy)}
