"""What a file is that no figure is taken from, in words a person understands."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path

from caseness.errors import UnreadableInput
from caseness.published.layouts import nearest
from caseness.published.names import column_key, read_rows

_ENDINGS = {
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz", ".tar"), "it is an archive: unpack it first, and give the folder."),
    **dict.fromkeys((".ods", ".xlsb"), "it is a spreadsheet of a kind that is not read: save it as .xlsx or .csv."),
    **dict.fromkeys((".pdf", ".docx", ".doc", ".pptx"), "it is a document, not a table of figures."),
    **dict.fromkeys((".md", ".txt", ".html", ".htm"), "it is a text to be read by people, not a table of figures."),
}
_READ = ".csv, .xlsx and .parquet"


@cache
def known_kinds() -> tuple[tuple[frozenset[str], str], ...]:
    """The kinds of file that are known and not read: the columns that tell each, and what it is."""
    return tuple(
        (frozenset(map(column_key, row["columns"].split("|"))), row["what"]) for row in read_rows("not_read.csv")
    )


def kind_of(columns: Collection[str]) -> str | None:
    """What a file with these columns is, if it is known; None if it is not.

    >>> kind_of(["dataset", "period", "url"])
    'a list of addresses where releases are published: it holds no figures'
    """
    given = set(map(column_key, columns))
    return next((what for needed, what in known_kinds() if needed <= given), None)


def no_release(message: str) -> UnreadableInput:
    """What is said of a file that is something else than a release."""
    return UnreadableInput(message, is_something_else=True)


def refuse_columns(columns: Collection[str]) -> UnreadableInput:
    """Why a table with these columns is no release that can be read."""
    known = kind_of(columns)
    if known:
        return no_release(f"it is {known}.")
    layout, missing = nearest(columns)
    if len(missing) > len(layout.columns) / 2:
        return no_release("its columns are those of no release that is known.")
    return UnreadableInput(
        f"it is nearest to '{layout.title}' but lacks {len(missing)} of {len(layout.columns)} columns: "
        f"{', '.join(missing)}. No figure is taken from it. Give the file as it was published."
    )


def refuse_ending(path: Path) -> UnreadableInput:
    """Why a file with this ending is not opened at all."""
    if path.name == "manifest.json":
        return no_release("it is the list of what was fetched: it holds no figures.")
    return no_release(_ENDINGS.get(path.suffix.casefold(), f"it is not one of the kinds that are read ({_READ})."))


def say_whose(problem: UnreadableInput, name: str) -> UnreadableInput:
    """The same problem with the name of its file. In a list the name stands beside the reason; alone, it has to bring it."""
    said = str(problem)
    return problem if name in said else type(problem)(f"{name} cannot be read: {said}")
