"""One definition asked of every course: how it changed, on which side of the line it began, and where it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from caseness.audit.change.definitions import PROGRAMME, Definition, by_programme
from caseness.audit.change.model import Array, Bools, Official, Outcome, Scores
from caseness.audit.change.yardstick import Lacking, Yardstick, say_lacking
from caseness.stats.change_classes import Class, Classes, classify

Yardsticks = Mapping[str, Yardstick]


@dataclass(frozen=True, eq=False)
class Asked:
    """What a definition says of each course.

    `judged`: it can be asked of the questionnaires of this course. `direction` is 1, 0, -1, or NaN without two scores.
    `began_below` began on the functional side, and `crossed` from the clinical side to it.
    """

    judged: Bools
    direction: Array
    began_below: Bools
    crossed: Bools
    is_reliable: bool
    lacking: tuple[Lacking, ...] = ()

    @property
    def recovered(self) -> Bools:
        """Crossed, and where the definition asks for it, improved."""
        return self.crossed & (self.direction == 1) if self.is_reliable else self.crossed

    @property
    def classes(self) -> Classes:
        """One class for each course."""
        by_change = classify(self.direction, self.crossed, self.crossed)
        return np.where(self.recovered, np.int8(Class.RECOVERED), by_change).astype(np.int8)


class NotAsked(Exception):
    """A definition cannot be asked of any course. It says why, and is never shown as an error."""


def ask(definition: Definition, outcome: Outcome, yardsticks: Yardsticks) -> Asked:
    """Ask a definition of every course of an outcome.

    Where two questionnaires are judged together it is as England's programme does: a case on either, recovered below
    both lines, improved where one improved and neither deteriorated.

    Raises
    ------
    NotAsked
        If it cannot be asked of any course with a score.
    """
    if outcome.official is not None and definition.direct is by_programme:
        return _as_flagged(outcome.official, definition)
    parts = [_ask_of(definition, scores, yardsticks) for scores in outcome.scores]
    judged = np.logical_and.reduce([one.judged for one in parts])
    lacking = tuple(why for one in parts for why in one.lacking)
    scored = np.logical_or.reduce([one.instrument != "" for one in outcome.scores])
    if lacking and not (judged & scored).any():
        raise NotAsked(say_lacking(lacking))
    began = np.logical_or.reduce([one.began_clinical for one in parts])
    ended = np.logical_and.reduce([one.ended_functional for one in parts])
    return Asked(
        judged,
        reduce(_together, [one.direction for one in parts]),
        np.logical_and.reduce([one.began_functional for one in parts]),
        began & ended,
        definition.is_reliable,
        lacking,
    )


def _as_flagged(flags: Official, definition: Definition) -> Asked:
    states = [flags.reliable_improvement, flags.no_change, flags.reliable_deterioration]
    direction = np.select(states, [1.0, 0.0, -1.0], np.nan)
    everyone = np.full(len(direction), True)
    return Asked(everyone, direction, flags.not_at_caseness, flags.recovery, definition.id != PROGRAMME)


# One improved and the other did not deteriorate, or the reverse; both ways at once is no change.
def _together(one: Array, other: Array) -> Array:
    return np.sign(one + other) + 0.0


@dataclass(frozen=True, eq=False)
class _Part:
    judged: Bools
    direction: Array
    began_clinical: Bools
    began_functional: Bools
    ended_functional: Bools
    lacking: tuple[Lacking, ...]


def _ask_of(definition: Definition, scores: Scores, yardsticks: Yardsticks) -> _Part:
    size = len(scores.first)
    judged, direction = np.full(size, True), np.full(size, np.nan)
    sides: NDArray[np.bool_] = np.full((3, size), False)
    lacking = []
    for name in np.unique(scores.instrument[scores.instrument != ""]).tolist():
        of = scores.instrument == name
        first, last = scores.first[of], scores.last[of]
        try:
            direction[of] = definition.direct(yardsticks[name], first, last)
            below = definition.side(yardsticks[name], first, False)
            sides[:, of] = ~np.isnan(first) & ~below, below, definition.side(yardsticks[name], last, True)
        except Lacking as why:
            judged[of], direction[of] = False, np.nan
            lacking.append(why)
    return _Part(judged, direction, sides[0], sides[1], sides[2], tuple(lacking))
