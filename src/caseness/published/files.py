"""Find files, and open one as a table, or say why it cannot be one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pa_parquet

from caseness import engine
from caseness.errors import UnreadableInput

# A text file or workbook is read into memory whole. No release comes near these.
MAX_TEXT_BYTES = 1 << 30
MAX_WORKBOOK_BYTES = 256 << 20
# The widest release has 56 columns (therapy outcomes 2019-20, table 5).
MAX_LINES_ABOVE = 40
MAX_COLUMNS = 500

IsHeader = Callable[[Sequence[str]], bool]


@dataclass(frozen=True, eq=False)
class TextTable:
    """A table as it was printed: every cell a text, nothing interpreted.

    `first_line` is the line (or row of a sheet) that the first row of the table stands on,
    `notes` what had to be done to read it.
    """

    table: pa.Table
    first_line: int
    notes: tuple[str, ...] = ()


def find_files(path: Path) -> list[Path]:
    """Every file at or below a path, in the order of their names."""
    if not path.exists():
        raise UnreadableInput(
            f"There is no file or folder at {path}. Give the path of a release or of a folder of them."
        )
    if path.is_file():
        return [path]
    return sorted(found for found in path.rglob("*") if found.is_file() and not _is_hidden(found, path))


def open_parquet(path: Path) -> ibis.Table:
    """Open a Parquet file as a table that is read only when it is needed.

    Raises
    ------
    UnreadableInput
        If it is damaged or cut short.
    """
    try:
        pa_parquet.read_metadata(path)
    except (pa.ArrowException, OSError) as problem:
        raise UnreadableInput(
            f"{path.name} is not a whole Parquet file ({str(problem).strip()[:120]}). "
            "No figure is taken from it. Download or copy it again."
        ) from problem
    return engine.scan_parquet(path)


def require_size(path: Path, limit: int) -> None:
    """Refuse a file that is empty, or larger than any release."""
    size = path.stat().st_size
    if size == 0:
        raise UnreadableInput(f"{path.name} is empty (0 bytes). Download it again.")
    if size > limit:
        raise UnreadableInput(
            f"{path.name} has {size / 1e6:,.0f} MB, and no release is larger than {limit / 1e6:,.0f} MB. It was not read."
        )


def text_table(
    names: Sequence[str],
    columns: Sequence[pa.ChunkedArray | pa.Array],
    first_line: int,
    notes: Sequence[str],
    name: str,
) -> TextTable:
    """Put columns of text under their names. Columns without a name and without a cell are left out.

    Raises
    ------
    UnreadableInput
        If two columns bear one name, one that holds something bears none, or nothing is left.
    """
    kept = [
        (title.strip(), column) for title, column in zip(names, columns, strict=True) if not _is_void(title, column)
    ]
    _require_names([title for title, _ in kept], name)
    table = pa.table([column for _, column in kept], names=[title for title, _ in kept])
    if table.num_rows == 0:
        raise UnreadableInput(f"{name} has a header and no rows below it. Download it again: it may be cut short.")
    return TextTable(table, first_line, tuple(notes))


def _is_hidden(found: Path, top: Path) -> bool:
    return any(part.startswith(".") for part in found.relative_to(top).parts)


def _is_void(title: str, column: pa.ChunkedArray | pa.Array) -> bool:
    return not title.strip() and not any(cell.strip() for cell in column.unique().to_pylist())


def _require_names(names: Sequence[str], name: str) -> None:
    keys = [title.casefold() for title in names]
    repeated = sorted({title for title, key in zip(names, keys, strict=True) if keys.count(key) > 1})
    if repeated:
        raise UnreadableInput(
            f"{name} has {len(repeated)} column names more than once ({', '.join(map(repr, repeated[:5]))}). No figure is "
            "taken from it, since it cannot be told which column holds the figure. Delete the column that is not wanted."
        )
    if len(names) > MAX_COLUMNS:
        raise UnreadableInput(f"{name} has {len(names)} columns, and no release has more than {MAX_COLUMNS}.")
