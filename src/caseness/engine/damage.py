"""Which Parquet file it was that could not be read. An engine seldom says, so each that it read is tried alone.

A file is opened by its end, where its columns stand. That its rows are damaged shows only when they are read.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa
from ibis.expr.operations import DatabaseTable

from caseness.errors import UnreadableInput
from caseness.settings import load_settings

if TYPE_CHECKING:
    from pathlib import Path

    import ibis

# The files behind each table that was opened, by its name in the engine.
_files: dict[str, tuple[Path, ...]] = {}


def remember(table: ibis.Table, paths: Iterable[Path]) -> ibis.Table:
    """Keep in mind over which files a table lies."""
    _files[table.get_name()] = tuple(paths)
    return table


def remember_as(name: str, table: ibis.Table) -> None:
    """The same of a table that is given a name."""
    _files[name] = _behind(_names_in(table))


def forget(name: str) -> None:
    """A name that is no longer given."""
    _files.pop(name, None)


def require_whole(failed: ibis.Table | str) -> None:
    """Read each file anew that an expression or a compiled query that failed reads.

    Raises
    ------
    UnreadableInput
        If one of them cannot be read to its end. If all can, it was something else that failed.
    """
    names = [name for name in _files if name in failed] if isinstance(failed, str) else _names_in(failed)
    for path in _behind(names):
        if not _is_whole(path):
            raise UnreadableInput(
                f"{path} is damaged: it cannot be read to its end. No figure is taken from it. Copy it again, or make it again."
            )


def _names_in(table: ibis.Table) -> list[str]:
    return [node.name for node in table.op().find(DatabaseTable)]


def _behind(names: Iterable[str]) -> tuple[Path, ...]:
    return tuple(dict.fromkeys(path for name in names for path in _files.get(name, ())))


# In an engine of its own: some failures leave the other unable to answer, and it may still hold what it read before. What
# the engine says is not passed on, since it can quote a cell.
def _is_whole(path: Path) -> bool:
    settings = load_settings()
    try:
        with duckdb.connect(config={"threads": settings.threads, "memory_limit": settings.memory_limit}) as alone:
            for _ in alone.from_parquet(str(path)).to_arrow_reader():
                pass
    except (duckdb.Error, pa.ArrowException):
        return False
    return True
