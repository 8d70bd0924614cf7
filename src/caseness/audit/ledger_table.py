"""The ledger of every organisation and period, one step a row."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from caseness.audit.cube import Cube
from caseness.audit.ledger import STEPS, Step, share_of_stage, step_counts
from caseness.audit.record import Record
from caseness.results import ANNUAL, MONTHLY, SUMMED
from caseness.stats.bounds import Bounded


def tabulate(record: Record) -> pa.Table:
    """The whole ledger: every basis, period, organisation and step that has a number, one a row."""
    return pa.concat_tables([_tabulate_one(record.cube(basis)) for basis in (ANNUAL, SUMMED, MONTHLY)])


def _tabulate_one(cube: Cube) -> pa.Table:
    counts = step_counts(cube)
    tables = [_tabulate_step(cube, step, counts) for step in STEPS]
    return pa.concat_tables(tables)


def _tabulate_step(cube: Cube, step: Step, counts: dict[str, Bounded]) -> pa.Table:
    made = counts[step.id]
    part = share_of_stage(step.id, step.of or step.id, counts)
    period, organisation = np.nonzero(made.is_known)
    picked = (period, organisation)
    return pa.table(
        {
            "basis": pa.array([cube.basis] * len(period), pa.string()),
            "period": pa.array([cube.periods[i].label for i in period], pa.string()),
            "organisation": pa.array([cube.organisations[i] for i in organisation], pa.string()),
            "step": pa.array([step.id] * len(period), pa.string()),
            "role": pa.array([step.role] * len(period), pa.string()),
            **_columns(made, picked, ""),
            "of": pa.array([step.of or None] * len(period), pa.string()),
            **_columns(part, picked, "share_", hide=not step.of),
        }
    )


def _columns(bounded: Bounded, picked: tuple, prefix: str, hide: bool = False) -> dict[str, pa.Array]:
    ends = {"value": bounded.value, "low": bounded.low, "high": bounded.high}
    return {
        prefix + name: pa.array(np.full(len(picked[0]), np.nan) if hide else np.asarray(end)[picked], from_pandas=True)
        for name, end in ends.items()
    }
