"""A record as the profile of whoever keeps it has it: submissions, or the sheet of a practice."""

from __future__ import annotations

from pathlib import Path

from caseness.check import PRACTICE_PROFILE
from caseness.cli.clock import find_today
from caseness.errors import UnreadableRecord
from caseness.read import Record, open_record, read_record
from caseness.read.database import is_address
from caseness.read.manifest import MANIFEST
from caseness.read.naming import table_named
from caseness.read.practice import Practice, PracticeSheets, read_practice


def open_as(path: str, to: Path, profile: str) -> Record:
    """Read a record into a folder, unless it was read before."""
    if not is_address(path) and (Path(path) / MANIFEST).is_file():
        return open_record(path)
    return read_as(path, to, profile)


# A practice has a sheet, or tables as others have.
def read_as(path: str, to: Path, profile: str) -> Record:
    """Read a record into a folder.

    Raises
    ------
    UnreadableRecord
        If it is no record, and for a practice no sheet either.
    """
    return read_with_sheet(path, to, profile)[0]


def read_with_sheet(path: str, to: Path, profile: str) -> tuple[Record, PracticeSheets | None]:
    """The same, with the sheet of the practice, if it was one.

    Raises
    ------
    UnreadableRecord
        If it is no record, and for a practice no sheet either.
    """
    try:
        return read_record(path, to), None
    except UnreadableRecord:
        if profile != PRACTICE_PROFILE or is_address(path) or _has_tables(Path(path)):
            raise
    return read_practice(Path(path), to, Practice(read_on=find_today()))


# What is named for a table was meant as one, and what is wrong with it has been said.
def _has_tables(path: Path) -> bool:
    return any(table_named(one.stem) for one in (path, *path.rglob("*")))
