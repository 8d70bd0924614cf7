"""Contacts and logs beside their referral row, and one table of events of both: each child table is read once."""

from __future__ import annotations

from dataclasses import dataclass

import ibis

from caseness.derive.assumed import Options
from caseness.derive.contact import (
    HAS_THERAPY,
    attended,
    inside,
    integrated_service,
    is_employment_support,
    is_treatment,
)
from caseness.derive.course import MEDICATION
from caseness.derive.derivation import lay_on
from caseness.derive.lists import CODES, THERAPIES
from caseness.derive.order import TIES, row_in_submission
from caseness.derive.plan import Plan
from caseness.derive.staff import known_staff, staff_rank, staff_standing
from caseness.record import ROW_ID, SUBMISSION

# What an event, or a score, takes from the referral row of its own month.
_OF_ROW = (
    "pathway", "month", "month_index", "provider", "commissioner", "period_end", "referral_date", "discharge_date",
    "is_latest_in_quarter", "employment_support_discharge",
)  # fmt: skip
_EVENT = (
    "pathway", "month_index", "contact_date", "seconds", "tie", "is_log", "attended", "appointment_type",
    "integrated_service", "therapies", "first_therapy", "last_therapy", "medication", "log_end", "log_minutes",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Events:
    """What happened in the referrals of a partition.

    `activities` has a row for each activity, with its contact; `contacts` and `logs` a row each; `events` the attended
    contacts and the logs alike.
    """

    activities: ibis.Table
    contacts: ibis.Table
    logs: ibis.Table
    events: ibis.Table


def find_events(plan: Plan, rows: ibis.Table, submissions: ibis.Table, options: Options) -> Events:
    """The contacts, activities and logs of referral rows, kept in the engine."""
    plain = plan.hold("plain_contacts", _contacts(plan, rows))
    activities = plan.hold("activities", _activities(plan, plain, submissions, options))
    contacts = plan.hold("contacts", _with_activities(plain, activities, options))
    logs = plan.hold("logs", _logs(plan, rows))
    events = contacts.filter(contacts.attended).mutate(
        is_log=ibis.literal(False), log_end=ibis.null("date"), log_minutes=ibis.null("int64")
    )
    return Events(activities, contacts, logs, plan.hold("events", events.select(*_EVENT).union(_as_events(logs))))


def _contacts(plan: Plan, rows: ibis.Table) -> ibis.Table:
    submitted = plan.read("IDS201CareContact").select(
        SUBMISSION,
        contact=ROW_ID,
        care_contact="CareContactId",
        service_request="ServiceRequestId",
        contact_date="CareContDate",
        seconds=lambda each: seconds_of(each.CareContTime),
        planned="PlannedCareContIndicator",
        attendance="AttendOrDNACode",
        minutes="ClinContDurOfCareCont",
        integrated_indicator="IAPTLTCServiceInd",
        appointment_type="AppType",
        medium="ConsMechanism",
        medication=lambda each: _place(each.PsychMed, MEDICATION, len(MEDICATION) + 1),
    )
    ours = rows.select(SUBMISSION, "service_request", *_OF_ROW)
    beside = ours.inner_join(submitted, [SUBMISSION, "service_request"]).drop("service_request")
    return lay_on(beside, (attended, inside, is_treatment, integrated_service)).mutate(tie=tie_of(beside.contact, 0))


def _activities(plan: Plan, contacts: ibis.Table, submissions: ibis.Table, options: Options) -> ibis.Table:
    submitted = plan.read("IDS202CareActivity").select(
        SUBMISSION,
        activity=ROW_ID,
        care_activity="CareActId",
        care_contact="CareContactId",
        staff="CarePersLocalId",
        procedure="CodeProcAndProcStatus",
    )
    ours = contacts.select(SUBMISSION, "care_contact", "contact", "contact_date", "provider", "month_index")
    beside = ours.inner_join(submitted, [SUBMISSION, "care_contact"]).drop("care_contact")
    procedures = beside.select("procedure").distinct()
    placed = beside.left_join(_therapy_of(procedures), "procedure").drop("procedure_right", "procedure")
    staff = _staff(plan, submissions)
    same = [
        placed.provider == staff.staff_provider,
        placed.staff == staff.staff,
        placed.month_index == staff.staff_month,
    ]
    known = placed.left_join(staff, same, rname="{name}_known").mutate(
        is_known=lambda each: each.is_known.fill_null(False)
    )
    ranked = lay_on(known, (staff_rank,), options)
    return ranked.select(SUBMISSION, "activity", "care_activity", "contact", "place", "therapy", "staff_rank")


def _staff(plan: Plan, submissions: ibis.Table) -> ibis.Table:
    qualifications = plan.read("IDS902CarePersQual").select(
        SUBMISSION,
        care_professional="CarePersLocalId",
        qualification="QualAttainLevelIAPT",
        qualification_awarded="QualAwardedDate",
        qualification_planned="QualPlannedCompletionDate",
    )
    return known_staff(submissions.inner_join(qualifications, SUBMISSION), submissions)


# There are few different procedures, so which therapy each begins with is found out once. The codes have one length
# each, and none begins another: SNOMED CT ends every concept with a check digit.
def _therapy_of(procedures: ibis.Table) -> ibis.Table:
    concept = procedures.procedure.re_extract(r"^([0-9]+)", 1)
    bits = {code: one.bit for one in THERAPIES for code in one.codes}
    return procedures.mutate(
        place=ibis.cases(
            *((concept == code, place) for place, code in enumerate(CODES, start=1)), else_=ibis.null("int64")
        ),
        therapy=ibis.cases(*((concept == code, bit) for code, bit in bits.items()), else_=0),
    )


def _with_activities(contacts: ibis.Table, activities: ibis.Table, options: Options) -> ibis.Table:
    listed = ibis.ifelse(
        activities.place.notnull(), (row_in_submission(activities.activity) % TIES) * (1 << 6) + activities.place, None
    )
    done = activities.group_by("contact").agg(
        therapies=activities.therapy.cast("int64").bit_or(),
        first_therapy=listed.min() % (1 << 6),
        last_therapy=listed.max() % (1 << 6),
        best_rank=activities.staff_rank.max(),
    )
    beside = contacts.left_join(done, "contact").drop("contact_right")
    filled = beside.mutate(therapies=beside.therapies.fill_null(0), best_rank=beside.best_rank.fill_null(0))
    return lay_on(filled, (*HAS_THERAPY, staff_standing, is_employment_support), options)


def _logs(plan: Plan, rows: ibis.Table) -> ibis.Table:
    submitted = plan.read("IDS205InternetTherLog").select(
        SUBMISSION,
        log=ROW_ID,
        service_request="ServiceRequestId",
        log_start="StartDateIntEnabledTherLog",
        log_end="EndDateIntEnabledTherLog",
        log_minutes="DurationIntEnabledTher",
        programme="IntEnabledTherProg",
    )
    ours = rows.select(SUBMISSION, "service_request", *_OF_ROW)
    return ours.inner_join(submitted, [SUBMISSION, "service_request"]).drop("service_request")


def _as_events(logs: ibis.Table) -> ibis.Table:
    return logs.mutate(
        contact_date=logs.log_start,
        seconds=ibis.literal(0, "int64"),
        tie=tie_of(logs.log, 1),
        is_log=ibis.literal(True),
        attended=ibis.literal(False),
        appointment_type=ibis.null("string"),
        integrated_service=ibis.literal(False),
        therapies=ibis.literal(0, "int64"),
        first_therapy=ibis.null("int64"),
        last_therapy=ibis.null("int64"),
        medication=ibis.null("int64"),
    ).select(*_EVENT)


def seconds_of(time: ibis.Value) -> ibis.Value:
    """Seconds since midnight, as times are staged. A blank time is the start of the day."""
    return ibis.coalesce(time, 0)


def tie_of(row: ibis.Value, table: int) -> ibis.Value:
    """What tells rows of one time apart: the row within its submission, and which of two tables it is of."""
    return (row_in_submission(row) % (TIES // 2)) * 2 + table


def _place(value: ibis.Value, listed: tuple[str, ...], of_others: int) -> ibis.Value:
    places = ((value == code, place) for place, code in enumerate(listed, start=1))
    return ibis.cases((value.isnull(), ibis.null("int64")), *places, else_=of_others)
