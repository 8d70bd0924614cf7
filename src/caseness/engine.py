"""Connect, and execute to Arrow: the only module that runs a query.

Everything between is Ibis expressions. One engine is kept per process, in memory.
"""

from __future__ import annotations

import weakref
from functools import cache
from typing import TYPE_CHECKING

import duckdb
import ibis
import pyarrow as pa

from caseness.errors import CasenessError
from caseness.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
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
    """A Parquet file as a table that is read only when it is needed, and only in part."""
    return connect().read_parquet(str(path))


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
    """Run an expression and bring the rows back in pieces, so that they need not fit in memory.

    Raises
    ------
    CasenessError
        If the engine cannot run it.
    """
    try:
        yield from connect().to_pyarrow_batches(expression)
    except (duckdb.Error, ibis.IbisError, pa.ArrowException) as problem:
        raise CasenessError(f"The figures could not be computed: {problem}") from problem
