"""A record as CSV, as Parquet or in a PostgreSQL database, such that reading it again gives the same rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from caseness import engine
from caseness.errors import CannotWrite, UnknownName
from caseness.read.cells import as_text
from caseness.read.database import is_address, schema_in
from caseness.read.model import REASONS, Record, typed_schema
from caseness.read.typed_files import TypedFile
from caseness.record import ROW_ID, SUBMISSION, table

POSTGRESQL = "postgresql"
_USUAL_SCHEMA = "public"
# What a spreadsheet takes for a formula. A blank before it does not help, so tab and return count too.
_FORMULA = r"^([=+\-@\t\r])"


def write_record(record: Record, to: Path | str, form: str) -> tuple[str, ...]:
    """Write the well-formed rows of a record, one table beside the other, with `submission` and `row_id` in front.

    No value is altered, so that reading what was written gives the same rows and the same ids. A spreadsheet may run a
    cell that begins with = as a formula: `write_rejected` guards against that, and this does not.

    Parameters
    ----------
    record : what `read_record` gave
    to : a folder, or for `postgresql` an address; `?schema=` names the schema
    form : `csv`, `parquet` or `postgresql`

    Returns
    -------
    the path or name of each table that was written

    Raises
    ------
    CannotWrite
        If the folder holds something already, or cannot be written to.
    UnknownName
        If there is no such format.
    """
    if form == POSTGRESQL:
        return _write_database(record, str(to))
    if form not in _WRITERS:
        raise UnknownName("format", form, [*_WRITERS, POSTGRESQL])
    folder = Path(to)
    try:
        _require_empty(folder)
        folder.mkdir(parents=True, exist_ok=True)
        return tuple(str(_write_table(record, one, folder / f"{one}.{form}", _WRITERS[form])) for one in record.rows)
    except OSError as problem:
        raise CannotWrite(f"The record could not be written to {folder}: {problem.strerror}.") from problem


def write_rejected(record: Record, folder: Path) -> tuple[Path, ...]:
    """Write the rejected rows with their reasons as CSV for people, one file for each table that has any.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front.

    Raises
    ------
    CannotWrite
        If the folder cannot be written to.
    """
    written = []
    for table_id, count in record.rows.items():
        if count.rejected:
            path = folder / f"{table_id}.csv"
            rows = (_harmless(batch) for batch in engine.stream(record.rejected(table_id)))
            try:
                folder.mkdir(parents=True, exist_ok=True)
                _write_csv(path, _as_text_schema(record.rejected(table_id).columns), rows)
            except OSError as problem:
                raise CannotWrite(f"Rejected rows could not be written to {path}: {problem.strerror}.") from problem
            written.append(path)
    return tuple(written)


def _rows(record: Record, table_id: str) -> Iterator[pa.RecordBatch]:
    schema = typed_schema(table(table_id))
    expression = record.table(table_id)
    for batch in engine.stream(expression.order_by([expression[SUBMISSION], expression[ROW_ID]])):
        yield batch.cast(schema)


def _write_table(record: Record, table_id: str, path: Path, write: Callable[..., None]) -> Path:
    write(path, table_id, _rows(record, table_id))
    return path


def _write_as_parquet(path: Path, table_id: str, rows: Iterator[pa.RecordBatch]) -> None:
    schema = typed_schema(table(table_id))
    with TypedFile(path, schema, even_if_empty=True) as file:
        for batch in rows:
            file.add(pa.Table.from_batches([batch]))


def _write_as_csv(path: Path, table_id: str, rows: Iterator[pa.RecordBatch]) -> None:
    _write_csv(path, _as_text_schema(typed_schema(table(table_id)).names), (_as_text(batch) for batch in rows))


def _write_csv(path: Path, schema: pa.Schema, rows: Iterator[pa.RecordBatch]) -> None:
    with pa_csv.CSVWriter(str(path), schema) as file:
        for batch in rows:
            file.write_batch(batch)


def _write_database(record: Record, address: str) -> tuple[str, ...]:
    if not is_address(address):
        raise CannotWrite(f"{address!r} is no address of a database. Give one such as postgresql://user@host/database.")
    schema, where = schema_in(address) or _USUAL_SCHEMA, engine.database_name(address)
    tables = {one: (typed_schema(table(one)), _csv_pieces(_rows(record, one))) for one in record.rows}
    engine.copy_in(address, schema, tables)
    return tuple(f"{where}/{schema}: {one}" for one in record.rows)


def _csv_pieces(rows: Iterator[pa.RecordBatch]) -> Iterator[bytes]:
    for batch in rows:
        piece = pa.BufferOutputStream()
        pa_csv.write_csv(_as_text(batch), piece, pa_csv.WriteOptions(include_header=False))
        yield piece.getvalue().to_pybytes()


def _as_text(batch: pa.RecordBatch) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([as_text(column) for column in batch.columns], batch.schema.names)


def _as_text_schema(names: tuple[str, ...] | list[str]) -> pa.Schema:
    return pa.schema([pa.field(name, pa.string()) for name in names])


def _harmless(batch: pa.RecordBatch) -> pa.RecordBatch:
    columns = {name: batch.column(name) for name in batch.schema.names}
    columns[REASONS] = pc.binary_join(columns[REASONS], "; ")
    harmless = [pc.replace_substring_regex(as_text(column), _FORMULA, r"'\1") for column in columns.values()]
    return pa.RecordBatch.from_arrays(harmless, list(columns))


def _require_empty(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()):
        raise CannotWrite(
            f"{folder} holds something already. Nothing was written. Choose another folder, or an empty one."
        )


_WRITERS: dict[str, Callable[[Path, str, Iterator[pa.RecordBatch]], None]] = {
    "csv": _write_as_csv,
    "parquet": _write_as_parquet,
}
FORMATS = (*_WRITERS, POSTGRESQL)
