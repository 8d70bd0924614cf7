"""One course with all that its signals are judged by: its scores as arrays, the rules, and the norms that may be used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from caseness.feedback.flags import Courses
from caseness.feedback.norms import Norm, Norms
from caseness.feedback.rules import Rules
from caseness.feedback.trajectory import SessionScore, Trajectory
from caseness.instruments import Instrument
from caseness.instruments.parts import Threshold


def usual_change(one: Instrument, rules: Rules) -> Threshold | None:
    """The reliable change by which scores are judged: one that is verified, and another only where it was asked for.

    Examples
    --------
    >>> from caseness.instruments import instrument
    >>> from caseness.feedback.rules import read_rules
    >>> str(usual_change(instrument("gad7"), read_rules())), usual_change(instrument("wsas"), read_rules())
    ('at or above 4', None)
    """
    return one.reliable_change(with_unverified=rules.of("unverified_changes") > 0)


@dataclass(frozen=True, eq=False)
class Case:
    """A course, and what it is judged by. `norm` is there only where it may be used; `norms` are those of its accuracy."""

    course: Trajectory
    rules: Rules
    norms: Norms | None = None
    norm: Norm | None = None

    @cached_property
    def scores(self) -> tuple[SessionScore, ...]:
        """One score a session: the first of session 1, and of every other the last."""
        found: dict[int, SessionScore] = {}
        for one in self.course.scores:
            if one.session != 1 or one.session not in found:
                found[one.session] = one
        return tuple(found.values())

    @cached_property
    def arrays(self) -> Courses:
        """The scores as arrays of one course."""
        one, scores = self.course.questionnaire, self.scores
        session = np.array([each.session for each in scores], np.int64)
        totals = np.array([each.total for each in scores], float)
        change = usual_change(one, self.rules)
        return Courses(one, change, np.zeros(len(scores), np.int64), session, totals)

    @property
    def name(self) -> str:
        """What the questionnaire is called."""
        return self.course.questionnaire.short_name

    def since(self, flag: NDArray[np.bool_]) -> date | None:
        """The first day of the run of scores, up to the last, for which a flag holds. None if it does not hold at last."""
        if not len(flag) or not flag[-1]:
            return None
        lapses = np.flatnonzero(~flag)
        return self.scores[int(lapses[-1]) + 1 if len(lapses) else 0].day

    def change_source(self) -> str:
        """The reliable change in words, with its source or why it is not verified."""
        change = self.arrays.change
        assert change is not None, "what rests on a reliable change is flagged only where there is one"
        return f"reliable change of {self.name} {change} ({change.source if change.verified else f'not verified: {change.reason}'})"


def usable_norms(norms: Norms | None, demonstration: bool) -> Norms | None:
    """Norms whose bands may be drawn: made-up ones in a demonstration alone, others once somebody enabled them."""
    if norms is None or demonstration:
        return norms
    return norms if norms.is_enabled and not norms.made_up else None


def measured_norms(norms: Norms | None, demonstration: bool) -> Norms | None:
    """Norms whose accuracy may be told: what was counted here is so whether or not the bands held. Not of made-up people."""
    return norms if norms is not None and (demonstration or not norms.made_up) else None


def say_others(norms: Norms | None, providers: Iterable[str]) -> str:
    """That norms are not of the people of some providers, in a sentence; nothing where they are.

    A band of another service may be off, so none is drawn with such norms outside a demonstration.
    """
    others = norms.lack(providers) if norms else ()
    if norms is None or not others:
        return ""
    return (
        f"The norms that were given are of {', '.join(norms.providers)}, and not of {', '.join(others)}: outside a "
        "demonstration no band, no signal and no accuracy comes from them, and norms of this service are fitted with "
        "`caseness norms fit`."
    )


def norm_for(course: Trajectory, norms: Norms | None, demonstration: bool) -> Norm | None:
    """The norm by which a course may be judged, None where there is none."""
    held = usable_norms(norms, demonstration)
    found = held and held.find(course.instrument_id, course.intensity)
    return found if found and (found.passes or demonstration) else None
