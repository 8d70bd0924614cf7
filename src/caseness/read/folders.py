"""What a folder is, told by names alone: a record that was read before, or submissions as they were made."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from caseness.errors import CasenessError
from caseness.read import access, workbooks
from caseness.read.manifest import MANIFEST
from caseness.read.model import REJECTED_FOLDER, TABLES_FOLDER
from caseness.read.naming import table_named
from caseness.read.places import PARQUET, TEXT
from caseness.read.submissions import HEADER


def holds_record(folder: Path) -> bool:
    """Whether a folder is a record that was read before, whole or not.

    >>> holds_record(Path("nowhere"))
    False
    """
    return (folder / MANIFEST).is_file() or any(map(_tables_in, _files(folder / TABLES_FOLDER)))


# A folder in which somebody works may hold one of submissions among others, and is none itself.
def holds_submissions(folder: Path) -> bool:
    """Whether a folder is one of submissions: a table of headers lies in it, or in each folder directly below it.

    >>> from tempfile import mkdtemp
    >>> folder = Path(mkdtemp())
    >>> (folder / "april").mkdir()
    >>> holds_submissions(folder)
    False
    >>> (folder / "april" / "IDS000Header.csv").touch()
    >>> holds_submissions(folder)
    True
    """
    below = [one for one in _in(folder) if one.is_dir() and not _is_passed_over(one)]
    return _has_header(folder) or (bool(below) and all(map(_has_header, below)))


def _is_passed_over(folder: Path) -> bool:
    return folder.name.startswith(".") or folder.name.casefold() == REJECTED_FOLDER


def _has_header(folder: Path) -> bool:
    return any(HEADER in _tables_in(path) for path in _files(folder))


def _files(folder: Path) -> list[Path]:
    return [path for path in _in(folder) if path.is_file()]


def _in(folder: Path) -> Sequence[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return ()


# Whatever cannot be looked into is told when it is read, and here it is nothing.
def _tables_in(path: Path) -> list[str]:
    ending = path.suffix.lower()
    try:
        if ending in workbooks.ENDINGS:
            return [one.table_id for one in workbooks.tables_in_workbook(path, path.name)[0]]
        if ending in access.ENDINGS:
            return [one.table_id for one in access.open_access(path, path.name)[0].tables]
    except CasenessError:
        return []
    named = table_named(path.stem) if ending in (*TEXT, *PARQUET) else None
    return [named] if named else []
