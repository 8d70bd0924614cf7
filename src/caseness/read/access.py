"""A Microsoft Access file (.mdb, .accdb), read by mdbtools: a program of its own, under the GPL, that is only called."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from caseness.errors import MissingProgram, UnreadableRecord
from caseness.read.delimited import open_text
from caseness.read.limits import BLOCK_BYTES
from caseness.read.naming import table_named
from caseness.read.pieces import Ignored, Place, TableSource

ENDINGS = (".mdb", ".accdb")
# Without these, a date of 2025 comes as 25 and in the order of the United States.
_FORMS = ("-D", "%Y-%m-%d", "-T", "%Y-%m-%d %H:%M:%S", "-b", "strip")
# A damaged file can make a reader wait for ever.
_LONGEST_LISTING_SECONDS = 120


def open_access(path: Path, name: str) -> tuple[Place, list[Ignored]]:
    """The tables of an Access file that belong to a record, and those that do not.

    Raises
    ------
    MissingProgram
        If mdbtools is not installed.
    UnreadableRecord
        If the file cannot be read.
    """
    found = [one for one in _list_tables(path, name) if one.strip()]
    # A name that begins with a dash would be taken for an option of the program.
    known = [(None if one.startswith("-") else table_named(one), one) for one in found]
    tables = tuple(
        TableSource(
            table_id, f"{name}: {one}", partial(_open, path, one, table_id, f"{name}: {one}"), path.stat().st_size
        )
        for table_id, one in known
        if table_id
    )
    ignored = [Ignored(f"{name}: {one[:80]}", "no table of the record has this name") for key, one in known if not key]
    return Place(name, tables), ignored


# The name of a table is only ever an argument, and only where it names a table of the record.
def _open(path: Path, table_name: str, table_id: str, name: str):
    return open_text(lambda: _export(path, table_name, name), table_id, name)


def _list_tables(path: Path, name: str) -> list[str]:
    try:
        listed = subprocess.run(
            [_program("mdb-tables", name), "-1", str(path.resolve())],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            timeout=_LONGEST_LISTING_SECONDS,
            env=_environment(),
        )
    except (OSError, subprocess.SubprocessError) as problem:
        raise _unreadable(name) from problem
    return listed.stdout.decode(errors="replace").splitlines()


def _export(path: Path, table_name: str, name: str) -> Iterator[bytes]:
    command = [_program("mdb-export", name), *_FORMS, str(path.resolve()), table_name]
    with (
        tempfile.TemporaryFile() as complaints,
        subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=complaints, env=_environment()
        ) as running,
    ):
        assert running.stdout is not None, "Unhandled process without output"
        while block := running.stdout.read(BLOCK_BYTES):
            yield block
        if running.wait() != 0:
            raise _unreadable(name)


def _environment() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C.UTF-8", "MDBICONV": "UTF-8", "MDB_JET3_CHARSET": "cp1252"}


def _program(program: str, name: str) -> str:
    found = shutil.which(program)
    if found is None:
        raise MissingProgram(
            f"{name} is a Microsoft Access file, and reading it needs the program {program}, which is not here. None of the "
            "record is taken. Install mdbtools (on Debian and Ubuntu: apt-get install mdbtools; on macOS: brew install "
            "mdbtools), or export the tables as CSV from Access."
        )
    return found


def _unreadable(name: str) -> UnreadableRecord:
    return UnreadableRecord(
        f"{name} cannot be read as a Microsoft Access file. None of the record is taken, since some of its rows would be "
        "lost. Take its password off, let Access repair it, or export the tables as CSV."
    )
