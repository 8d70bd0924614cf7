"""The folder of backups: what they are called, which is the last, and which are too many."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

_FORM = "caseness-%Y%m%dT%H%M%SZ.age"
_NAME = re.compile(r"caseness-\d{8}T\d{6}Z\.age")


def backup_name(now: datetime) -> str:
    """The name of a backup that is written now.

    >>> backup_name(datetime(2026, 3, 20, 4, 5, 6, tzinfo=UTC))
    'caseness-20260320T040506Z.age'
    """
    return now.astimezone(UTC).strftime(_FORM)


def backups_in(folder: Path) -> list[tuple[Path, datetime]]:
    """The whole backups of a folder with their times, the oldest first. One that broke off has another name."""
    if not folder.is_dir():
        return []
    found = [path for path in folder.iterdir() if _NAME.fullmatch(path.name)]
    return sorted(((path, _time_of(path)) for path in found), key=lambda one: one[1])


def last_backup(folder: Path) -> tuple[Path, datetime] | None:
    """The newest, or None."""
    found = backups_in(folder)
    return found[-1] if found else None


def remove_old(folder: Path, keep: int) -> int:
    """Remove all but the newest, and say how many went."""
    old = backups_in(folder)[:-keep]
    for path, _ in old:
        path.unlink()
    return len(old)


def _time_of(path: Path) -> datetime:
    return datetime.strptime(path.name, _FORM).replace(tzinfo=UTC)
