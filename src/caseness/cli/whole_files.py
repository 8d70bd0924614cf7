"""Files of a folder that appear all at once, when they are whole: a run that is killed leaves an earlier result as it was."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from caseness.errors import CannotWrite, say_why_not_written


class WholeFiles:
    """Files that are being written into a folder, each under a name of its own until all of them are whole."""

    def __init__(self, folder: Path) -> None:
        """Name the folder."""
        self._folder = folder
        self._parts: dict[Path, Path] = {}

    def begin(self, name: str) -> Path:
        """Where to write the file of a name. What a killed run left there is written over.

        The folder is made with its first file, so nothing is made where nothing could be computed.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        part = self._folder / f".{name}.part"
        self._parts[self._folder / name] = part
        return part

    def leave_out(self, name: str) -> None:
        """Write no file of this name after all. One of an earlier result goes too, when the others take their names."""
        self._parts[self._folder / name].unlink()

    def finish(self) -> list[Path]:
        """Give every file its name, and say which there are."""
        for final, part in self._parts.items():
            if part.exists():
                os.replace(part, final)
            else:
                final.unlink(missing_ok=True)
        finals = [final for final in self._parts if final.exists()]
        self._parts.clear()
        return finals

    def clear(self) -> None:
        """Remove what was not finished."""
        for part in self._parts.values():
            part.unlink(missing_ok=True)


@contextmanager
def whole_files(folder: Path) -> Iterator[WholeFiles]:
    """Write files into a folder, which is made with the first. They take their names at the end, or by `finish`.

    Raises
    ------
    CannotWrite
        If the folder cannot be written to.
    """
    files = WholeFiles(folder)
    try:
        yield files
        files.finish()
    except OSError as problem:
        raise CannotWrite(
            f"The figures could not be written to {folder}: {say_why_not_written(problem)}. Choose another folder with --out."
        ) from problem
    finally:
        files.clear()
