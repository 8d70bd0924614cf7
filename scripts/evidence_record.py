"""A made-up record beside its truth: true levels when courses began and ended, and what nature alone would have done."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pa_parquet
from evidence_page import Size
from numpy.typing import NDArray

from caseness.audit.change.from_grains import gather_courses
from caseness.audit.change.model import Courses
from caseness.check import check
from caseness.derive import derive
from caseness.engine import fetch
from caseness.read import read_record
from caseness.record import ROW_ID
from caseness.synthetic.england import england
from caseness.synthetic.request import NATIONAL, Request
from caseness.synthetic.synthesis import synthesise
from caseness.synthetic.trajectories import by_nature, by_sessions

Array = NDArray[np.float64]
MONTHS = 18


@dataclass(frozen=True, eq=False)
class Truth:
    """Referrals that ended, one entry each: whether they finished, scores as measured, and PHQ-9 levels as they were.

    `true_first` is the level at the first contact. A score is asked when a session begins: `true_last` is the level at the
    beginning of the last session, and `true_end` after it. `untreated` is what nature alone would have made of it by then, and
    `days` lie between referral and last contact.
    """

    finished: NDArray[np.bool_]
    treated: NDArray[np.bool_]
    first: Array
    last: Array
    true_first: Array
    true_last: Array
    true_end: Array
    untreated: Array
    days: Array
    courses: Courses


def make_record(size: Size) -> Truth:
    """Make up a record of several services, read, check and derive it as a user would, and lay its truth beside it."""
    with tempfile.TemporaryDirectory(prefix="caseness-evidence-") as name:
        folder = Path(name)
        synthesise(
            Request(size.referrals, MONTHS, size.seed, NATIONAL, error_rate=0.0), folder / "made", folder / "truth", 1
        )
        checked = check(read_record(str(folder / "made"), folder / "record"))
        grains = derive(checked, folder / "grains", scores=True)
        rows = grains.referral.filter(
            grains.referral.discharge_date.between(grains.referral.month, _end(grains.referral))
        )
        named = checked.kept("IDS101Referral").select(ROW_ID, referral="ServiceRequestId")
        found = fetch(rows.inner_join(named, ROW_ID).select("referral", *_COLUMNS))
        truth = pa.concat_tables(
            pa_parquet.read_table(path) for path in sorted((folder / "truth").glob("referrals*.parquet"))
        )
        return _lay_out(found.join(truth, "referral"), gather_courses(grains, "made up"))


_COLUMNS = (
    "completed_treatment", "treatment_contacts", "phq9_first", "phq9_last", "referral_date", "assessment_first_date",
    "first_session_date", "last_session_date",
)  # fmt: skip


def _end(rows: ibis.Table) -> ibis.Value:
    return rows.month + ibis.interval(months=1) - ibis.interval(days=1)


def _lay_out(found: pa.Table, courses: Courses) -> Truth:
    began = _earliest(_days(found, "assessment_first_date"), _days(found, "first_session_date")) - _days(
        found, "referral_date"
    )
    at_referral, natural = _numbers(found, "phq9_at_referral"), _numbers(found, "natural_change_in_the_long_run")
    nature = _numbers(found, "natural_change_at_last_contact")
    before, after = _by_treatment(found)
    return Truth(
        finished=np.asarray(found["completed_treatment"].to_numpy(), bool),
        treated=_numbers(found, "treatment_contacts") >= 1,
        first=_numbers(found, "phq9_first"),
        last=_numbers(found, "phq9_last"),
        true_first=at_referral - by_nature(england(), natural, began),
        true_last=at_referral - nature - before,
        true_end=at_referral - nature - after,
        untreated=at_referral - nature,
        days=_days(found, "last_session_date") - _days(found, "referral_date"),
        courses=courses,
    )


# What treatment had done when the last session began, and when it was over: a sudden gain is what the effect leaves over.
def _by_treatment(found: pa.Table) -> tuple[Array, Array]:
    after, sessions = _numbers(found, "treatment_change_at_last_contact"), _numbers(found, "sessions")
    effect, enough = _numbers(found, "effect_of_treatment"), _numbers(found, "sessions_until_enough")
    began = np.maximum(sessions - 1, 0)
    gain = after - by_sessions(effect, sessions, enough)
    at = np.nan_to_num(_numbers(found, "sudden_gain_session"), nan=np.inf)
    return by_sessions(effect, began, enough) + np.where(began >= at, gain, 0.0), after


def _numbers(found: pa.Table, name: str) -> Array:
    return np.asarray(found[name].cast(pa.float64()).fill_null(float("nan")).to_numpy(), float)


def _days(found: pa.Table, name: str) -> Array:
    return np.asarray(found[name].cast(pa.int32()).cast(pa.float64()).fill_null(float("nan")).to_numpy(), float)


def _earliest(one: Array, other: Array) -> Array:
    return np.fmin(one, other)
