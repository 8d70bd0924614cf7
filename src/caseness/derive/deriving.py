"""Derive a record: partition by partition, each grain written to Parquet, and all of them scanned together."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import ibis

from caseness import __version__
from caseness.derive import grains
from caseness.derive.assumed import DEFAULT, Options
from caseness.derive.contact import HAS_THERAPY, inside, is_employment_support, is_treatment
from caseness.derive.course import NARROW, WIDE, event_order, is_completed_log, is_session
from caseness.derive.derivation import CONTACT, EMPLOYMENT, LOG, STAGE, SUPPORT, gather, lay_on
from caseness.derive.employment import employment_rows
from caseness.derive.events import Events, find_events
from caseness.derive.grains import Grains
from caseness.derive.outcome import CHOICE, FLAGS, completed_treatment
from caseness.derive.pathways import is_last_of, referral_rows
from caseness.derive.person import days_from_referral
from caseness.derive.plan import Plan, Step
from caseness.derive.scores import legal_scores, score_ends
from caseness.derive.stage import DERIVATIONS as STAGE_DERIVATIONS
from caseness.derive.stage import runs_of, stages_of
from caseness.derive.staging import EMPLOYMENT_ROWS, PREFIX, TEAMS, staged
from caseness.derive.submissions import OURS, SCHEMA, KeptRecord, Partition, counted_submissions, periods_of, share_out
from caseness.derive.support import support_rows
from caseness.derive.team import TEAM, Teams, find_teams
from caseness.derive.work import COLUMNS as WORK
from caseness.derive.work import ROWS as WORK_ROWS
from caseness.engine import DUCKDB, drop, fetch, given_as, hold_text, load, write_text
from caseness.errors import CannotWrite, say_why_not_written
from caseness.read import Submission, mark_of
from caseness.record import ROW_ID, SUBMISSION

# So many referral rows are derived at once: less than 1 GiB in the engine.
ROWS_AT_ONCE = 1_200_000
_OF_ROW = (
    "row_id", "pathway", "month_index", "referral_date", "discharge_date", "period_end", "employment_support_discharge",
)  # fmt: skip


def derive(
    checked: KeptRecord,
    to: Path | str,
    options: Options = DEFAULT,
    partitions: int | None = None,
    all_columns: bool = False,
    employment: bool = False,
    engine: str = DUCKDB,
) -> Grains:
    """Derive the grains of a record that was checked.

    Parameters
    ----------
    checked : what `caseness.check.check` gave
    to : a folder for the grains: empty, absent, or one with grains that are to be replaced
    options : what is chosen for the rules that are assumed
    partitions : how many groups of providers are derived one after the other; None leaves it to the number of rows
    all_columns : whether the wide columns are filled in open referrals too
    employment : whether the grains of employment rows and of employment support are made as well
    engine : what derives, and where the tables then lie (see `caseness.engine.read_engine`)

    Returns
    -------
    Grains
        Tables over the files in `to`. Rows have no order.

    Raises
    ------
    CannotDerive
        If no submission is left to derive from, or one covers more than a month.
    CannotWrite
        If `to` holds something else, or cannot be written to.
    """
    to, submissions, sizes = Path(to), counted_submissions(checked, options), _sizes(checked)
    rows = sum(sizes.get(one.id, 0) for one in submissions)
    parts = share_out(submissions, sizes, partitions or max(1, math.ceil(rows / ROWS_AT_ONCE)))
    mark = mark_of(checked.record.notes)
    _make_room(to)
    teams = _tells_teams(checked, submissions)
    steps = compiled(options, all_columns, employment, teams, engine)
    more = [name for name, is_read in ((EMPLOYMENT_ROWS, employment), (TEAMS, teams)) if is_read]
    with staged(checked, parts, legal_scores(checked), to, more, engine) as rows_of:
        for part in parts:
            with rows_of.of(part):
                _derive_partition(part, steps, to, mark, engine)
    asked = _Asked(options, all_columns, employment, engine)
    return _finished(to, asked, submissions, len(parts), mark)


@dataclass(frozen=True)
class _Asked:
    options: Options
    all_columns: bool
    employment: bool
    engine: str


def _finished(to: Path, asked: _Asked, submissions: Sequence[Submission], partitions: int, made_up: str) -> Grains:
    found, periods = grains.scan(to, partitions, asked.employment, asked.engine), periods_of(submissions)
    options, all_columns = asked.options, asked.all_columns
    counts = {name: _count(table) for name, table in found.items()}
    told = {
        "version": __version__,
        "partitions": partitions,
        "months": [period.label for period in periods],
        "options": options.all,
        "all_columns": all_columns,
        "employment": asked.employment,
        "submissions": sorted(one.id for one in submissions),
        "rows": counts,
        "made_up": made_up,
    }
    grains.save(to, told)
    return grains.grains_of(to, found, periods, options.all, all_columns, counts, len(submissions), made_up)


def _derive_partition(part: Partition, steps: tuple[Step, ...], to: Path, mark: str, engine: str) -> None:
    with given_as({PREFIX + OURS: load(part.table())}, engine):
        for step in steps:
            if step.is_written:
                write_text(step.query, to / f"{step.name}-{part.number:04}.parquet", mark, engine)
            else:
                hold_text(step.query, step.name, engine)
            drop(step.done, engine)


@cache
def compiled(
    options: Options, all_columns: bool, employment: bool = False, teams: bool = False, engine: str = DUCKDB
) -> tuple[Step, ...]:
    """The steps that derive one partition, as queries of an engine."""
    plan = Plan()
    submissions = plan.given(OURS, SCHEMA)
    rows = referral_rows(plan, submissions, options)
    events = find_events(plan, rows, submissions, options)
    found = find_teams(plan, rows, events.contacts, submissions, options) if teams else None
    ended = rows if all_columns else plan.hold("ended_rows", rows.filter(rows.discharge_date.notnull()))
    opened = rows.filter(ibis.literal(False)) if all_columns else rows.filter(rows.discharge_date.isnull())
    whole = plan.hold("ended", _ended(plan, rows, ended, events, options))
    begun = _opened(opened, events, options)
    begun = plan.hold("opened", begun) if employment else begun
    written = _of_all(whole, begun, events, options)
    if employment:
        known = begun.select(*_KNOWN).union(whole.select(*_KNOWN))
        written |= _of_employment(plan, found.beside_rows(rows) if found else rows, known, events, options)
    for name, (table, columns) in written.items():
        plan.write(name, _with_team(name, table, columns, found) if found else grains.shaped(table, columns))
    return plan.compiled(engine)


_KNOWN = ("row_id", "assessment_first_date", "treatment_contacts")
_Written = dict[str, tuple[ibis.Table, Mapping[str, str]]]


def _of_all(whole: ibis.Table, begun: ibis.Table, events: Events, options: Options) -> _Written:
    logs = events.logs.rename(start_date="log_start", end_date="log_end", minutes="log_minutes")
    return {
        grains.ENDED: (
            lay_on(whole, (completed_treatment, *CHOICE, *FLAGS), options),
            grains.REFERRAL_COLUMNS,
        ),
        grains.OPEN: (begun, grains.NARROW_COLUMNS),
        CONTACT: (lay_on(events.contacts, (days_from_referral,)), grains.CONTACT_COLUMNS),
        LOG: (logs, grains.LOG_COLUMNS),
        STAGE: (_stages(whole, events, options), grains.STAGE_COLUMNS),
    }


def _of_employment(plan: Plan, rows: ibis.Table, known: ibis.Table, events: Events, options: Options) -> _Written:
    return {
        EMPLOYMENT: (employment_rows(plan, rows), grains.EMPLOYMENT_COLUMNS),
        SUPPORT: (support_rows(plan, rows, known, events, options), grains.SUPPORT_COLUMNS),
    }


# A contact has the team of its own therapist. Grains of employment were made of rows that have theirs.
def _with_team(name: str, table: ibis.Table, columns: Mapping[str, str], found: Teams) -> ibis.Table:
    if TEAM not in table.columns:
        table = found.beside_contacts(table) if name == CONTACT else found.beside_rows(table)
    return grains.shaped(table, {**columns, **grains.TEAM_COLUMNS})


# What was known at the end of a row's month: events of that month and of those before.
def _beside_rows(events: ibis.Table, rows: ibis.Table) -> ibis.Table:
    ours = rows.select(*(name for name in _OF_ROW if name != "month_index"), row_month="month_index")
    return ours.inner_join(events, [ours.pathway == events.pathway, ours.row_month >= events.month_index])


_NARROW_STEPS = (inside, is_treatment, *HAS_THERAPY, is_completed_log, is_session)
_WIDE_STEPS = (*_NARROW_STEPS, is_employment_support, event_order)


def _opened(rows: ibis.Table, events: Events, options: Options) -> ibis.Table:
    joined = lay_on(_beside_rows(events.events, rows), _NARROW_STEPS, options)
    course = gather(joined, ("row_id",), NARROW, options)
    return lay_on(_filled(rows.left_join(course, "row_id").drop("row_id_right")), (completed_treatment,), options)


def _ended(plan: Plan, rows: ibis.Table, ended: ibis.Table, events: Events, options: Options) -> ibis.Table:
    joined = lay_on(_beside_rows(events.events, ended), _WIDE_STEPS, options)
    course = plan.hold("course", gather(joined, ("row_id",), (*NARROW, *WIDE), options))
    scores = score_ends(plan, rows, ended, events, options)
    whole = ended
    for found in (course, scores, _work(plan, ended, options)):
        whole = whole.left_join(found, "row_id").drop("row_id_right")
    return _filled(whole)


def _work(plan: Plan, ended: ibis.Table, options: Options) -> ibis.Table:
    submitted = plan.read("IDS004EmpStatus").select(
        SUBMISSION,
        patient="LocalPatientId",
        employment_status="EmployStatus",
        employment_recorded_on="EmployStatusRecDate",
        sick_pay="SSPInd",
        employment_row=ROW_ID,
    )
    ours = ended.select(SUBMISSION, "patient", "row_id", "referral_date", "discharge_date", "period_end")
    beside = lay_on(ours.inner_join(submitted, [SUBMISSION, "patient"]), WORK_ROWS, options)
    return gather(beside, ("row_id",), WORK, options)


# A row without any event has none of what was counted: 0, and never null.
def _filled(rows: ibis.Table) -> ibis.Table:
    counted = [name for name in rows.columns if _is_count(name)]
    return rows.mutate(**{name: rows[name].fill_null(0) for name in counted})


def _is_count(name: str) -> bool:
    return name in _COUNTED


_COUNTED = {
    one.name
    for one in (*NARROW, *WIDE, *WORK)
    if grains.REFERRAL_COLUMNS[one.name] in ("int32", "int64")
}  # fmt: skip


_OF_STAGE = (
    *_OF_ROW, "month", "provider", "commissioner", "is_latest_in_quarter", "is_latest_in_year", "completed_treatment",
    "assessment_first_date", "first_session_date", "high_intensity_first_date", "low_intensity_first_date",
)  # fmt: skip


def _stages(whole: ibis.Table, events: Events, options: Options) -> ibis.Table:
    whole = lay_on(whole, (completed_treatment,)).select(*_OF_STAGE)
    in_month = whole.discharge_date.between(whole.month, whole.period_end)
    finished = whole.filter(whole.completed_treatment & in_month)
    joined = lay_on(_beside_rows(events.events, finished), (inside, is_treatment, is_completed_log), options)
    sessions = joined.filter(joined.is_treatment | joined.is_completed_log)
    stages = stages_of(runs_of(sessions, options))
    beside = finished.left_join(stages, "row_id").drop("row_id_right")
    derived = lay_on(beside, STAGE_DERIVATIONS, options)
    return _last_of_stages(derived)


# The row of a pathway that stands for its quarter, and its year, among the rows of this grain.
def _last_of_stages(rows: ibis.Table) -> ibis.Table:
    later = rows.month_index.lead().over(group_by="pathway", order_by="month_index")
    told = rows.drop("is_latest_in_quarter", "is_latest_in_year").mutate(following=later)
    return told.mutate(
        is_latest_in_quarter=is_last_of(told, 3), is_latest_in_year=is_last_of(told, 12)
    )  # fmt: skip


# Nobody else pays for teams: few records say who was in which.
def _tells_teams(checked: KeptRecord, submissions: Sequence[Submission]) -> bool:
    told = fetch(checked.kept(TEAMS).select(SUBMISSION).distinct())[SUBMISSION].to_pylist()
    return not {one.id for one in submissions}.isdisjoint(told)


def _sizes(checked: KeptRecord) -> Mapping[int, int]:
    rows = checked.kept("IDS101Referral")
    found = fetch(rows.group_by(SUBMISSION).agg(rows=rows.count()))
    return dict(zip(found[SUBMISSION].to_pylist(), found["rows"].to_pylist(), strict=True))


def _count(table: ibis.Table) -> int:
    return fetch(table.agg(rows=table.count()))["rows"][0].as_py()


# Grains may be replaced. Anything else in the folder is somebody's, and stays.
def _make_room(to: Path) -> None:
    try:
        if to.is_dir() and any(to.iterdir()) and not (to / grains.MANIFEST).is_file():
            raise CannotWrite(f"{to} holds something that was not derived. Nothing was written. Choose another folder.")
        to.mkdir(parents=True, exist_ok=True)
        (to / grains.MANIFEST).unlink(missing_ok=True)
        for path in grains.files_of(to):
            path.unlink()
    except OSError as problem:
        raise CannotWrite(f"Nothing could be derived into {to}: {say_why_not_written(problem)}.") from problem
