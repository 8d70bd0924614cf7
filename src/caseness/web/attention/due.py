"""Which questionnaires are due: those of the programme that were not answered at the last attended appointment.

PHQ-9 and GAD-7 are asked of everybody, and somebody with a problem that has a measure of its own is asked that too
(`derive.lists`, which has it from the guidance of the data set). One is due if its last score was taken before the day
of the last attended assessment, treatment or follow-up: a score belongs to the appointment on or after whose day it was
taken, as sessions are counted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from caseness.derive.lists import GAD7, PHQ9, SPECIFIC, Specific, tool
from caseness.instruments import instrument

OF_EVERYBODY = (PHQ9, GAD7)


def expected_of(problem: str) -> tuple[str, ...]:
    """The questionnaires that somebody with this problem is asked, by their ids.

    >>> expected_of("F40.1"), expected_of("")
    (('phq9', 'gad7', 'spin'), ('phq9', 'gad7'))
    """
    own = [tool(one.tool).instrument_id for one in SPECIFIC if _is_of(one, problem)]
    return (*OF_EVERYBODY, *own)


def _is_of(one: Specific, code: str) -> bool:
    plain = re.sub(r"[^0-9A-Za-z]", "", code).upper()
    return plain == one.problem if one.is_whole else plain.startswith(one.problem)


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
