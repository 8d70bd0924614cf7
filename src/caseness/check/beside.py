"""What a row's tests may ask of elsewhere: the period of its submission, its referral and its patient.

Each is joined within the submission. Where a key is there twice, the earliest date is used: both rows are
rejected for it anyway, and no row is ever multiplied.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import ibis
import pyarrow as pa

from caseness.check.model import SubmissionHeader, Tables
from caseness.record import SUBMISSION

PERIOD, REFERRAL, PATIENT = "period", "referral", "patient"
BESIDES = (PERIOD, REFERRAL, PATIENT)

_HEADER = pa.schema(
    [
        ("of_submission", pa.int32()),
        ("period_start", pa.date32()),
        ("period_end", pa.date32()),
        ("data_set_version", pa.string()),
        ("header_provider", pa.string()),
    ]
)


def headers_of(submissions: Sequence[SubmissionHeader]) -> ibis.Table:
    """The headers as a small table: one row a submission."""
    rows = [(one.id, one.period_start, one.period_end, one.version, one.provider) for one in submissions]
    columns = [pa.array(values, field.type) for values, field in zip(zip(*rows, strict=True), _HEADER, strict=True)]
    return ibis.memtable(pa.table(columns, schema=_HEADER) if rows else _HEADER.empty_table())


def lay_beside(table: ibis.Table, wanted: Iterable[str], tables: Tables, headers: ibis.Table) -> ibis.Table:
    """A table with what its rules ask for beside each row: one row in, one row out."""
    asked = set(wanted)
    laid = table.left_join(headers, table[SUBMISSION] == headers.of_submission).drop("of_submission")
    if REFERRAL in asked or (PATIENT in asked and "LocalPatientId" not in table.columns):
        laid = _lay_referral(laid, tables)
    return _lay_patient(laid, tables) if PATIENT in asked else laid


def _lay_referral(table: ibis.Table, tables: Tables) -> ibis.Table:
    referral = tables("IDS101Referral")
    found = (
        referral.group_by(referral_submission=referral[SUBMISSION], referral_id=referral.ServiceRequestId)
        .agg(
            referral_received=referral.ReferralRequestReceivedDate.min(),
            referral_ended=referral.ServDischDate.min(),
            referral_patient=referral.LocalPatientId.min(),
        )
        .filter(lambda each: each.referral_id.notnull())
    )
    same = [table[SUBMISSION] == found.referral_submission, table.ServiceRequestId == found.referral_id]
    return table.left_join(found, same).drop("referral_submission", "referral_id")


def _lay_patient(table: ibis.Table, tables: Tables) -> ibis.Table:
    patient = tables("IDS001MPI")
    found = patient.group_by(patient_submission=patient[SUBMISSION], patient_id=patient.LocalPatientId).agg(
        patient_born=patient.PersonBirthDate.min()
    )
    known = "LocalPatientId" if "LocalPatientId" in table.columns else "referral_patient"
    same = [table[SUBMISSION] == found.patient_submission, table[known] == found.patient_id]
    return table.left_join(found, same).drop("patient_submission", "patient_id")
