"""What a folder is that Caseness reads, so that it is not taken for one of figures, and no figure is written into it."""

from __future__ import annotations

from pathlib import Path

from caseness.derive import holds_grains
from caseness.errors import CannotWrite
from caseness.read import holds_record, holds_submissions

RECORD, GRAINS, SUBMISSIONS = "a record that was read before", "a folder of derived grains", "a folder of submissions"


def kind_of(folder: Path) -> str:
    """What a folder is, in words; nothing if it is none that Caseness reads rows from."""
    if not folder.is_dir():
        return ""
    told = ((holds_grains, GRAINS), (holds_record, RECORD), (holds_submissions, SUBMISSIONS))
    return next((kind for is_one, kind in told if is_one(folder)), "")


def require_no_rows(out: Path, replaced: str = "") -> None:
    """Refuse to write among rows of people. What is `replaced` may be written over.

    Raises
    ------
    CannotWrite
        If the folder is a record, grains or submissions, and not of the kind that is replaced.
    """
    kind = kind_of(out)
    if kind and kind != replaced:
        raise CannotWrite(f"{out} is {kind}. Nothing was read, and nothing written. Choose another folder with --out.")
