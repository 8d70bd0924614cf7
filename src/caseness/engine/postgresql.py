"""A PostgreSQL database that a record is read from, or written to.

It is opened for each table anew, since one connection moves one table at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

import ibis
import pyarrow as pa

from caseness.errors import CannotWrite, CasenessError, MissingProgram, UnreadableRecord

if TYPE_CHECKING:
    from ibis.backends.postgres import Backend as Database


def database_name(address: str) -> str:
    """What a database is called in messages: host and name, and never the user or the password.

    >>> database_name("postgresql://me:secret@example.org/clinic?schema=april")
    'example.org/clinic'
    """
    parts = urlsplit(address)
    return f"{parts.hostname or 'localhost'}/{parts.path.strip('/')}"


def tables_in(address: str) -> Mapping[str, tuple[str, ...]]:
    """The tables of a PostgreSQL database by their schema, its own catalogues left out.

    Raises
    ------
    MissingProgram
        If the extra `postgres` is not installed.
    UnreadableRecord
        If the database cannot be reached.
    """
    with _open(address) as database:
        schemas = [one for one in database.list_databases() if not one.startswith(("pg_", "information_schema"))]
        return {schema: tuple(database.list_tables(database=schema)) for schema in sorted(schemas)}


def copy_out(address: str, schema: str, name: str, order: Iterable[str] = ()) -> Iterator[bytes]:
    """A table of a PostgreSQL database as CSV with a header, piece by piece, sorted by those of its columns.

    Raises
    ------
    UnreadableRecord
        If the database cannot be reached, or does not let the table be read.
    """
    with _open(address) as database, database.con.cursor() as cursor:
        table = database.table(name, database=schema)
        held = [column for column in order if column in table.columns]
        query = database.compile(table.order_by(held) if held else table)
        cursor.execute("SET datestyle TO 'ISO, YMD'")
        with cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv, HEADER true)".encode()) as copying:
            for piece in copying:
                yield bytes(piece)


def copy_in(address: str, schema: str, tables: Mapping[str, tuple[pa.Schema, Iterable[bytes]]]) -> None:
    """Make tables in a schema of a PostgreSQL database from pieces of CSV without a header: all of them or none.

    Raises
    ------
    CannotWrite
        If the database cannot be written to, or holds a table of one of the names.
    """
    made: list[str] = []
    with _open(address, CannotWrite) as database:
        if schema not in database.list_databases():
            database.create_database(schema)
        try:
            for name, (columns, pieces) in tables.items():
                database.create_table(name, schema=ibis.Schema.from_pyarrow(columns), database=schema)
                made.append(name)
                _fill(database, schema, name, columns.names, pieces)
        except BaseException:
            database.con.rollback()
            for name in made:
                database.drop_table(name, database=schema)
            raise


def _fill(database: Database, schema: str, name: str, columns: list[str], pieces: Iterable[bytes]) -> None:
    sql = _driver().sql
    into = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(
        sql.Identifier(schema, name), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with database.con.cursor() as cursor, cursor.copy(into) as copying:
        for piece in pieces:
            copying.write(piece)
    database.con.commit()


# What the database says may hold a value of a row (in its DETAIL), so only its first line is passed on.
@contextmanager
def _open(address: str, failure: type[CasenessError] = UnreadableRecord) -> Iterator[Database]:
    driver, parts = _driver(), urlsplit(address)
    options: dict[str, Any] = {key: value for key, value in parse_qsl(parts.query) if key != "schema"}
    try:
        database = ibis.postgres.connect(
            host=parts.hostname or "localhost",
            port=parts.port or 5432,
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            database=unquote(parts.path.strip("/")) or None,
            **options,
        )
        try:
            yield database
        finally:
            database.disconnect()
    except (driver.Error, ibis.IbisError, ValueError) as problem:
        first = str(problem).strip().partition("\n")[0][:200]
        raise failure(
            f"The database {database_name(address)} could not be used: {first}. No row was taken or written. Look at the "
            "address, and at what its user may do."
        ) from problem


def _driver() -> Any:
    try:
        import psycopg
        import psycopg.sql
    except ImportError as problem:
        raise MissingProgram(
            "A PostgreSQL database needs packages that are not installed. Nothing was read. Install them with: "
            "pip install 'caseness[postgres]'"
        ) from problem
    return psycopg
