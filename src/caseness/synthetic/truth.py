"""The truth behind a record: what nature did, what treatment did, why each left, and which errors were planted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa

from caseness.synthetic.appointments import REASONS
from caseness.synthetic.chunk import Chunk
from caseness.synthetic.columns import BLANK, Cells, Coded, Days, Numbered, Whole
from caseness.synthetic.frames import NEVER, Frame
from caseness.synthetic.identifiers import patient_ids, referral_ids
from caseness.synthetic.planting import KINDS
from caseness.synthetic.request import SERVICE
from caseness.synthetic.tables_own import own_tables_stream
from caseness.synthetic.therapist_changes import days_of_change
from caseness.synthetic.whys import DECIDERS, WHYS, draw_whys
from caseness.synthetic.whys import KINDS as KINDS_OF_ENDING
from caseness.synthetic.writing import write_table

_KINDS_OF_REFERRAL = ("never seen", "assessed only", "to be treated")


def write_truth(chunk: Chunk, frames: Mapping[str, Frame], to: Path, part: str) -> None:
    """Write what only a maker can know: one row for each referral and planted error, and of a service each ending."""
    write_table(to / f"referrals{part}.parquet", _referrals(chunk), chunk.plan)
    write_table(to / f"planted_errors{part}.parquet", _planted(chunk, frames), chunk.plan)
    if chunk.plan.request.shape == SERVICE:
        write_table(to / f"endings{part}.parquet", _endings(chunk), chunk.plan)


def _referrals(chunk: Chunk) -> pa.Table:
    cohort, endings, rows = chunk.cohort, chunk.endings, np.arange(chunk.cohort.size)
    providers = chunk.plan.providers
    columns: dict[str, Cells] = {
        "provider": Coded(chunk.provider, providers.codes),
        "referral": referral_ids(chunk, rows),
        "person": patient_ids(chunk, cohort.person),
        "deprivation_decile": Whole(chunk.people.decile[cohort.person]),
        "kind": Coded(cohort.kind, _KINDS_OF_REFERRAL),
        "problem": Coded(cohort.problem, [each.code for each in chunk.plan.world.problems]),
        "reason_for_leaving": Coded(chunk.reason, REASONS),
        "sessions": Whole(endings.sessions),
        "last_contact": Days(np.where(endings.last_contact < chunk.plan.months.end, endings.last_contact, BLANK)),
        "discharge": Days(np.where(chunk.closes == NEVER, BLANK, endings.day)),
        "therapist_changed_on": Days(days_of_change(chunk)),
        "sudden_gain_session": Whole(np.where(cohort.gain_session == 999, BLANK, cohort.gain_session)),
    }
    arrays = {name: column.arrow(rows) for name, column in columns.items()}
    return pa.table(arrays | {name: pa.array(values) for name, values in _measured(chunk).items()})


# The truth of each ending beside what the record tells of it.
def _endings(chunk: Chunk) -> pa.Table:
    whys = draw_whys(chunk, own_tables_stream(chunk))
    rows = whys.true.told
    columns: dict[str, Cells] = {
        "provider": Coded(chunk.provider, chunk.plan.providers.codes),
        "referral": referral_ids(chunk, np.arange(chunk.cohort.size)),
        "reason_for_leaving": Coded(chunk.reason, REASONS),
    }
    for whose, accounts in (("truth", whys.true), ("therapist", whys.therapist), ("person", whys.person)):
        columns |= {
            f"{whose}_kind": Coded(accounts.kind, KINDS_OF_ENDING),
            f"{whose}_decided_by": Coded(accounts.decided, DECIDERS),
            f"{whose}_why": Coded(accounts.why, WHYS),
        }
    return pa.table({name: column.arrow(rows) for name, column in columns.items()})


def _measured(chunk: Chunk) -> dict[str, np.ndarray]:
    cohort, endings, providers, therapist = chunk.cohort, chunk.endings, chunk.plan.providers, _therapist(chunk)
    return {
        "phq9_at_referral": cohort.depression,
        "gad7_at_referral": cohort.anxiety,
        "natural_change_in_the_long_run": cohort.natural,
        "effect_of_treatment": cohort.effect,
        "sessions_until_enough": cohort.enough,
        "natural_change_at_last_contact": endings.by_nature,
        "treatment_change_at_last_contact": endings.by_treatment,
        "provider_outcome_effect": providers.outcome[chunk.provider],
        "provider_ending_effect": providers.ending[chunk.provider],
        "therapist_outcome_effect": providers.therapists.outcome[therapist],
        "therapist_ending_effect": providers.therapists.ending[therapist],
        "log_odds_of_dropping_out": cohort.drop_out,
    }


def _therapist(chunk: Chunk) -> np.ndarray:
    return np.where(chunk.cohort.step == 0, chunk.cohort.therapist_low, chunk.cohort.therapist_high)


def _planted(chunk: Chunk, frames: Mapping[str, Frame]) -> pa.Table:
    parts = [_planted_in(chunk, kind.name, number, frames[kind.table_id]) for number, kind in enumerate(KINDS, start=1)]
    return pa.concat_tables(parts)


def _planted_in(chunk: Chunk, name: str, number: int, frame: Frame) -> pa.Table:
    rows = np.flatnonzero((frame.told_first == number) & (frame.last >= chunk.plan.request.lead_in))
    key = next(column for column in frame.columns.values() if isinstance(column, Numbered))
    return pa.table(
        {
            "kind": pa.array([name] * len(rows), pa.string()),
            "table": pa.array([frame.table_id] * len(rows), pa.string()),
            "provider": pa.array([chunk.plan.providers.codes[each] for each in frame.provider[rows]], pa.string()),
            "row": key.arrow(rows),
            "first_month": pa.array([chunk.plan.months.label(int(each)) for each in frame.first[rows]], pa.string()),
        }
    )
