"""The tables of a record as they stand on disk, for the margins: as `caseness synthesise` writes them, or as `caseness record` does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
from ibis import _

from caseness import engine
from caseness.errors import UnreadableInput
from caseness.record import SUBMISSION, table

HEADER, REFERRAL = "IDS000Header", "IDS101Referral"
# In a place with the submissions of many providers, this says whose a row is.
WHOSE = "UniqueSubmissionID"
READ = "tables"
# What the margins need of each table: what makes a row one and the same from month to month, and what else is read.
NEEDED: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    HEADER: (("OrgIDProv",), ("ReportingPeriodStartDate", "ReportingPeriodEndDate")),
    "IDS001MPI": (("LocalPatientId",), ("PersonBirthDate", "Gender", "EthnicCategory", "Postcode")),
    "IDS101Referral": (
        ("ServiceRequestId",),
        ("LocalPatientId", "ReferralRequestReceivedDate", "SourceOfReferralIAPT", "EndCode", "ServDischDate"),
    ),
    "IDS201CareContact": (
        ("CareContactId",),
        (
            "ServiceRequestId",
            "CareContDate",
            "PlannedCareContIndicator",
            "AttendOrDNACode",
            "AppType",
            "ConsMechanism",
            "IAPTLTCServiceInd",
        ),
    ),
    "IDS202CareActivity": (("CareActId",), ("CareContactId", "CodeProcAndProcStatus")),
    "IDS004EmpStatus": (("LocalPatientId", "EmployStatusRecDate"), ("SSPInd",)),
    "IDS007DisabilityType": (("LocalPatientId", "DisabCode"), ()),
    "IDS205InternetTherLog": (("ServiceRequestId", "StartDateIntEnabledTherLog"), ("EndDateIntEnabledTherLog",)),
    "IDS602LongTermCondition": (("ServiceRequestId", "LongTermCondition"), ()),
    "IDS603PresentingComplaints": (("ServiceRequestId", "PresComp", "PresCompDate"), ("PresCompCodSig",)),
    "IDS606CodedScoreAssessmentRefer": (
        ("ServiceRequestId", "CodedAssToolType", "AssToolCompDate", "AssToolCompTime"),
        ("PersScore",),
    ),
    "IDS607CodedScoreAssessmentAct": (("CareActId", "CodedAssToolType"), ("PersScore",)),
}


class RecordTables:
    """The tables of one record folder, each row with its provider and the number of its submission.

    A made-up record has one folder for each submission window, numbered in the order of their names: a month's primary
    submission, its refresh, then the next month. A record that was read has one file for each table, and numbers of its own.

    Raises
    ------
    UnreadableInput
        If the folder holds neither.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self._held: dict[str, ibis.Table] = {}
        if not self._files(REFERRAL):
            raise UnreadableInput(
                f"{folder} is no record: no {REFERRAL}.parquet is in it. Give the folder that `caseness synthesise` or "
                "`caseness record` wrote. Nothing was compared."
            )

    def all_rows(self, name: str) -> ibis.Table:
        """Every row of every submission, with `submission`, `whose` and what is NEEDED. No rows where the table is not there.

        Files are read one by one and put together as Arrow: a union of a hundred files is too deep for the engine.
        """
        kept = [column for part in NEEDED[name] for column in part]
        kinds = {
            column: kind for column, kind in ibis.Schema.from_pyarrow(table(name).schema).items() if column in kept
        }
        held = [engine.fetch(_scan(number, path, kinds)) for number, path in self._files(name)]
        system = [pa.field(SUBMISSION, pa.int32()), pa.field("whose", pa.string())]
        schema = pa.schema([*system, *(table(name).schema.field(column) for column in kinds)])
        return engine.load(pa.concat_tables([schema.empty_table(), *(part.cast(schema) for part in held)]))

    def latest(self, name: str) -> ibis.Table:
        """One row for each provider and key of a table: that of the latest submission. Read once, and kept."""
        if name not in self._held:
            self._held[name] = engine.load(engine.fetch(self._latest(name, NEEDED[name][0])))
        return self._held[name]

    def _latest(self, name: str, keys: Sequence[str]) -> ibis.Table:
        rows = self.all_rows(name).inner_join(self._providers, [SUBMISSION, "whose"])
        order = ibis.window(group_by=["provider", *keys], order_by=ibis.desc(SUBMISSION))
        ranked = rows.mutate(version=ibis.row_number().over(order)).filter(_.version == 0)
        return ranked.drop("version", "whose", SUBMISSION)

    @cached_property
    def _providers(self) -> ibis.Table:
        header = self.all_rows(HEADER).select(SUBMISSION, "whose", provider=_.OrgIDProv).distinct()
        return engine.load(engine.fetch(header))

    def _files(self, name: str) -> list[tuple[int | None, Path]]:
        """The files of a table, each with the number of its window; None where the rows bear numbers."""
        read = self.folder / READ / f"{name}.parquet"
        if read.exists():
            return [(None, read)]
        windows = sorted({path.parent for path in self.folder.glob(f"*/{HEADER}.parquet")})
        found = (
            (number, path)
            for number, window in enumerate(windows, start=1)
            for path in sorted(window.glob("*.parquet"))
        )
        # A table may have several parts, and one for what came late: IDS101Referral_part-0002_late.
        return [(number, path) for number, path in found if path.stem.partition("_")[0] == name]


def _scan(number: int | None, path: Path, kinds: Mapping[str, Any]) -> ibis.Table:
    rows = engine.scan_parquet(path)
    columns = {column: rows[column] if column in rows.columns else ibis.null(kind) for column, kind in kinds.items()}
    if number is None:
        return rows.select(SUBMISSION, whose=ibis.literal(""), **columns)
    return rows.select(submission=ibis.literal(number, "int32"), whose=rows[WHOSE], **columns)
