"""Courses as the tables of the record: rows of text under the declared names of the columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

import pyarrow as pa

from caseness.errors import BadSettings
from caseness.read.practice.columns import GROUP_KINDS
from caseness.read.practice.continuing import FindKnown
from caseness.read.practice.courses import Course
from caseness.read.practice.entries import Entry, Where
from caseness.read.practice.identifiers import NamedCourse, named_by_day, named_by_place
from caseness.read.practice.known import KnownSession
from caseness.record import table

Row = dict[str, str]
_LAST_SECOND = time(23, 59, 59)

SYSTEM = "practice sheet"
DATA_SET_VERSION = "2.1"
PROVIDER_CHARACTERS = 6

HEADER, PERSON, REFERRAL = "IDS000Header", "IDS001MPI", "IDS101Referral"
CONTACT, ACTIVITY = "IDS201CareContact", "IDS202CareActivity"
REFERRAL_SCORE, ACTIVITY_SCORE = "IDS606CodedScoreAssessmentRefer", "IDS607CodedScoreAssessmentAct"
STAFF = "IDS902CarePersQual"
ENDING_REVIEW, ALLIANCE, GROUP = "EXT02EndingReview", "EXT04AllianceAndExperience", "EXT06ClientGroup"
TABLES = (
    HEADER, PERSON, REFERRAL, CONTACT, ACTIVITY, REFERRAL_SCORE, ACTIVITY_SCORE, STAFF, ENDING_REVIEW, ALLIANCE, GROUP,
)  # fmt: skip


@dataclass(frozen=True)
class Practice:
    """Who writes the record, and when. `provider` is a code of at most six characters; a practice has none of its own.

    A sheet does not say when it was made. Without `created` it is the last second of its last day, so that the
    same sheet always makes the same record.

    Courses and sessions are known by their places in the sheet, so that a finding leads to its row. With
    `outlives_the_sheet` they are known by the client and the day: whoever keeps the record beside a sheet that grows or
    is sorted finds the same again, and two sheets give no two courses one identifier.

    `find_known` finds the courses of some clients that were there before such a sheet, so that its rows go on with them.

    `read_on` is the day of reading: of a later day nothing can have happened yet. Without it no day is too late.

    Raises
    ------
    BadSettings
        If the provider is blank or longer than six characters.
    """

    created: datetime | None = None
    provider: str = "OWN"
    outlives_the_sheet: bool = False
    read_on: date | None = None
    find_known: FindKnown | None = None

    def __post_init__(self) -> None:
        if not 0 < len(self.provider.strip()) <= PROVIDER_CHARACTERS:
            raise BadSettings(
                f"The code of a provider has 1 to {PROVIDER_CHARACTERS} characters, and this one {len(self.provider.strip())}. "
                "Nothing was read."
            )

    @property
    def last_day(self) -> date:
        """The last day on which a session can have been attended."""
        return self.read_on or date.max


OWN = Practice()


@dataclass(frozen=True, eq=False)
class Made:
    """The tables, and for each row of one the row of the sheet that says it; None where several do."""

    tables: Mapping[str, pa.Table]
    places: Mapping[str, tuple[Where | None, ...]]


def make_tables(courses: Iterable[Course], practice: Practice) -> Made:
    """The record's tables, each with all its declared columns as text, null where the sheet has nothing."""
    rows: dict[str, list[tuple[Row, Where | None]]] = {name: [] for name in TABLES}
    listed = tuple(courses)
    rows[HEADER] = [(_header(listed, practice), None)] if listed else []
    rows[PERSON] = list(_persons(listed, practice))
    rows[STAFF] = [(row, None) for row in _staff(listed)]
    for named in (named_by_day if practice.outlives_the_sheet else named_by_place)(listed):
        for name, row, where in _rows_of(named):
            rows[name].append((row, where))
    return Made(
        {name: _text_table(name, [row for row, _ in found]) for name, found in rows.items()},
        {name: tuple(where for _, where in found) for name, found in rows.items()},
    )


def _rows_of(named: NamedCourse) -> Iterator[tuple[str, Row, Where]]:
    referral, course = named.referral, named.course
    first = course.entries[0].where
    yield REFERRAL, _referral(referral, course), first
    for contact, session, type_ in zip(named.contacts, course.sessions, course.types(), strict=True):
        yield from ((name, row, session.where) for name, row in _session(referral, contact, session, type_))
    if ending := course.ending:
        yield from ((name, row, ending.where) for name, row in _ending(referral, ending))
    groups = ((kind, each.get(column)) for each in course.entries for column, kind in GROUP_KINDS.items())
    for kind, group in dict.fromkeys(groups):
        if group:
            yield GROUP, {"ServiceRequestId": referral, "ClientGroupKind": kind, "ClientGroup": group}, first


def _header(courses: tuple[Course, ...], practice: Practice) -> Row:
    days = [entry.day for course in courses for entry in course.entries]
    created = practice.created or datetime.combine(max(days), _LAST_SECOND)
    return {
        "DatSetVer": DATA_SET_VERSION,
        "OrgIDProv": practice.provider,
        "OrgIDSubmit": practice.provider,
        "PrimSystemInUse": SYSTEM,
        "ReportingPeriodStartDate": min(days).isoformat(),
        "ReportingPeriodEndDate": max(days).isoformat(),
        "DateTimeDatSetCreate": created.isoformat(sep="T", timespec="seconds"),
    }


def _persons(courses: tuple[Course, ...], practice: Practice) -> Iterator[tuple[Row, Where]]:
    for client in dict.fromkeys(course.client for course in courses):
        entries = [entry for course in courses if course.client == client for entry in course.entries]
        row = _filled(
            LocalPatientId=client,
            OrgIDLocalPatientId=practice.provider,
            PersonBirthDate=_first(entries, "birth date"),
            Gender=_first(entries, "gender"),
        )
        yield row, entries[0].where


def _staff(courses: tuple[Course, ...]) -> Iterator[Row]:
    sessions = (session for course in courses for session in course.sessions)
    found = ((each.get("therapist"), each.get("qualification")) for each in sessions)
    for therapist, qualification in dict.fromkeys(found):
        if therapist and qualification:
            yield {"CarePersLocalId": therapist, "QualAttainLevelIAPT": qualification}


def _referral(referral: str, course: Course) -> Row:
    ending = course.ending
    return _filled(
        ServiceRequestId=referral,
        LocalPatientId=course.client,
        ReferralRequestReceivedDate=course.received.isoformat(),
        EndCode=ending.get("end code") if ending else None,
        ServDischDate=ending.day.isoformat() if ending else None,
    )


def _session(referral: str, contact: str, session: Entry, type_: str) -> Iterator[tuple[str, Row]]:
    if session.here:
        yield from _known_session(referral, session, session.here)
        return
    yield (
        CONTACT,
        _filled(
            CareContactId=contact,
            ServiceRequestId=referral,
            CareContDate=session.day.isoformat(),
            CareContTime=session.get("time"),
            AttendOrDNACode=session.get("attended"),
            ClinContDurOfCareCont=session.get("minutes"),
            AppType=type_,
            ConsMechanism=session.get("medium"),
            CareContPatientTherMode=session.get("treated"),
            PsychMed=session.get("medication"),
        ),
    )
    yield ACTIVITY, _filled(CareActId=contact, CareContactId=contact, CarePersLocalId=session.get("therapist"))
    for tool, score in session.scores:
        yield ACTIVITY_SCORE, {"CareActId": contact, "CodedAssToolType": tool, "PersScore": score}
    yield from _alliance(referral, session, contact)


def _known_session(referral: str, session: Entry, here: KnownSession) -> Iterator[tuple[str, Row]]:
    """A session that was there under another name, as it was there, and the scores that it lacks."""
    own = {"CareContactId": here.identifier, "ServiceRequestId": referral}
    yield CONTACT, {**here.cells, **own}
    new = _filled(CareActId=session.identifier, CarePersLocalId=session.get("therapist"))
    activity = {**(here.activity or new), "CareContactId": here.identifier}
    if session.scores:
        yield ACTIVITY, activity
    for tool, score in session.scores:
        yield ACTIVITY_SCORE, {"CareActId": activity["CareActId"], "CodedAssToolType": tool, "PersScore": score}
    yield from _alliance(referral, session, here.identifier)


def _ending(referral: str, ending: Entry) -> Iterator[tuple[str, Row]]:
    for tool, score in ending.scores:
        yield (
            REFERRAL_SCORE,
            {"ServiceRequestId": referral, "CodedAssToolType": tool, "PersScore": score, "AssToolCompDate": ending.day.isoformat()},
        )  # fmt: skip
    yield from _alliance(referral, ending, None)
    if any(ending.get(column) for column in ("ending", "decided by", "reason", "note")):
        yield (
            ENDING_REVIEW,
            _filled(
                ServiceRequestId=referral,
                EndingReviewDate=ending.day.isoformat(),
                EndingKind=ending.get("ending"),
                EndingDecidedBy=ending.get("decided by"),
                EndingReason=ending.get("reason"),
                EndingNote=ending.get("note"),
            ),
        )


def _alliance(referral: str, entry: Entry, contact: str | None) -> Iterator[tuple[str, Row]]:
    for tool, score in entry.alliance:
        yield (
            ALLIANCE,
            _filled(
                ServiceRequestId=referral,
                CareContactId=contact,
                AllianceTool=tool,
                AllianceScore=score,
                AllianceDate=entry.day.isoformat(),
            ),
        )


def _first(entries: Iterable[Entry], column: str) -> str | None:
    return next((value for each in entries if (value := each.get(column))), None)


def _filled(**cells: str | None) -> Row:
    return {name: text for name, text in cells.items() if text is not None}


def _text_table(name: str, rows: list[Row]) -> pa.Table:
    columns = [each.name for each in table(name).columns]
    unknown = {cell for row in rows for cell in row} - set(columns)
    assert not unknown, f"{name} has no column {', '.join(sorted(unknown))}"
    return pa.table({each: pa.array([row.get(each) for row in rows], pa.string()) for each in columns})
