"""Tests that look beyond the row: what is there twice, what is missing, and what does not go together.

Each gives a relation of the `submission` and `row_id` at fault. A blank key is no key: it repeats nothing and
refers to nothing, unless a test says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable

import ibis
from ibis.expr.types import BooleanValue

from caseness.check.beside import PERIOD
from caseness.check.model import Relation, Scope
from caseness.codes import code_list
from caseness.record import ROW_ID, SUBMISSION, Reference

ATTENDED = ("5", "6")
FOLLOW_UP = "06"

Condition = Callable[[ibis.Table], BooleanValue]


def repeated(table_id: str, columns: tuple[str, ...], only: Condition | None = None, blank: bool = False) -> Relation:
    """Rows that share all these columns with another row. `only` narrows the rows, `blank` makes blanks alike."""

    def faulty(scope: Scope) -> ibis.Table:
        rows = scope.table(table_id)
        rows = rows.filter(only(rows)) if only else rows
        if blank:
            rows = rows.select(SUBMISSION, ROW_ID, **{each: rows[each].cast(str).fill_null("") for each in columns})
        shared = rows.group_by([SUBMISSION, *columns]).agg(times=rows.count())
        return _ids(rows.semi_join(shared.filter(shared.times > 1), [SUBMISSION, *columns]))

    return Relation(faulty)


def absent(table_id: str, parent: Reference, only: Condition | None = None) -> Relation:
    """Rows that name a parent which is not there, or could not be read."""

    def faulty(scope: Scope) -> ibis.Table:
        rows = scope.table(table_id)
        rows = rows.filter(rows[parent.column].notnull())
        rows = rows.filter(only(rows)) if only else rows
        return _ids(rows.anti_join(scope.table(parent.table), [SUBMISSION, parent.column]))

    return Relation(faulty)


def shared_by_persons(column: str) -> Relation:
    """Rows of the patient index whose value in a column stands for another person too."""

    def faulty(scope: Scope) -> ibis.Table:
        rows = scope.table("IDS001MPI")
        rows = rows.filter(rows[column].notnull())
        owners = rows.group_by([SUBMISSION, column]).agg(
            first=rows.LocalPatientId.min(), last=rows.LocalPatientId.max()
        )
        return _ids(rows.semi_join(owners.filter(owners["first"] != owners["last"]), [SUBMISSION, column]))

    return Relation(faulty)


def attended_without_activity() -> Relation:
    """Attended contacts without any activity."""

    def faulty(scope: Scope) -> ibis.Table:
        contacts = scope.table("IDS201CareContact")
        attended = contacts.filter(contacts.AttendOrDNACode.isin(ATTENDED))
        return _ids(attended.anti_join(scope.table("IDS202CareActivity"), [SUBMISSION, "CareContactId"]))

    return Relation(faulty)


def ended_before_the_month() -> Relation:
    """Referrals that ended before the month, with no follow-up contact and no experience questionnaire in it."""

    def faulty(scope: Scope) -> ibis.Table:
        referrals = scope.beside("IDS101Referral", PERIOD)
        early = referrals.filter(referrals.ServDischDate < referrals.period_start)
        contacts = scope.table("IDS201CareContact")
        for reason in (
            contacts.filter(contacts.AppType == FOLLOW_UP),
            _of_experience(scope.table("IDS606CodedScoreAssessmentRefer")),
            _contacts_of_experience(scope),
        ):
            early = early.anti_join(reason, [SUBMISSION, "ServiceRequestId"])
        return _ids(early)

    return Relation(faulty)


def _contacts_of_experience(scope: Scope) -> ibis.Table:
    answers = _of_experience(scope.table("IDS607CodedScoreAssessmentAct"))
    activities = scope.table("IDS202CareActivity").semi_join(answers, [SUBMISSION, "CareActId"])
    return scope.table("IDS201CareContact").semi_join(activities, [SUBMISSION, "CareContactId"])


def _of_experience(scores: ibis.Table) -> ibis.Table:
    tools = [each.code for each in code_list("CodedAssToolType").codes if each.group.startswith("Patient experience")]
    return scores.filter(scores.CodedAssToolType.isin(tools))


def _ids(rows: ibis.Table) -> ibis.Table:
    return rows.select(SUBMISSION, ROW_ID)
