"""The grains: their columns in order, and the Parquet files that hold them, partition by partition."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import ibis

from caseness.derive.attributes import SETS
from caseness.derive.contact import HAS_THERAPY
from caseness.derive.course import NARROW, WIDE
from caseness.derive.derivation import ATTRIBUTES, CONTACT, EMPLOYMENT, LOG, REFERRAL, SCORE, STAGE, SUPPORT
from caseness.derive.employment import STANDINGS
from caseness.derive.outcome import CHOICE, FLAGS
from caseness.derive.score import ENDS
from caseness.derive.status import STATUSES
from caseness.derive.support import HAD
from caseness.derive.team import TEAM
from caseness.derive.work import COLUMNS as WORK
from caseness.engine import DUCKDB, scan_parquet_files
from caseness.periods import Period

if TYPE_CHECKING:
    from ibis.expr.types import Table

MANIFEST = "derive.json"
FORMAT = 1
# Rows of referrals that are open are kept apart: they have none of the wide columns.
OPEN, ENDED = "referral-open", "referral-ended"

_KEYS = {
    "pathway": "int64", "month": "date", "is_latest_in_quarter": "boolean", "is_latest_in_year": "boolean", "provider": "string",
    "commissioner": "string", "person": "string", "row_id": "int64", "submission": "int32", "referral_date": "date",
    "discharge_date": "date", "end_code": "string", "source_of_referral": "string", "ethnic_category": "string",
    "age_at_period_end": "int32", "gender": "string", "problem": "string", "problem_higher_category": "string",
    "problem_lower_category": "string", "completed_treatment": "boolean",
}  # fmt: skip
_TEXT = (
    "therapy_first", "therapy_last", "psychotropic_first", "psychotropic_last", "sick_pay_first", "sick_pay_last",
    "anxiety_problem", "anxiety_scale", "anxiety_measure",
)  # fmt: skip


def _kind(name: str) -> str:
    if name.endswith("_date"):
        return "date"
    if name in _TEXT:
        return "string"
    return "float64" if name.endswith(("_first", "_last", "_minutes")) else "int32"


_NARROW = {one.name: _kind(one.name) for one in NARROW}
WIDE_COLUMNS: Mapping[str, str] = {
    **{one.name: _kind(one.name) for one in (*WIDE, *WORK, *ENDS, *CHOICE)},
    **{one.name: "boolean" for one in FLAGS},
}
NARROW_COLUMNS: Mapping[str, str] = {**_KEYS, **_NARROW}
REFERRAL_COLUMNS: Mapping[str, str] = {**NARROW_COLUMNS, **WIDE_COLUMNS}
CONTACT_COLUMNS: Mapping[str, str] = {
    "contact": "int64", "pathway": "int64", "month": "date", "provider": "string", "commissioner": "string",
    "contact_date": "date", "attendance": "string", "planned": "string", "appointment_type": "string", "medium": "string",
    "integrated_service": "boolean", "minutes": "int64", "attended": "boolean", "inside": "boolean", "is_treatment": "boolean",
    "is_employment_support": "boolean", **{one.name: "boolean" for one in HAS_THERAPY}, "staff_standing": "string",
    "days_from_referral": "int32", "referral_date": "date", "discharge_date": "date", "is_latest_in_quarter": "boolean",
}  # fmt: skip
LOG_COLUMNS: Mapping[str, str] = {
    "log": "int64", "pathway": "int64", "month": "date", "provider": "string", "commissioner": "string", "start_date": "date",
    "end_date": "date", "minutes": "int64", "programme": "string", "is_latest_in_quarter": "boolean",
}  # fmt: skip
STAGE_COLUMNS: Mapping[str, str] = {
    "pathway": "int64", "month": "date", "is_latest_in_quarter": "boolean", "is_latest_in_year": "boolean", "provider": "string",
    "commissioner": "string", "row_id": "int64", "discharge_date": "date", "assessment_first_date": "date",
    "first_session_date": "date", "first_stage": "string", "second_stage": "string", "days_to_first_stage": "int32",
    "days_between_stages": "int32", "excluded_before_first_stage": "boolean", "excluded_between_stages": "boolean",
}  # fmt: skip
EMPLOYMENT_COLUMNS: Mapping[str, str] = {
    "employment": "int64", "row_id": "int64", "month": "date", "provider": "string", "commissioner": "string", "recorded_date": "date",
    "employment_status": "string", "sick_absence": "string", **{one.name: "string" for one in STANDINGS},
}  # fmt: skip
SUPPORT_COLUMNS: Mapping[str, str] = {
    "pathway": "int64", "month": "date", "is_latest_in_quarter": "boolean", "is_latest_in_year": "boolean", "provider": "string",
    "commissioner": "string", "row_id": "int64", "referral_date": "date", "discharge_date": "date", "record_start_date": "date",
    "assessment_first_date": "date", "treatment_contacts": "int32", "completed_treatment": "boolean",
    "employment_support_contacts": "int32", "employment_support_first_date": "date", "employment_support_last_date": "date",
    "support_ended_date": "date", "support_contacts_until_its_end": "int32", "employment_statuses": "int32", "suitable_for_support": "boolean",
    **dict.fromkeys(STATUSES, "string"), **{one.name: "boolean" for one in HAD},
}  # fmt: skip
ATTRIBUTE_COLUMNS: Mapping[str, str] = {
    "row_id": "int64", "pathway": "int64", "month": "date", "referral_date": "date", "discharge_date": "date",
    "first_session_date": "date", "second_session_date": "date", "integrated_contact_first_date": "date",
    "high_intensity_first_date": "date", "low_intensity_first_date": "date", "completed_treatment": "boolean",
    "breakdown_age": "int32", "deprivation_decile": "int32", **{one.name: "int32" for one in SETS},
    **dict.fromkeys((
        "ethnic_category", "gender", "gender_identity", "gender_same_at_birth", "armed_forces", "education", "care_cluster", "problem",
        "psychotropic_first", "psychotropic_last",
    ), "string"),
}  # fmt: skip
SCORE_COLUMNS: Mapping[str, str] = {
    "pathway": "int64", "month": "date", "provider": "string", "commissioner": "string", "person": "string", "tool": "string",
    "score_number": "int32", "score_session": "int32", "score_date": "date", "days_from_first_score": "int32", "score": "float64",
    "intensity_so_far": "string", "course_intensity": "string", "referral_date": "date", "discharge_date": "date",
    "end_code": "string", "treatment_contacts": "int32", "completed_treatment": "boolean", "age_at_period_end": "int32",
    "gender": "string",
}  # fmt: skip
COLUMNS: Mapping[str, Mapping[str, str]] = {
    REFERRAL: REFERRAL_COLUMNS, CONTACT: CONTACT_COLUMNS, LOG: LOG_COLUMNS, STAGE: STAGE_COLUMNS,
    EMPLOYMENT: EMPLOYMENT_COLUMNS, SUPPORT: SUPPORT_COLUMNS, ATTRIBUTES: ATTRIBUTE_COLUMNS,
    SCORE: SCORE_COLUMNS,
}  # fmt: skip
# Every grain but those of attributes and scores has this column too, where the record says who was in which team.
TEAM_COLUMNS: Mapping[str, str] = {TEAM: "string"}
# The grains of a folder, and those that are made only where they are asked for.
ALWAYS, ON_REQUEST = (REFERRAL, CONTACT, LOG, STAGE), (EMPLOYMENT, SUPPORT, ATTRIBUTES, SCORE)


def asked_for(employment: bool, breakdowns: bool, scores: bool) -> tuple[str, ...]:
    """The grains that are made on request, of those that were asked for."""
    is_asked = {EMPLOYMENT: employment, SUPPORT: employment, ATTRIBUTES: breakdowns, SCORE: scores}
    return tuple(name for name in ON_REQUEST if is_asked[name])


@dataclass(frozen=True, eq=False)
class Grains:
    """What was derived, each grain as a table over its Parquet files, and the months that it covers.

    `has_all_columns` says whether the wide columns are filled in open referrals too. `submissions` says how many it rests
    on, and `made_up` says so where nobody in it is real. `employment` and `support`, `attributes` and `score` are there where
    they were asked for. `has_deciles` says whether deciles of deprivation were given.
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
    asked = found.get(EMPLOYMENT), found.get(SUPPORT), found.get(ATTRIBUTES), found.get(SCORE), has_deciles
    return Grains(folder, *tables, periods, options, all_columns, rows, submissions, made_up, *asked)


def files_of(folder: Path) -> Sequence[Path]:
    """The files of grains in a folder."""
    names = (OPEN, ENDED, *ALWAYS[1:], *ON_REQUEST)
    return [path for name in names for path in sorted(folder.glob(f"{name}-[0-9][0-9][0-9][0-9].parquet"))]
