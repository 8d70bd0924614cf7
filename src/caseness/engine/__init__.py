"""Connect, and execute to Arrow: the only package that runs a query. Everything between is Ibis expressions.

An expression runs where its tables lie: on Spark if one of them was opened there, and on DuckDB otherwise. So whoever
opens a table chooses the engine, and nobody after that has to know of it. One engine of each kind is kept per process.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa
from ibis.expr.operations import DatabaseTable

from caseness.engine import on_duckdb, on_spark, steps_on_spark
from caseness.engine.names import DUCKDB, read_engine
from caseness.engine.on_duckdb import connect, scan_parquet, stream, write_parts
from caseness.engine.on_spark import stop as stop_spark
from caseness.engine.postgresql import copy_in, copy_out, database_name, tables_in

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "DUCKDB", "compile_text", "connect", "copy_in", "copy_out", "database_name", "drop", "fetch", "given_as", "hold",
    "hold_text", "load", "load_beside", "read_engine", "require_engine", "scan_parquet", "scan_parquet_files", "stop_spark", "stream", "tables_in",
    "write_parts", "write_text",
]  # fmt: skip


def require_engine(engine: str) -> None:
    """Find out before anything is read whether the packages are there that an engine needs.

    Raises
    ------
    MissingProgram
        If the engine is Spark, and they are not.
    """
    if engine != DUCKDB:
        on_spark.require_packages()


def scan_parquet_files(paths: Sequence[Path], engine: str = DUCKDB) -> ibis.Table:
    """Parquet files of the same columns, in one folder, as one table of an engine (see `read_engine`).

    Raises
    ------
    UnreadableInput
        If one of them is damaged or not there.
    MissingProgram
        If the engine is Spark, and this machine lacks what it needs.
    EngineUnreachable
        If the engine is elsewhere, and does not answer.
    """
    if engine == DUCKDB:
        return on_duckdb.scan_parquet_files(paths)
    return on_spark.scan_parquet_files(paths, engine)


def load(table: pa.Table) -> ibis.Table:
    """An Arrow table as a table that can be queried, on every engine."""
    return ibis.memtable(table)


def load_beside(other: ibis.Table, table: pa.Table) -> ibis.Table:
    """An Arrow table as rows of the engine in which another table stands, kept for as long as anything refers to them."""
    return on_spark.load(other, table) if _is_on_spark(other) else on_duckdb.hold(load(table))


def fetch(expression: ibis.Table) -> pa.Table:
    """Run an expression and bring the rows back as Arrow.

    Raises
    ------
    CasenessError
        If the engine cannot run it (a damaged file, or too little memory).
    """
    return on_spark.fetch(expression) if _is_on_spark(expression) else on_duckdb.fetch(expression)


def hold(expression: ibis.Table) -> ibis.Table:
    """Run an expression once, and keep its rows in the engine for as long as anything refers to them.

    Raises
    ------
    CasenessError
        If the engine cannot run it.
    """
    return on_spark.hold(expression) if _is_on_spark(expression) else on_duckdb.hold(expression)


def compile_text(expression: ibis.Table, engine: str = DUCKDB) -> str:
    """An expression over tables that are only named, as the query that an engine runs."""
    return _of(engine).compile_text(expression)


def given_as(tables: Mapping[str, ibis.Table], engine: str = DUCKDB) -> AbstractContextManager[None]:
    """Let tables be found by names, and rows come in any order, for as long as this lasts."""
    return _of(engine).given_as(tables)


def hold_text(query: str, name: str, engine: str = DUCKDB) -> None:
    """Run a compiled query, and keep its rows in the engine under a name until they are dropped.

    Raises
    ------
    CasenessError
        If the engine cannot run it.
    """
    _of(engine).hold_text(query, name)


def write_text(query: str, path: Path, mark: str = "", engine: str = DUCKDB) -> None:
    """Run a compiled query, and write its rows into a Parquet file that says `mark`.

    Raises
    ------
    CannotWrite
        If they cannot be written there.
    CasenessError
        If the engine cannot run it.
    """
    _of(engine).write_text(query, path, mark)


def drop(names: Iterable[str], engine: str = DUCKDB) -> None:
    """Let go of what `hold_text` kept."""
    _of(engine).drop(names)


def _of(engine: str) -> Any:
    return on_duckdb if engine == DUCKDB else steps_on_spark.Steps(engine)


def _is_on_spark(expression: ibis.Table) -> bool:
    return any(node.source.name == on_spark.NAME for node in expression.op().find(DatabaseTable))
