"""RAR archives, opened with a program of this machine if it has one. The 2018-19 annual report is one."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from caseness.published.fetching.archives import LIMITS, Limits, Room
from caseness.published.fetching.failures import Refused
from caseness.published.fetching.safe_names import flat_names

# The first that is there is used. None is given a password to ask for, or leave to write elsewhere.
_PROGRAMS: dict[str, Callable[[Path, Path], Sequence[str]]] = {
    "bsdtar": lambda archive, into: ("-x", "--no-same-permissions", "-C", str(into), "-f", str(archive)),
    "unar": lambda archive, into: ("-quiet", "-no-directory", "-output-directory", str(into), str(archive)),
    "unrar": lambda archive, into: ("x", "-inul", "-p-", "-y", str(archive), f"{into}/"),
    "7z": lambda archive, into: ("x", "-y", "-p", f"-o{into}", str(archive)),
    "7zz": lambda archive, into: ("x", "-y", "-p", f"-o{into}", str(archive)),
}
_LONGEST_SECONDS = 600
_HELD_BACK = "Nothing was unpacked. Unpack it by hand, and look at what it holds."


def find_opener() -> str | None:
    """The name of a program of this machine that opens RAR archives, or None."""
    return next((name for name in _PROGRAMS if shutil.which(name)), None)


def unpack_rar(archive: Path, into: Path, opener: str, limits: Limits = LIMITS) -> tuple[Path, ...]:
    """Unpack every file of a RAR archive into one folder, or none of them.

    Raises
    ------
    Refused
        If the program fails, or what it unpacked holds links, too many files or too much.
    """
    with tempfile.TemporaryDirectory(dir=into.parent) as made:
        loose = Path(made)
        _run(opener, archive, loose)
        found = sorted(loose.rglob("*"))
        if any(one.is_symlink() or not (one.is_file() or one.is_dir()) for one in found):
            raise Refused("the archive holds a link or device, not only files", _HELD_BACK)
        plain = [one for one in found if one.is_file() and not _is_of_system(one, loose)]
        _require_harmless(plain, limits)
        names = flat_names([one.relative_to(loose).parts for one in plain])
        return tuple(one.replace(into / name) for one, name in zip(plain, names, strict=True))


def _run(opener: str, archive: Path, into: Path) -> None:
    program = shutil.which(opener) or opener
    try:
        subprocess.run(
            [program, *_PROGRAMS[opener](archive.resolve(), into.resolve())],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            timeout=_LONGEST_SECONDS,
        )
    except (OSError, subprocess.SubprocessError) as problem:
        raise Refused(f"{opener} could not open the archive ({type(problem).__name__})", _HELD_BACK) from problem


def _require_harmless(files: Sequence[Path], limits: Limits) -> None:
    if not files:
        raise Refused("the archive holds no file", _HELD_BACK)
    if len(files) > limits.members:
        raise Refused(f"the archive holds {len(files):,} files, and no release has so many", _HELD_BACK)
    Room(limits.total_bytes).take(sum(one.stat().st_size for one in files))


def _is_of_system(path: Path, top: Path) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in path.relative_to(top).parts)
