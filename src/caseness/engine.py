"""Connect, and execute to Arrow: the only module that runs a query.

Everything between is Ibis expressions. One engine is kept per process, in memory. A PostgreSQL database that a record
is read from or written to is opened for each table anew, since one connection moves one table at a time.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

import duckdb
import ibis
import pyarrow as pa

from caseness.errors import CannotWrite, CasenessError, MissingProgram, UnreadableInput, UnreadableRecord
from caseness.settings import load_settings

if TYPE_CHECKING:
    from pathlib import Path

    from ibis.backends.duckdb import Backend
    from ibis.backends.postgres import Backend as Database


@cache
def connect() -> Backend:
    """Open the in-memory engine, within the memory and threads of the settings. Opened once."""
    settings = load_settings()
    engine = ibis.duckdb.connect(threads=settings.threads, memory_limit=settings.memory_limit)
    engine.raw_sql("SET enable_progress_bar = false")
    return engine


def scan_parquet(path: Path) -> ibis.Table:
    """A Parquet file as a table that is read only when it is needed, and only in part.

    Raises
    ------
    UnreadableInput
        If it is damaged or not there.
    """
    try:
        return connect().read_parquet(str(path))
    except duckdb.Error as problem:
        raise UnreadableInput(
            f"{path} is no whole Parquet file, so no figure is taken from it. Copy or make it again."
        ) from problem


def scan_parquet_files(paths: Sequence[Path]) -> ibis.Table:
    """Parquet files of the same columns, in one folder, as one table.

    Raises
    ------
    UnreadableInput
        If one of them is damaged or not there.
    """
    try:
        return connect().read_parquet([str(path) for path in paths], hive_partitioning=False)
    except duckdb.Error as problem:
        raise UnreadableInput(
            f"A file in {paths[0].parent} is no whole Parquet file. Make all of them again."
        ) from problem


def compile_text(expression: ibis.Table) -> str:
    """An expression over tables that are only named, as the query that the engine runs."""
    return str(connect().compile(expression))


@contextmanager
def given_as(tables: Mapping[str, ibis.Table]) -> Iterator[None]:
    """Let tables be found by names, for as long as this lasts."""
    engine = connect()
    try:
        for name, table in tables.items():
            engine.create_view(name, table, overwrite=True)
        yield
    finally:
        for name in tables:
            engine.drop_view(name, force=True)


def hold_text(query: str, name: str) -> None:
    """Run a compiled query, and keep its rows in the engine under a name until they are dropped.

    Raises
    ------
    CasenessError
        If the engine cannot run it.
    """
    try:
        connect().con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")
    except duckdb.Error as problem:
        raise CasenessError(f"The figures could not be computed: {problem}") from problem


def write_text(query: str, path: Path, mark: str = "") -> None:
    """Run a compiled query, and write its rows into a Parquet file that says `mark`. Errors are those of `write_parts`."""
    to, said = (text.replace("'", "''") for text in (str(path), mark))
    told = f", KV_METADATA {{synthetic: '{said}'}}" if mark else ""
    with _writing(path):
        connect().con.execute(f"COPY ({query}) TO '{to}' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1{told})")


def write_parts(expression: ibis.Table, folder: Path, by: str) -> None:
    """Run an expression, and write its rows into a folder for each value of a column, such as `part=0`.

    Raises CannotWrite where they cannot be written, and CasenessError where the expression cannot be run.
    """
    with _writing(folder):
        connect().to_parquet(expression, str(folder), partition_by=by, compression="snappy")


def drop(names: Iterable[str]) -> None:
    """Let go of what `hold_text` kept."""
    for name in names:
        connect().con.execute(f"DROP TABLE IF EXISTS {name}")


@contextmanager
def _writing(to: Path) -> Iterator[None]:
    try:
        yield
    except duckdb.IOException as problem:
        raise CannotWrite(f"{to} could not be written. Choose another folder, or make room.") from problem
    except (duckdb.Error, ibis.IbisError) as problem:
        raise CasenessError(f"The figures could not be computed: {problem}") from problem


def load(table: pa.Table) -> ibis.Table:
    """An Arrow table as a table that can be queried."""
    return ibis.memtable(table)


def fetch(expression: ibis.Table) -> pa.Table:
    """Run an expression and bring the rows back as Arrow.

    Raises
    ------
    CasenessError
        If the engine cannot run it (a damaged file, or too little memory).
    """
    try:
        return connect().to_pyarrow(expression)
    except (duckdb.Error, ibis.IbisError, pa.ArrowException) as problem:
        raise CasenessError(f"The figures could not be computed: {problem}") from problem


def hold(expression: ibis.Table) -> ibis.Table:
    """Run an expression once, and keep its rows in the engine for as long as anything refers to them.

    Raises
    ------
    CasenessError
        If the engine cannot run it.
    """
    engine, name = connect(), ibis.util.gen_name("held")
    try:
        held = engine.create_table(name, obj=expression, temp=True)
    except (duckdb.Error, ibis.IbisError, pa.ArrowException) as problem:
        raise CasenessError(f"The figures could not be computed: {problem}") from problem
    # At the end of the process the engine goes with all that it holds.
    weakref.finalize(held.op(), engine.drop_table, name, force=True).atexit = False
    return held


def stream(expression: ibis.Table) -> Iterator[pa.RecordBatch]:
    """Run an expression and bring the rows back piece by piece, so that they need not fit in memory.

    Raises
    ------
    CasenessError
        If the engine cannot run it.
    """
    try:
        yield from connect().to_pyarrow_batches(expression, chunk_size=1 << 17)
    except (duckdb.Error, ibis.IbisError, pa.ArrowException) as problem:
        raise CasenessError(f"The rows could not be brought out: {problem}") from problem


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
