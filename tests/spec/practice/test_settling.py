"""Rows of a day of which a session is there already: the same, or refused"""

from dataclasses import replace
from datetime import date

from caseness.read.practice import KnownCourse, KnownScore, KnownSession
from caseness.read.practice.continuing import continue_courses
from caseness.read.practice.courses import make_courses
from caseness.read.practice.entries import Entry, Where
from caseness.read.practice.identifiers import named_by_day
from caseness.read.practice.settling import ELSEWHERE, WITH_ANOTHER, settle

FIRST, DAY, LATER = date(2025, 11, 1), date(2025, 11, 20), date(2025, 11, 27)
PHQ9 = "720433000"
TYPED = KnownSession("T1", DAY, "5", {PHQ9: KnownScore("12", frozenset({"12"}))}, {"CareContactId": "T1"})
OPEN = KnownCourse("A", "X1", FIRST, is_open=True, sessions=frozenset({"T1"}), held=(TYPED,))


def row(number, day, score="", kind="session", attended="5", **more):
    cells = {"attended": attended} if kind == "session" else {}
    return Entry(kind, Where(1, number), "A", day, cells, scores=((PHQ9, score),) if score else (), **more)


def settled(rows, *known):
    courses, _ = make_courses(rows)
    return settle(continue_courses(courses, lambda clients: known), known)


def test_the_same_session_has_its_own_name_and_no_score_a_second_time():
    found = settled([row(2, DAY, "12"), row(3, LATER, "9")], OPEN)
    (named,) = named_by_day(found.courses)
    assert (named.referral, named.contacts, found.same) == ("X1", ("T1", "A-20251127"), 1)
    assert [one.scores for one in named.course.sessions] == [(), ((PHQ9, "9"),)]


def test_a_course_that_is_there_keeps_its_name_when_its_first_row_is_refused():
    own = replace(OPEN, referral="A-20251120", received=DAY)
    found = settled([row(2, DAY, "14"), row(3, LATER, "9")], own)
    (named,) = named_by_day(found.courses)
    assert (named.referral, named.contacts) == ("A-20251120", ("A-20251127",))
    assert "PHQ-9 here 12, in the sheet 14" in found.refused[Where(1, 2)]


def test_a_course_that_is_not_there_is_refused_whole():
    found = settled([row(2, DAY, "12", referred=date(2025, 11, 5)), row(3, LATER, "9")], OPEN)
    assert found.courses == ()
    assert found.refused == {Where(1, 2): ELSEWHERE, Where(1, 3): WITH_ANOTHER}


def test_an_ending_says_no_typed_score_a_second_time():
    found = settled([row(2, DAY), row(3, DAY, "12", kind="ending")], OPEN)
    assert [one.scores for one in found.courses[0].entries] == [(), ()]
    found = settled([row(2, DAY), row(3, DAY, "13", kind="ending")], OPEN)
    assert found.courses[0].ending is None
    assert list(found.refused) == [Where(1, 3)]


def test_a_score_that_was_taken_back_is_not_added_again_and_another_is():
    gone = replace(TYPED, scores={PHQ9: KnownScore(None, frozenset({"12"}))})
    course = replace(OPEN, held=(gone,))
    assert settled([row(2, DAY, "12")], course).courses[0].sessions[0].scores == ()
    assert settled([row(2, DAY, "14")], course).courses[0].sessions[0].scores == ((PHQ9, "14"),)
