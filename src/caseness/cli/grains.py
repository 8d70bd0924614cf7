"""Grains for the commands that need them: from a folder that holds grains already."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import ibis

from caseness.engine import scan_parquet
from caseness.errors import UnreadableInput
from caseness.periods import Period

MANIFEST = "derive.json"


@dataclass(frozen=True, eq=False)
class GrainFiles:
    """The four grains of a folder, and the months that they cover."""

    referral: ibis.Table
    contact: ibis.Table
    internet_log: ibis.Table
    stage: ibis.Table
    periods: tuple[Period, ...]


@contextmanager
def grains_of(path: Path) -> Iterator[GrainFiles]:
    """The grains of what a user named, for as long as they are needed."""
    yield open_grains(path)


def open_grains(folder: Path) -> GrainFiles:
    """The grains that were written into a folder, with `derive.json` beside them.

    Raises
    ------
    UnreadableInput
        If the folder holds none.
    """
    try:
        said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        periods = tuple(map(Period.parse, said["months"]))
    except (OSError, ValueError, KeyError) as problem:
        raise UnreadableInput(
            f"{folder} holds no derived grains: {MANIFEST} is not there, or not what `derive` writes. No figure was computed."
        ) from problem
    tables = {
        name: scan_parquet(folder / f"{name}.parquet") for name in ("referral", "contact", "internet_log", "stage")
    }
    return GrainFiles(**tables, periods=periods)
