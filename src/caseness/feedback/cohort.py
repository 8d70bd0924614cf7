"""Courses of many people on one questionnaire and of one intensity, as arrays, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from caseness.feedback.flags import Courses
from caseness.instruments import is_case

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]
Whole = NDArray[np.int64]

NOT_IMPROVED, DETERIORATED, NOT_RECOVERED, LEFT_EARLY = (
    "not reliably improved", "reliable deterioration", "not recovered", "left early",
)  # fmt: skip
OUTCOMES: Mapping[str, str] = {
    NOT_IMPROVED: "The last score is not reliably better than the first. Finished courses with a change that can be judged.",
    DETERIORATED: "The last score is reliably worse than the first. Finished courses with a change that can be judged.",
    NOT_RECOVERED: "The last score is that of a case. Finished courses whose first score was, on this questionnaire alone.",
    LEFT_EARLY: "Ended earlier than the professional planned (end code 47), among courses with a code of 46, 47 or 48.",
}

# How a course is told of in which it came: "of which 12 % ..."
CAME: Mapping[str, str] = {
    NOT_IMPROVED: "were not reliably better at the end",
    DETERIORATED: "were reliably worse at the end",
    NOT_RECOVERED: "were still at caseness at the end",
    LEFT_EARLY: "left early",
}


@dataclass(frozen=True, eq=False)
class Cohort:
    """Courses, one entry each: whose they are, their last score, and how they ended. Scores are in `courses`.

    `is_whole` says that all scores of the course are there: those after a change of intensity are not. `last` is the
    last score of all, NaN where there is only one. `left_early` is 1, 0 or NaN. `groups` are what calibration is
    judged by, such as gender.
    """

    courses: Courses
    intensity: str
    person: NDArray[np.str_]
    is_whole: Bools
    is_finished: Bools
    last: Array
    left_early: Array
    groups: Mapping[str, NDArray[np.str_]]

    @property
    def size(self) -> int:
        """How many courses there are."""
        return len(self.courses.starts)

    @property
    def first(self) -> Array:
        """The first score of each course."""
        return self.courses.score[self.courses.starts]

    def only(self, chosen: Bools) -> Cohort:
        """Some of the courses."""
        kept, numbers = chosen[self.courses.course], np.cumsum(chosen) - 1
        held = self.courses
        scores = Courses(
            held.instrument,
            held.change,
            numbers[held.course[kept]],
            held.session[kept],
            held.score[kept],
        )
        groups = {name: values[chosen] for name, values in self.groups.items()}
        return Cohort(
            scores,
            self.intensity,
            self.person[chosen],
            self.is_whole[chosen],
            self.is_finished[chosen],
            self.last[chosen],
            self.left_early[chosen],
            groups,
        )

    def outcomes(self) -> dict[str, Array]:
        """What became of each course, by outcome: 1 where it came, 0 where not, NaN where that is not known.

        All but leaving early are of finished courses with two scores. A questionnaire without a reliable change, or
        without a cut-off, tells nothing of what rests on it.
        """
        held, last = self.courses, np.where(self.is_finished, self.last, np.nan)
        gained = np.round(held.sign * (self.first - last), 6)
        cases = is_case(held.instrument, np.stack([self.first, last]))
        known = ~np.isnan(last) & (held.change is not None)
        began, ended = cases.filled(False)
        judged = ~np.isnan(last) & ~np.ma.getmaskarray(cases).any(axis=0) & began
        with np.errstate(invalid="ignore"):
            improved, worse = held.reaches(gained), held.reaches(-gained)
        return {
            NOT_IMPROVED: np.where(known, ~improved, np.nan),
            DETERIORATED: np.where(known, worse, np.nan),
            NOT_RECOVERED: np.where(judged, ended, np.nan),
            LEFT_EARLY: self.left_early,
        }

    def raised(self, flag: Bools) -> Bools:
        """Whether a flag was raised in the course before its last score: with that score the outcome is known."""
        held = self.courses
        is_last = np.append(held.course[1:] != held.course[:-1], True)
        before = flag & ~(is_last & self.is_whole[held.course])
        return np.logical_or.reduceat(before, held.starts) if len(held.starts) else before

    def could_be_flagged(self) -> Bools:
        """Whether there is a score between the first and the last."""
        counts = np.bincount(self.courses.course, minlength=self.size)
        return counts + ~self.is_whole >= 3


def shares(people: Iterable[str]) -> tuple[Array, Array]:
    """Two numbers from 0 to 1 for each person, the same whenever and wherever they are asked for.

    The first decides to which part somebody belongs, so that a person is in one part with all courses. The second
    chooses one score of each person.

    Examples
    --------
    >>> part, choice = shares(["P1", "P2", "P1"])
    >>> bool(part[0] == part[2]), part.round(3).tolist()[:2]
    (True, [0.294, 0.669])
    """
    found = np.frombuffer(b"".join(blake2b(one.encode(), digest_size=16).digest() for one in people), ">u8")
    first, second = found.reshape(-1, 2).T / 2.0**64
    return first, second
