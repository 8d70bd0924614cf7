"""Small grains from text tables, for tests: a row names what matters, and the rest is what a plain row has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import ibis
import pyarrow as pa

from caseness.derive.sets import KINDS
from caseness.derive.shapes import ANNUAL_COLUMNS, ATTRIBUTE_COLUMNS, COURSE_CONTACT_COLUMNS, START_COLUMNS
from caseness.engine import load
from caseness.measures.columns import (
    ANNUAL,
    ATTRIBUTES,
    CONTACT,
    COURSE_CONTACT,
    EMPLOYMENT,
    FLAGS,
    LOG,
    PATHWAYS,
    REFERRAL,
    STAGE,
    SUPPORT,
    UIDS,
)

MONTH = date(2025, 4, 1)
GRAINS = (REFERRAL, CONTACT, LOG, STAGE, EMPLOYMENT, SUPPORT, ATTRIBUTES, ANNUAL, COURSE_CONTACT)
_OF_YEAR = {ANNUAL: ANNUAL_COLUMNS, COURSE_CONTACT: COURSE_CONTACT_COLUMNS}
_SETS = tuple(kind.name for kind in KINDS)
# What finds the attributes of a row.
LINKS = ("row_id", "pathway")
_KINDS = {
    "string": pa.string(),
    "date": pa.date32(),
    "boolean": pa.bool_(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "float64": pa.float64(),
}
_TEXT = (
    "end_code", "source_of_referral", "ethnic_category", "attendance", "appointment_type", "medium", "staff_standing",
    "first_stage", "second_stage", "problem", "anxiety_measure", "sick_pay_first", "sick_pay_last", "psychotropic_last", "provider", "commissioner",
)  # fmt: skip
_TRUE = (*FLAGS, "attended", "inside")
# Columns that no other grain has.
_ONLY_OF_YEAR = {
    name
    for name, kind in ANNUAL_COLUMNS.items()
    if kind in ("string", "boolean", "float64") and name not in UIDS[REFERRAL]
}
_BOOLEAN = (
    *_TRUE, "completed_treatment", "not_at_caseness", "recovery", "reliable_improvement", "no_change", "reliable_deterioration",
    "at_caseness", "suitable_for_support", "integrated_service", "is_employment_support", "excluded_before_first_stage", "excluded_between_stages",
)  # fmt: skip
_PLAIN = {
    "record_start_date": MONTH,
    "month": MONTH,
    "commissioner": "11A",
    "appointment_type": "02",
    "attendance": "5",
    "medium": "01",
}


@dataclass(frozen=True, eq=False)
class Tables:
    """The grains, as `caseness.measures.Grains` wants them."""

    referral: ibis.Table
    contact: ibis.Table
    internet_log: ibis.Table
    stage: ibis.Table
    employment: ibis.Table
    support: ibis.Table
    attributes: ibis.Table | None = None
    annual: ibis.Table | None = None
    course_contact: ibis.Table | None = None
    has_deciles: bool = True


def columns_of(grain):
    """The columns of a grain that measures read, its keys and its flags, each with its Arrow type."""
    if grain == ATTRIBUTES:
        return {name: _KINDS[kind] for name, kind in {**ATTRIBUTE_COLUMNS, **START_COLUMNS}.items()}
    if grain in _OF_YEAR:
        return {name: _KINDS[kind] for name, kind in _OF_YEAR[grain].items()}
    read = [name for name in UIDS[grain] if name != "period_end"]
    flags = FLAGS if grain in PATHWAYS else ()
    return {name: type_of(name) for name in ("month", "provider", "commissioner", *LINKS, *flags, *read)}


def type_of(name):
    """The Arrow type of a column of a grain."""
    if name in _TEXT or name.startswith("status_") or name.endswith("_standing"):
        return pa.string()
    if name in _ONLY_OF_YEAR:
        return _KINDS[ANNUAL_COLUMNS[name]]
    if name in _BOOLEAN or name.startswith(("has_", "had_")):
        return pa.bool_()
    if name == "month" or name.endswith("_date"):
        return pa.date32()
    if name in LINKS:
        return pa.int64()
    return pa.int64() if is_count(name) or name.startswith("days_") else pa.float64()


def is_count(name):
    """Whether a column is a count, which is 0 and never blank."""
    return name.endswith(("_contacts", "_logs", "_statuses"))


def make_grains(**rows):
    """Grains from rows, each a dictionary. What a row leaves out is as in a plain row: blank, 0, false, or in order."""
    teams = any("team" in row for given in rows.values() for row in given)
    return Tables(**{grain: load(arrow_of(grain, rows.get(grain, []), teams)) for grain in GRAINS})


def arrow_of(grain, rows, teams=False):
    """The rows of one grain as an Arrow table. Where any row tells of a team, every grain has that column."""
    columns = {**columns_of(grain), **({"team": pa.string()} if teams else {})}
    unknown = {name for row in rows for name in row} - set(columns)
    assert not unknown, f"not columns of the grain {grain}: {sorted(unknown)}"
    return pa.table(
        {name: pa.array([row.get(name, plain(name)) for row in rows], kind) for name, kind in columns.items()}
    )


def plain(name):
    """What a column of a plain row holds."""
    if name in _PLAIN or name in _SETS:
        return _PLAIN.get(name, 0)
    if name.startswith("status_"):
        return "unknown"
    if type_of(name) == pa.bool_():
        return name in _TRUE
    return 0 if is_count(name) else None


def read_table(text):
    """The rows of a text table. A first column `row` names each, and stands for its provider."""
    header, *lines = [line.split("|") for line in text.strip().splitlines() if not set(line) <= set("-+ ")]
    names = ["provider" if name.strip() == "row" else name.strip() for name in header]
    return [
        {name: read_cell(name, cell.strip()) for name, cell in zip(names, line, strict=True) if cell.strip()}
        for line in lines
    ]


def read_cell(name, cell):
    """A cell as a value of its column."""
    kind = type_of(name)
    if kind == pa.date32():
        return date.fromisoformat(cell)
    if kind == pa.bool_():
        return {"yes": True, "no": False}[cell]
    return cell if kind == pa.string() else (int(cell) if kind == pa.int64() else float(cell))
