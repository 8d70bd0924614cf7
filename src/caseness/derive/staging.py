"""The kept rows that count, of the columns that are read: each table of the record is gone through once.

A record holds all providers of a month side by side, so many partitions would go through much of it again. Where there
are many, the rows are first put into a file for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from caseness.codes import code_list
from caseness.derive.derivation import ANNUAL, ATTRIBUTES, EMPLOYMENT
from caseness.derive.submissions import KeptRecord, Partition
from caseness.engine import DUCKDB, given_as, load, scan_parquet_files, write_parts
from caseness.read.model import typed_schema
from caseness.record import ROW_ID, SUBMISSION, table

if TYPE_CHECKING:
    from ibis.expr.types import Table

PREFIX, PART = "derive_", "part"
# Up to so many partitions, each goes through the record by itself: less work than files of its rows, to write and to read.
FEW = 12
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
# Read once more, with more columns, where more grains are asked for: a name of its own, so that nobody else pays.
EMPLOYMENT_ROWS = "IDS004EmpStatus in full"
PEOPLE_IN_FULL = "IDS001MPI in full"
# Read where it has any row.
TEAMS = "EXT01TeamMembership"
_OF_TEAMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {TEAMS: ("CarePersLocalId", "TeamId", "TeamRole", "TeamStartDate", "TeamEndDate")}
)
_OF_EMPLOYMENT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        EMPLOYMENT_ROWS: (*READ["IDS004EmpStatus"], "WeekHoursWorked", "SickAbsenceInd", "BenefitRecInd", "ESAInd", "UCInd", "PIPInd", "EmpSupportInd"),
    }
)  # fmt: skip
_OF_BREAKDOWNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        PEOPLE_IN_FULL: ("LocalPatientId", "PersonBirthDate", "Postcode", "GenderIdentity", "GenderIdentitySameAtBirth", "ExBAFIndicator", "EduEstabTypeIAPT"),
        "IDS007DisabilityType": ("LocalPatientId", "DisabCode"),
        "IDS011SocPerCircumstances": ("LocalPatientId", "SocPerCircumstance", "SocPerCircumstanceRecDate"),
        "IDS602LongTermCondition": ("ServiceRequestId", "LongTermCondition"),
        "IDS803CareCluster": ("LocalPatientId", "AMHCareClustCodeFin", "StartDateCareClust"),
    }
)  # fmt: skip
# Answers to the patient experience questionnaire, which is no score, as they were written.
EXPERIENCE = tuple(f"{name} of experience" for name in SCORES)
_OF_ANNUAL: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        EXPERIENCE[0]: ("ServiceRequestId", "AssToolCompDate", *_SCORE),
        EXPERIENCE[1]: ("CareActId", *_SCORE),
    }
)
_EXPERIENCE_TOOLS = tuple(
    one.code for one in code_list("CodedAssToolType").codes if one.group.startswith("Patient experience")
)
_ALL_READ: Mapping[str, tuple[str, ...]] = {**READ, **_OF_TEAMS, **_OF_EMPLOYMENT, **_OF_BREAKDOWNS, **_OF_ANNUAL}


def schema_of(name: str) -> pa.Schema:
    """The columns of a table as it is read. A time is seconds since midnight: Spark 4.0 has no times of day."""
    table_id, columns = _table_of(name), _ALL_READ[name]
    whole = typed_schema(table(table_id))
    kept = [_plain(whole.field(column)) for column in (SUBMISSION, ROW_ID, *columns)]
    return pa.schema([*kept, *(LEGAL.field(column) for column in LEGAL.names[2:] if name in SCORES)])


def _plain(column: pa.Field) -> pa.Field:
    return column.with_type(pa.int64()) if pa.types.is_time(column.type) else column


def _table_of(name: str) -> str:
    return name.partition(" ")[0]


@dataclass(frozen=True)
class Staged:
    """The rows of each partition: in files of their own, or, where DuckDB derives few partitions, in the record."""

    checked: KeptRecord
    legal: Table
    names: tuple[str, ...]
    folder: Path | None
    engine: str = DUCKDB

    @contextmanager
    def of(self, part: Partition) -> Iterator[None]:
        """Let the rows of a partition be found by the names under which a plan reads them."""
        with given_as({PREFIX + name: self._rows(name, part) for name in self.names}, self.engine):
            yield

    def _rows(self, name: str, part: Partition) -> Table:
        if self.folder is None:
            return self._in_record(name, part)
        files = sorted((self.folder / name / f"{PART}={part.number}").glob("*.parquet"))
        return scan_parquet_files(files, self.engine) if files else load(schema_of(name).empty_table())

    # A list, and no join: DuckDB then passes over the pieces of a file that hold no submission of the list.
    def _in_record(self, name: str, part: Partition) -> Table:
        rows, ours = _read(self.checked, name, self.legal), [one.id for one in part.submissions]
        return rows.filter(rows[SUBMISSION].isin(ours)).select(schema_of(name).names)  # pyright: ignore[reportArgumentType]


@contextmanager
def staged(
    checked: KeptRecord,
    parts: Sequence[Partition],
    legal: pa.Table,
    to: Path,
    on_request: Sequence[str] = (),
    teams: bool = False,
    engine: str = DUCKDB,
) -> Iterator[Staged]:
    """The rows of a record for each of some partitions, for the grains on request too. Its files are gone afterwards."""
    scores = load(legal)
    more = {EMPLOYMENT: _OF_EMPLOYMENT, ATTRIBUTES: _OF_BREAKDOWNS, ANNUAL: _OF_ANNUAL}
    names = (*READ, *(_OF_TEAMS if teams else ()), *(name for grain in on_request for name in more.get(grain, ())))
    if len(parts) <= FEW and engine == DUCKDB:
        yield Staged(checked, scores, names, None)
        return
    whose = load(_whose(parts))
    with TemporaryDirectory(prefix="staged-", dir=to) as folder:
        for name in names:
            rows = whose.inner_join(_read(checked, name, scores), SUBMISSION)
            write_parts(rows.select(PART, *schema_of(name).names), Path(folder) / name, PART)
        yield Staged(checked, scores, names, Path(folder), engine)


def _read(checked: KeptRecord, name: str, scores: Table) -> Table:
    kept = checked.kept(_table_of(name))
    if name in SCORES:
        kept = kept.rename({short: name for name, short in _SCORE.items()}).inner_join(scores, ["tool", "score_text"])
    if name in EXPERIENCE:
        kept = kept.filter(kept["CodedAssToolType"].isin(_EXPERIENCE_TOOLS))
    times = {each: since_midnight(kept[each]) for each in schema_of(name).names if kept[each].type().is_time()}
    return kept.mutate(**times) if times else kept


def since_midnight(time: Any) -> Any:
    """A time of day as the seconds since midnight."""
    return (time.hour() * 3600 + time.minute() * 60 + time.second()).cast("int64")


def _whose(parts: Sequence[Partition]) -> pa.Table:
    rows = [(one.id, part.number) for part in parts for one in part.submissions]
    submissions, numbers = zip(*rows, strict=True)
    return pa.table({SUBMISSION: pa.array(submissions, pa.int32()), PART: pa.array(numbers, pa.int32())})
