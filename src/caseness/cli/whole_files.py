"""Files of a folder that appear all at once, when they are whole: a run that is killed leaves an earlier result as it was."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from caseness.cli.holding import held
from caseness.errors import CannotWrite, say_why_not_written


class WholeFiles:
    """Files that are being written into a folder, each under a name of its own until all of them are whole."""

    def __init__(self, folder: Path) -> None:
        """Name the folder."""
        self._folder = folder
        self._parts: dict[Path, Path] = {}
        self._left_out: list[Path] = []
        self._held = ExitStack()
        self._is_held = False

    def begin(self, name: str) -> Path:
        """Where to write the file of a name. What a killed run left there is written over.

        The folder is made with its first file, so nothing is made where nothing could be computed. It is this run's alone
        until `clear`.

        Raises
        ------
        CannotWrite
            If another run is writing into the folder.
        """
        if not self._is_held:
            self._held.enter_context(held(self._folder))
            self._is_held = True
        part = self._folder / f".{name}.part"
        self._parts[self._folder / name] = part
        return part

    def leave_out(self, name: str) -> None:
        """Write no file of this name after all. One of an earlier result goes too, when the others take their names."""
        final = self._folder / name
        self._parts.pop(final).unlink()
        self._left_out.append(final)

    def finish(self) -> list[Path]:
        """Give every file its name, and say which there are."""
        for final, part in self._parts.items():
            os.replace(part, final)
        for final in self._left_out:
            final.unlink(missing_ok=True)
        finals = list(self._parts)
        self._parts.clear()
        return finals

    def clear(self) -> None:
        """Remove what was not finished."""
        for part in self._parts.values():
            part.unlink(missing_ok=True)
        self._held.close()
        self._is_held = False


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
