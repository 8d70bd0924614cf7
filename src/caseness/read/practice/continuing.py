"""Courses that go on: rows of a sheet that belong to a course which whoever keeps the record has already."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from caseness.read.practice.courses import Course
from caseness.read.practice.identifiers import NamedCourse, named_by_day
from caseness.read.practice.known import KnownCourse

# The courses that are there already of some clients, by their codes.
FindKnown = Callable[[Collection[str]], Iterable[KnownCourse]]


def continue_courses(courses: Sequence[Course], find_known: FindKnown) -> tuple[Course, ...]:
    """The same courses, each with the known one that it goes on with, if there is one.

    A sheet of new rows alone lacks the first ones, by which a course is known. Its rows go on with the course that holds
    one of their sessions already, or one of the same day; and else the client's first course in the sheet goes on with the only open course of the
    client. Neither is so where the known course is in the sheet by its own first row, was referred after the rows, or where
    the sheet names another day of referral.
    """
    known: dict[str, list[KnownCourse]] = {}
    for one in find_known({course.client for course in courses}):
        known.setdefault(one.client, []).append(one)
    named = sorted(named_by_day(courses), key=lambda one: one.course.entries[0].day)
    taken = {one.referral for one in named}
    found: dict[int, KnownCourse] = {}
    seen: set[str] = set()
    for one in named:
        theirs = known.get(one.course.client, [])
        if not any(each.referral == one.referral for each in theirs):
            before = _known_of(one, theirs, taken, is_first=one.course.client not in seen)
            if before:
                found[one.course.number] = before
                taken.add(before.referral)
        seen.add(one.course.client)
    return tuple(replace(course, known=found.get(course.number)) for course in courses)


def _known_of(one: NamedCourse, theirs: Sequence[KnownCourse], taken: set[str], is_first: bool) -> KnownCourse | None:
    fits = [each for each in theirs if each.referral not in taken and _fits(one.course, each)]
    holding = [each for each in fits if each.sessions & set(one.contacts)]
    if len(holding) == 1:
        return holding[0]
    days = {each.day for each in one.course.sessions}
    of_days = [each for each in fits if any(session.day in days for session in each.held)]
    if not holding and len(of_days) == 1:
        return of_days[0]
    still_open = [each for each in theirs if each.is_open]
    return still_open[0] if is_first and len(still_open) == 1 and still_open[0] in fits else None


def _fits(course: Course, known: KnownCourse) -> bool:
    return known.received <= course.entries[0].day and course.referred in (None, known.received)
