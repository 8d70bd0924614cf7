"""What each score shows, for one course or for a million: flags as arrays, one entry a score.

Scores are those of one questionnaire, sorted by course and session, with one score a session. A flag at a score says
what was known when that score was taken, and nothing that came after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from caseness.feedback.rules import Rules
from caseness.instruments import Instrument
from caseness.instruments.parts import Threshold
from caseness.stats.sudden_gains import Criteria, find

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]
Whole = NDArray[np.int64]

# Differences of two decimals are not exact in binary: see caseness.instruments.judging.
_DIGITS = 6


@dataclass(frozen=True, eq=False)
class Courses:
    """Scores of one questionnaire, sorted by course and session. `course` counts from 0 without a gap.

    The first score of each course is its intake. `change` is the reliable change of the questionnaire, None where there
    is none: then nothing is judged by it.
    """

    instrument: Instrument
    change: Threshold | None
    course: Whole
    session: Whole
    score: Array

    @cached_property
    def starts(self) -> Whole:
        """Where each course begins."""
        return np.flatnonzero(np.append(True, self.course[1:] != self.course[:-1])[: len(self.course)])

    @cached_property
    def intake(self) -> Array:
        """The first score of the course, at each of its scores."""
        return self.score[self.starts][self.course]

    @cached_property
    def place(self) -> Whole:
        """Place of the score in its course: 0 is the first."""
        return np.arange(len(self.course)) - self.starts[self.course]

    @property
    def sign(self) -> int:
        """1 where a higher score is worse, -1 where it is better."""
        return 1 if self.instrument.higher_is == "worse" else -1

    @property
    def best(self) -> float:
        """The best score that there is."""
        end = self.instrument.low if self.sign > 0 else self.instrument.high
        return np.nan if end is None else end

    @cached_property
    def gained(self) -> Array:
        """Points better than at the start."""
        return np.round(self.sign * (self.intake - self.score), _DIGITS)

    def reaches(self, points: Array) -> Bools:
        """Whether that many points are a reliable change."""
        return np.asarray(self.change.holds(points), bool) if self.change else np.zeros(len(points), bool)

    def running(self, flag: Bools) -> Whole:
        """How often something has been so in the course, up to and with each score."""
        total = np.cumsum(flag, dtype=np.int64)
        return total - (total - flag)[self.starts][self.course]


def deteriorated(courses: Courses) -> Bools:
    """Reliably worse than at the start."""
    return courses.reaches(-courses.gained)


def adverse_at_first(courses: Courses, rules: Rules) -> Bools:
    """Reliably worse than at the start, in one of the sessions in which that is called an adverse initial response."""
    session = courses.session
    early = (session >= rules.whole("adverse_first")) & (session <= rules.whole("adverse_last"))
    return deteriorated(courses) & early


def without_early_response(courses: Courses, rules: Rules) -> Bools:
    """From a session on, no score so far has been reliably better. Not where the start leaves no room to be."""
    room = courses.reaches(np.round(courses.sign * (courses.intake - courses.best), _DIGITS))
    improved = courses.running(courses.reaches(courses.gained)) > 0
    return room & ~improved & (courses.session >= rules.whole("early_session"))


def beyond(courses: Courses, worse_end: Array) -> Bools:
    """On the worse side of the end of a band. Without a band nothing is beyond it."""
    with np.errstate(invalid="ignore"):
        return np.round(courses.sign * (courses.score - worse_end), _DIGITS) > 0


def sawtooth(courses: Courses, rules: Rules) -> Bools:
    """So many changes of direction so far, between steps that are each large. A small step is no step."""
    points = sawtooth_points(courses, rules)
    if points is None:
        return np.zeros(len(courses.score), bool)
    step = np.zeros(len(courses.score))
    step[1:] = np.round(np.diff(courses.score), _DIGITS)
    step[courses.starts] = 0.0
    large = np.flatnonzero(np.abs(step) >= points)
    turned = np.zeros(len(step), bool)
    same = courses.course[large[1:]] == courses.course[large[:-1]]
    turned[large[1:]] = same & (np.sign(step[large[1:]]) != np.sign(step[large[:-1]]))
    return courses.running(turned) >= rules.whole("sawtooth_changes")


def sawtooth_points(courses: Courses, rules: Rules) -> float | None:
    """How large a step of a sawtooth is, None where nothing says it."""
    if courses.instrument.id == "ors":
        return rules.of("sawtooth_points_of_ors")
    return courses.change.value if courses.change else None


def flat_line(courses: Courses, rules: Rules) -> Bools:
    """The same score in so many sessions in a row, the last of them this one. Not at the best end of the scale."""
    sessions = rules.whole("flat_sessions")
    differs = np.ones(len(courses.score), bool)
    differs[1:] = np.diff(courses.score) != 0
    differs[courses.starts] = True
    since = np.maximum.accumulate(np.where(differs, np.arange(len(differs)), 0))
    return (np.arange(len(differs)) - since + 1 >= sessions) & (courses.score != courses.best)


def sudden(courses: Courses, rules: Rules, loss: bool) -> Whole:
    """The session before the latest sudden gain, or loss, that was known when each score was taken; 0 where there is none.

    It takes the scores of two sessions after it to be known, as its means need them, and may still be lost by the third.
    """
    known = np.zeros(len(courses.score), np.int64)
    if courses.change is None or not len(courses.score):
        return known
    scores = _by_session(courses)
    large = Criteria(courses.change.value, rules.of("sudden_share"), stability=None, loss=loss)
    steps = find(scores, large).is_sudden
    if not steps.any():
        return known
    lasting = Criteria(courses.change.value, rules.of("sudden_share"), alpha=rules.of("sudden_alpha"), loss=loss)
    at_once, later = _when_known(scores, steps, lasting)
    column = courses.session + _BEFORE
    return np.maximum(at_once[courses.course, column], later[courses.course, column])


# Empty sessions before the first, so that every step has three columns before it.
_BEFORE = 3


# The criteria are written for scales on which low is good, and a share of the score before is a share of its height.
def _by_session(courses: Courses) -> Array:
    low, high = courses.instrument.low, courses.instrument.high
    if low is None or high is None:
        raise ValueError(f"{courses.instrument.short_name} has no range.")
    wide = np.full((len(courses.starts), int(courses.session.max()) + 1 + _BEFORE), np.nan)
    wide[courses.course, courses.session + _BEFORE] = courses.score if courses.sign > 0 else low + high - courses.score
    return wide


# For each session, the latest step that two sessions after it show, and that three or more do.
def _when_known(scores: Array, steps: Bools, criteria: Criteria) -> tuple[Whole, Whole]:
    at_once, later = np.zeros(scores.shape, np.int64), np.zeros(scores.shape, np.int64)
    final = find(scores, criteria).is_sudden
    columns = np.arange(final.shape[1])
    latest = np.maximum.accumulate(np.where(final, columns - _BEFORE, 0), axis=1)
    later[:, 3:] = latest[:, : scores.shape[1] - 3]
    for column in columns[_BEFORE : scores.shape[1] - 2]:
        who = np.flatnonzero(steps[:, column])
        if len(who):
            judged = find(scores[who, column - 2 : column + 3], criteria).is_sudden[:, 2]
            at_once[who[judged], column + 2] = column - _BEFORE
    return at_once, later
