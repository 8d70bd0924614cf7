"""Small finished courses for tests, told as scores, without a record."""

import numpy as np

from caseness.audit.change import Courses, Lines, Outcome, Scores
from caseness.instruments import instrument

NONE = float("nan")


def scores_of(name, first, last, sessions=None):
    """First and last scores of one questionnaire; where the first is not known it was not asked."""
    begun = np.array(first, float)
    return Scores(np.where(np.isnan(begun), "", name), begun, np.array(last, float), sessions)


def lines_of(name):
    """England's own lines, and where there are none those of the literature."""
    one = instrument(name)
    return Lines(one.caseness(), one.reliable_change())


def courses_of(*scores, together=True, ended=None, **more):
    """Courses with one outcome: of one questionnaire, or of several judged together."""
    names = {name for one in scores for name in one.instrument.tolist() if name}
    outcomes = (Outcome("pair" if len(scores) > 1 else next(iter(names)), "An outcome", scores),)
    return Courses(
        "made up", "2025-26", "England", outcomes, {name: lines_of(name) for name in names},
        len(scores[0].first) if ended is None else ended, **more,
    )  # fmt: skip


def many(generator, people=200, name="phq9"):
    """Scores of people who improve by about five points, within the range of the questionnaire."""
    one = instrument(name)
    true = generator.normal(14, 5, people)
    first, last = (
        np.clip(np.round(true - change + generator.normal(0, 2, people)), one.low, one.high)
        for change in (np.zeros(people), generator.normal(5, 4, people))
    )
    return scores_of(name, first, last)
