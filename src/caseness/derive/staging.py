"""The kept rows that count, of the columns that are read: each table of the record is gone through once.

A record holds all providers of a month side by side, so every partition would have to go through all of it. Where
there are several, the rows are first put into a file for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import TYPE_CHECKING

import pyarrow as pa

from caseness.derive.submissions import KeptRecord, Partition
from caseness.engine import given_as, load, scan_parquet_files, write_parts
from caseness.read.model import typed_schema
from caseness.record import ROW_ID, SUBMISSION, table

if TYPE_CHECKING:
    from ibis.expr.types import Table

PREFIX, PART = "derive_", "part"
# Only scores that a questionnaire can give are read, each as its place among the questionnaires and a whole number.
LEGAL = pa.schema(
    [("tool", pa.string()), ("score_text", pa.string()), ("tool_place", pa.int64()), ("value", pa.int64())]
)
SCORES = ("IDS606CodedScoreAssessmentRefer", "IDS607CodedScoreAssessmentAct")
_SCORE = {"CodedAssToolType": "tool", "PersScore": "score_text"}
READ: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "IDS001MPI": ("LocalPatientId", "NHSNumber", "PersonBirthDate", "EthnicCategory", "Gender"),
        "IDS004EmpStatus": ("LocalPatientId", "EmployStatus", "EmployStatusRecDate", "SSPInd", "EmpSupportDischargeDate"),
        "IDS101Referral": ("ServiceRequestId", "LocalPatientId", "OrgIDComm", "ReferralRequestReceivedDate", "SourceOfReferralIAPT", "EndCode", "ServDischDate"),
        "IDS201CareContact": ("CareContactId", "ServiceRequestId", "CareContDate", "CareContTime", "PlannedCareContIndicator", "AttendOrDNACode", "ClinContDurOfCareCont", "IAPTLTCServiceInd", "AppType", "ConsMechanism", "PsychMed"),
        "IDS202CareActivity": ("CareActId", "CareContactId", "CarePersLocalId", "CodeProcAndProcStatus"),
        "IDS205InternetTherLog": ("ServiceRequestId", "StartDateIntEnabledTherLog", "EndDateIntEnabledTherLog", "IntEnabledTherProg", "DurationIntEnabledTher"),
        "IDS603PresentingComplaints": ("ServiceRequestId", "FindSchemeInUse", "PresComp", "PresCompCodSig", "PresCompDate"),
        "IDS606CodedScoreAssessmentRefer": ("ServiceRequestId", "AssToolCompDate", "AssToolCompTime"),
        "IDS607CodedScoreAssessmentAct": ("CareActId",),
        "IDS902CarePersQual": ("CarePersLocalId", "QualAttainLevelIAPT", "QualAwardedDate", "QualPlannedCompletionDate"),
    }
)  # fmt: skip


def schema_of(table_id: str) -> pa.Schema:
    """The columns of a table as it is read."""
    whole = typed_schema(table(table_id))
    kept = [whole.field(name) for name in (SUBMISSION, ROW_ID, *READ[table_id])]
    return pa.schema([*kept, *(LEGAL.field(name) for name in LEGAL.names[2:] if table_id in SCORES)])


@dataclass(frozen=True)
class Staged:
    """The rows of each partition: in files of their own, or, where there is one partition, in the record."""

    whole: Mapping[str, Table]
    folder: Path | None

    @contextmanager
    def of(self, part: Partition) -> Iterator[None]:
        """Let the rows of a partition be found by the names under which a plan reads them."""
        tables = {PREFIX + table_id: self._rows(table_id, part) for table_id in READ}
        with given_as(tables):
            yield

    def _rows(self, table_id: str, part: Partition) -> Table:
        if self.folder is None:
            return self.whole[table_id].drop(PART)
        files = sorted((self.folder / table_id / f"{PART}={part.number}").glob("*.parquet"))
        return scan_parquet_files(files) if files else load(schema_of(table_id).empty_table())


@contextmanager
def staged(checked: KeptRecord, parts: Sequence[Partition], legal: pa.Table, to: Path) -> Iterator[Staged]:
    """The rows of a record for each of some partitions. Files that this takes are gone afterwards."""
    scores, whose = load(legal), load(_whose(parts))
    whole = {table_id: _counted(checked, table_id, whose, scores) for table_id in READ}
    if len(parts) == 1:
        yield Staged(whole, None)
        return
    with TemporaryDirectory(prefix="staged-", dir=to) as folder:
        for table_id, rows in whole.items():
            write_parts(rows, Path(folder) / table_id, PART)
        yield Staged(whole, Path(folder))


def _counted(checked: KeptRecord, table_id: str, whose: Table, scores: Table) -> Table:
    kept = checked.kept(table_id)
    if table_id in SCORES:
        kept = kept.rename({short: name for name, short in _SCORE.items()}).inner_join(scores, ["tool", "score_text"])
    return whose.inner_join(kept, SUBMISSION).select(PART, *schema_of(table_id).names)


def _whose(parts: Sequence[Partition]) -> pa.Table:
    rows = [(one.id, part.number) for part in parts for one in part.submissions]
    submissions, numbers = zip(*rows, strict=True)
    return pa.table({SUBMISSION: pa.array(submissions, pa.int32()), PART: pa.array(numbers, pa.int32())})
