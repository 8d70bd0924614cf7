"""What is judged, and what is said of it: courses with two scores, and how many changed under each definition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from caseness.audit.quantity import Quantity
from caseness.instruments.parts import Threshold

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]
Names = NDArray[np.str_]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Lines:
    """A programme's own two lines on one questionnaire: from where on somebody is a case, and which change is reliable."""

    case: Threshold | None
    change: Threshold | None


@dataclass(frozen=True, eq=False)
class SessionScores:
    """Every score of some courses: the place of its course, the number of its session from 1, and the score."""

    course: Places
    session: Array
    score: Array

    def of(self, chosen: Bools) -> SessionScores:
        """The scores of some of the courses, which are numbered anew."""
        kept = chosen[self.course]
        place = np.cumsum(chosen) - 1
        return SessionScores(place[self.course[kept]], self.session[kept], self.score[kept])


@dataclass(frozen=True, eq=False)
class Scores:
    """The first and the last score of each course, NaN where unknown, and the questionnaire that it is of, or nothing.

    `sessions` are all scores of that questionnaire, where they are at hand.
    """

    instrument: Names
    first: Array
    last: Array
    sessions: SessionScores | None = None


@dataclass(frozen=True)
class OfficialFigure:
    """A count as the official measure has it, and the same counted course by course."""

    id: str
    label: str
    official: int
    counted: int


@dataclass(frozen=True, eq=False)
class Official:
    """The programme's own flags of each course, and its published way of counting them."""

    not_at_caseness: Bools
    recovery: Bools
    reliable_improvement: Bools
    no_change: Bools
    reliable_deterioration: Bools
    figures: tuple[OfficialFigure, ...]


@dataclass(frozen=True, eq=False)
class Outcome:
    """What is judged by: the scores of one questionnaire, or of two that are judged together.

    `official` are the flags that the programme itself sets. Where there are none, its two lines are applied here.
    """

    id: str
    label: str
    scores: tuple[Scores, ...]
    official: Official | None = None

    @property
    def size(self) -> int:
        """How many finished courses there are."""
        return len(self.scores[0].first)


@dataclass(frozen=True, eq=False)
class Courses:
    """The finished courses of a record in a period.

    `ended` counts all referrals that ended in it, finished or not, and `lines` are the programme's by questionnaire.
    """

    name: str
    period: str
    programme: str
    outcomes: tuple[Outcome, ...]
    lines: Mapping[str, Lines]
    ended: int
    made_up: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What one definition says of an outcome.

    `judged` are the finished courses that it can be asked of, `unknown` those among them without two scores, and
    `began_below` those that began on the functional side. `rate` is `recovered` over `judged` less `began_below`, as
    the programme counts. `points` is how far the rate lies from the programme's headline among the same courses.
    `crossed` are those that crossed the line, reliably or not. `gained` and `lost` are recovered here and not under
    the programme's rule, and the reverse; `differently` are in another class.
    """

    definition: str
    label: str
    judged: int
    unknown: int
    began_below: int
    crossed: int
    recovered: int
    improved: int
    unchanged: int
    deteriorated: int
    rate: Quantity
    points: Quantity
    improved_rate: Quantity
    deteriorated_rate: Quantity
    of_ended: Quantity
    gained: int
    lost: int
    differently: int
    note: str = ""


@dataclass(frozen=True)
class NotJudged:
    """A definition that is not computed for an outcome, and why."""

    definition: str
    label: str
    why: str


@dataclass(frozen=True)
class SmallestChange:
    """The smallest reliable change of a questionnaire by one reliability, beside the programme's own."""

    instrument: str
    reliability: str
    value: float
    group: str
    deviation: float
    deviation_of: str
    change: float
    programme: str
    verified: bool
    source: str


@dataclass(frozen=True)
class Agreement:
    """Courses by their class under one definition (rows) and under another (columns), of those that both judge."""

    first: str
    second: str
    classes: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    @property
    def total(self) -> int:
        """How many courses both judge."""
        return sum(map(sum, self.counts))

    @property
    def differing(self) -> int:
        """How many of them are in another class."""
        return self.total - sum(self.counts[i][i] for i in range(len(self.classes)))


@dataclass(frozen=True)
class JudgedOutcome:
    """One outcome under every definition: the verdicts, what could not be computed, and how two definitions agree."""

    id: str
    label: str
    courses: int
    paired: int
    verdicts: tuple[Verdict, ...]
    not_judged: tuple[NotJudged, ...]
    figures: tuple[OfficialFigure, ...]
    agreement: Agreement | None
    notes: tuple[str, ...]

    @property
    def headline(self) -> Verdict:
        """What the programme's own rule says."""
        return self.verdicts[0]

    @property
    def is_reproduced(self) -> bool:
        """Whether every official count is met to the unit."""
        return all(one.official == one.counted for one in self.figures)


@dataclass(frozen=True)
class Judged:
    """The finished courses of a record under every definition of change."""

    name: str
    period: str
    programme: str
    ended: int
    outcomes: tuple[JudgedOutcome, ...]
    smallest_changes: tuple[SmallestChange, ...]
    purpose: str
    intended_purpose: str
    limits: tuple[str, ...]
    policy: str
    made_up: str
    notes: tuple[str, ...]
