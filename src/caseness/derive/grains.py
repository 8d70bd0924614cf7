"""The grains, and the Parquet files that hold them, partition by partition."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import ibis

from caseness.derive.derivation import (
    ANNUAL,
    ATTRIBUTES,
    CONTACT,
    COURSE_CONTACT,
    EMPLOYMENT,
    LOG,
    REFERRAL,
    SCORE,
    STAGE,
    SUPPORT,
)
from caseness.derive.shapes import REFERRAL_COLUMNS, TEAM_COLUMNS
from caseness.derive.team import TEAM
from caseness.engine import DUCKDB, scan_parquet_files
from caseness.periods import Period

if TYPE_CHECKING:
    from ibis.expr.types import Table

MANIFEST = "derive.json"
FORMAT = 1
# Rows of referrals that are open are kept apart: they have none of the wide columns.
OPEN, ENDED = "referral-open", "referral-ended"

# The grains of a folder, and those that are made only where they are asked for.
ALWAYS, ON_REQUEST = (REFERRAL, CONTACT, LOG, STAGE), (EMPLOYMENT, SUPPORT, ATTRIBUTES, SCORE, ANNUAL, COURSE_CONTACT)


def asked_for(employment: bool, breakdowns: bool, scores: bool, annual: bool = False) -> tuple[str, ...]:
    """The grains that are made on request, of those that were asked for. The files of the year are broken down always."""
    is_asked = {
        EMPLOYMENT: employment, SUPPORT: employment, ATTRIBUTES: breakdowns or annual, SCORE: scores, ANNUAL: annual, COURSE_CONTACT: annual,
    }  # fmt: skip
    return tuple(name for name in ON_REQUEST if is_asked[name])


@dataclass(frozen=True, eq=False)
class Grains:
    """What was derived, each grain as a table over its Parquet files, and the months that it covers.

    `has_all_columns` says whether the wide columns are filled in open referrals too. `submissions` says how many it rests
    on, and `made_up` says so where nobody in it is real. `employment` and `support`, `attributes`, `score`, and `annual` with
    `course_contact` are there where they were asked for. `has_deciles` says whether deciles of deprivation were given.
    """

    folder: Path
    referral: Table
    contact: Table
    internet_log: Table
    stage: Table
    periods: tuple[Period, ...]
    options: Mapping[str, str]
    has_all_columns: bool
    rows: Mapping[str, int]
    submissions: int
    made_up: str = ""
    employment: Table | None = None
    support: Table | None = None
    attributes: Table | None = None
    score: Table | None = None
    annual: Table | None = None
    course_contact: Table | None = None
    has_deciles: bool = False

    @property
    def has_teams(self) -> bool:
        """Whether its rows have a `team`: the record says who was in which team."""
        return TEAM in self.referral.columns


def shaped(table: Table, columns: Mapping[str, str]) -> Table:
    """A table with the columns of a grain, in order and of their types. One that is absent is empty: null, 0 or false."""
    return table.select(**{name: _cell(table, name, kind) for name, kind in columns.items()})


def _cell(table: Table, name: str, kind: str) -> ibis.Value:
    if name in table.columns:
        value = table[name]
        return value if str(value.type()).lstrip("!") == kind else value.cast(ibis.dtype(kind))
    return _EMPTY.get(kind, ibis.null(ibis.dtype(kind)))


_EMPTY = {"boolean": ibis.literal(False), "int32": ibis.literal(0, "int32")}


def scan(folder: Path, partitions: int, on_request: Sequence[str] = (), engine: str = DUCKDB) -> dict[str, Table]:
    """The grains of a folder, over the files of all partitions, on an engine."""
    ended = _scan(folder, ENDED, partitions, engine)
    columns = {**REFERRAL_COLUMNS, **(TEAM_COLUMNS if TEAM in ended.columns else {})}
    opened = shaped(_scan(folder, OPEN, partitions, engine), columns)
    others = (*ALWAYS[1:], *on_request)
    return {REFERRAL: opened.union(ended), **{name: _scan(folder, name, partitions, engine) for name in others}}


def _scan(folder: Path, name: str, partitions: int, engine: str) -> Table:
    return scan_parquet_files(parts_of(folder, name, partitions), engine)


def parts_of(folder: Path, name: str, partitions: int) -> list[Path]:
    """The files of a grain, one for each partition."""
    return [folder / f"{name}-{number:04}.parquet" for number in range(partitions)]


def save(folder: Path, content: Mapping[str, object]) -> None:
    """Write the manifest. It comes last: a folder without it holds no whole grains."""
    (folder / MANIFEST).write_text(json.dumps({"format": FORMAT, **content}, indent=1) + "\n", encoding="utf-8")


def grains_of(
    folder: Path,
    found: Mapping[str, Table],
    periods: tuple[Period, ...],
    options: Mapping[str, str],
    all_columns: bool,
    rows: Mapping[str, int],
    submissions: int,
    made_up: str,
    has_deciles: bool = False,
) -> Grains:
    """Grains by their names."""
    tables = found[REFERRAL], found[CONTACT], found[LOG], found[STAGE]
    asked = found.get(EMPLOYMENT), found.get(SUPPORT), found.get(ATTRIBUTES), found.get(SCORE)
    of_year = found.get(ANNUAL), found.get(COURSE_CONTACT), has_deciles
    return Grains(folder, *tables, periods, options, all_columns, rows, submissions, made_up, *asked, *of_year)


def files_of(folder: Path) -> Sequence[Path]:
    """The files of grains in a folder."""
    names = (OPEN, ENDED, *ALWAYS[1:], *ON_REQUEST)
    return [path for name in names for path in sorted(folder.glob(f"{name}-[0-9][0-9][0-9][0-9].parquet"))]
