"""A backup put back: read to its end first, and only then put in place, all of it or nothing."""

from __future__ import annotations

import json
import os
import shutil
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import pyrage
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from caseness.errors import CannotRestore
from caseness.web.accounts.models import User
from caseness.web.operation.backup import ABOUT, END, FILES, FORMAT, ROWS
from caseness.web.operation.readiness import missing_migrations
from caseness.web.operation.sealing import opened

_NOT_OURS = "The file holds no backup of this application. Nothing was changed."


@dataclass(frozen=True)
class Restored:
    """What was put back, and how many migrations of this version it still lacks."""

    at: str
    version: str
    rows: int
    files: int
    lacking: int


def restore_backup(path: Path, identities: Sequence[pyrage.x25519.Identity], *, replace: bool) -> Restored:
    """Put a backup in the place of the database and of the files.

    Raises
    ------
    CannotRestore
        If the file is damaged, not whole, of another database or of a later version, if no key fits, or if the
        database is not empty and `replace` is not asked for. Nothing is changed then.
    """
    if not replace and not is_empty():
        raise CannotRestore(
            "The database is not empty, so nothing was changed. Add --replace to put the backup in its place."
        )
    with path.open("rb") as file:
        about, ended = examine(file, identities)
        _refuse_what_does_not_fit(about)
        _put_in_place(file, identities, about)
    return Restored(
        about["at"], about["version"], sum(ended["rows"].values()), ended["files"], len(missing_migrations())
    )


def is_empty() -> bool:
    """Nobody can sign in: then it was only ever migrated."""
    return User._meta.db_table not in connection.introspection.table_names() or not User.objects.exists()


def examine(file: BinaryIO, identities: Sequence[pyrage.x25519.Identity]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Read a backup to its end, and give what stands at its start and at its end."""
    about = ended = None
    with _members(file, identities) as members:
        for name, content in members:
            about = _parsed(content, ("format",)) if name == ABOUT else about
            ended = _parsed(content, ("rows", "files")) if name == END else None
    if about is None or ended is None:
        raise CannotRestore(_NOT_OURS)
    return about, ended


@contextmanager
def _members(file: BinaryIO, identities: Sequence[pyrage.x25519.Identity]) -> Iterator[Iterator[tuple[str, bytes]]]:
    with opened(file, identities) as stream:
        yield _contents(stream)


def _contents(stream: BinaryIO) -> Iterator[tuple[str, bytes]]:
    try:
        with tarfile.open(mode="r|", fileobj=stream) as tar:
            for member in tar:
                found = tar.extractfile(member)
                yield member.name, found.read() if found else b""
    except tarfile.TarError as problem:
        raise CannotRestore(_NOT_OURS) from problem


def _parsed(content: bytes, needed: Sequence[str]) -> dict[str, Any]:
    try:
        found = json.loads(content)
        return {**found, **{name: found[name] for name in needed}}
    except (ValueError, KeyError, TypeError) as problem:
        raise CannotRestore(_NOT_OURS) from problem


def _refuse_what_does_not_fit(about: dict[str, Any]) -> None:
    if about["format"] != FORMAT or not {"version", "database", "migrations", "tables", "at"} <= about.keys():
        raise CannotRestore("The backup has a form that this version does not know. Nothing was changed.")
    if about["database"] != connection.vendor:
        raise CannotRestore(
            f"The backup is of a {about['database']} database and the settings name one of {connection.vendor}. "
            "Nothing was changed."
        )
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    if unknown := [one for one in about["migrations"] if tuple(one) not in known]:
        raise CannotRestore(
            f"The backup was written by version {about['version']}, with {len(unknown)} migrations that this version "
            "does not have. Nothing was changed. Install that version first."
        )


def _put_in_place(file: BinaryIO, identities: Sequence[pyrage.x25519.Identity], about: dict[str, Any]) -> None:
    files = _Files(Path(settings.MEDIA_ROOT))
    try:
        with _members(file, identities) as members, ROWS[connection.vendor].loading(about) as loading:
            for name, content in members:
                _take(name, content, loading, files)
        files.finish()
    except DatabaseError as problem:
        raise CannotRestore("The database refused what the backup holds. Nothing was changed.") from problem
    finally:
        files.clean()


def _take(name: str, content: bytes, loading: Any, files: _Files) -> None:
    if name == END:
        loading.finish(json.loads(content)["rows"])
    elif name.startswith(FILES):
        files.take(name.removeprefix(FILES), content)
    elif name != ABOUT:
        loading.take(name, content)


class _Files:
    """Files on their way back: beside the old ones until all are there."""

    def __init__(self, root: Path):
        self.root, self.beside, self.old = root, root.with_name(f"{root.name}.new"), root.with_name(f"{root.name}.old")
        self.clean()

    def take(self, name: str, content: bytes) -> None:
        path = (self.beside / name).resolve()
        if not path.is_relative_to(self.beside.resolve()):
            raise CannotRestore(_NOT_OURS)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(content)

    def finish(self) -> None:
        if self.root.is_dir():
            self.root.rename(self.old)
        if self.beside.is_dir():
            self.beside.rename(self.root)
        shutil.rmtree(self.old, ignore_errors=True)

    def clean(self) -> None:
        shutil.rmtree(self.beside, ignore_errors=True)
        # Cut off between the two names: the old files come back.
        if self.old.is_dir() and not self.root.is_dir():
            self.old.rename(self.root)
