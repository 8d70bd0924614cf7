"""Referral rows: one for each pathway and month, with its person, its problem, and whether a later one stands for it."""

from __future__ import annotations

from dataclasses import dataclass

import ibis

from caseness.derive.assumed import Options
from caseness.derive.derivation import lay_on
from caseness.derive.order import row_in_submission
from caseness.derive.person import age_at_period_end, person
from caseness.derive.plan import Plan
from caseness.derive.problem import problem, problem_higher_category, problem_lower_category
from caseness.record import ROW_ID, SUBMISSION

_APRIL = 3
# The row of a submission within the keys that problems and employment rows are ordered by, and its day.
_ROWS, _DAYS, _MONTHS = 1 << 30, 1 << 18, 1 << 12


@dataclass(frozen=True, eq=False)
class Rows:
    """Referral rows, and the problems that any of them has, with their categories."""

    rows: ibis.Table
    problems: ibis.Table

    # Two long texts a row would be written anew with each step, so they are put beside the row where it is told.
    def with_categories(self, rows: ibis.Table) -> ibis.Table:
        """Some of the rows with the categories of their problem."""
        return rows.left_join(self.problems, "problem").drop("problem_right")


def referral_rows(plan: Plan, submissions: ibis.Table, options: Options) -> Rows:
    """The referral rows of some submissions, kept under the name `rows`.

    Checking leaves one row of a referral in each submission, and one submission counts of each month, so each kept
    row is the one of its pathway and month (UsePathway_Flag).
    """
    people = plan.hold("people", _with_person(plan, submissions, options))
    numbered = plan.hold("numbered", _numbered(people, options))
    complaints = _complaints(plan)
    kinds = plan.hold("kinds", _kinds(complaints))
    problems = plan.hold("problems", _told_apart(kinds))
    described = _with_support(plan, people).inner_join(_latest(numbered), "row_id")
    chosen = _problems(complaints, kinds, numbered, options)
    rows = described.left_join(chosen, "row_id", rname="{name}_of_problem").drop("row_id_of_problem")
    return Rows(plan.hold("rows", rows), problems)


def _with_person(plan: Plan, submissions: ibis.Table, options: Options) -> ibis.Table:
    referrals = plan.read("IDS101Referral").select(
        SUBMISSION,
        ROW_ID,
        service_request="ServiceRequestId",
        patient="LocalPatientId",
        commissioner="OrgIDComm",
        referral_date="ReferralRequestReceivedDate",
        discharge_date="ServDischDate",
        end_code="EndCode",
        source_of_referral="SourceOfReferralIAPT",
    )
    people = plan.read("IDS001MPI").select(
        SUBMISSION,
        patient="LocalPatientId",
        nhs_number="NHSNumber",
        birth_date="PersonBirthDate",
        ethnic_category="EthnicCategory",
        gender="Gender",
    )
    ours = submissions.inner_join(referrals, SUBMISSION)
    rows = ours.left_join(people, [SUBMISSION, "patient"], rname="{name}_of_person")
    derived = lay_on(rows, (person, age_at_period_end), options)
    return derived.drop("nhs_number", "birth_date", "submission_of_person", "patient_of_person")


# Few people have employment support that ended: only their rows are put in order.
def _with_support(plan: Plan, rows: ibis.Table) -> ibis.Table:
    submitted = plan.read("IDS004EmpStatus")
    whose = [SUBMISSION, "LocalPatientId"]
    told = submitted.semi_join(submitted.filter(submitted.EmpSupportDischargeDate.notnull()).select(*whose), whose)
    recorded = ibis.coalesce(told.EmployStatusRecDate.delta(ibis.date(1800, 1, 1), unit="day"), 0).cast("int64")
    ordered = told.mutate(order=recorded * _ROWS + row_in_submission(told[ROW_ID]))
    # A column of its own: Ibis names the wrong table on Spark where a window stands in the filter itself.
    marked = ordered.mutate(is_last=ordered.order == ordered.order.max().over(group_by=whose))
    # The latest row counts, even where it leaves the date blank.
    ended = marked.filter(marked.is_last).select(
        SUBMISSION, "LocalPatientId", employment_support_discharge="EmpSupportDischargeDate"
    )
    same = [rows[SUBMISSION] == ended[SUBMISSION], rows.patient == ended.LocalPatientId]
    return rows.left_join(ended, same, rname="{name}_of_support").drop("submission_of_support", "LocalPatientId")


# A pathway bears the number of its first row, which no other pathway can have.
def _numbered(people: ibis.Table, options: Options) -> ibis.Table:
    whose = ["provider", "service_request", *(["person"] if options.pathway == "person-and-referral" else [])]
    first = people.group_by(whose).agg(pathway=people.row_id.min())
    return people.inner_join(first, whose).select(
        SUBMISSION, "service_request", "row_id", "pathway", "month_index"
    )  # fmt: skip


def _complaints(plan: Plan) -> ibis.Table:
    return plan.read("IDS603PresentingComplaints").select(
        SUBMISSION,
        service_request="ServiceRequestId",
        complaint_scheme="FindSchemeInUse",
        complaint="PresComp",
        complaint_significance="PresCompCodSig",
        complaint_date="PresCompDate",
        complaint_row=ROW_ID,
    )


# M203 groups by pathway, so by default a row has what any of its months told. A submission repeats the problems of an open
# referral. One that is blank in part names no problem, and never goes before one that does.
def _problems(complaints: ibis.Table, kinds: ibis.Table, rows: ibis.Table, options: Options) -> ibis.Table:
    ours = rows.inner_join(complaints, [SUBMISSION, "service_request"])
    known = ours.inner_join(kinds, ["complaint_scheme", "complaint"])
    keyed = known.select("row_id", "pathway", "month_index", "kind", order=_problem_order(known, options))
    told = _so_far(rows, keyed) if options.problem_rows == "all-months" else keyed
    chosen = told.group_by("row_id").agg(kind=told.kind.argmax(told.order))
    return chosen.inner_join(kinds, "kind").select("row_id", "problem")


# Each row with what every month so far has told of its pathway.
def _so_far(rows: ibis.Table, keyed: ibis.Table) -> ibis.Table:
    asked = rows.select("row_id", "pathway", asked_in="month_index")
    then = keyed.drop("row_id")
    return asked.inner_join(then, [asked.pathway == then.pathway, asked.asked_in >= then.month_index])


# There are few different codes, so what each means is found out once.
def _kinds(complaints: ibis.Table) -> ibis.Table:
    kinds = complaints.select("complaint_scheme", "complaint").distinct()
    numbered = kinds.mutate(kind=ibis.row_number().over(order_by=["complaint_scheme", "complaint"]))
    return lay_on(numbered, (problem,))


def _told_apart(kinds: ibis.Table) -> ibis.Table:
    known = kinds.filter(kinds.problem.notnull()).select("problem").distinct()
    return lay_on(known, (problem_higher_category, problem_lower_category))


# Primary first, then the date, then the row of the latest month: M203.
def _problem_order(rows: ibis.Table, options: Options) -> ibis.Value:
    rank = ibis.cases((rows.complaint_significance == "1", 2), (rows.complaint_significance == "2", 1), else_=0)
    days = rows.complaint_date.delta(ibis.date(1800, 1, 1), unit="day").cast("int64")
    later = days if options.problem_ties == "latest" else _DAYS - 1 - days
    # The least of a blank and a number is the number, so a blank is told apart first.
    date = ibis.ifelse(days.isnull(), 0, ibis.greatest(ibis.least(later, _DAYS - 1), 1))
    day = (rank * _DAYS + date) * _MONTHS + rows.month_index
    return day * _ROWS + row_in_submission(rows.complaint_row)


# Of few columns, so that few are put in order.
def _latest(rows: ibis.Table) -> ibis.Table:
    following = rows.month_index.lead().over(group_by="pathway", order_by="month_index")
    marked = rows.select("row_id", "pathway", "month_index", following=following)
    return marked.select(
        "row_id", "pathway", is_latest_in_quarter=is_last_of(marked, 3), is_latest_in_year=is_last_of(marked, 12)
    )  # fmt: skip


def is_last_of(rows: ibis.Table, months: int) -> ibis.Value:
    """Whether no row of the pathway follows in the same months of a financial year. `following` is that of the next row."""
    own, later = (rows.month_index - _APRIL) // months, (rows.following - _APRIL) // months
    return (rows.following.isnull() | (own != later)).fill_null(True)
