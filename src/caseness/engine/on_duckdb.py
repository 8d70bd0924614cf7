"""DuckDB: one engine for each process, in memory."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

import duckdb
import ibis
import pyarrow as pa

from caseness.engine import damage
from caseness.errors import CannotWrite, CasenessError, UnreadableInput
from caseness.settings import load_settings

if TYPE_CHECKING:
    from pathlib import Path

    from ibis.backends.duckdb import Backend


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
        return damage.remember(connect().read_parquet(str(path)), [path])
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
        rows = connect().read_parquet([str(path) for path in paths], hive_partitioning=False)
        return damage.remember(rows, paths)
    except duckdb.Error as problem:
        raise UnreadableInput(
            f"A file in {paths[0].parent} is no whole Parquet file. Make all of them again."
        ) from problem


def compile_text(expression: ibis.Table) -> str:
    """An expression over tables that are only named, as the query that the engine runs."""
    return str(connect().compile(expression))


@contextmanager
def given_as(tables: Mapping[str, ibis.Table]) -> Iterator[None]:
    """Let tables be found by names, and rows come in any order, for as long as this lasts."""
    engine = connect()
    try:
        for name, table in tables.items():
            engine.create_view(name, table, overwrite=True)
            damage.remember_as(name, table)
        # Keeping an order that nobody reads costs a twentieth of the time of deriving.
        engine.raw_sql("SET preserve_insertion_order = false")
        yield
    finally:
        engine.raw_sql("RESET preserve_insertion_order")
        for name in tables:
            engine.drop_view(name, force=True)
            damage.forget(name)


def hold_text(query: str, name: str) -> None:
    """Run a compiled query, and keep its rows in the engine under a name until they are dropped.

    Raises
    ------
    CasenessError
        If the engine cannot run it.
    """
    with _computing(query):
        connect().con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")


def write_text(query: str, path: Path, mark: str = "") -> None:
    """Run a compiled query, and write its rows into a Parquet file that says `mark`. Errors are those of `write_parts`."""
    to, said = (text.replace("'", "''") for text in (str(path), mark))
    told = f", KV_METADATA {{synthetic: '{said}'}}" if mark else ""
    with _computing(query), _writing(path, query):
        connect().con.execute(f"COPY ({query}) TO '{to}' (FORMAT parquet, COMPRESSION snappy{told})")


def write_parts(expression: ibis.Table, folder: Path, by: str) -> None:
    """Run an expression, and write its rows into a folder for each value of a column, such as `part=0`.

    Raises CannotWrite where they cannot be written, and CasenessError where the expression cannot be run.
    """
    with _computing(expression), _writing(folder, expression):
        connect().to_parquet(expression, str(folder), partition_by=by, compression="snappy")


def drop(names: Iterable[str]) -> None:
    """Let go of what `hold_text` kept."""
    for name in names:
        connect().con.execute(f"DROP TABLE IF EXISTS {name}")


@contextmanager
def _writing(to: Path, what: ibis.Table | str) -> Iterator[None]:
    try:
        yield
    except duckdb.IOException as problem:
        damage.require_whole(what)
        raise CannotWrite(f"{to} could not be written. Choose another folder, or make room.") from problem


# Whatever it is that the engine complains of, it may come from a file that is damaged, and be put right there alone.
@contextmanager
def _computing(what: ibis.Table | str, failure: str = "The figures could not be computed") -> Iterator[None]:
    try:
        yield
    except (duckdb.Error, ibis.IbisError, pa.ArrowException) as problem:
        damage.require_whole(what)
        raise CasenessError(f"{failure}: {problem}") from problem
    except RuntimeError as problem:
        # What Python would raise itself, were it not the engine that noticed the signal.
        if str(problem) == "Query interrupted":
            raise KeyboardInterrupt from problem
        raise


def fetch(expression: ibis.Table) -> pa.Table:
    """Run an expression and bring the rows back as Arrow."""
    with _computing(expression):
        return connect().to_pyarrow(expression)


def hold(expression: ibis.Table) -> ibis.Table:
    """Run an expression once, and keep its rows for as long as anything refers to them."""
    engine, name = connect(), ibis.util.gen_name("held")
    with _computing(expression):
        held = engine.create_table(name, obj=expression, temp=True)
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
    with _computing(expression, "The rows could not be brought out"):
        yield from connect().to_pyarrow_batches(expression, chunk_size=1 << 17)
