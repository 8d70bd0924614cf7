"""A table in a Parquet file, typed or as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pa_parquet

from caseness.errors import UnreadableRecord
from caseness.read.limits import BATCH_ROWS
from caseness.read.marks import mark_in
from caseness.read.pieces import OpenTable, Piece


def open_parquet(path: Path, name: str) -> OpenTable:
    """Open a Parquet file as a table.

    Raises
    ------
    UnreadableRecord
        If it is damaged or cut short, now or when it is read.
    """
    try:
        schema = pa_parquet.read_schema(path)
    except (pa.ArrowException, OSError) as problem:
        raise _damaged(name) from problem

    names = tuple(schema.names)

    def read(wanted: Sequence[int]) -> Iterator[Piece]:
        try:
            with pa_parquet.ParquetFile(path) as opened:
                for batch in opened.iter_batches(BATCH_ROWS, columns=[names[place] for place in wanted]):
                    columns = [batch.column(names[place]) for place in wanted]
                    yield Piece(pa.table(columns, names=[str(place) for place in range(len(wanted))]))
        except (pa.ArrowException, OSError) as problem:
            raise _damaged(name) from problem

    return OpenTable(names, read, notes=mark_in(schema))


def _damaged(name: str) -> UnreadableRecord:
    return UnreadableRecord(
        f"{name} is not a whole Parquet file. None of the record is taken, since some of its rows would be lost. Copy or "
        "export it again."
    )
