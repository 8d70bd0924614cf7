"""At work, off sick or without work, at the start and at the end: from the employment rows that belong to a referral."""

from __future__ import annotations

from typing import Any

import ibis

from caseness.derive.assumed import Options
from caseness.derive.derivation import SUBMISSION_ROW, SUPPORT, derivation, gather, lay_on
from caseness.derive.order import row_in_submission
from caseness.derive.plan import Plan
from caseness.derive.staging import EMPLOYMENT_ROWS
from caseness.derive.submissions import OURS, SCHEMA
from caseness.derive.work import employment_statuses, status_inside
from caseness.record import ROW_ID, SUBMISSION

_SPEC = "specification of record and measures, section 5.3, items 20 to 22"
IN_WORK, OFF_SICK, NOT_EMPLOYED, UNKNOWN = "in work", "off sick", "not employed", "unknown"
GROUPS = (IN_WORK, OFF_SICK, NOT_EMPLOYED, UNKNOWN)
# Employed; not employed, in several ways; not stated. Source: section 2.3, and EA050 to EA057.
_EMPLOYED, _OTHERS, _UNSTATED = "01", ("02", "03", "04", "05", "06", "07", "08"), "ZZ"
_SICKNESS, _NOT_APPLICABLE = ("Y", "N", "8", "Z", "X"), "8"
# What a row says is packed behind the day of its record, and behind its place among the rows of its provider.
_DAYS, _SUBMISSIONS, _ROWS, _PLACES = 1 << 17, 1 << 12, 1 << 30, 1 << 3
_RULES = ("employment-rows", "employment-groups", "blank-sickness")


@derivation(
    SUBMISSION_ROW, when_null="No status, and no listed one: null.", source=_SPEC, assumed=("employment-groups",)
)
def employment_group(employment_status: Any, sick_absence: Any, options: Any) -> Any:
    """The place of the row's group: 1 in work, 2 off sick, 3 not employed, 4 unknown."""
    employed, others = employment_status == _EMPLOYED, employment_status.isin(_OTHERS)
    says_sick = sick_absence.notnull() & (sick_absence != _NOT_APPLICABLE)
    not_employed = others & ~says_sick if options.employment_groups == "unknown-first" else others
    return ibis.cases(
        (employed & (sick_absence == "N"), 1),
        (employed & (sick_absence == "Y"), 2),
        (not_employed, 3),
        (employed | others | (employment_status == _UNSTATED), 4),
        else_=ibis.null("int64"),
    )


@derivation(SUBMISSION_ROW, when_null="A row without a day is before all others.", source=_SPEC)
def employment_order(employment_recorded_on: Any, employment_row: Any) -> Any:
    """The order of employment rows: by day, submission and row."""
    return _day_of(employment_recorded_on) * (_SUBMISSIONS * _ROWS) + employment_row


@derivation(SUBMISSION_ROW, when_null="Null where the row does not count.", source=_SPEC, assumed=("blank-sickness",))
def status_of_course(
    employment_group: Any, sick_absence: Any, employment_order: Any, employment_recorded_on: Any,
    referral_date: Any, discharge_date: Any, options: Any,
) -> Any:  # fmt: skip
    """The group of a row between the referral and its end, behind its day and row."""
    counts = employment_recorded_on.between(referral_date, discharge_date) & _tells_sickness(sick_absence, options)
    return ibis.ifelse(counts, employment_order * _PLACES + employment_group, None)


@derivation(SUBMISSION_ROW, when_null="Null where the row does not count.", source=_SPEC, assumed=("blank-sickness",))
def status_of_support(
    employment_group: Any, sick_absence: Any, employment_order: Any, employment_recorded_on: Any,
    referral_date: Any, discharge_date: Any, employment_support_last_date: Any, options: Any,
) -> Any:  # fmt: skip
    """The group of a row between the referral and its end, or the last support if that came later."""
    end = _later(discharge_date, employment_support_last_date)
    counts = employment_recorded_on.between(referral_date, end) & _tells_sickness(sick_absence, options)
    return ibis.ifelse(counts, employment_order * _PLACES + employment_group, None)


@derivation(SUBMISSION_ROW, when_null="Null where the row does not count. A blank about sickness does.", source=_SPEC)
def status_so_far(
    employment_group: Any, sick_absence: Any, employment_order: Any, employment_recorded_on: Any,
    referral_date: Any, discharge_date: Any, support_discharge: Any, period_end: Any,
) -> Any:  # fmt: skip
    """The group of a row up to the later of the referral's end and that of support as it tells it, or the month's end."""
    end = ibis.coalesce(_later(discharge_date, support_discharge), period_end)
    listed = sick_absence.isnull() | sick_absence.isin(_SICKNESS)
    counts = employment_recorded_on.between(referral_date, end) & listed
    return ibis.ifelse(counts, employment_order * _PLACES + employment_group, None)


@derivation(SUBMISSION_ROW, when_null="A row without a day is outside.", source=_SPEC)
def suitability_answer(suitability: Any, status_inside: Any, employment_order: Any) -> Any:
    """Whether the row finds the person suitable for employment support, behind its day and row."""
    suitable = (suitability == "Y").fill_null(False).cast("int64")
    return ibis.ifelse(status_inside, employment_order * _PLACES + suitable, None)


OF_ROWS = (
    status_inside, employment_group, employment_order, status_of_course, status_of_support, status_so_far, suitability_answer,
)  # fmt: skip
_NO_ROW = f"Never null: {UNKNOWN} where no row counts."


@derivation(SUPPORT, when_null=_NO_ROW, source=_SPEC, assumed=_RULES)
def status_at_start(status_of_course: Any) -> Any:
    """The group of the first employment row between the referral and its end."""
    return _group(status_of_course.min())


@derivation(SUPPORT, when_null=_NO_ROW, source=_SPEC, assumed=_RULES)
def status_at_end(status_of_course: Any) -> Any:
    """The group of the last employment row between the referral and its end."""
    return _group(status_of_course.max())


@derivation(SUPPORT, when_null=_NO_ROW, source=_SPEC, assumed=_RULES)
def status_before_support(status_of_support: Any) -> Any:
    """The group of the first employment row between the referral and the later of its end and the last support."""
    return _group(status_of_support.min())


@derivation(SUPPORT, when_null=_NO_ROW, source=_SPEC, assumed=_RULES)
def status_after_support(status_of_support: Any) -> Any:
    """The group of the last employment row between the referral and the later of its end and the last support."""
    return _group(status_of_support.max())


@derivation(SUPPORT, when_null=_NO_ROW, source=_SPEC, assumed=_RULES[:2])
def status_so_far_in_support(status_so_far: Any) -> Any:
    """The group of the latest employment row so far. A row that leaves sickness blank counts too."""
    return _group(status_so_far.max())


@derivation(
    SUPPORT, when_null="Never null: false where no row lies within the referral.", source=_SPEC, assumed=_RULES[:1]
)
def suitable_for_support(suitability_answer: Any) -> Any:
    """The latest employment row within the referral finds the person suitable for employment support."""
    return (suitability_answer.max() % _PLACES == 1).fill_null(False)


@derivation(SUPPORT, when_null="Null where support has not ended.", source=_SPEC, assumed=("support-ended",))
def support_ended_date(support_discharge: Any, employment_support_discharge: Any, period_end: Any, options: Any) -> Any:
    """Day on which employment support ended, up to the end of the month."""
    told = employment_support_discharge if options.support_ended == "latest-row" else support_discharge
    return ibis.ifelse(told <= period_end, told, None).max()


_OF_LINKED = (
    status_at_start, status_at_end, status_before_support, status_after_support, status_so_far_in_support, suitable_for_support,
)  # fmt: skip
STATUSES = tuple(one.name for one in _OF_LINKED[:5])
DERIVATIONS = (*OF_ROWS[1:], *_OF_LINKED, support_ended_date)
_OF_REFERRAL = (
    SUBMISSION, "patient", "provider", "month_index", "row_id", "referral_date", "discharge_date", "period_end",
    "employment_support_last_date",
)  # fmt: skip
_OF_SUPPORT = (SUBMISSION, "patient", "row_id", "period_end", "employment_support_discharge")


def support_ends(plan: Plan, rows: ibis.Table, options: Options) -> ibis.Table:
    """For each referral row whose submission tells when employment support ended: the day."""
    told = _told(plan)
    told = told.filter(told.support_discharge.notnull()).select(SUBMISSION, "patient", "support_discharge")
    beside = rows.select(*_OF_SUPPORT).inner_join(told, [SUBMISSION, "patient"])
    return gather(beside, ("row_id",), (support_ended_date,), options)


def status_of_rows(plan: Plan, rows: ibis.Table, options: Options) -> ibis.Table:
    """For each referral row that has employment rows: what they say. `rows` know the last employment support too."""
    ours = rows.select(*_OF_REFERRAL)
    own = plan.hold(
        "employment_of_row", lay_on(ours.inner_join(_told(plan), [SUBMISSION, "patient"]), OF_ROWS, options)
    )
    linked = own if options.employment_rows == "own-submission" else lay_on(_until_now(plan, ours), OF_ROWS, options)
    counted, said = (
        gather(own, ("row_id",), (employment_statuses,), options),
        gather(linked, ("row_id",), _OF_LINKED, options),
    )
    return said.left_join(counted, "row_id").drop("row_id_right")


def _told(plan: Plan) -> ibis.Table:
    return plan.read(EMPLOYMENT_ROWS).select(
        SUBMISSION,
        patient="LocalPatientId",
        employment_status="EmployStatus",
        employment_recorded_on="EmployStatusRecDate",
        sick_absence="SickAbsenceInd",
        suitability="EmpSupportInd",
        support_discharge="EmpSupportDischargeDate",
        employment_row=lambda each: row_in_submission(each[ROW_ID]),
    )


# A row that is sent again bears its day, so the submission tells which of them is the later.
def _until_now(plan: Plan, ours: ibis.Table) -> ibis.Table:
    whose = plan.given(OURS, SCHEMA)
    whose = whose.select(SUBMISSION, told_by="provider", told_in="month_index", place=_place_of(whose))
    told = whose.inner_join(_told(plan), SUBMISSION).drop(SUBMISSION).rename(told_of="patient")
    told = told.mutate(employment_row=told.place * _ROWS + told.employment_row).drop("place")
    same = [ours.provider == told.told_by, ours.patient == told.told_of, ours.month_index >= told.told_in]
    return ours.inner_join(told, same)


def _place_of(submissions: ibis.Table) -> ibis.Value:
    return ibis.row_number().over(group_by="provider", order_by=SUBMISSION).cast("int64")


# A day that stands for "never", such as 9999-12-31, counts as the last that there is room for: that of 2258.
def _day_of(day: Any) -> Any:
    days = ibis.coalesce(day.delta(ibis.date(1900, 1, 1), unit="day"), 0)
    return ibis.greatest(ibis.least(days, _DAYS - 1), 0).cast("int64")


# The greatest of a blank and a day is not the same on every engine.
def _later(one: Any, other: Any) -> Any:
    return ibis.greatest(ibis.coalesce(one, other), ibis.coalesce(other, one))


def _tells_sickness(sick_absence: Any, options: Any) -> Any:
    listed = sick_absence.isin(_SICKNESS).fill_null(False)
    return listed | sick_absence.isnull() if options.blank_sickness == "counted" else listed


def _group(packed: Any) -> Any:
    place = packed % _PLACES
    return ibis.cases(*((place == number, name) for number, name in enumerate(GROUPS, start=1)), else_=UNKNOWN)
