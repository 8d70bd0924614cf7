"""Archives opened so that nothing in them can reach outside, fill the disk, or go by another's name."""

from __future__ import annotations

import lzma
import stat
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from caseness.published.fetching.failures import Refused
from caseness.published.fetching.safe_names import flat_names

_PIECE = 1 << 20
_HELD_BACK = "Nothing was unpacked. Fetch it again; if it stays so, tell the publisher."
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
# Members that a system adds for itself. They are no part of a release.
_SYSTEM_FOLDER = "__MACOSX"


@dataclass(frozen=True)
class Limits:
    """How much an archive may hold. The annual reports hold eight files, the outcomes five."""

    members: int = 1000
    total_bytes: int = 8 << 30
    # Tables full of NULL shrink a lot; nothing honest shrinks two hundred times.
    ratio: int = 200
    # A small file may shrink by more and does no harm.
    ratio_from_bytes: int = 16 << 20


LIMITS = Limits()


def unpack_zip(archive: Path, into: Path, limits: Limits = LIMITS) -> tuple[Path, ...]:
    """Unpack every file of a zip archive into one folder, or none of them.

    Folders in it are not kept: each file gets a safe name of its own.

    Raises
    ------
    Refused
        If it is damaged or locked, if a member would leave the folder, or if it holds too much.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            members = [one for one in opened.infolist() if not _is_of_system(one)]
            _require_harmless(members, archive.stat().st_size, limits)
            wanted = [one for one in members if not one.is_dir()]
            names = flat_names([parts_of(one.filename) for one in wanted])
            room = Room(limits.total_bytes)
            return tuple(_unpack(opened, one, into / name, room) for one, name in zip(wanted, names, strict=True))
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, ValueError) as problem:
        raise Refused(f"the archive is damaged ({str(problem)[:120]})", _HELD_BACK) from problem


def parts_of(name: str) -> tuple[str, ...]:
    """The parts of a member's path, refused if it could lead outside.

    Raises
    ------
    Refused
        If it is absolute, has a drive, or goes up.

    Examples
    --------
    >>> parts_of("tables/Table 1.csv")
    ('tables', 'Table 1.csv')
    """
    plain = name.replace("\\", "/")
    parts = [part for part in plain.split("/") if part not in ("", ".")]
    leads_out = plain.startswith("/") or ".." in parts or "\0" in plain
    if leads_out or not parts or PureWindowsPath(plain).drive:
        raise Refused(f"the archive holds a file whose name leads out of its folder ({name[:80]!r})", _HELD_BACK)
    return tuple(parts)


@dataclass
class Room:
    """How many bytes may still be unpacked. What an archive says of its sizes is not believed."""

    left: int

    def take(self, size: int) -> None:
        """Take so many bytes of it, or refuse."""
        self.left -= size
        if self.left < 0:
            raise Refused("the archive unpacks to more than any release holds", _HELD_BACK)


def _require_harmless(members: Sequence[zipfile.ZipInfo], size: int, limits: Limits) -> None:
    for one in members:
        parts_of(one.filename)
        _require_plain(one)
    if len(members) > limits.members:
        raise Refused(f"the archive holds {len(members):,} files, and no release has so many", _HELD_BACK)
    if len({one.filename for one in members}) < len(members):
        raise Refused("the archive holds two files of the same name, so it cannot be told which is meant", _HELD_BACK)
    total = sum(one.file_size for one in members)
    if total > limits.total_bytes or (total > limits.ratio_from_bytes and total > limits.ratio * size):
        raise Refused(
            f"the archive has {size / 1e6:,.1f} MB and says that it unpacks to {total / 1e6:,.0f} MB: "
            "it is made to fill a disk",
            _HELD_BACK,
        )
    if not any(not one.is_dir() for one in members):
        raise Refused("the archive holds no file", _HELD_BACK)


def _require_plain(member: zipfile.ZipInfo) -> None:
    mode = member.external_attr >> 16
    is_odd = stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR)
    if is_odd:
        raise Refused(f"the archive holds a link or device ({member.filename[:80]!r}), not only files", _HELD_BACK)
    if member.flag_bits & 0x1:
        raise Refused("the archive asks for a password", _HELD_BACK)
    if member.compress_type not in _METHODS:
        raise Refused("the archive is packed in a way that cannot be opened here", "Unpack it by hand.")


def _unpack(opened: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, room: Room) -> Path:
    with opened.open(member) as packed, path.open("xb") as stream:
        while piece := packed.read(_PIECE):
            room.take(len(piece))
            stream.write(piece)
    return path


def _is_of_system(member: zipfile.ZipInfo) -> bool:
    parts = member.filename.replace("\\", "/").split("/")
    return any(part == _SYSTEM_FOLDER or (part.startswith(".") and part not in (".", "..")) for part in parts)
