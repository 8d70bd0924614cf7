"""The steps of deriving on Spark: queries that were compiled once, over tables that are found by their names."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
import pyarrow.parquet as pq
from ibis.backends.sql.compilers.pyspark import PySparkCompiler
from ibis.expr.operations import InMemoryTable

from caseness.engine import damage
from caseness.engine.on_spark import as_frame, connect, running
from caseness.errors import CannotWrite, say_why_not_written


# Spark has this aggregate, and Ibis 12.0.0 has no rule for it (tests/house/test_pins.py).
def _bit_or(self: Any, op: Any, *, arg: Any, where: Any) -> Any:
    return self.agg.bit_or(arg, where=where)


PySparkCompiler.visit_BitOr = _bit_or  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Steps:
    """What steps need of Spark, on one engine."""

    engine: str

    @property
    def _session(self) -> Any:
        return connect(self.engine)._session

    def compile_text(self, expression: ibis.Table) -> str:
        """An expression as the query that Spark runs."""
        return str(connect(self.engine).compile(expression))

    @contextmanager
    def given_as(self, tables: Mapping[str, ibis.Table]) -> Iterator[None]:
        """Let tables be found by names, for as long as this lasts."""
        for name, table in tables.items():
            self._rows(table).createOrReplaceTempView(_quoted(name))
            damage.remember_as(name, table)
        try:
            yield
        finally:
            self.drop(tables)
            for name in tables:
                damage.forget(name)

    def hold_text(self, query: str, name: str) -> None:
        """Run a query once, and keep its rows and not the way to them: a plan of all steps would grow too long to read."""
        with running(query):
            self._session.sql(query).localCheckpoint().createOrReplaceTempView(_quoted(name))

    def write_text(self, query: str, path: Path, mark: str = "") -> None:
        """Run a query, and write its rows into one Parquet file that says `mark`."""
        folder = path.with_suffix(".parts")
        with running(query):
            # One file, but all that comes before it in as many parts as there are.
            self._session.sql(query).repartition(1).write.parquet(f"file:{folder.resolve()}", compression="zstd")
        try:
            (part,) = folder.glob("part-*.parquet")
            _mark(part, path, mark)
            shutil.rmtree(folder)
        except OSError as problem:
            raise CannotWrite(f"{path} could not be written: {say_why_not_written(problem)}.") from problem

    def drop(self, names: Iterable[str]) -> None:
        """Let go of tables by their names."""
        for name in names:
            self._session.catalog.dropTempView(name)

    def _rows(self, table: ibis.Table) -> Any:
        held = table.op()
        if isinstance(held, InMemoryTable):
            return as_frame(self._session, held)
        return self._session.sql(self.compile_text(table))


def _quoted(name: str) -> str:
    return f"`{name}`"


def _mark(part: Path, path: Path, mark: str) -> None:
    if not mark:
        shutil.move(part, path)
        return
    held = pq.ParquetFile(part)
    schema = held.schema_arrow.with_metadata({"synthetic": mark})
    with pq.ParquetWriter(path, schema, compression="zstd", compression_level=1) as writer:
        for rows in held.iter_batches():
            writer.write_batch(rows)
