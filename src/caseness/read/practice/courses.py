"""Courses of sessions: what becomes one referral. A client's sessions form one course until an ending, then the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from caseness.read.practice.columns import ENDING
from caseness.read.practice.entries import Entry, Where
from caseness.read.practice.known import KnownCourse

SECOND_ENDING = "an ending, but no session since the client's last ending"
TWO_BIRTHS = "birth date: it differs from an earlier row of the client"
TWO_GENDERS = "gender: it differs from an earlier row of the client"

ATTENDED = ("5", "6")
ASSESSMENT_TYPES = ("01", "03")
# The rule where a sheet does not say what a session was for. It is ours, and said whenever it is used.
FIRST_TYPE, LATER_TYPE = "03", "02"


@dataclass(frozen=True)
class Course:
    """One client's sessions in order, with the ending, if there is one. `number` counts over the whole sheet.

    `known` is the course that was there before the sheet and that these rows go on with.
    """

    number: int
    client: str
    sessions: tuple[Entry, ...]
    ending: Entry | None = None
    known: KnownCourse | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The sessions, and the ending last."""
        return (*self.sessions, self.ending) if self.ending else self.sessions

    @property
    def referred(self) -> date | None:
        """The day of the referral, if any row gives one: the earliest."""
        return min((each.referred for each in self.entries if each.referred), default=None)

    @property
    def received(self) -> date:
        """The day of the referral, or else of the first row. A course that goes on keeps its own."""
        return self.known.received if self.known else self.referred or self.entries[0].day

    def types(self) -> tuple[str, ...]:
        """What each session was for. Where it is not given, the first attended one is taken for assessment and treatment.

        A course in which an assessment is marked needs no second one: all else is treatment. Nor does one that goes on
        after a session that was attended.
        """
        marked = any(each.get("type") in ASSESSMENT_TYPES for each in self.sessions)
        marked = marked or (self.known is not None and self.known.was_attended)
        attended = (place for place, each in enumerate(self.sessions) if each.get("attended") in ATTENDED)
        first = None if marked else next(attended, None)
        return tuple(
            each.get("type") or (FIRST_TYPE if place == first else LATER_TYPE)
            for place, each in enumerate(self.sessions)
        )


def make_courses(entries: Iterable[Entry]) -> tuple[tuple[Course, ...], dict[Where, str]]:
    """Courses in the order of their first rows in the sheet, and the rows that fit into none, with the reason.

    On one day, a session comes before the ending.
    """
    courses: list[Course] = []
    unfit: dict[Where, str] = {}
    ordered = sorted(
        entries, key=lambda each: (each.client, each.day, each.kind == ENDING, each.get("time") or "", each.where)
    )
    for client, rows in groupby(ordered, key=lambda each: each.client):
        kept = list(_one_person(rows, unfit))
        courses.extend(_courses_of(client, kept, unfit))
    first = sorted(courses, key=lambda each: min(entry.where for entry in each.entries))
    return tuple(Course(i, each.client, each.sessions, each.ending) for i, each in enumerate(first, start=1)), unfit


def _one_person(rows: Iterable[Entry], unfit: dict[Where, str]) -> Iterator[Entry]:
    """The rows of a client that do not contradict what an earlier one says of the person."""
    known: dict[str, str] = {}
    for each in rows:
        said = [(column, each.get(column)) for column in ("birth date", "gender") if each.get(column)]
        wrong = [column for column, value in said if value and known.setdefault(column, value) != value]
        if wrong:
            unfit[each.where] = TWO_BIRTHS if wrong[0] == "birth date" else TWO_GENDERS
        else:
            yield each


def _courses_of(client: str, rows: Iterable[Entry], unfit: dict[Where, str]) -> Iterator[Course]:
    sessions: list[Entry] = []
    last_ending: date | None = None
    for each in rows:
        if each.kind != ENDING:
            sessions.append(each)
        elif not sessions and last_ending and not _is_new(each, last_ending):
            unfit[each.where] = SECOND_ENDING
        else:
            yield Course(0, client, tuple(sessions), each)
            sessions, last_ending = [], each.day
    if sessions:
        yield Course(0, client, tuple(sessions))


# Somebody may be referred again and end without a session, if the sheet says that there was a new referral.
def _is_new(ending: Entry, last_ending: date) -> bool:
    return ending.referred is not None and ending.referred > last_ending
