"""The folder in which a record is read and derived for one command: personal data, which a killed run leaves behind."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl

PREFIX = "caseness-derive-"
_LOCK = "lock"


@contextmanager
def workplace() -> Iterator[Path]:
    """A folder among the temporary ones, gone afterwards even if the run is told to end. Those of killed runs are cleared first."""
    clear_leftovers()
    with _ending_as_interrupted(), tempfile.TemporaryDirectory(prefix=PREFIX) as folder, _held(Path(folder)):
        yield Path(folder)


# A batch system asks a run to end by SIGTERM, upon which Python would stop without clearing anything.
@contextmanager
def _ending_as_interrupted() -> Iterator[None]:
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


# The system lets go of a lock if the run is killed, and a number of a process can be another's by then. The lock has
# its name only once it is held, so no other run finds it free.
@contextmanager
def _held(folder: Path) -> Iterator[None]:
    with (folder / f".{_LOCK}").open("wb") as stream:
        if sys.platform != "win32":
            fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.rename(folder / f".{_LOCK}", folder / _LOCK)
        yield


def clear_leftovers() -> None:
    """Remove the folders of runs that were killed. Those of runs that are at work, and of other people, stay."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if _is_left_over(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_left_over(folder: Path) -> bool:
    if sys.platform == "win32":
        return False
    try:
        if folder.is_symlink() or folder.stat().st_uid != os.getuid():
            return False
        with (folder / _LOCK).open("r+b") as stream:
            fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
