"""Rows to Parquet files, month by month. Every file says that it is synthetic."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pa_parquet

import caseness
from caseness.synthetic.chunk import Plan
from caseness.synthetic.columns import Coded
from caseness.synthetic.frames import Frame
from caseness.synthetic.planting import KINDS, Kind
from caseness.synthetic.request import NATIONAL

PRIMARY, REFRESH = "primary", "refresh"
WINDOWS = (PRIMARY, REFRESH)
# In an extract of many submissions, this says to which a row belongs: here, the provider's of that month and window.
WHOSE = "UniqueSubmissionID"
SAYS = "SYNTHETIC: made up by Caseness. No row is of a real person, and no figure from it says anything of therapy."


@dataclass(eq=False)
class Tally:
    """What was written: rows by table, rows by kind of planted error, and which providers have rows in each month."""

    rows: Counter[str] = field(default_factory=Counter)
    planted: Counter[str] = field(default_factory=Counter)
    planted_rows: Counter[str] = field(default_factory=Counter)
    providers: dict[int, set[int]] = field(default_factory=dict)

    def add(self, other: Tally) -> None:
        """Count in what another has."""
        self.rows.update(other.rows)
        self.planted.update(other.planted)
        self.planted_rows.update(other.planted_rows)
        for month, found in other.providers.items():
            self.providers.setdefault(month, set()).update(found)


def place_name(plan: Plan, month: int, window: str) -> str:
    """The folder of one month and window.

    Every month has a folder for its primary submissions and one for those of the refresh.
    """
    return f"{plan.months.label(month)}-{window}"


def write_table(path: Path, rows: pa.Table, plan: Plan) -> None:
    """Write a table to one file. What it holds depends on the rows alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    coded = [
        name
        for name, column in zip(rows.column_names, rows.columns, strict=True)
        if pa.types.is_dictionary(column.type)
    ]
    with pa_parquet.ParquetWriter(
        path, rows.schema, compression="zstd", compression_level=1, use_dictionary=coded, store_schema=False, write_statistics=False
    ) as writer:  # fmt: skip
        writer.write_table(rows, row_group_size=1 << 20)
        writer.add_key_value_metadata(_metadata(plan))


def write_frames(plan: Plan, frames: Mapping[str, Frame], to: Path, part: str) -> Tally:
    """Write all rows of a chunk: the folders of each month hold a part of every table that has rows."""
    tally = Tally()
    for frame in frames.values():
        for month in plan.written:
            _write_month(plan, frame, month, to, part, tally)
        _count_planted(plan, frame, tally)
    return tally


# What both submissions of a month hold alike is written once and copied: the same bytes need not be made twice.
def _write_month(plan: Plan, frame: Frame, month: int, to: Path, part: str, tally: Tally) -> None:
    rows = frame.in_month(month)
    if not len(rows):
        return
    if frame.table_id == "IDS101Referral":
        tally.providers.setdefault(month, set()).update(np.unique(frame.provider[rows]).tolist())
    revised = frame.revised(month, rows)
    same, late = rows[~revised], rows[revised]
    paths = {window: to / place_name(plan, month, window) / f"{frame.table_id}{part}.parquet" for window in WINDOWS}
    if len(same):
        hidden = frame.hidden(month, False)
        write_table(paths[PRIMARY], _rows(plan, frame, same, hidden), plan)
        paths[REFRESH].parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(paths[PRIMARY], paths[REFRESH])
        _tally(frame, same, hidden, 2, tally)
    if len(late):
        _write_late(plan, frame, month, late, paths, tally)


def _write_late(
    plan: Plan, frame: Frame, month: int, late: np.ndarray, paths: Mapping[str, Path], tally: Tally
) -> None:
    for window in WINDOWS if frame.closes is not None else (REFRESH,):
        hidden = frame.hidden(month, window == PRIMARY)
        path = paths[window].with_name(f"{paths[window].stem}_late.parquet")
        write_table(path, _rows(plan, frame, late, hidden), plan)
        _tally(frame, late, hidden, 1, tally)


def _rows(plan: Plan, frame: Frame, rows: np.ndarray, hidden: np.ndarray | None) -> pa.Table:
    table = frame.arrow(rows, hidden)
    if plan.request.shape != NATIONAL:
        return table
    whose = Coded(frame.provider, plan.providers.codes).arrow(rows)
    return table.add_column(0, WHOSE, whose)


def _tally(frame: Frame, rows: np.ndarray, hidden: np.ndarray | None, times: int, tally: Tally) -> None:
    tally.rows[frame.table_id] += times * len(rows)
    marks = frame.marks[rows]
    if hidden is not None:
        closing = [number for number, kind in enumerate(KINDS, 1) if _is_closing(kind, frame)]
        marks = np.where(hidden[rows] & np.isin(marks, closing), 0, marks)
    for number, count in enumerate(np.bincount(marks, minlength=len(KINDS) + 1)[1:].tolist()):
        tally.planted_rows[KINDS[number].name] += times * count


# An error in a closing column is not in the row as long as that column is blank.
def _is_closing(kind: Kind, frame: Frame) -> bool:
    return kind.table_id == frame.table_id and kind.column in frame.closing


def _count_planted(plan: Plan, frame: Frame, tally: Tally) -> None:
    for number, count in enumerate(
        np.bincount(frame.told_first[frame.last >= plan.request.lead_in], minlength=len(KINDS) + 1)[1:].tolist()
    ):
        tally.planted[KINDS[number].name] += count


def _metadata(plan: Plan) -> dict[str, str]:
    return {"synthetic": SAYS, "generator": f"caseness {caseness.__version__}", "seed": str(plan.request.seed)}
