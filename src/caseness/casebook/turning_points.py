"""Sudden gains and losses in one course, by the published criteria."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from caseness.casebook.model import Meeting, Score, TurningPoint
from caseness.instruments import Instrument
from caseness.stats.sudden_gains import Criteria, find, reversed_later

# Two points of time, and the score at each: NaN for a session without one.
Session = tuple[int, float]


def find_turning_points(
    one: Instrument, scores: Sequence[Score], meetings: Sequence[Meeting], least: float | None
) -> tuple[tuple[TurningPoint, ...], int]:
    """The sudden gains and losses of a course in order, and how many steps between sessions could be judged.

    A gain is sudden when it is at least the reliable change, at least a quarter of the score before, and lasts by the
    means of up to three sessions either side. A scale on which high is good is turned round first, and there the share
    is left out, since nought means something else.

    Source
    ------
    `caseness.stats.sudden_gains`, after Tang and DeRubeis (1999). That the least gain is the reliable change of the
    questionnaire follows the practice for PHQ-9 and GAD-7; it is assumed for all others.
    """
    sessions = sessions_of(scores, meetings)
    if len(sessions) < 2:
        return (), 0
    values = np.array([[_as_distress(one, total) for _, total in sessions]])
    found: list[TurningPoint] = []
    judged = 0
    for is_gain in (True, False):
        criteria = Criteria(least=least, share=0.25 if one.higher_is == "worse" else None, loss=not is_gain)
        steps = find(values, criteria)
        back = reversed_later(values, steps.is_sudden, loss=not is_gain)[0]
        judged = int(steps.is_judged.sum())
        found += [_point(sessions, int(at), is_gain, bool(back[at])) for at in np.flatnonzero(steps.is_sudden[0])]
    return tuple(sorted(found, key=lambda each: each.day)), judged


def sessions_of(scores: Sequence[Score], meetings: Sequence[Meeting]) -> tuple[Session, ...]:
    """The sessions of a course with the last score of each, NaN where none was given.

    Sessions are attended contacts for treatment or assessment: no score is expected of employment support. A score from
    outside a contact, such as one that was sent in the evening before, stands for the next session.
    """
    last = {one.day: one for one in scores}
    attended = {one.day for one in meetings if one.was_attended and (one.is_treatment or one.is_assessment)}
    sessions: list[Session] = []
    is_sent_ahead = False
    for day in sorted({*last, *attended}):
        if day in last:
            sessions.append((day, last[day].total))
            is_sent_ahead = not last[day].in_contact and day not in attended
        elif is_sent_ahead:
            is_sent_ahead = False
        else:
            sessions.append((day, np.nan))
    return tuple(_trimmed(sessions))


# Sessions before the first score and after the last tell nothing.
def _trimmed(sessions: Sequence[Session]) -> Iterable[Session]:
    known = [place for place, (_, total) in enumerate(sessions) if not np.isnan(total)]
    return sessions[known[0] : known[-1] + 1] if known else ()


def _as_distress(one: Instrument, total: float) -> float:
    if one.higher_is == "worse" or one.low is None or one.high is None:
        return total
    return one.low + one.high - total


def _point(sessions: Sequence[Session], at: int, is_gain: bool, is_reversed: bool) -> TurningPoint:
    (day_before, before), (day, after) = sessions[at], sessions[at + 1]
    return TurningPoint(day_before, day, before, after, is_gain, is_reversed)
