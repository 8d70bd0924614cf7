"""The submitted rows, gathered by pathway: which file counts, and whose row each row is."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from fractions import Fraction
from typing import Any

from oracle.cells import code, concept, number, text
from oracle.lists import EMPLOYMENT_SUPPORT, TOOL_OF_CONCEPT

OF_PATIENTS = ("IDS007DisabilityType", "IDS011SocPerCircumstances")

Row = dict[str, Any]
Key = tuple[object, ...]


@dataclass(frozen=True)
class Contact:
    """An appointment, with the therapies and the staff of its activities.

    `other_activity`: it has an activity that is not coded as employment support, or no activity at all.
    """

    month: date
    row_id: int
    day: date | None
    clock: time | None
    attendance: str | None
    planned: str | None
    kind: str | None
    medium: str | None
    long_term: str | None
    medication: str | None
    concepts: frozenset[str]
    staff: frozenset[str]
    other_activity: bool

    @property
    def attended(self) -> bool:
        return self.attendance in ("5", "6") or self.planned == "N"

    @property
    def employment_support(self) -> bool:
        return EMPLOYMENT_SUPPORT in self.concepts


@dataclass(frozen=True)
class Log:
    """A weekly log of internet-enabled therapy."""

    month: date
    row_id: int
    start: date | None
    end: date | None
    minutes: int | None
    programme: str | None


@dataclass(frozen=True)
class Answer:
    """A score as submitted; `barred` where its contact was not attended or its activity is employment support."""

    month: date
    row_id: int
    source: str
    tool: str
    score: Fraction | None
    day: date | None
    clock: time | None
    barred: bool


@dataclass
class History:
    """All that the counting files hold of one pathway.

    `rows` has the referral row that counts in each month, by the month's first day; `ends` the month's last day.
    """

    provider: str
    person: Key
    rows: dict[date, Row] = field(default_factory=dict)
    ends: dict[date, date] = field(default_factory=dict)
    patients: dict[date, Row] = field(default_factory=dict)
    contacts: list[Contact] = field(default_factory=list)
    logs: list[Log] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    complaints: list[tuple[date, Row]] = field(default_factory=list)
    conditions: dict[date, list[Row]] = field(default_factory=lambda: defaultdict(list))


@dataclass
class Record:
    """The pathways, the employment rows of each provider's people, and the qualifications of its staff.

    `patients` has the rows of the tables that say who a patient is, by table, file and local patient id.
    """

    pathways: dict[Key, History] = field(default_factory=dict)
    employment: dict[Key, list[tuple[date, Row]]] = field(default_factory=lambda: defaultdict(list))
    staff: dict[Key, list[tuple[date, Row]]] = field(default_factory=lambda: defaultdict(list))
    patients: dict[Key, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def beside(self, referral: Row, table: str) -> list[Row]:
        """The rows of the referral's patient in its own file."""
        return self.patients.get((table, referral["submission"], text(referral.get("LocalPatientId"))), [])


def counting_files(submissions: list[Row]) -> dict[int, Row]:
    """The file created last for each provider and month, by its id."""
    latest: dict[Key, Row] = {}
    for file in sorted(submissions, key=lambda file: (file["created"], file["id"])):
        latest[file["provider"], file["period_start"]] = file
    return {file["id"]: file for file in latest.values()}


def read(submissions: list[Row], tables: dict[str, list[Row]]) -> Record:
    """Gather the rows of the counting files."""
    return _Reader(counting_files(submissions), tables).record()


class _Reader:
    """The joins inside one file: each looks up a parent by its file and its local id."""

    def __init__(self, files: dict[int, Row], tables: dict[str, list[Row]]) -> None:
        self.files = files
        self.tables = tables
        self.patients = self._by_id("IDS001MPI", "LocalPatientId")
        self.referrals = self._by_id("IDS101Referral", "ServiceRequestId")
        self.contacts = self._by_id("IDS201CareContact", "CareContactId")
        self.activities = self._by_id("IDS202CareActivity", "CareActId")
        self.activities_of: dict[Key, list[Row]] = defaultdict(list)
        for row in self._rows("IDS202CareActivity"):
            self.activities_of[self._key(row, "CareContactId")].append(row)

    # In order of row id, so that of two rows with one id the later is kept.
    def _rows(self, table: str) -> Iterator[Row]:
        rows = (row for row in self.tables.get(table, ()) if row["submission"] in self.files)
        return iter(sorted(rows, key=lambda row: row["row_id"]))

    def _by_id(self, table: str, column: str) -> dict[Key, Row]:
        return {self._key(row, column): row for row in self._rows(table)}

    def _key(self, row: Row, column: str) -> Key:
        return row["submission"], text(row.get(column))

    def _provider(self, row: Row) -> str:
        return self.files[row["submission"]]["provider"]

    def _month(self, row: Row) -> date:
        return self.files[row["submission"]]["period_start"]

    def person(self, row: Row) -> Key:
        """The NHS number of the patient, or else the provider's own number for them."""
        patient = self.patients.get(self._key(row, "LocalPatientId"), {})
        known = text(patient.get("NHSNumber"))
        return (known,) if known else (self._provider(row), text(row.get("LocalPatientId")))

    def _pathway(self, referral: Row) -> Key:
        return self.person(referral), self._provider(referral), text(referral.get("ServiceRequestId"))

    def record(self) -> Record:
        record = Record()
        for row in self._rows("IDS101Referral"):
            history = record.pathways.setdefault(self._pathway(row), History(self._provider(row), self.person(row)))
            history.rows[self._month(row)] = row
            history.ends[self._month(row)] = self.files[row["submission"]]["period_end"]
            history.patients[self._month(row)] = self.patients.get(self._key(row, "LocalPatientId"), {})
        self._add_children(record)
        self._add_answers(record)
        for row in self._rows("IDS004EmpStatus"):
            record.employment[self._provider(row), self.person(row)].append((self._month(row), row))
        for row in self._rows("IDS902CarePersQual"):
            record.staff[self._provider(row), text(row.get("CarePersLocalId"))].append((self._month(row), row))
        for table in OF_PATIENTS:
            for row in self._rows(table):
                record.patients[(table, *self._key(row, "LocalPatientId"))].append(row)
        return record

    def _history(self, record: Record, row: Row | None) -> History | None:
        referral = self.referrals.get(self._key(row, "ServiceRequestId")) if row else None
        return record.pathways[self._pathway(referral)] if referral else None

    def _add_children(self, record: Record) -> None:
        for row in self.contacts.values():
            if history := self._history(record, row):
                history.contacts.append(self._contact(row))
        for row in self._rows("IDS205InternetTherLog"):
            if history := self._history(record, row):
                history.logs.append(self._log(row))
        for row in self._rows("IDS603PresentingComplaints"):
            if history := self._history(record, row):
                history.complaints.append((self._month(row), row))
        for row in self._rows("IDS602LongTermCondition"):
            if history := self._history(record, row):
                history.conditions[self._month(row)].append(row)

    def _contact(self, row: Row) -> Contact:
        activities = self.activities_of[self._key(row, "CareContactId")]
        concepts = [concept(activity.get("CodeProcAndProcStatus")) for activity in activities]
        staff = (text(activity.get("CarePersLocalId")) for activity in activities)
        return Contact(
            month=self._month(row),
            row_id=row["row_id"],
            day=row.get("CareContDate"),
            clock=row.get("CareContTime"),
            attendance=code(row.get("AttendOrDNACode")),
            planned=text(row.get("PlannedCareContIndicator")),
            kind=code(row.get("AppType"), 2),
            medium=code(row.get("ConsMechanism"), 2),
            long_term=text(row.get("IAPTLTCServiceInd")),
            medication=code(row.get("PsychMed"), 2),
            concepts=frozenset(filter(None, concepts)),
            staff=frozenset(filter(None, staff)),
            other_activity=not activities or any(one != EMPLOYMENT_SUPPORT for one in concepts),
        )

    def _log(self, row: Row) -> Log:
        return Log(
            month=self._month(row),
            row_id=row["row_id"],
            start=row.get("StartDateIntEnabledTherLog"),
            end=row.get("EndDateIntEnabledTherLog"),
            minutes=row.get("DurationIntEnabledTher"),
            programme=row.get("IntEnabledTherProg"),
        )

    def _add_answers(self, record: Record) -> None:
        for row in self._rows("IDS606CodedScoreAssessmentRefer"):
            if history := self._history(record, row):
                day, clock = row.get("AssToolCompDate"), row.get("AssToolCompTime")
                self._add_answer(history, row, "IDS606", day, clock, barred=False)
        for row in self._rows("IDS607CodedScoreAssessmentAct"):
            activity = self.activities.get(self._key(row, "CareActId"))
            contact = self.contacts.get(self._key(activity, "CareContactId")) if activity else None
            if activity and contact and (history := self._history(record, contact)):
                barred = self._barred(activity, contact)
                self._add_answer(
                    history, row, "IDS607", contact.get("CareContDate"), contact.get("CareContTime"), barred
                )

    def _barred(self, activity: Row, contact: Row) -> bool:
        supports = concept(activity.get("CodeProcAndProcStatus")) == EMPLOYMENT_SUPPORT
        return supports or not self._contact(contact).attended

    def _add_answer(self, history: History, row: Row, source: str, day: Any, clock: Any, barred: bool) -> None:
        tool = TOOL_OF_CONCEPT.get(text(row.get("CodedAssToolType")) or "")
        if tool:
            score = number(row.get("PersScore"))
            history.answers.append(Answer(self._month(row), row["row_id"], source, tool, score, day, clock, barred))
