"""What the courses and sessions of a sheet are called in the record: by their places in it, or by client and day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from caseness.read.practice.courses import Course
from caseness.read.practice.entries import Entry, Where

# `ServiceRequestId` and `CareContactId` have at most so many characters.
_LONGEST = 20


@dataclass(frozen=True)
class NamedCourse:
    """A course with its identifier, and that of each of its sessions in their order."""

    course: Course
    referral: str
    contacts: tuple[str, ...]


def contact_id(where: Where) -> str:
    """The id of a contact says where it stands: row 7 of the first sheet is 1-7."""
    return f"{where.sheet}-{where.row}"


def named_by_place(courses: Iterable[Course]) -> Iterator[NamedCourse]:
    """Courses by their numbers, and sessions by their rows."""
    for course in courses:
        yield NamedCourse(course, f"R{course.number}", tuple(contact_id(each.where) for each in course.sessions))


def named_by_day(courses: Iterable[Course]) -> Iterator[NamedCourse]:
    """Courses by the client and the day of the first row, and sessions by the client and their day.

    A course that goes on has the identifier that it had.
    """
    seen: Counter[str] = Counter()
    for course in courses:
        referral = _identifier(f"{course.client}-{course.entries[0].day:%Y%m%d}", seen, "course")
        referral = course.known.referral if course.known else referral
        yield NamedCourse(course, referral, tuple(_session_id(course, each, seen) for each in course.sessions))


def _session_id(course: Course, session: Entry, seen: Counter[str]) -> str:
    if session.here:
        return session.here.identifier
    return session.identifier or _identifier(f"{course.client}-{session.day:%Y%m%d}", seen, "session")


# A second of the same client and day has its number. What is too long is told by its hash, which is the same each time.
def _identifier(told: str, seen: Counter[str], kind: str) -> str:
    seen[f"{kind} {told}"] += 1
    number = seen[f"{kind} {told}"]
    whole = told if number == 1 else f"{told}-{number}"
    return whole if len(whole) <= _LONGEST else sha256(whole.encode()).hexdigest()[:_LONGEST]
