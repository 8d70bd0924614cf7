"""A backup: the whole database and the files of the folder, as one tar in one encrypted file.

Sessions and counts of failed sign-ins are left out: after a restore everybody signs in again.
"""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from caseness import __version__
from caseness.web.operation import rows_postgresql, rows_sqlite
from caseness.web.operation.archive import backup_name
from caseness.web.operation.sealing import read_recipients, sealed

FORMAT = 1
ABOUT, END, FILES = "about.json", "end.json", "files/"
ROWS = {"postgresql": rows_postgresql, "sqlite": rows_sqlite}


@dataclass(frozen=True)
class Written:
    """A backup that was written."""

    path: Path
    rows: int
    files: int


class Parcel:
    """What goes into a backup, one member after the other."""

    def __init__(self, stream: Any, now: datetime):
        self._tar = tarfile.open(mode="w|", fileobj=stream)  # noqa: SIM115 - `close` closes it
        self._now = int(now.timestamp())

    def add(self, name: str, content: bytes) -> None:
        """One member."""
        member = tarfile.TarInfo(name)
        member.size, member.mtime, member.mode = len(content), self._now, 0o600
        self._tar.addfile(member, io.BytesIO(content))

    def close(self) -> None:
        """Nothing more goes in."""
        self._tar.close()


def write_backup(folder: Path, recipients: Sequence[str], now: datetime) -> Written:
    """Write a backup into a folder, and say what it holds.

    Raises
    ------
    CannotBackUp
        If no key is named, or the file cannot be written. Nothing is kept then.
    """
    keys = read_recipients(recipients)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / backup_name(now)
    with sealed(path, keys) as stream, closing(Parcel(stream, now)) as parcel:
        counts = _fill(parcel, now)
    return Written(path, sum(counts["rows"].values()), counts["files"])


def _fill(parcel: Parcel, now: datetime) -> dict[str, Any]:
    rows = ROWS[connection.vendor]
    with rows.snapshot() as taken:
        parcel.add(ABOUT, json.dumps({**about(now), "tables": taken.tables()}).encode())
        counts = taken.write(parcel.add)
    ended = {"rows": counts, "files": _add_files(parcel)}
    parcel.add(END, json.dumps(ended).encode())
    return ended


def about(now: datetime) -> dict[str, Any]:
    """What a backup says of itself, and what a restore looks at first."""
    applied = sorted(MigrationExecutor(connection).loader.applied_migrations)
    return {
        "format": FORMAT,
        "version": __version__,
        "database": connection.vendor,
        "at": now.isoformat(),
        "migrations": [list(one) for one in applied],
    }


def _add_files(parcel: Parcel) -> int:
    root = Path(settings.MEDIA_ROOT)
    found = (
        sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink()) if root.is_dir() else []
    )
    for path in found:
        parcel.add(FILES + path.relative_to(root).as_posix(), path.read_bytes())
    return len(found)
