"""The steps that derive one partition, from the rows of a record to the files of each grain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import ibis

from caseness.derive import grains, shapes
from caseness.derive.annual import annual_rows
from caseness.derive.assumed import DEFAULT, Options
from caseness.derive.attributes import attribute_rows
from caseness.derive.contact import HAS_THERAPY, inside, is_employment_support, is_treatment
from caseness.derive.course import NARROW, WIDE, event_order, is_completed_log, is_session
from caseness.derive.derivation import (
    ANNUAL,
    ATTRIBUTES,
    CONTACT,
    COURSE_CONTACT,
    EMPLOYMENT,
    LOG,
    SCORE,
    STAGE,
    SUPPORT,
    gather,
    lay_on,
)
from caseness.derive.employment import employment_rows
from caseness.derive.events import Events, find_events
from caseness.derive.outcome import CHOICE, FLAGS, completed_treatment
from caseness.derive.pathways import Rows, is_last_of, referral_rows
from caseness.derive.person import days_from_referral
from caseness.derive.plan import Plan, Step
from caseness.derive.scores import score_ends
from caseness.derive.sessions import score_rows
from caseness.derive.stage import DERIVATIONS as STAGE_DERIVATIONS
from caseness.derive.stage import runs_of, stages_of
from caseness.derive.submissions import OURS, SCHEMA
from caseness.derive.support import support_rows
from caseness.derive.team import TEAM, Teams, find_teams
from caseness.derive.work import COLUMNS as WORK
from caseness.derive.work import ROWS as WORK_ROWS
from caseness.engine import DUCKDB
from caseness.record import ROW_ID, SUBMISSION

_OF_ROW = (
    "row_id", "pathway", "month_index", "referral_date", "discharge_date", "period_end", "employment_support_discharge",
)  # fmt: skip
_KNOWN = ("row_id", "assessment_first_date", "treatment_contacts")
_OF_SCORES = ("row_id", "treatment_contacts")
_OF_LOG = {"start_date": "log_start", "end_date": "log_end", "minutes": "log_minutes"}
# Of an open referral the last of these are blank.
_TOLD = {
    "row_id": "int64", "treatment_contacts": "int32", "first_session_date": "date", "second_session_date": "date",
    "integrated_contact_first_date": "date", "high_intensity_first_date": "date", "low_intensity_first_date": "date",
    "psychotropic_first": "string", "psychotropic_last": "string",
}  # fmt: skip
_Written = dict[str, tuple[ibis.Table, Mapping[str, str]]]


@dataclass(frozen=True)
class Wanted:
    """What is to be derived: under which options, and which grains and columns besides those that are always made."""

    options: Options = DEFAULT
    all_columns: bool = False
    employment: bool = False
    breakdowns: bool = False
    scores: bool = False
    teams: bool = False
    annual: bool = False

    @property
    def on_request(self) -> tuple[str, ...]:
        """The grains that are made besides those that always are."""
        return grains.asked_for(self.employment, self.breakdowns, self.scores, self.annual)


@dataclass(frozen=True, eq=False)
class _Parts:
    """What the grains on request are made from."""

    plan: Plan
    referrals: Rows
    whole: ibis.Table
    begun: ibis.Table
    events: Events
    teams: Teams | None
    options: Options

    @property
    def rows(self) -> ibis.Table:
        """The referral rows."""
        return self.referrals.rows

    def known(self, columns: tuple[str, ...]) -> ibis.Table:
        """Some columns of referrals that are open, and of those that have ended."""
        return self.begun.select(*columns).union(self.whole.select(*columns))


@cache
def compiled(wanted: Wanted, engine: str = DUCKDB) -> tuple[Step, ...]:
    """The steps that derive one partition, as queries of an engine."""
    plan, options = Plan(), wanted.options
    submissions = plan.given(OURS, SCHEMA)
    referrals = referral_rows(plan, submissions, options)
    rows = referrals.rows
    events = find_events(plan, rows, submissions, options)
    teams = find_teams(plan, rows, events.contacts, submissions, options) if wanted.teams else None
    is_whole = rows.discharge_date.notnull()
    ended = rows if wanted.all_columns else rows.filter(is_whole)
    opened = rows.filter(ibis.literal(False) if wanted.all_columns else ~is_whole)
    whole = plan.hold("ended", _ended(plan, rows, ended, events, options))
    begun = _opened(opened, events, options)
    begun = plan.hold("opened", begun) if wanted.on_request else begun
    parts = _Parts(plan, referrals, whole, begun, events, teams, options)
    for name, (table, columns) in (_always(parts) | _on_request(parts, wanted)).items():
        plan.write(name, _with_team(name, table, columns, teams) if teams else grains.shaped(table, columns))
    return plan.compiled(engine)


def _always(parts: _Parts) -> _Written:
    options, events = parts.options, parts.events
    judged = lay_on(parts.whole, (completed_treatment, *CHOICE, *FLAGS), options)
    with_categories = parts.referrals.with_categories
    return {
        grains.ENDED: (with_categories(judged), shapes.REFERRAL_COLUMNS),
        grains.OPEN: (with_categories(parts.begun), shapes.NARROW_COLUMNS),
        CONTACT: (lay_on(events.contacts, (days_from_referral,)), shapes.CONTACT_COLUMNS),
        LOG: (events.logs.rename(**_OF_LOG), shapes.LOG_COLUMNS),
        STAGE: (_stages(parts.whole, events, options), shapes.STAGE_COLUMNS),
    }


def _on_request(parts: _Parts, wanted: Wanted) -> _Written:
    found: _Written = {}
    if wanted.employment:
        found |= _of_employment(parts)
    if wanted.breakdowns or wanted.annual:
        found[ATTRIBUTES] = _attributes(parts), shapes.ATTRIBUTE_COLUMNS
    if wanted.annual:
        found |= _of_year(parts, found[ATTRIBUTES][0])
    if wanted.scores:
        scores = score_rows(parts.plan, parts.rows, parts.known(_OF_SCORES), parts.events, parts.options)
        found[SCORE] = scores, shapes.SCORE_COLUMNS
    return found


def _attributes(parts: _Parts) -> ibis.Table:
    told = grains.shaped(parts.begun, _TOLD).union(grains.shaped(parts.whole, _TOLD))
    return attribute_rows(parts.plan, parts.rows, told, parts.events, parts.options)


# Attributes have two columns more then, of the row that stands for its pathway in the year.
def _of_year(parts: _Parts, attributes: ibis.Table) -> _Written:
    known = parts.known(_OF_SCORES)
    submissions = parts.plan.given(OURS, SCHEMA)
    annual, contacts = annual_rows(parts.plan, parts.rows, submissions, known, parts.events, parts.options)
    started = annual.select("row_id", *shapes.START_COLUMNS)
    return {
        ATTRIBUTES: (
            attributes.left_join(started, "row_id").drop("row_id_right"),
            {**shapes.ATTRIBUTE_COLUMNS, **shapes.START_COLUMNS},
        ),
        ANNUAL: (annual, shapes.ANNUAL_COLUMNS),
        COURSE_CONTACT: (contacts, shapes.COURSE_CONTACT_COLUMNS),
    }


def _of_employment(parts: _Parts) -> _Written:
    placed = parts.teams.beside_rows(parts.rows) if parts.teams else parts.rows
    support = support_rows(parts.plan, placed, parts.known(_KNOWN), parts.events, parts.options)
    return {
        EMPLOYMENT: (employment_rows(parts.plan, placed), shapes.EMPLOYMENT_COLUMNS),
        SUPPORT: (support, shapes.SUPPORT_COLUMNS),
    }


# A contact has the team of its own therapist. Grains of employment were made of rows that have theirs. No figure of a team
# reads attributes, scores or the grains of the year.
def _with_team(name: str, table: ibis.Table, columns: Mapping[str, str], found: Teams) -> ibis.Table:
    if name in (ATTRIBUTES, SCORE, ANNUAL, COURSE_CONTACT):
        return grains.shaped(table, columns)
    if TEAM not in table.columns:
        table = found.beside_contacts(table) if name == CONTACT else found.beside_rows(table)
    return grains.shaped(table, {**columns, **shapes.TEAM_COLUMNS})


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
    if shapes.REFERRAL_COLUMNS[one.name] in ("int32", "int64")
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
