"""Keep what was worked out of a file on disk, so that any number of files fits in memory."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from itertools import count
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pa_parquet

from caseness import engine

_numbers = count(1)


def spool(table: pa.Table) -> ibis.Table:
    """Write a table to a temporary file and open that. The file is gone when the program ends."""
    path = _folder() / f"{next(_numbers)}.parquet"
    pa_parquet.write_table(table, path, compression="zstd")
    return engine.scan_parquet(path)


@cache
def _folder() -> Path:
    folder = tempfile.mkdtemp(prefix="caseness-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)
