"""Computed figures in the layout of the annual report's main data: a row for each organisation and group, a column for each figure."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv

from caseness.measures import Measure
from caseness.measures.annual import annual_fields
from caseness.organisations import all_organisations
from caseness.periods import between
from caseness.read.model import MADE_UP

# What the annual files call each level. They have no rows of sub-ICBs; ours are called as the monthly files call them.
_ORG_TYPES = {"england": "England", "region": "Region", "icb": "ICB", "sub-icb": "SubICB", "provider": "Provider"}
LEVELS = tuple(_ORG_TYPES)
_TOTAL, _NONE = "Total", "NULL"
_PLACE = ("level", "organisation", "split_1", "group_1", "group_2", "source")


def annual_measures() -> tuple[Measure, ...]:
    """The measures that the layout has a field for, as far as they are computed."""
    return tuple(one for one in annual_fields().values() if one)


def not_computed() -> tuple[str, ...]:
    """The fields of the layout that are left out."""
    return tuple(name for name, one in annual_fields().items() if one is None)


def write_annual(figures: pa.Table, out: Path) -> list[Path]:
    """Write a file for each year. Its name says the year, as in the report nothing else does."""
    spans = figures.select(("period_start", "period_end")).group_by(["period_start", "period_end"]).aggregate([])
    return [
        _write_year(figures, span, out) for span in sorted(spans.to_pylist(), key=lambda each: each["period_start"])
    ]


def _write_year(figures: pa.Table, span: dict, out: Path) -> Path:
    year = between(span["period_start"], span["period_end"])
    assert year is not None, f"Unhandled {span!r}"
    rows: dict[tuple, dict[str, float | None]] = {}
    for row in figures.to_pylist():
        if row["period_start"] == span["period_start"]:
            rows.setdefault(tuple(row[name] for name in _PLACE), {})[row["figure_id"]] = row["value"]
    path = out / f"annual-main-{year.label}.csv"
    pacsv.write_csv(_laid_out(rows), path, pacsv.WriteOptions(quoting_style="needed"))
    return path


def _laid_out(rows: dict[tuple, dict[str, float | None]]) -> pa.Table:
    names = {one.code: one.name for one in all_organisations().values()}
    held = [dict(zip(_PLACE, place, strict=True)) for place in rows]
    made_up = any(MADE_UP in (one["source"] or "") for one in held)
    return pa.table(
        {
            "OrgType": [_ORG_TYPES[one["level"]] for one in held],
            "OrgCode": [one["organisation"] for one in held],
            "OrgName": [names.get(one["organisation"], one["organisation"]) for one in held],
            "VariableType": [one["split_1"] or _TOTAL for one in held],
            "VariableA": [one["group_1"] or _NONE for one in held],
            "VariableB": [one["group_2"] or _NONE for one in held],
            **{name: pa.array([each.get(one.id) for each in rows.values()], pa.float64()) for name, one in annual_fields().items() if one},
            **({"SYNTHETIC": [one["source"] for one in held]} if made_up else {}),
        }
    )  # fmt: skip
