"""Writing files so that a half-made report never stands: all are made aside, then put in place."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from caseness.errors import CannotWrite, say_why_not_written


def put_in_place(out: Path, contents: Mapping[str, bytes]) -> list[Path]:
    """Write files into a folder, all or none.

    Parameters
    ----------
    out : the folder; made where it is not there
    contents : what each file holds, by its path within the folder

    Raises
    ------
    CannotWrite
        If the folder cannot be made or written to, or the disk is full. Files that stood
        there before are then as they were.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".caseness-", dir=out))
        try:
            return _write(out, aside, contents)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as problem:
        raise CannotWrite(_advise(out, problem)) from problem


def _write(out: Path, aside: Path, contents: Mapping[str, bytes]) -> list[Path]:
    for name, content in contents.items():
        _make(aside / name, content)
    for name in contents:
        _require_a_file(out / name)
        (out / name).parent.mkdir(parents=True, exist_ok=True)
    return [_move(aside / name, out / name) for name in contents]


def _make(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


# A folder in the place of a file would only be met halfway through.
def _require_a_file(path: Path) -> None:
    if path.is_dir():
        raise IsADirectoryError(f"{path.name} is a folder")


def _move(source: Path, target: Path) -> Path:
    os.replace(source, target)
    return target


def _advise(out: Path, problem: OSError) -> str:
    why = say_why_not_written(problem)
    return (
        f"The report could not be written to {out}: {why}. Nothing was changed there. "
        "Choose another folder with --out, or make room in this one and allow writing to it."
    )
