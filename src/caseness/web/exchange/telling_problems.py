"""What went wrong with a transfer, without the places of the server's disk."""

from __future__ import annotations

from pathlib import Path


def say_without_places(problem: str, folder: Path) -> str:
    """A sentence without the folder in which the files of a transfer lie.

    >>> say_without_places("/srv/exchange/ab12/source/sheet.csv has no column for the client.", Path("/srv/exchange/ab12"))
    'sheet.csv has no column for the client.'
    >>> say_without_places("/srv/exchange/ab12/source holds no table.", Path("/srv/exchange/ab12"))
    'The upload holds no table.'
    """
    for place in sorted({str(folder), str(folder.resolve())}, key=len, reverse=True):
        for below in (f"{place}/source/", f"{place}/record/"):
            problem = problem.replace(below, "")
        for whole in (f"{place}/source", f"{place}/record", f"{place}/export", place):
            problem = problem.replace(whole, "The upload" if problem.startswith(whole) else "the upload")
    return problem
