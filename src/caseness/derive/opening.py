"""Grains that were derived before, opened again: their manifest is read, and their files are held against it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from caseness.derive.derivation import REFERRAL
from caseness.derive.grains import (
    ALWAYS,
    ENDED,
    FORMAT,
    MANIFEST,
    OPEN,
    Grains,
    asked_for,
    files_of,
    grains_of,
    parts_of,
    scan,
)
from caseness.engine import DUCKDB
from caseness.errors import CasenessError, UnreadableInput
from caseness.periods import Period


def holds_grains(folder: Path) -> bool:
    """Whether a folder holds grains that were derived before, whole or not."""
    return (folder / MANIFEST).is_file() or bool(files_of(folder))


def open_grains(folder: Path | str, engine: str = DUCKDB) -> Grains:
    """Open grains that `derive` wrote, on an engine: what is asked of them later runs there.

    Raises
    ------
    UnreadableInput
        If the folder holds none, or some that are damaged, of another form, or not derived together.
    """
    folder = Path(folder)
    _require_manifest(folder)
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        is_ours = told["format"] == FORMAT
        held = _held(folder, told)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, CasenessError) as problem:
        raise UnreadableInput(
            f"{folder} holds no derived grains: {MANIFEST} is not there, or was changed or damaged. No figure is taken from it. Derive "
            "the record with `caseness derive`."
        ) from problem
    if not is_ours:
        raise UnreadableInput(f"{folder} was derived in another form than {FORMAT}. Derive the record again.")
    _require_whole(folder, held.files, held.rows)
    found = scan(folder, told["partitions"], held.on_request, engine)
    given = (told["options"], told["all_columns"], held.rows, len(told["submissions"]), told["made_up"])
    return grains_of(folder, found, held.periods, *given, told.get("deciles", False))


# Copied without it, or left by a derivation that did not come to its end.
def _require_manifest(folder: Path) -> None:
    held = files_of(folder)
    if held and not (folder / MANIFEST).is_file():
        raise UnreadableInput(
            f"{folder} looks like derived grains without their manifest: it holds {len(held):,} files such as {held[0].name}, and "
            f"no {MANIFEST}, which is written last and says what was derived. No figure is taken from it. Copy {MANIFEST} too, or "
            "derive the record again with `caseness derive` into another folder."
        )


@dataclass(frozen=True)
class _Held:
    periods: tuple[Period, ...]
    on_request: tuple[str, ...]
    files: Mapping[str, Sequence[Path]]
    rows: Mapping[str, int]


# What a manifest says of its folder. Whatever is of another kind than it should be raises here.
def _held(folder: Path, told: Mapping[str, Any]) -> _Held:
    on_request = asked_for(*(told.get(name, False) for name in ("employment", "breakdowns", "scores", "annual")))
    files = {name: parts_of(folder, name, told["partitions"]) for name in (OPEN, ENDED, *ALWAYS[1:], *on_request)}
    rows = {str(name): int(number) for name, number in told["rows"].items()}
    _require(told, "options", "all_columns", "made_up", "submissions")
    return _Held(_periods(told["months"]), on_request, files, rows)


def _require(told: Mapping[str, Any], *names: str) -> None:
    lacking = [name for name in names if name not in told]
    if lacking:
        raise KeyError(lacking[0])


# Files of another derivation, or of fewer partitions, would give figures of nobody's record.
def _require_whole(folder: Path, files: Mapping[str, Sequence[Path]], rows: Mapping[str, int]) -> None:
    _require_no_more(folder, files)
    counted = Counter[str]()
    for name, paths in files.items():
        counted[REFERRAL if name in (OPEN, ENDED) else name] += sum(map(_count_rows, paths))
    differing = [name for name, number in counted.items() if rows.get(name) != number]
    if differing:
        raise UnreadableInput(
            f"The files of {folder} were not derived together: those of {differing[0]} hold {counted[differing[0]]:,} rows, and "
            f"{MANIFEST} says {rows.get(differing[0], 0):,}. No figure is taken from it. Derive the record again."
        )


# A file with a name of ours that the manifest does not know would be taken for a part of the figures, and is none.
def _require_no_more(folder: Path, files: Mapping[str, Sequence[Path]]) -> None:
    known = {path for paths in files.values() for path in paths}
    more = [path.name for path in files_of(folder) if path not in known]
    if more:
        told = f"{more[0]} is" if len(more) == 1 else f"{more[0]} and {len(more) - 1:,} more are"
        raise UnreadableInput(
            f"The files of {folder} were not derived together: {told} not in {MANIFEST}. No figure is taken from it. Move away "
            "what does not belong there, or derive the record again."
        )


def _count_rows(path: Path) -> int:
    try:
        return pq.read_metadata(path).num_rows
    except FileNotFoundError as problem:
        raise UnreadableInput(
            f"{path} is missing. No figure is taken from what was derived. Derive the record again."
        ) from problem
    except (OSError, ValueError) as problem:
        raise UnreadableInput(
            f"{path} is no whole Parquet file. No figure is taken from what was derived. Derive the record again."
        ) from problem


def _periods(labels: Iterable[str]) -> tuple[Period, ...]:
    return tuple(Period.parse(label) for label in labels)
