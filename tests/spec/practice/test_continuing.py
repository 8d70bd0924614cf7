"""Which rows of a sheet go on with a course that is there already"""

from datetime import date

import pytest

from caseness.read.practice import KnownCourse
from caseness.read.practice.continuing import continue_courses
from caseness.read.practice.courses import make_courses
from caseness.read.practice.entries import Entry, Where

MARCH = date(2025, 3, 3)
OPEN = KnownCourse("A", "X1", MARCH, is_open=True, was_attended=True, sessions=frozenset({"A-20250303"}))
ENDED = KnownCourse("A", "X2", MARCH, is_open=False, sessions=frozenset({"A-20250310", "A-20250317"}))


def rows(*days, kind="session", client="A", **cells):
    return [Entry(kind, Where(1, number), client, day, cells) for number, day in enumerate(days, 2)]


def goes_on(entries, *known):
    courses, _ = make_courses(entries)
    found = continue_courses(courses, lambda clients: [one for one in known if one.client in clients])
    return [one.known.referral if one.known else None for one in found]


def test_new_rows_alone_go_on_with_the_only_open_course():
    assert goes_on(rows(date(2025, 3, 24)), OPEN) == ["X1"]


def test_rows_that_are_there_already_go_on_with_the_course_that_holds_them():
    """So that a sheet of new rows with their ending changes nothing when it is read again."""
    assert goes_on(rows(date(2025, 3, 17), date(2025, 3, 24)), ENDED) == ["X2"]


@pytest.mark.parametrize(
    ("day", "referred", "known"),
    [
        (date(2025, 3, 24), None, [ENDED]),
        (date(2025, 2, 24), None, [OPEN]),
        (date(2025, 3, 24), date(2025, 3, 20), [OPEN]),
        (date(2025, 3, 24), None, [OPEN, KnownCourse("A", "X3", MARCH, is_open=True)]),
        (date(2025, 3, 24), None, [KnownCourse("B", "X4", MARCH, is_open=True)]),
    ],
    ids=["it ended", "it was referred later", "another referral is named", "two are open", "it is somebody else's"],
)
def test_other_rows_begin_a_course(day, referred, known):
    (entry,) = rows(day)
    entry = Entry("session", entry.where, "A", day, {}, referred=referred)
    assert goes_on([entry], *known) == [None]


def test_a_course_that_is_in_the_sheet_by_its_first_row_is_no_other():
    """The first course is known by its own name, so that the second, after the ending, is another."""
    there = KnownCourse("A", "A-20250303", MARCH, is_open=True)
    ending = rows(date(2025, 3, 10), kind="ending")
    assert goes_on([*rows(MARCH), *ending, *rows(date(2025, 3, 24))], there) == [None, None]


def test_of_two_courses_the_first_goes_on_and_is_ended():
    ending = rows(date(2025, 3, 12), kind="ending")
    assert goes_on([*rows(date(2025, 3, 10)), *ending, *rows(date(2025, 3, 24))], OPEN) == ["X1", None]


def test_a_course_that_goes_on_keeps_its_referral_and_has_no_second_assessment():
    courses, _ = make_courses(rows(date(2025, 3, 24), attended="5"))
    (found,) = continue_courses(courses, lambda clients: [OPEN])
    assert (found.received, found.types()) == (MARCH, ("02",))
