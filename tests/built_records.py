"""Small records, built row by row through the declared tables, as if they had been read.

A submission is a mapping of table ids to rows, and a row a mapping of column names to text. `sound_submission` breaks
no rule. `build` writes submissions as typed Parquet with the two columns that reading puts in front.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

import pyarrow as pa
import pyarrow.parquet as pq

from caseness.engine import load, scan_parquet
from caseness.record import ROW_ID, SUBMISSION, TABLES, table

IDS_PER_SUBMISSION = 10**9
_PARSE = {
    "text": str,
    "month": str,
    "integer": int,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "timestamp": datetime.fromisoformat,
}

_SOUND = {
    "IDS000Header": "DatSetVer 2.1 OrgIDProv ZZ9 OrgIDSubmit ZZ9 PrimSystemInUse MADEUP ReportingPeriodStartDate 2025-04-01 "
    "ReportingPeriodEndDate 2025-04-30 DateTimeDatSetCreate 2025-05-12T09:30:00",
    "IDS001MPI": "LocalPatientId P1 OrgIDLocalPatientId ZZ9 NHSNumber 9434765919 NHSNumberStatus 01 PersonBirthDate 1980-02-03 "
    "Postcode#AB1_2CD Gender 2",
    "IDS002GP": "LocalPatientId P1 GMPCodeReg A12345 StartDateGMPRegistration 2001-01-01",
    "IDS003AccommStatus": "LocalPatientId P1 AccommodationType 01 AccommodationTypeDate 2025-04-02",
    "IDS004EmpStatus": "LocalPatientId P1 EmployStatus 01 EmployStatusRecDate 2025-04-02 SickAbsenceInd N",
    "IDS007DisabilityType": "LocalPatientId P1 DisabCode NN",
    "IDS011SocPerCircumstances": "LocalPatientId P1 SocPerCircumstance 160549006 SocPerCircumstanceRecDate 2025-04-02",
    "IDS012OverseasVisitorChargCat": "LocalPatientId P1 OvsVisChCat A OvsVisChCatAppDate 2025-01-01",
    "IDS101Referral": "ServiceRequestId R1 LocalPatientId P1 OrgIDComm 99Z ReferralRequestReceivedDate 2025-03-03 "
    "SourceOfReferralIAPT B1 OnsetDate 2024-12",
    "IDS105OnwardReferral": "ServiceRequestId R1 OnwardReferDate 2025-04-20 OnwardReferReason 01",
    "IDS108WaitingTimePauses": "PauseID U1 ServiceRequestId R1 PauseStartDate 2025-03-10 PauseEndDate 2025-04-03 PauseReason 01",
    "IDS201CareContact": "CareContactId C1 ServiceRequestId R1 CareContDate 2025-04-07 CareContTime 09:00:00 "
    "PlannedCareContIndicator Y AttendOrDNACode 5 IAPTLTCServiceInd N AppType 03 ConsMechanism 01",
    "IDS202CareActivity": "CareActId A1 CareContactId C1 CarePersLocalId T1 CodeProcAndProcStatus 304891004",
    "IDS205InternetTherLog": "ServiceRequestId R1 StartDateIntEnabledTherLog 2025-04-07 EndDateIntEnabledTherLog 2025-04-13 "
    "IntEnabledTherProg SilverCloud DurationIntEnabledTher 20 IntegratedSoftwareInd N",
    "IDS601MedHistPrevDiag": "LocalPatientId P1 DiagSchemeInUse 01 PrevDiag F32.1 DiagDate 2019-01-01",
    "IDS602LongTermCondition": "ServiceRequestId R1 FindSchemeInUse 04 LongTermCondition 195967001",
    "IDS603PresentingComplaints": "ServiceRequestId R1 FindSchemeInUse 01 PresComp F41.1 PresCompCodSig 1 PresCompDate 2025-03-03",
    "IDS606CodedScoreAssessmentRefer": "ServiceRequestId R1 CodedAssToolType 720433000 PersScore 14 AssToolCompDate 2025-04-02",
    "IDS607CodedScoreAssessmentAct": "CareActId A1 CodedAssToolType 445455005 PersScore 11",
    "IDS803CareCluster": "LocalPatientId P1 AMHCareClustCodeFin 03 StartDateCareClust 2025-03-03",
    "IDS902CarePersQual": "CarePersLocalId T1 QualAttainLevelIAPT 11 QualAwardedDate 2019-09-01",
    "EXT01TeamMembership": "CarePersLocalId T1 TeamId M1 TeamRole practitioner TeamStartDate 2024-01-01",
    "EXT02EndingReview": "ServiceRequestId R1 EndingReviewDate 2025-04-28 EndingKind planned",
    "EXT03Goal": "ServiceRequestId R1 GoalId G1 GoalRating 4 GoalRatingDate 2025-04-07",
    "EXT04AllianceAndExperience": "ServiceRequestId R1 AllianceTool srs AllianceScore 36 AllianceDate 2025-04-07",
    "EXT05LifeCircumstances": "ServiceRequestId R1 LifeCircumstanceKind work LifeCircumstanceDate 2025-04-07",
    "EXT06ClientGroup": "ServiceRequestId R1 ClientGroupKind funding ClientGroup NHS",
}


def row(text):
    """A row of `Column value` pairs. `_` stands for a blank within a value, `null` for a blank cell, `#` for a space."""
    words = text.replace("#", " ").split()
    pairs = zip(words[::2], words[1::2], strict=True)
    return {name: None if value == "null" else value.replace("_", " ") for name, value in pairs}


def sound_submission():
    """A submission with a row in every table, that breaks no rule."""
    return {table_id: [row(text)] for table_id, text in _SOUND.items()}


@dataclass(frozen=True)
class Counts:
    """Rows of a table, as reading counts them."""

    read: int
    kept: int
    rejected: int


@dataclass(frozen=True)
class Header:
    """A submission, as reading tells it."""

    id: int
    provider: str
    version: str
    period_start: date
    period_end: date


@dataclass(frozen=True, eq=False)
class BuiltRecord:
    """What checking needs of a record, and nothing more."""

    folder: object
    submissions: tuple
    rows: dict
    refused: dict
    notes: tuple = ()
    files: tuple = ()

    def table(self, table_id):
        return scan_parquet(self.folder / f"{table_id}.parquet")

    def has(self, table_id):
        return self.rows[table_id].read > 0

    def rejected(self, table_id):
        return load(self.refused[table_id])


def build(folder, submissions, unreadable=()):
    """Write submissions as a record. `unreadable` holds (submission, table id, row, reasons) of rows that were refused."""
    kept, refused = {}, {}
    for one in TABLES:
        rows = [(i, n, each) for i, held in enumerate(submissions, 1) for n, each in enumerate(held.get(one.id, []), 1)]
        kept[one.id] = rows
        pq.write_table(_typed(one, rows), folder / f"{one.id}.parquet")
        refused[one.id] = [each for each in unreadable if each[1] == one.id]
    counts = {key: Counts(len(kept[key]) + len(refused[key]), len(kept[key]), len(refused[key])) for key in kept}
    headers = tuple(_header(i, held["IDS000Header"][0]) for i, held in enumerate(submissions, 1))
    return BuiltRecord(folder, headers, counts, {key: _refused(key, rows) for key, rows in refused.items()})


def _typed(one, rows):
    system = {
        SUBMISSION: pa.array([i for i, _, _ in rows], pa.int32()),
        ROW_ID: pa.array([i * IDS_PER_SUBMISSION + n for i, n, _ in rows], pa.int64()),
    }
    cells = {
        column.name: pa.array([_parsed(column, each.get(column.name)) for _, _, each in rows], column.arrow)
        for column in one.columns
    }
    unknown = {name for _, _, each in rows for name in each} - set(cells)
    assert not unknown, f"{one.id} has no column {sorted(unknown)}"
    return pa.table({**system, **cells})


def _parsed(column, text):
    return None if text is None else _PARSE[column.type](text)


def _refused(table_id, rows):
    system = {
        SUBMISSION: pa.array([i for i, *_ in rows], pa.int32()),
        ROW_ID: pa.array([i and i * IDS_PER_SUBMISSION + 500 + n for n, (i, *_) in enumerate(rows)], pa.int64()),
        "reasons": pa.array([reasons for *_, reasons in rows], pa.list_(pa.string())),
    }
    names = [column.name for column in table(table_id).columns]
    cells = {name: pa.array([each.get(name) for _, _, each, _ in rows], pa.string()) for name in names}
    return pa.table({**system, **cells})


# A header that reading accepts is never blank; where a case blanks a cell, the submission is told by the sound one.
def _header(number, cells):
    told = {**row(_SOUND["IDS000Header"]), **{name: value for name, value in cells.items() if value}}
    start, end = (date.fromisoformat(told[f"ReportingPeriod{side}Date"]) for side in ("Start", "End"))
    return Header(number, told["OrgIDProv"], told["DatSetVer"], start, end)
