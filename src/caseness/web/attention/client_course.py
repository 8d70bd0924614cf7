"""A course on one questionnaire as the page of a client shows it: a picture, the same as a table, and what changed so far."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np

from caseness.feedback import Trajectory
from caseness.feedback.case import norm_for
from caseness.feedback.norms import Norms
from caseness.feedback.trajectory import TREATMENT
from caseness.web.attention.course_drawing import Drawing, Drawn, draw
from caseness.web.attention.standings import Standing
from caseness.web.caseload.models import Score


@dataclass(frozen=True)
class CourseRow:
    """One score, or a session in which none was taken: then there is no total."""

    session: int
    day: date
    total: float | None
    is_case: bool | None
    band: tuple[float, float] | None
    score: UUID | None = None
    was_corrected: bool = False


@dataclass(frozen=True)
class Band:
    """What is expected at each session, and what that rests on."""

    of_session: dict[int, tuple[float, float]]
    says: str


@dataclass(frozen=True)
class ClientCourse:
    """One questionnaire."""

    standing: Standing
    drawing: Drawing | None
    rows: tuple[CourseRow, ...]
    band: Band | None

    @property
    def name(self) -> str:
        """What the questionnaire is called."""
        return self.standing.name

    @property
    def about(self) -> str:
        """What it asks about."""
        return self.standing.questionnaire.about

    @property
    def direction(self) -> str:
        """Which way is better."""
        return "lower is better" if self.standing.questionnaire.higher_is == "worse" else "higher is better"

    @property
    def caseness(self) -> str:
        """The caseness line in words; nothing where none may be used."""
        line = self.standing.questionnaire.caseness(self.standing.last.day)
        return f"caseness is {line}" if line else ""

    @property
    def change(self) -> str:
        """How far the client has come, in a sentence, and by what that is judged."""
        first, last = self.standing.first, self.standing.last
        if first.session == last.session:
            return f"{first.total:g} at the start. There is no second score yet."
        points = self.standing.points_better
        way = "better" if points > 0 else "worse"
        moved = f"{abs(points):g} point{'' if abs(points) == 1 else 's'} {way}" if points else "no change"
        return f"From {first.total:g} to {last.total:g}, {moved}: {self.standing.says}. {self._judged_by}".strip()

    @property
    def _judged_by(self) -> str:
        change = self.standing.questionnaire.reliable_change()
        return f"Reliable is a change {change} points." if change else "No verified reliable change is known for it."

    @property
    def summary(self) -> str:
        """The picture in words, for whoever does not see it."""
        scores = sum(row.total is not None for row in self.rows)
        first, last = self.standing.first, self.standing.last
        return (
            f"{self.name}, {scores} {'score' if scores == 1 else 'scores'}, {self.direction}: {first.total:g} on {first.day:%-d %B %Y}, "
            f"{last.total:g} on {last.day:%-d %B %Y}. {self.caseness or 'There is no caseness line'}. The table below has each."
        )


def make_course(course: Trajectory, scores: Sequence[Score], norms: Norms | None, demonstration: bool) -> ClientCourse:
    """One course with its picture and table.

    Parameters
    ----------
    course : with at least one score
    scores : the current scores on its questionnaire by the day of the course, also those that count for no session
    norms, demonstration : as for `feedback.signals.signals_of`
    """
    days = _session_days(course)
    band = _band(course, norms, demonstration)
    return ClientCourse(
        standing=Standing(course.questionnaire, course.scores[0], course.scores[-1]),
        drawing=_drawing(course, days, band),
        rows=tuple(_rows(course, scores, days, band)),
        band=band,
    )


def _session_days(course: Trajectory) -> list[date]:
    return sorted({one.day for one in course.contacts if one.attended and one.kind == TREATMENT})


# The same count of sessions as `caseload.courses.session_scores`.
def _session(course: Trajectory, days: Sequence[date], day: date) -> int:
    return bisect_right(days, day) - bisect_right(days, course.scores[0].day) + 1


def _band(course: Trajectory, norms: Norms | None, demonstration: bool) -> Band | None:
    norm = norm_for(course, norms, demonstration)
    if norm is None or norms is None:
        return None
    sessions = np.array([one.session for one in course.scores], float)
    content = norm.contents[0]
    low, high = norm.band(np.full(len(sessions), course.intake), sessions, content)
    held = zip(sessions, low, high, strict=True)
    found = {int(session): (float(a), float(b)) for session, a, b in held if not np.isnan(a + b)}
    says = (
        f"Expected: {content:.0%} of {norm.courses:,} courses of {norm.intensity} intensity in {norms.record} that began alike "
        f"lay in the band at the same session. {norms.made_up}"
    )
    return Band(found, says.strip()) if found else None


def _drawing(course: Trajectory, days: Sequence[date], band: Band | None) -> Drawing | None:
    low, high = course.questionnaire.low, course.questionnaire.high
    if low is None or high is None:
        return None
    line = course.questionnaire.caseness(course.scores[-1].day)
    ends = band.of_session if band else {}
    return draw(
        Drawn(
            scores=course.scores,
            low=low,
            high=high,
            end=min(course.as_of, course.ended or course.as_of),
            caseness=line.value if line else None,
            not_measured=[day for _, day in _without_score(course, days)],
            missed=[one.day for one in course.contacts if one.attended is False],
            band=[(one.day, *ends[one.session]) for one in course.scores if one.session in ends],
        )
    )


def _without_score(course: Trajectory, days: Sequence[date]) -> Iterable[tuple[int, date]]:
    measured = {one.session for one in course.scores}
    for day in days:
        session = _session(course, days, day)
        if day > course.scores[0].day and session not in measured:
            yield session, day


def _rows(course: Trajectory, scores: Sequence[Score], days: Sequence[date], band: Band | None) -> Iterable[CourseRow]:
    ends = band.of_session if band else {}
    taken: list[Any] = [(one.day, _session(course, days, one.day), one) for one in scores]
    empty: list[Any] = [(day, session, None) for session, day in _without_score(course, days)]
    for day, session, score in sorted([*taken, *empty], key=lambda one: one[:2]):
        yield _row(course, session, day, score, ends.get(session))


def _row(
    course: Trajectory, session: int, day: date, score: Score | None, band: tuple[float, float] | None
) -> CourseRow:
    if score is None:
        return CourseRow(session, day, None, None, band)
    assert score.total is not None, "an incomplete score is none of a course"
    line, total = course.questionnaire.caseness(day), float(score.total)
    is_case = bool(line.holds(total)) if line else None
    return CourseRow(session, day, total, is_case, band, score.key, score.replaces_id is not None)
