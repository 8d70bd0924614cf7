"""Open one file as a table of text or typed columns, or say why it cannot be one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet

from caseness import engine
from caseness.errors import UnreadableInput

READABLE = (".parquet", ".csv", ".xlsx")


def find_files(path: Path) -> list[Path]:
    """Every file at or below a path, in the order of their names."""
    if not path.exists():
        raise UnreadableInput(f"There is no file or folder at {path}. Give the path of a release or of a folder of them.")
    if path.is_file():
        return [path]
    return sorted(found for found in path.rglob("*") if found.is_file() and not _is_hidden(found, path))


def open_table(path: Path) -> ibis.Table:
    """Open a file as a table.

    Raises
    ------
    UnreadableInput
        If it is of no known kind, damaged, or something else under a borrowed name.
    """
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        return _open_parquet(path)
    if suffix == ".csv":
        return engine.load(_read_csv(path))
    raise UnreadableInput(f"{path.name} is not one of {', '.join(READABLE)}.")


def _is_hidden(found: Path, top: Path) -> bool:
    return any(part.startswith(".") for part in found.relative_to(top).parts)


def _open_parquet(path: Path) -> ibis.Table:
    try:
        pa_parquet.read_metadata(path)
    except (pa.ArrowInvalid, OSError) as problem:
        raise UnreadableInput(f"{path.name} is not a whole Parquet file: {problem}") from problem
    return engine.scan_parquet(path)


def _read_csv(path: Path) -> pa.Table:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        names = next(_lines(stream), "").rstrip("\r\n").split(",")
    types = {name.strip('"'): pa.string() for name in names}
    options = pa_csv.ConvertOptions(column_types=types, strings_can_be_null=False)
    return pa_csv.read_csv(path, convert_options=options)


def _lines(stream: Iterator[str]) -> Iterator[str]:
    yield from stream
