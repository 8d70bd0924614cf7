"""What courses and sessions are called where the record outlives the sheet"""

from datetime import date

from caseness.read.practice.courses import make_courses
from caseness.read.practice.entries import Entry, Where
from caseness.read.practice.identifiers import named_by_day

LONG = "a-client-of-20-signs"


def entry(client, day, row):
    return Entry("session", Where(1, row), client, day, {})


def names(*entries):
    courses, _ = make_courses(entries)
    return [(one.referral, one.contacts) for one in named_by_day(courses)]


def test_they_are_known_by_client_and_day_in_whatever_row_they_stand():
    days = (date(2025, 1, 6), date(2025, 1, 13))
    told = [("A-20250106", ("A-20250106", "A-20250113"))]
    assert names(entry("A", days[0], 2), entry("A", days[1], 3)) == told
    assert names(entry("A", days[1], 2), entry("A", days[0], 9)) == told


def test_a_second_session_of_the_day_has_a_number():
    day = date(2025, 1, 6)
    assert names(entry("A", day, 2), entry("A", day, 3)) == [("A-20250106", ("A-20250106", "A-20250106-2"))]


def test_what_is_too_long_is_told_by_a_hash_that_stays_the_same():
    day = date(2025, 1, 6)
    (found,) = names(entry(LONG, day, 2))
    assert len(found[0]) == 20
    assert names(entry(LONG, day, 7)) == [found]
    assert names(entry(LONG[:-1] + "t", day, 2)) != [found]
