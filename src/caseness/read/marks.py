"""Whether a source says of itself that it is made up. What it says goes with the record, and into all that is made of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from caseness.read import manifest
from caseness.read.model import MADE_UP

# A made-up record says so in each Parquet file, under this key, and in a file of this name beside them.
KEY = "synthetic"
BESIDE = "synthetic.json"


def mark_in(schema: pa.Schema) -> list[str]:
    """What a Parquet file says of being made up, if it does.

    >>> mark_in(pa.schema([], metadata={"synthetic": "SYNTHETIC: made up."}))
    ['SYNTHETIC: made up.']
    """
    said = (schema.metadata or {}).get(KEY.encode())
    return [said.decode("utf-8", "replace")] if said else []


def put_mark_first(notes: Iterable[str], source: Path | None) -> tuple[str, ...]:
    """The notes of a record, each once, with what says that it is made up in front."""
    told = dict.fromkeys([*_marks_beside(source), *notes]) if source is not None else dict.fromkeys(notes)
    return tuple(sorted(told, key=lambda note: not note.startswith(MADE_UP)))


def _marks_beside(source: Path) -> Iterator[str]:
    for folder in (source, source.parent):
        yield from _text_of(_content(folder / BESIDE).get(KEY))
    for note in _content(source / manifest.MANIFEST).get("notes", ()):
        if str(note).startswith(MADE_UP):
            yield note


def _text_of(said: object) -> Iterator[str]:
    if isinstance(said, str) and said.startswith(MADE_UP):
        yield said


# A file of somebody else's that happens to bear the name says nothing of this.
def _content(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
