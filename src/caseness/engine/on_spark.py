"""Spark: on this machine, or a cluster whose master is named. One session for each process.

Nobody who does not ask for Spark loads any of it. Rows are brought back through Arrow and never through pandas, which
has NaN where a cell is null.
"""

from __future__ import annotations

import time
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa
from ibis.expr.operations import DatabaseTable, InMemoryTable

from caseness.engine import damage
from caseness.engine.gateway import start_gateway
from caseness.engine.names import SPARK, host_and_port
from caseness.errors import CasenessError, EngineUnreachable, MissingProgram, UnreadableInput
from caseness.settings import load_settings

if TYPE_CHECKING:
    from pathlib import Path

# What Ibis calls its backend for Spark.
NAME = "pyspark"
# Seconds for a master to answer, and for a first worker to take work.
_ANSWER, _WORKER = 5, 30
_LOOPBACK = "127.0.0.1"
_ALWAYS = {
    "spark.app.name": "caseness",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
}
# The session of this process by the engine that it was asked for: one or none.
_open: dict[str, Any] = {}


def connect(engine: str) -> Any:
    """The session on an engine, as an Ibis backend. Another that is open is stopped, and its tables are gone.

    Raises
    ------
    MissingProgram
        If the extra `spark` is not installed, or there is no Java that Spark supports.
    EngineUnreachable
        If a master does not answer, or has no worker that takes work.
    """
    if engine not in _open:
        require_packages()
        gateway = _gateway()
        if engine != SPARK:
            _require_answer(gateway, engine)
        stop()
        _open[engine] = _opened(gateway, engine)
    return _open[engine]


def stop() -> None:
    """End the session, if there is one. The next starts anew, in the same Java."""
    while _open:
        _open.popitem()[1].disconnect()


def scan_parquet_files(paths: Sequence[Path], engine: str) -> ibis.Table:
    """Parquet files of the same columns as one table. Workers read them by the same paths.

    Raises
    ------
    UnreadableInput
        If one of them is damaged or not there.
    """
    spark = connect(engine)
    try:
        return damage.remember(_named(spark, spark._session.read.parquet(*map(_address, paths))), paths)
    except problems() as problem:
        raise UnreadableInput(
            f"A file in {paths[0].parent} is no whole Parquet file. Make all of them again."
        ) from problem


def fetch(expression: ibis.Table) -> pa.Table:
    """Run an expression and bring the rows back as Arrow, of the types that the expression has."""
    with running(expression):
        rows = _frame(expression).toArrow()
        return rows.cast(expression.schema().to_pyarrow())


def hold(expression: ibis.Table) -> ibis.Table:
    """Run an expression once, and keep its rows for as long as anything refers to them."""
    with running(expression):
        held = _held(_spark_of(expression), _frame(expression).persist())
    # It is not run before its rows are asked for.
    damage.remember_as(held.get_name(), expression)
    return held


def load(other: ibis.Table, table: pa.Table) -> ibis.Table:
    """An Arrow table as rows on the Spark of another table, kept for as long as anything refers to them."""
    spark = _spark_of(other)
    return _held(spark, spark._session.createDataFrame(table).persist())


def _held(spark: Any, rows: Any) -> ibis.Table:
    held = _named(spark, rows)
    weakref.finalize(held.op(), _let_go, held.get_name(), rows).atexit = False
    return held


def _let_go(name: str, rows: Any) -> None:
    damage.forget(name)
    # A session that was stopped has let go of all that it held.
    if any(rows.sparkSession is spark._session for spark in _open.values()):
        rows.sparkSession.catalog.dropTempView(name)
        rows.unpersist()


def _named(spark: Any, rows: Any) -> ibis.Table:
    name = ibis.util.gen_name("spark")
    rows.createOrReplaceTempView(name)
    return spark.table(name)


def _frame(expression: ibis.Table) -> Any:
    spark = _spark_of(expression)
    for table in expression.op().find(InMemoryTable):
        _lay_in(spark._session, table)
    return spark._session.sql(spark.compile(expression))


# Ibis would take the way over pandas.
def _lay_in(session: Any, table: InMemoryTable) -> None:
    if not session.catalog.tableExists(table.name):
        rows = as_frame(session, table)
        rows.createOrReplaceTempView(table.name)
        weakref.finalize(table, _let_go, table.name, rows).atexit = False


def as_frame(session: Any, table: InMemoryTable) -> Any:
    """A table in memory as one of Spark's."""
    return session.createDataFrame(table.data.to_pyarrow(table.schema))


def _spark_of(expression: ibis.Table) -> Any:
    return next(node.source for node in expression.op().find(DatabaseTable) if node.source.name == NAME)


# Spark takes a path for a pattern.
def _address(path: Path) -> str:
    return "file:" + "".join(f"\\{sign}" if sign in "[]{}*?\\" else sign for sign in str(path.resolve()))


@contextmanager
def running(what: ibis.Table | str) -> Iterator[None]:
    """Tell what Spark refuses in one line of our own, or which file it is that is damaged."""
    try:
        yield
    except (*problems(), ibis.IbisError, pa.ArrowException) as problem:
        damage.require_whole(what)
        raise CasenessError(f"The figures could not be computed on Spark: {_first_line(problem)}") from problem


def _first_line(problem: Exception) -> str:
    java = getattr(problem, "java_exception", None)
    return str(java.getMessage() if java else problem).strip().partition("\n")[0][:300]


@cache
def _gateway() -> Any:
    return start_gateway(in_java(load_settings().memory_limit))


def in_java(memory: str) -> str:
    """An amount of memory as Java names it.

    >>> in_java("3GB"), in_java("1500 MiB")
    ('3g', '1500m')
    """
    return memory.replace(" ", "").rstrip("iB").lower()


def require_packages() -> None:
    """Refuse where the extra `spark` is not installed.

    Raises
    ------
    MissingProgram
        If it is not.
    """
    try:
        import pyspark  # noqa: F401
    except ImportError as problem:
        raise MissingProgram(
            "Spark needs packages that are not installed. Nothing was computed. Install them with: "
            "pip install 'caseness[spark]'"
        ) from problem


def problems() -> tuple[type[Exception], ...]:
    """What Spark raises."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    return PySparkException, Py4JError


def _opened(gateway: Any, engine: str) -> Any:
    from pyspark import SparkConf, SparkContext
    from pyspark.logger import PySparkLogger
    from pyspark.sql import SparkSession

    # It would print each failure with the stack of Java. What a user may meet is told by our own error.
    PySparkLogger.getLogger("SQLQueryContextLogger").disabled = True
    settings = SparkConf(_jvm=gateway.jvm).setAll(list((_local() if engine == SPARK else _remote(engine)).items()))
    try:
        context = SparkContext(conf=settings, gateway=gateway)
    except problems() as problem:
        raise EngineUnreachable(
            f"No session could be opened on {engine}: {_first_line(problem)}. Nothing was computed. See that it is a Spark "
            "4.0 that takes work."
        ) from problem
    if engine != SPARK:
        _require_worker(context, engine)
    return ibis.pyspark.connect(SparkSession(context))


def _local() -> dict[str, str]:
    threads = str(load_settings().threads)
    # Others on this machine cannot read what passes between its parts.
    return {
        **_ALWAYS,
        "spark.master": f"local[{threads}]",
        "spark.sql.shuffle.partitions": threads,
        "spark.driver.host": _LOOPBACK,
        "spark.driver.bindAddress": _LOOPBACK,
        "spark.authenticate": "true",
    }


def _remote(engine: str) -> dict[str, str]:
    host, _ = host_and_port(engine)
    here = {"spark.driver.host": _LOOPBACK, "spark.driver.bindAddress": _LOOPBACK}
    return {**_ALWAYS, "spark.master": engine, **(here if host in (_LOOPBACK, "localhost") else {})}


# Spark itself would try for a minute. Java asks, so that Python opens no connection of its own.
def _require_answer(gateway: Any, engine: str) -> None:
    host, port = host_and_port(engine)
    line = gateway.jvm.java.net.Socket()
    try:
        line.connect(gateway.jvm.java.net.InetSocketAddress(host, port), _ANSWER * 1000)
    except problems() as problem:
        raise EngineUnreachable(
            f"Nothing answers at {engine}: {_first_line(problem)}. Nothing was computed. Start the master, or "
            "look at its address."
        ) from problem
    finally:
        line.close()


# Without a worker a query would wait for ever.
def _require_worker(context: Any, engine: str) -> None:
    until = time.monotonic() + _WORKER
    while not _has_worker(context, engine):
        if time.monotonic() > until:
            context.stop()
            raise EngineUnreachable(
                f"No worker of {engine} took work within {_WORKER} seconds. Nothing was computed. Start workers, or look at "
                "the memory and processors that they have free."
            )
        time.sleep(0.2)


# The driver counts itself. A master that gives up, since nothing starts on its workers, ends the session.
def _has_worker(context: Any, engine: str) -> bool:
    try:
        return context._jsc.sc().getExecutorMemoryStatus().size() > 1
    except problems() as problem:
        context.stop()
        raise EngineUnreachable(
            f"{engine} ended the session: nothing starts on its workers. Nothing was computed. Their own messages say why; they "
            "need Spark 4.0 in SPARK_HOME, and a Java that it supports."
        ) from problem
