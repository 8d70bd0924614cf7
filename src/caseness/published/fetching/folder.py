"""Where things stand in a folder of fetched releases, and the lock that keeps a second run out.

What is not a release begins with a dot, and whatever reads releases passes over it:
.parts (not yet whole), .earlier (set aside), .archive (a release as it was published).
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from caseness.errors import CannotFetch, CannotWrite
from caseness.published.fetching.addresses import Address

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

ARCHIVE = ".archive"


@dataclass(frozen=True)
class Folder:
    """A folder that releases are fetched into."""

    root: Path

    @property
    def manifest(self) -> Path:
        """The list of what was fetched."""
        return self.root / "manifest.json"

    @property
    def parts(self) -> Path:
        """What is not yet whole."""
        return self.root / ".parts"

    def name_of(self, address: Address) -> str:
        """The path of a release's own folder below this one: its name tells kind and period."""
        return f"{address.kind}/{address.period}"

    def name_of_earlier(self, address: Address, mark: str) -> str:
        """The path for a version that is set aside, below this folder. No two share one."""
        name = f".earlier/{address.kind}/{address.period}-{mark}"
        number = 2
        free = name
        while (self.root / free).exists():
            free = f"{name}-{number}"
            number += 1
        return free

    def part_of(self, address: Address, url: str) -> Path:
        """Where a release grows while it is being fetched. Each address has its own."""
        mark = hashlib.sha256(url.encode()).hexdigest()[:8]
        return self.parts / f"{address.kind}-{address.period}-{mark}.part"

    def below(self, name: str) -> Path:
        """A path that the manifest names, refused if it leads out of this folder."""
        is_absolute = PurePosixPath(name).is_absolute() or PureWindowsPath(name).anchor
        if is_absolute or ".." in PurePosixPath(name.replace("\\", "/")).parts:
            raise CannotFetch(f"{self.manifest} names {name!r}, which leads out of the folder. Nothing was fetched.")
        return self.root / name


def prepare(folder: Folder) -> None:
    """Make the folder, and see that it can be written to.

    Raises
    ------
    CannotWrite
        If it cannot.
    """
    try:
        folder.parts.mkdir(parents=True, exist_ok=True)
        probe = folder.parts / "probe"
        probe.write_bytes(b"caseness")
        probe.unlink()
    except OSError as problem:
        raise CannotWrite(
            f"Nothing can be fetched into {folder.root}: {problem.strerror or problem}. "
            "Choose another folder with --to."
        ) from problem


@contextmanager
def lock(folder: Folder) -> Iterator[None]:
    """Hold a folder for one run. The system lets go of it by itself if the run is killed.

    Raises
    ------
    CannotFetch
        If another run holds it.
    CannotWrite
        If the folder cannot be made or written to.
    """
    prepare(folder)
    with (folder.parts / "lock").open("a+b") as stream:
        try:
            _hold(stream.fileno())
        except OSError as problem:
            raise CannotFetch(
                f"Another `caseness fetch` is at work in {folder.root}. Nothing was fetched. "
                "Wait until it has ended, or choose another folder with --to."
            ) from problem
        yield


def _hold(number: int) -> None:
    if sys.platform == "win32":
        os.lseek(number, 0, os.SEEK_SET)
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
