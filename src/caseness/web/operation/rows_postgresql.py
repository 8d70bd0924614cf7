"""All rows of a PostgreSQL database, by COPY: out as of one moment, and in within one transaction.

It needs no program, and what is restored is rows and never commands: the shape comes from our own migrations. So a file
that somebody else encrypted to our key can put in rows, and cannot make the database or the shell do anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from caseness.errors import CannotRestore

LEFT_OUT = frozenset({"django_session", "cache"})
_CHUNK = 4 << 20
_COLUMNS = (
    "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema() "
    "AND is_generated = 'NEVER' ORDER BY table_name, ordinal_position"
)
_FUNCTIONS = (
    "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = current_schema()::regnamespace "
    "AND pg_get_userbyid(proowner) = current_user"
)
_COUNTERS = (
    "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema() "
    "AND (is_identity = 'YES' OR column_default LIKE 'nextval(%')"
)


class Snapshot:
    """The database as of one moment."""

    def tables(self) -> dict[str, list[str]]:
        """Each table with its columns."""
        found: dict[str, list[str]] = {}
        for table, column in _asked(_COLUMNS):
            if table not in LEFT_OUT:
                found.setdefault(table, []).append(column)
        return found

    def write(self, add: Callable[[str, bytes], None]) -> dict[str, int]:
        """All rows, and how many of each table."""
        return {table: _copy_out(table, columns, add) for table, columns in self.tables().items()}


@contextmanager
def snapshot() -> Iterator[Snapshot]:
    """The database as of now: what others write meanwhile is not seen."""
    with transaction.atomic():
        _told("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield Snapshot()


def _copy_out(table: str, columns: list[str], add: Callable[[str, bytes], None]) -> int:
    rows, parts, kept = 0, 0, bytearray()
    with connection.cursor() as cursor, cursor.copy(f"COPY {_listed(table, columns)} TO STDOUT") as copied:
        for block in copied:
            rows += 1
            kept += block
            if len(kept) > _CHUNK:
                add(f"rows/{table}/{parts:06}", bytes(kept))
                parts, kept = parts + 1, bytearray()
    if kept:
        add(f"rows/{table}/{parts:06}", bytes(kept))
    return rows


class Loading:
    """A restore that is under way, in the transaction that is open."""

    def __init__(self, about: dict[str, Any]):
        self.columns: dict[str, list[str]] = about["tables"]
        self.rows = dict.fromkeys(self.columns, 0)
        _drop_everything()
        _migrate_to({tuple(one) for one in about["migrations"]})
        _empty()
        # A migration may have had them checked at once. Tables come in the order of their names.
        _told("SET CONSTRAINTS ALL DEFERRED")

    def take(self, name: str, content: bytes) -> None:
        """One member of the backup."""
        table = name.split("/")[1]
        if table not in self.columns:
            raise CannotRestore("The backup holds rows of a table that it does not name. Nothing was changed.")
        with connection.wrap_database_errors, connection.cursor() as cursor:
            with cursor.copy(f"COPY {_listed(table, self.columns[table])} FROM STDIN") as copied:
                copied.write(content)
            self.rows[table] += cursor.rowcount

    def finish(self, counts: dict[str, int]) -> None:
        """Everything is there. New rows go on counting where the old ones ended."""
        if counts != self.rows:
            raise CannotRestore("The backup holds other rows than it says. Nothing was changed.")
        for table, column in _asked(_COUNTERS):
            _told(
                f"SELECT setval(pg_get_serial_sequence(%s, %s), coalesce(max({_quoted(column)}), 1), "
                f"max({_quoted(column)}) IS NOT NULL) FROM {_quoted(table)}",
                [_quoted(table), column],
            )
        _told("SET CONSTRAINTS ALL IMMEDIATE")


@contextmanager
def loading(about: dict[str, Any]) -> Iterator[Loading]:
    """Everything, or nothing: PostgreSQL takes back the making of tables too."""
    with transaction.atomic():
        yield Loading(about)


def _drop_everything() -> None:
    tables = connection.introspection.table_names()
    if tables:
        _told(f"DROP TABLE {', '.join(map(_quoted, tables))} CASCADE")
    for (function,) in _asked(_FUNCTIONS):
        _told(f"DROP FUNCTION {function}")


# Django asks for the last of each branch. The one before it would mean to go back.
def _migrate_to(applied: set[tuple[str, str]]) -> None:
    executor = MigrationExecutor(connection)
    children = {node: {child.key for child in executor.loader.graph.node_map[node].children} for node in applied}
    executor.migrate([node for node in sorted(applied) if not children[node] & applied])
    call_command("createcachetable")


# A migration may have put in rows of its own; those of the backup hold them too.
def _empty() -> None:
    for table in connection.introspection.table_names():
        if _asked(f"SELECT 1 FROM {_quoted(table)} LIMIT 1"):
            _told(f"DELETE FROM {_quoted(table)}")


def _listed(table: str, columns: list[str]) -> str:
    return f"{_quoted(table)} ({', '.join(map(_quoted, columns))})"


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _asked(statement: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def _told(statement: str, values: list[str] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
