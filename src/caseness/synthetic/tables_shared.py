"""Headers, staff and teams: what a submission has once, and not for each chunk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from caseness.record import table
from caseness.synthetic.chunk import Plan
from caseness.synthetic.columns import BLANK, Coded, Days
from caseness.synthetic.identifiers import therapist_ids
from caseness.synthetic.months import WINDOW_DAY
from caseness.synthetic.providers import TEAMS
from caseness.synthetic.request import NATIONAL, SERVICE
from caseness.synthetic.tables_person import codes_of
from caseness.synthetic.writing import PRIMARY, WHOSE, WINDOWS, Tally, place_name, write_table

SYSTEM = "SYNTHETIC"
VERSION = "2.1"


def write_shared(plan: Plan, providers: Mapping[int, set[int]], to: Path) -> Tally:
    """Write the header, the staff and, for a service, its teams into the folder of every month and window."""
    tally = Tally()
    for month, found in sorted(providers.items()):
        present = np.array(sorted(found))
        for window in WINDOWS:
            folder = to / place_name(plan, month, window)
            tables = {
                "IDS000Header": _headers(plan, month, window, present),
                "IDS902CarePersQual": _staff(plan, month, present),
            }
            if plan.request.shape == SERVICE:
                tables["EXT01TeamMembership"] = _teams(plan)
            for table_id, (rows, provider) in tables.items():
                write_table(folder / f"{table_id}.parquet", _with_whose(plan, rows, provider), plan)
                tally.rows[table_id] += rows.num_rows
    return tally


Rows = tuple[pa.Table, np.ndarray]


def created(plan: Plan, month: int, window: str) -> datetime:
    """When a submission was made: inside its window, a month or two after its own."""
    begun = plan.months.begin(month + (1 if window == PRIMARY else 2))
    return datetime.combine(begun + timedelta(days=WINDOW_DAY - 1), time(12))


def _headers(plan: Plan, month: int, window: str, present: np.ndarray) -> Rows:
    codes = [plan.providers.codes[each] for each in present]
    last = plan.months.begin(month + 1) - timedelta(days=1)
    values = {
        "DatSetVer": VERSION,
        "OrgIDProv": codes,
        "OrgIDSubmit": codes,
        "PrimSystemInUse": SYSTEM,
        "ReportingPeriodStartDate": plan.months.begin(month),
        "ReportingPeriodEndDate": last,
        "DateTimeDatSetCreate": created(plan, month, window),
    }
    arrays = {
        column.name: pa.array(value if isinstance(value, list) else [value] * len(codes), column.arrow)
        for column in table("IDS000Header").columns
        if (value := values[column.name]) is not None
    }
    return pa.table(arrays), present


# A training that has ended is a qualification. What ended before the month is not told as a plan.
def _staff(plan: Plan, month: int, present: np.ndarray) -> Rows:
    staff = plan.providers.therapists
    rows = np.flatnonzero(np.isin(staff.provider, present))
    start = int(plan.months.starts[0])
    awarded = start - staff.qualified[rows]
    in_training = awarded >= plan.months.starts[month]
    columns = {
        "CarePersLocalId": therapist_ids(rows).arrow(np.arange(len(rows))),
        "QualAttainLevelIAPT": Coded(staff.qualification[rows].astype(np.int8), codes_of("QualAttainLevelIAPT")).arrow(
            np.arange(len(rows))
        ),
        "QualAwardedDate": Days(np.where(in_training, BLANK, awarded)).arrow(np.arange(len(rows))),
        "QualPlannedCompletionDate": Days(np.where(in_training, awarded, BLANK)).arrow(np.arange(len(rows))),
    }
    return pa.table(columns), staff.provider[rows]


def _teams(plan: Plan) -> Rows:
    staff = plan.providers.therapists
    rows = np.arange(len(staff.provider))
    # One in ten supervises.
    role = (rows % 10 == 9).astype(np.int8)
    since = plan.months.starts[0] - np.maximum(staff.qualified, 30)
    columns = {
        "CarePersLocalId": therapist_ids(rows).arrow(rows),
        "TeamId": Coded(staff.team.astype(np.int8), TEAMS).arrow(rows),
        "TeamRole": Coded(role, ("practitioner", "supervisor")).arrow(rows),
        "TeamStartDate": Days(since).arrow(rows),
    }
    return pa.table(columns), staff.provider


def _with_whose(plan: Plan, rows: pa.Table, provider: np.ndarray) -> pa.Table:
    if plan.request.shape != NATIONAL:
        return rows
    whose = Coded(provider.astype(np.int16), plan.providers.codes).arrow(np.arange(len(provider)))
    return rows.add_column(0, WHOSE, whose)
