"""What only the annual report asks: a row for each pathway and financial year, and the timed contacts of finished courses."""

from __future__ import annotations

from typing import Any

import ibis

from caseness.codes import code_list
from caseness.derive.assumed import Options
from caseness.derive.contact import ATTENDED, FOLLOW_UP, inside, is_treatment
from caseness.derive.course import event_order, is_completed_log
from caseness.derive.derivation import ANNUAL, CONTACT, SUBMISSION_ROW, derivation, gather, lay_on
from caseness.derive.events import Events
from caseness.derive.experience import answers_of_rows
from caseness.derive.lists import CODES
from caseness.derive.order import row_in_submission
from caseness.derive.outcome import completed_treatment
from caseness.derive.plan import Plan
from caseness.derive.roles import COUNTS as ROLES
from caseness.derive.roles import roles_of_contacts, seen_for_treatment
from caseness.derive.staging import PEOPLE_IN_FULL
from caseness.derive.work import status_inside
from caseness.record import ROW_ID, SUBMISSION

_SPEC = "NHS England, metadata of the annual measures, 2024-25"
_NONE = "Null where there is none."
# The report calls a log of internet therapy by what its therapy types begin with.
LOG_THERAPY = "IET"
THERAPIES = (*CODES, LOG_THERAPY)
STATUSES = tuple(each.code for each in code_list("EmployStatus").codes)
_STATED = tuple(code for code in STATUSES if code != "ZZ")
_DAYS_OF_FOLLOW_UP = 30
_PLACES, _ROWS, _DAYS = 1 << 6, 1 << 30, 1 << 17


@derivation(
    ANNUAL,
    when_null="Never null: false without an end, or such a contact.",
    source=_SPEC,
    assumed=("follow-up-contacts",),
)
def followed_up(appointment_type: Any, attendance: Any, contact_date: Any, discharge_date: Any, options: Any) -> Any:
    """A follow-up contact 30 days or more after the referral ended."""
    later = contact_date.delta(discharge_date, unit="day") >= _DAYS_OF_FOLLOW_UP
    found = (appointment_type == FOLLOW_UP) & later
    return (
        (found & attendance.isin(ATTENDED) if options.follow_up_contacts == "attended" else found)
        .fill_null(False)
        .max()
    )


@derivation(CONTACT, when_null="A blank length is no time.", source=_SPEC)
def is_timed(seen_for_treatment: Any, minutes: Any) -> Any:
    """Seen for treatment, for longer than no time."""
    return seen_for_treatment & (minutes > 0).fill_null(False)


@derivation(ANNUAL, when_null="Null where no contact is timed.", source=_SPEC)
def timed_minutes(is_timed: Any, minutes: Any) -> Any:
    """Minutes of all contacts that were seen for treatment."""
    return ibis.ifelse(is_timed, minutes, None).sum().cast("float64")


OF_CONTACTS = (followed_up, timed_minutes, *ROLES)


@derivation(CONTACT, when_null="Null where it has no listed therapy.", source=_SPEC, assumed=("log-inside",))
def first_therapy_order(is_treatment: Any, is_completed_log: Any, first_therapy: Any, event_order: Any) -> Any:
    """The first therapy of a treatment contact, or a log, behind its place in the order of events."""
    return _therapy_order(is_treatment, is_completed_log, first_therapy, event_order)


@derivation(CONTACT, when_null="Null where it has no listed therapy.", source=_SPEC, assumed=("log-inside",))
def last_therapy_order(is_treatment: Any, is_completed_log: Any, last_therapy: Any, event_order: Any) -> Any:
    """The last therapy of a treatment contact, or a log, behind its place in the order of events."""
    return _therapy_order(is_treatment, is_completed_log, last_therapy, event_order)


@derivation(ANNUAL, when_null=_NONE, source=_SPEC, assumed=("log-inside",))
def therapy_at_start(first_therapy_order: Any) -> Any:
    """Code of the first listed therapy, or IET where the first therapy was a log of internet therapy."""
    return _named(first_therapy_order.min(), THERAPIES)


@derivation(ANNUAL, when_null=_NONE, source=_SPEC, assumed=("log-inside",))
def therapy_at_end(last_therapy_order: Any) -> Any:
    """Code of the last listed therapy, or IET where the last therapy was a log of internet therapy."""
    return _named(last_therapy_order.max(), THERAPIES)


@derivation(
    SUBMISSION_ROW,
    when_null="Null where it is outside, or no listed status.",
    source=_SPEC,
    assumed=("employment-answers",),
)
def status_order(
    status_inside: Any, employment_status: Any, employment_recorded_on: Any, employment_row: Any, options: Any
) -> Any:
    """The employment status of a row within the referral, behind its day and row."""
    valid = _STATED if options.employment_answers == "stated" else STATUSES
    place = ibis.cases(
        *((employment_status == code, place) for place, code in enumerate(STATUSES, start=1) if code in valid),
        else_=ibis.null("int64"),
    )
    days = employment_recorded_on.delta(ibis.date(1900, 1, 1), unit="day").cast("int64")
    kept = ibis.greatest(ibis.least(days, _DAYS - 1), 0)
    return ibis.ifelse(status_inside, (kept * _ROWS + row_in_submission(employment_row)) * _PLACES + place, None)


@derivation(ANNUAL, official="EmploymentStatus_First", when_null=_NONE, source=_SPEC, assumed=("employment-answers",))
def employment_at_start(status_order: Any) -> Any:
    """Employment status of the first valid row within the referral."""
    return _named(status_order.min(), STATUSES)


@derivation(ANNUAL, official="EmploymentStatus_Last", when_null=_NONE, source=_SPEC, assumed=("employment-answers",))
def employment_at_end(status_order: Any) -> Any:
    """Employment status of the last valid row within the referral."""
    return _named(status_order.max(), STATUSES)


OF_EVENTS, OF_WORK = (therapy_at_start, therapy_at_end), (employment_at_start, employment_at_end)
_ORDERS = (first_therapy_order, last_therapy_order)
DERIVATIONS = (is_timed, *OF_CONTACTS[:2], *_ORDERS, *OF_EVENTS, status_order, *OF_WORK)
_OF_ROW = ("row_id", "pathway", "referral_date", "discharge_date", "period_end")


def annual_rows(
    plan: Plan, rows: ibis.Table, submissions: ibis.Table, known: ibis.Table, events: Events, options: Options
) -> tuple[ibis.Table, ibis.Table]:
    """The row that stands for each pathway in each financial year, with what the annual report asks of it.

    The timed contacts of courses that were finished come beside them, each with the row of its pathway. `known` holds
    the treatment contacts of every row.
    """
    last = plan.hold("last_of_year", rows.filter(rows.is_latest_in_year))
    contacts = plan.hold("seen_of_year", _contacts(plan, last, submissions, events))
    found = (
        known,
        gather(contacts, ("row_id",), OF_CONTACTS, options),
        gather(_therapies(last, events, options), ("row_id",), OF_EVENTS),
        gather(_statuses(plan, last, options), ("row_id",), OF_WORK),
        answers_of_rows(plan, rows, last, events, options),
    )
    whole = _with_service(plan, last)
    for each in found:
        whole = whole.left_join(each, "row_id").drop("row_id_right")
    annual = plan.hold("annual", lay_on(_filled(whole), (completed_treatment,)))
    timed = contacts.filter(contacts.is_timed).select("row_id", "contact", "minutes")
    return annual, annual.filter(annual.completed_treatment).inner_join(timed, "row_id")


def _contacts(plan: Plan, last: ibis.Table, submissions: ibis.Table, events: Events) -> ibis.Table:
    asked = lay_on(events.contacts, (seen_for_treatment,))
    asked = asked.filter(asked.seen_for_treatment | (asked.appointment_type == FOLLOW_UP).fill_null(False))
    told = asked.select(
        "pathway",
        "month_index",
        "contact",
        "contact_date",
        "appointment_type",
        "attendance",
        "minutes",
        "seen_for_treatment",
    )
    beside = lay_on(_until_then(last, told), (is_timed,))
    roles = roles_of_contacts(plan, submissions, events)
    return beside.left_join(roles, "contact").drop("contact_right").mutate(roles=lambda each: each.roles.fill_null(0))


def _therapies(last: ibis.Table, events: Events, options: Options) -> ibis.Table:
    return lay_on(
        _until_then(last, events.events), (inside, is_treatment, is_completed_log, event_order, *_ORDERS), options
    )


def _statuses(plan: Plan, last: ibis.Table, options: Options) -> ibis.Table:
    told = plan.read("IDS004EmpStatus").select(
        SUBMISSION,
        patient="LocalPatientId",
        employment_status="EmployStatus",
        employment_recorded_on="EmployStatusRecDate",
        employment_row=ROW_ID,
    )
    ours = last.select(SUBMISSION, "patient", "row_id", "referral_date", "discharge_date", "period_end")
    return lay_on(ours.inner_join(told, [SUBMISSION, "patient"]), (status_inside, status_order), options)


def _with_service(plan: Plan, last: ibis.Table) -> ibis.Table:
    told = plan.read(PEOPLE_IN_FULL).select(SUBMISSION, patient="LocalPatientId", armed_forces="ExBAFIndicator")
    return last.left_join(told, [SUBMISSION, "patient"], rname="{name}_found").drop("submission_found", "patient_found")


def _until_then(last: ibis.Table, told: ibis.Table) -> ibis.Table:
    ours = last.select(*_OF_ROW, row_month="month_index")
    return ours.inner_join(told, [ours.pathway == told.pathway, ours.row_month >= told.month_index])


def _filled(rows: ibis.Table) -> ibis.Table:
    counts = {name: rows[name].fill_null(0) for name in ("treatment_contacts", *(one.name for one in ROLES))}
    return rows.mutate(**counts, followed_up=rows.followed_up.fill_null(False))


def _therapy_order(is_treatment: Any, is_completed_log: Any, therapy: Any, order: Any) -> Any:
    listed = is_treatment & therapy.notnull()
    return ibis.cases(
        (listed, order * _PLACES + therapy), (is_completed_log, order * _PLACES + len(THERAPIES)), else_=None
    )


def _named(key: Any, names: tuple[str, ...]) -> Any:
    place = key % _PLACES
    return ibis.cases(
        *((place == number, name) for number, name in enumerate(names, start=1)), else_=ibis.null("string")
    )
