"""Which questionnaires are due: those of the programme that were not answered at the last attended appointment.

PHQ-9 and GAD-7 are asked of everybody, and somebody with a problem that has a measure of its own is asked that too
(`derive.lists`, which has it from the guidance of the data set). One is due if its last score was taken before the day
of the last attended assessment, treatment or follow-up: a score belongs to the appointment on or after whose day it was
taken, as sessions are counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from caseness.derive.lists import GAD7, PHQ9
from caseness.instruments import instrument
from caseness.web.caseload.sheets import measure_of

OF_EVERYBODY = (PHQ9, GAD7)


def expected_of(problem: str) -> tuple[str, ...]:
    """The questionnaires that somebody with this problem is asked, by their ids.

    >>> expected_of("F40.1"), expected_of("")
    (('phq9', 'gad7', 'spin'), ('phq9', 'gad7'))
    """
    own = measure_of(problem)
    return (*OF_EVERYBODY, own) if own else OF_EVERYBODY


def due_of(problem: str, last_asked: date | None, last_scores: Mapping[str, date]) -> tuple[str, ...]:
    """The names of the questionnaires that are due; none before the first attended appointment.

    >>> due_of("", date(2026, 3, 9), {"phq9": date(2026, 3, 9), "gad7": date(2026, 3, 2)})
    ('GAD-7',)
    >>> due_of("", None, {})
    ()
    """
    if last_asked is None:
        return ()
    missed = (one for one in expected_of(problem) if one not in last_scores or last_scores[one] < last_asked)
    return tuple(instrument(one).short_name for one in missed)
