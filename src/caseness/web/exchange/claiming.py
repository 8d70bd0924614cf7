"""Who does a step of a transfer: one process or thread at a time, and none for ever."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NAME = "lock"


@contextmanager
def claimed(folder: Path) -> Iterator[bool]:
    """Whether a transfer is ours for now. What is locked is a file of it, so that a process that is killed holds up nobody.

    >>> from tempfile import mkdtemp
    >>> folder = Path(mkdtemp())
    >>> with claimed(folder) as first, claimed(folder) as second:
    ...     first, second
    (True, False)
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / _NAME).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
