"""Courses for the tests of feedback: one person's from a list of totals, many people's with known truth."""

from datetime import date, timedelta

import numpy as np

from caseness.feedback import SessionScore, Trajectory
from caseness.feedback.case import usual_change
from caseness.feedback.cohort import Cohort
from caseness.feedback.flags import Courses
from caseness.feedback.rules import read_rules
from caseness.instruments import instrument
from made_up_courses import courses as made_up

START = date(2026, 3, 2)
RULES = read_rules()


def day(session):
    """A session a week."""
    return START + timedelta(days=7 * (session - 1))


def course_of(totals, tool="phq9", items=None, as_of=None, **more):
    """One person's course, a score at each session; None is a session without one."""
    told = [(number, total) for number, total in enumerate(totals, start=1) if total is not None]
    held = items or [()] * len(told)
    scores = tuple(
        SessionScore(number, day(number), total, each) for (number, total), each in zip(told, held, strict=True)
    )
    return Trajectory("a1", tool, scores, as_of or day(len(totals)), **more)


def arrays_of(*people, tool="phq9"):
    """The scores of several people as arrays."""
    told = [
        (who, number, total)
        for who, totals in enumerate(people)
        for number, total in enumerate(totals, 1)
        if total is not None
    ]
    who, session, score = zip(*told, strict=True)
    one = instrument(tool)
    return Courses(one, usual_change(one, RULES), np.array(who), np.array(session), np.array(score, float))


def cohort_of(generator, people, tool="phq9", intensity="low", sessions=12):
    """Courses that are linear in log(session), as whole scores within the range, from a truth that is known."""
    person, t, score, *_ = made_up(generator, people, sessions)
    one = instrument(tool)
    order = np.lexsort((t, person))
    whole = score[order].round().clip(one.low, one.high)
    held = Courses(one, usual_change(one, RULES), person[order], np.exp(t[order]).round().astype(int), whole)
    ends = np.append(held.starts[1:], len(whole)) - 1
    counts = np.diff(np.append(held.starts, len(whole)))
    names = np.array([f"P{number}" for number in range(people)])
    return Cohort(
        held,
        intensity,
        names,
        np.ones(people, bool),
        np.ones(people, bool),
        np.where(counts > 1, whole[ends], np.nan),
        np.where(counts > 4, 0.0, 1.0),
        {"half": np.where(generator.random(people) < 0.5, "one", "other")},
    )
