"""Rows to a Parquet file as they come, in groups that are neither tiny nor larger than memory allows."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

import pyarrow as pa
import pyarrow.parquet as pa_parquet

from caseness.read.limits import GROUP_BYTES, GROUP_ROWS
from caseness.record import ROW_ID


class TypedFile:
    """A Parquet file that grows. It is made with its first row, so that a table without rows leaves none."""

    def __init__(self, path: Path, schema: pa.Schema, even_if_empty: bool = False):
        self._even_if_empty = even_if_empty
        self._path = path
        self._schema = schema
        self._waiting: list[pa.Table] = []
        self._rows = 0
        self._bytes = 0
        self._writer: pa_parquet.ParquetWriter | None = None

    def __enter__(self) -> TypedFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if problem is None:
            self._flush()
        if self._writer is not None:
            self._writer.close()

    def add(self, rows: pa.Table) -> None:
        """Take rows, and write when there are enough."""
        if rows.num_rows == 0:
            return
        self._waiting.append(rows)
        self._rows += rows.num_rows
        self._bytes += rows.nbytes
        if self._rows >= GROUP_ROWS or self._bytes >= GROUP_BYTES:
            self._flush()

    def _flush(self) -> None:
        if not self._waiting and (self._writer is not None or not self._even_if_empty):
            return
        writer = self._writer or self._start()
        self._writer = writer
        writer.write_table(pa.concat_tables(self._waiting) if self._waiting else self._schema.empty_table())
        self._waiting, self._rows, self._bytes = [], 0, 0

    # The lowest level: half the size of none, and hardly slower.
    def _start(self) -> pa_parquet.ParquetWriter:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        repeating = [name for name in self._schema.names if not _is_of_one_row(name)]
        return pa_parquet.ParquetWriter(
            self._path,
            self._schema,
            compression="zstd",
            compression_level=1,
            use_dictionary=repeating,
            column_encoding={ROW_ID: "DELTA_BINARY_PACKED"},
        )


# A dictionary of values that do not repeat takes twice the time and the room (600,000 contacts: 0.47 s and 6.0 MB against
# 0.19 s and 3.2 MB).
def _is_of_one_row(name: str) -> bool:
    return name.endswith("Id") or name in (ROW_ID, "NHSNumber")
