"""What is written beside the tables of a record, so that it can be opened again: record.json."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pa_parquet

from caseness.errors import UnreadableRecord
from caseness.read.model import Record, RecordFile, RowCount, Submission, typed_path
from caseness.record import TABLES

MANIFEST = "record.json"
FORMAT = 1


def save(record: Record) -> None:
    """Write the manifest of a record into its folder. It comes last: a folder without it is no whole record."""
    text = json.dumps(to_plain(record), indent=1, ensure_ascii=False)
    (record.folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def to_plain(record: Record) -> dict[str, Any]:
    """All that is known of a record but its rows: submissions, rows by table, files and notes. Dates are text."""
    return {
        "format": FORMAT,
        "submissions": [_dates_as_text(asdict(one)) for one in record.submissions],
        "rows": {table_id: asdict(count) for table_id, count in record.rows.items()},
        "files": [asdict(one) for one in record.files],
        "notes": list(record.notes),
    }


def load(folder: Path) -> Record:
    """Open a record that was read before.

    Raises
    ------
    UnreadableRecord
        If the folder holds none, or one of another version of the form.
    """
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            raise UnreadableRecord(
                f"{folder} was written in form {content['format']!r}, and this version reads form {FORMAT}. No figure is taken "
                "from it. Read the source again with `caseness record`."
            )
        record = _record(folder, content)
    except OSError as problem:
        raise UnreadableRecord(
            f"{folder} is no record that was read before: it has no {MANIFEST}. Read the source with `caseness record`."
        ) from problem
    except (ValueError, KeyError, TypeError) as problem:
        raise UnreadableRecord(
            f"{folder / MANIFEST} is damaged, so no figure is taken from the record. Read the source again."
        ) from problem
    _require_whole(record)
    return record


# A table that was lost on the way would count as one without a row. One that is damaged is told when it is read.
def _require_whole(record: Record) -> None:
    for table_id, count in record.rows.items():
        path = typed_path(record.folder, table_id)
        try:
            there = pa_parquet.read_metadata(path).num_rows if path.is_file() else 0
        except (OSError, pa.ArrowException):
            continue
        if there != count.kept:
            raise UnreadableRecord(
                f"{path} has {there:,} rows, and {MANIFEST} says {count.kept:,}: the record is not whole. No figure is taken from it. "
                "Copy it again, or read the source again with `caseness record`."
            )


def _record(folder: Path, content: dict[str, Any]) -> Record:
    known = {one.id for one in TABLES}
    rows = {table_id: RowCount(**count) for table_id, count in content["rows"].items() if table_id in known}
    return Record(
        folder,
        tuple(_submission(one) for one in content["submissions"]),
        rows,
        tuple(_file(one) for one in content["files"]),
        tuple(content["notes"]),
    )


def _submission(given: dict[str, Any]) -> Submission:
    parsed = {
        "period_start": date.fromisoformat(given["period_start"]),
        "period_end": date.fromisoformat(given["period_end"]),
        "created": datetime.fromisoformat(given["created"]),
    }
    return Submission(**{**{one.name: given[one.name] for one in fields(Submission)}, **parsed})


def _file(given: dict[str, Any]) -> RecordFile:
    unknown = tuple(given["unknown_columns"])
    return RecordFile(**{**given, "rows": RowCount(**given["rows"]), "unknown_columns": unknown})


def _dates_as_text(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in given.items()}
