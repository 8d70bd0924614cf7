"""Errors of recording that are planted on purpose, each kind counted, so that checks can be tested."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from caseness.synthetic.appointments import EMPLOYMENT_SUPPORT, FOLLOW_UP, PURPOSES
from caseness.synthetic.chunk import STRIDE, Chunk
from caseness.synthetic.columns import Cells, Coded, Days, Numbered, Times
from caseness.synthetic.frames import NEVER, Frame
from caseness.synthetic.scales import scale
from caseness.synthetic.tables_score import TOOLS

Frames = Mapping[str, Frame]
# Which rows may get the error, and how it is put into them.
Eligible = Callable[[Chunk, Frame], np.ndarray]
Plant = Callable[[Chunk, Frame, np.ndarray], None]


# The chance of each row, where it is published: then it does not follow the rate that is asked for, unless that is none.
Share = Callable[[Chunk], np.ndarray]


@dataclass(frozen=True)
class Kind:
    """One kind of error: where it stands, the rule of `caseness check` that finds it, and its published share if there is one."""

    name: str
    table_id: str
    column: str
    rule: str
    says: str
    eligible: Eligible
    plant: Plant
    share: Share | None = None

    def chance(self, chunk: Chunk) -> np.ndarray | float:
        """The chance of an eligible row, or of each."""
        asked = chunk.plan.request.error_rate
        return np.maximum(asked, self.share(chunk)) if self.share and asked else asked


def plant_errors(chunk: Chunk, frames: Frames, rng: np.random.Generator) -> None:
    """Put errors of every kind into a share of the rows that may have them. No row gets two."""
    for number, kind in enumerate(KINDS, start=1):
        frame = frames[kind.table_id]
        able = kind.eligible(chunk, frame) & (frame.marks == 0)
        chosen = np.flatnonzero(able & (rng.random(frame.size) < kind.chance(chunk)))
        kind.plant(chunk, frame, chosen)
        frame.marks[chosen] = number


# Published for each of the three stages that a referral can have come to.
def _published(code: str) -> Share:
    def share(chunk: Chunk) -> np.ndarray:
        told = [chunk.plan.world.end_errors[stage][code] for stage in ("before", "once", "finished")]
        return np.array(told)[np.clip(chunk.endings.sessions, 0, 2)]

    return share


def _any(_: Chunk, frame: Frame) -> np.ndarray:
    return np.ones(frame.size, bool)


def _closed(_: Chunk, frame: Frame) -> np.ndarray:
    assert frame.closes is not None, f"Unhandled {frame.table_id}"
    return frame.closes != NEVER


# Its end is to lie in the month of the referral, so that it is wrong in one way only.
def _closed_at_once(chunk: Chunk, frame: Frame) -> np.ndarray:
    starts = chunk.plan.months.starts[np.clip(chunk.first, 0, None)]
    return _closed(chunk, frame) & (frame.closes == frame.first) & (chunk.cohort.received > starts)


def _phq9(_: Chunk, frame: Frame) -> np.ndarray:
    return _coded(frame, "CodedAssToolType").places == TOOLS.index(scale("phq9").snomed)


def _seen(_: Chunk, frame: Frame) -> np.ndarray:
    return _coded(frame, "ConsMechanism").places >= 0


# The contact is to be moved to the start of its month, before the referral came.
def _after_late_referral(chunk: Chunk, frame: Frame) -> np.ndarray:
    who = _referral_of(chunk, frame)
    received = chunk.cohort.received[who]
    return (chunk.first[who] == frame.first) & (received > chunk.plan.months.starts[frame.first]) & _in_course(frame)


def _after_another(chunk: Chunk, frame: Frame) -> np.ndarray:
    who = _referral_of(chunk, frame)
    seen = _seen(chunk, frame) & _in_course(frame)
    alike = (who[1:] == who[:-1]) & (frame.first[1:] == frame.first[:-1]) & seen[1:] & seen[:-1]
    late = frame.is_late
    return np.concatenate([[False], alike & ~late[1:] & ~late[:-1] & (frame.marks[:-1] == 0)])[: frame.size]


def _in_course(frame: Frame) -> np.ndarray:
    beside = [PURPOSES[FOLLOW_UP], PURPOSES[EMPLOYMENT_SUPPORT]]
    purpose = _coded(frame, "AppType")
    return ~np.isin(np.asarray(purpose.names)[purpose.places], beside)


def _referral_of(chunk: Chunk, frame: Frame) -> np.ndarray:
    column = frame.columns["ServiceRequestId"]
    assert isinstance(column, Numbered), f"Unhandled {column!r}"
    return column.numbers - chunk.number * STRIDE - 1


def _code(column: str, code: str) -> Plant:
    def plant(_: Chunk, frame: Frame, rows: np.ndarray) -> None:
        before = _coded(frame, column)
        names = tuple(before.names) if code in before.names else (*before.names, code)
        places = before.places.astype(np.int16)
        places[rows] = names.index(code)
        frame.columns[column] = Coded(places, names)

    return plant


def _blank(column: str) -> Plant:
    def plant(_: Chunk, frame: Frame, rows: np.ndarray) -> None:
        places = _coded(frame, column).places.copy()
        places[rows] = -1
        frame.columns[column] = Coded(places, _coded(frame, column).names)

    return plant


def _number(column: str, number: int) -> Plant:
    def plant(_: Chunk, frame: Frame, rows: np.ndarray) -> None:
        before = frame.columns[column]
        assert isinstance(before, Numbered), f"Unhandled {before!r}"
        numbers = before.numbers.copy()
        numbers[rows] = number
        frame.columns[column] = Numbered(numbers, before.prefix, before.width)

    return plant


def _end_before_start(chunk: Chunk, frame: Frame, rows: np.ndarray) -> None:
    _set_days(frame, "ServDischDate", rows, chunk.cohort.received[rows] - 1)


def _to_start_of_month(chunk: Chunk, frame: Frame, rows: np.ndarray) -> None:
    _set_days(frame, "CareContDate", rows, chunk.plan.months.starts[frame.first[rows]])


def _to_the_one_before(_: Chunk, frame: Frame, rows: np.ndarray) -> None:
    time = frame.columns["CareContTime"]
    day = frame.columns["CareContDate"]
    assert isinstance(time, Times), f"Unhandled {time!r}"
    assert isinstance(day, Days), f"Unhandled {day!r}"
    seconds = time.seconds.copy()
    seconds[rows] = seconds[rows - 1]
    frame.columns["CareContTime"] = Times(seconds)
    _set_days(frame, "CareContDate", rows, day.days[rows - 1])


def _set_days(frame: Frame, column: str, rows: np.ndarray, days: np.ndarray) -> None:
    before = frame.columns[column]
    assert isinstance(before, Days), f"Unhandled {before!r}"
    changed = before.days.copy()
    changed[rows] = days
    frame.columns[column] = Days(changed)


def _coded(frame: Frame, column: str) -> Coded:
    found: Cells = frame.columns[column]
    assert isinstance(found, Coded), f"Unhandled {found!r}"
    return found


# The order is that of the marks: a new kind goes to the end, or every record changes.
KINDS = (
    Kind("gender_blank", "IDS001MPI", "Gender", "C001-15", "The gender is blank.", _any, _blank("Gender")),
    Kind("employment_unlisted", "IDS004EmpStatus", "EmployStatus", "C004-EmployStatus-code", "The employment status is no code of its list.", _any, _code("EmployStatus", "99")),
    Kind("end_code_unlisted", "IDS101Referral", "EndCode", "C101-EndCode-code", "The reason for the end is a code that is no longer valid.", _closed, _code("EndCode", "97"), _published("invalid")),
    Kind("end_code_blank", "IDS101Referral", "EndCode", "C101-09", "The referral has ended, and no reason is given.", _closed, _blank("EndCode"), _published("none")),
    Kind("end_before_start", "IDS101Referral", "ServDischDate", "C101-05", "The referral ends the day before it was received.", _closed_at_once, _end_before_start),
    Kind("problem_malformed", "IDS603PresentingComplaints", "PresComp", "C603-01", "The problem is not written as its scheme writes it.", _any, _code("PresComp", "F3")),
    Kind("medium_unlisted", "IDS201CareContact", "ConsMechanism", "C201-ConsMechanism-code", "The medium is no code of its list.", _seen, _code("ConsMechanism", "07")),
    Kind("contact_before_referral", "IDS201CareContact", "CareContDate", "C201-03", "The contact comes before the referral.", _after_late_referral, _to_start_of_month),
    Kind("contacts_at_once", "IDS201CareContact", "CareContDate", "C201-05", "The contact is told at the date and time of the one before it.", _after_another, _to_the_one_before),
    Kind("contact_absent", "IDS202CareActivity", "CareContactId", "C202-IDS201-absent", "The activity names a contact that is not there.", _any, _number("CareContactId", 9_999_999_999)),
    Kind("therapist_unknown", "IDS202CareActivity", "CarePersLocalId", "C202-05", "The therapist has no row of qualifications.", _any, _number("CarePersLocalId", 999_999)),
    Kind("score_out_of_range", "IDS607CodedScoreAssessmentAct", "PersScore", "C607-02", "The PHQ-9 lies beyond its range.", _phq9, _code("PersScore", "99")),
    Kind("score_malformed", "IDS607CodedScoreAssessmentAct", "PersScore", "C607-01", "The PHQ-9 is written with a decimal.", _phq9, _code("PersScore", "12.5")),
)  # fmt: skip
