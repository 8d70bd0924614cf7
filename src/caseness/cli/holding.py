"""A folder that is one run's alone while it is written into: two at once would leave a mixture of both."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from caseness.errors import CannotWrite

if sys.platform != "win32":
    import fcntl


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold a folder, which is made if it is not there. Of what was made nothing is left if nothing was written into it.

    Raises
    ------
    CannotWrite
        If another run holds it.
    OSError
        If it cannot be made or opened.
    """
    made = _make(folder)
    try:
        with _locked(folder):
            yield
    finally:
        for place in made:
            with suppress(OSError):
                place.rmdir()


# The innermost first, which is how they can be removed again.
def _make(folder: Path) -> list[Path]:
    absent = [place for place in (folder.absolute(), *folder.absolute().parents) if not place.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return absent


# The folder itself is locked, so that no file for it is left. The system lets go of it if the run is killed.
@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    if sys.platform == "win32":
        yield
        return
    lock = os.open(folder, os.O_RDONLY)
    try:
        _lock(lock, folder)
        yield
    finally:
        os.close(lock)


def _lock(lock: int, folder: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as problem:
        raise CannotWrite(
            f"Another run is writing into {folder}. Nothing was written. Wait until it has ended, or choose another folder with "
            "--out."
        ) from problem
