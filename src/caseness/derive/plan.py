"""The steps of deriving as expressions over named tables, compiled once and run for every partition.

Building and compiling the expressions takes longer than running them over a small record, and they are the same for
every partition of every record. What a record has of its own are the tables that the first steps read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import ibis
from ibis.expr.operations import Relation, UnboundTable

from caseness.derive.staging import PREFIX, schema_of
from caseness.engine import DUCKDB, compile_text

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Step:
    """One query: kept in the engine under its name, or written. `done` are the tables that no later step reads."""

    name: str
    query: str
    is_written: bool
    done: tuple[str, ...]


@dataclass(eq=False)
class Plan:
    """The steps so far. Each table that a step keeps can be read by those after it."""

    _steps: list[tuple[str, ibis.Table, bool]] = field(default_factory=list)

    def read(self, table_id: str) -> ibis.Table:
        """A table of the record."""
        return self.given(table_id, schema_of(table_id))

    def given(self, name: str, schema: pa.Schema) -> ibis.Table:
        """A table that is there before the first step."""
        return ibis.table(ibis.Schema.from_pyarrow(schema), name=PREFIX + name)

    def hold(self, name: str, expression: ibis.Table) -> ibis.Table:
        """Keep the rows of an expression, and give the table that they are in."""
        assert PREFIX + name not in {each for each, _, _ in self._steps}, f"Unhandled {name!r}: there twice"
        self._steps.append((PREFIX + name, expression, False))
        return ibis.table(expression.schema(), name=PREFIX + name)

    def write(self, name: str, expression: ibis.Table) -> None:
        """Write the rows of an expression."""
        self._steps.append((name, expression, True))

    def compiled(self, engine: str = DUCKDB) -> tuple[Step, ...]:
        """The steps as queries of an engine, in order."""
        reads = [_reads(expression) for _, expression, _ in self._steps]
        held = {name for name, _, is_written in self._steps if not is_written}
        return tuple(
            Step(name, _text(expression.op(), engine), is_written, _done(place, held, reads))
            for place, (name, expression, is_written) in enumerate(self._steps)
        )


# Two plans differ in few steps, and an expression is the same for whoever builds it.
@cache
def _text(node: Relation, engine: str) -> str:
    return compile_text(node.to_expr(), engine)


def _reads(expression: ibis.Table) -> frozenset[str]:
    return frozenset(each.name for each in expression.op().find(UnboundTable))


def _done(place: int, held: Iterable[str], reads: Sequence[frozenset[str]]) -> tuple[str, ...]:
    later = frozenset[str]().union(*reads[place + 1 :])
    return tuple(sorted(name for name in held if name in reads[place] and name not in later))
