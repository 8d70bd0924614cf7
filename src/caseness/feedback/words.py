"""The words that signals share."""

from __future__ import annotations

from datetime import date

from caseness.feedback.accuracy import say_accuracy
from caseness.feedback.case import Case
from caseness.feedback.signal import Kind, Signal, Urgency

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def make_signal(
    case: Case,
    name: str,
    why: str,
    rests_on: str,
    urgency: Urgency,
    since: date,
    kind: Kind = Kind.CONCERN,
    measured_as: str = "",
) -> Signal:
    """A signal with its words, and its accuracy where it was measured: of the norms of the same questionnaire and intensity."""
    words, norms = case.rules.words[name], case.norms
    norm = norms.find(case.course.instrument_id, case.course.intensity) if norms else None
    told = say_accuracy(norm, measured_as or name, words.accuracy_of, norms.made_up if norms else "")
    return Signal(name, words.title, why, rests_on, told, words.consider, urgency, since, kind)


def say_change(case: Case) -> str:
    """How far somebody has come, from the first score to the last.

    Examples
    --------
    >>> from caseness.feedback.rules import read_rules
    >>> from caseness.feedback.trajectory import SessionScore, Trajectory
    >>> day = date(2026, 3, 2)
    >>> say_change(Case(Trajectory("a1", "ors", (SessionScore(1, day, 18), SessionScore(2, day, 21.5)), day), read_rules()))
    'ORS was 18 at the start and 21.5 at session 2: 3.5 points better.'
    """
    first, last = case.scores[0], case.scores[-1]
    points = float(case.arrays.gained[-1])
    way = "better" if points > 0 else "worse"
    change = f"{abs(points):g} point{'' if abs(points) == 1 else 's'} {way}" if points else "no change"
    return f"{case.name} was {first.total:g} at the start and {last.total:g} at session {last.session}: {change}."


def say_day(day: date) -> str:
    """A day in words, the same in every place.

    >>> say_day(date(2026, 3, 2))
    '2 March 2026'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
