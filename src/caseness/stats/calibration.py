"""Whether bands hold as many scores as they say, in every group; and by how much they must widen to do so."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from caseness.stats.intervals import wilson

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Coverage:
    """How bands did, one entry a group. `inside`, `below` and `above` are parts of the scores and sum to 1."""

    groups: NDArray[np.generic]
    scores: NDArray[np.int64]
    people: NDArray[np.int64]
    inside: Array
    low: Array
    high: Array
    below: Array
    above: Array


def coverage(
    score: ArrayLike,
    lower: ArrayLike,
    upper: ArrayLike,
    group: ArrayLike,
    person: ArrayLike | None = None,
    confidence: float = 0.95,
) -> Coverage:
    """Count the scores inside, below and above their bands, by group.

    Scores of one person go together, so they say less than as many people would. The interval is Wilson's on
    the number of independent scores that would vary as much.

    Parameters
    ----------
    score, lower, upper : arrays of float, shape (n_scores,)
        A score with any of the three unknown is left out. A score on an end is inside.
    group : array, shape (n_scores,)
        What to judge the bands by: sex, ethnicity, deprivation, band of intake, session.
    person : array of int, shape (n_scores,), or None
        None takes each score for a person.
    confidence : float, in 0..1

    Returns
    -------
    Coverage
        In the order of the groups' names. Judge it on people whom the bands were not fitted to.

    Raises
    ------
    ValueError
        If `confidence` is not between 0 and 1.

    Source
    ------
    The design effect of a ratio by clusters, worked out twice in tests/unit/stats/test_calibration.py.

    Examples
    --------
    >>> found = coverage([9, 14, 21, 8], [5, 5, 5, 5], [15, 15, 15, 15], ["a", "a", "a", "b"])
    >>> found.groups.tolist(), found.inside.round(2).tolist(), found.above.round(2).tolist()
    (['a', 'b'], [0.67, 1.0], [0.33, 0.0])
    """
    kind = np.asarray(group)
    y, low, high = (np.broadcast_to(np.asarray(one, float), kind.shape) for one in (score, lower, upper))
    known = ~(np.isnan(y) | np.isnan(low) | np.isnan(high))
    who = np.arange(len(y)) if person is None else np.asarray(person)
    y, low, high, kind, who = (one[known] for one in (y, low, high, kind, who))
    groups, code = np.unique(kind, return_inverse=True)
    number = np.bincount(code, minlength=len(groups))
    below = np.bincount(code, y < low, minlength=len(groups)) / number
    above = np.bincount(code, y > high, minlength=len(groups)) / number
    held = (y >= low) & (y <= high)
    inside = np.bincount(code, held, minlength=len(groups)) / number
    effect, people = _design_effect(code, who, held - inside[code], inside * (1 - inside) * number)
    bounds = wilson(inside * number / effect, number / effect, confidence)
    return Coverage(groups, number, people, inside, *bounds, below, above)


def conformal_margin(score: ArrayLike, lower: ArrayLike, upper: ArrayLike, content: float = 0.8) -> float:
    """By how much to move both ends of a band outward, so that it holds a part of scores not seen yet.

    Added to bands of new people from the same population it holds at least that part of them on average,
    whatever the band was made by. It promises nothing for each group: see `coverage`.

    Parameters
    ----------
    score, lower, upper : arrays of float, shape (n_people,)
        Of people to whom the band was not fitted, one score each. Left out if any is unknown.
    content : float, in 0..1

    Returns
    -------
    float, in the unit of the scores
        Below 0 if the band may narrow; infinite if there are too few people to promise anything.

    Raises
    ------
    ValueError
        If `content` is not between 0 and 1, or no score is known.

    Source
    ------
    Conformalized quantile regression, Romano, Patterson & Candes (2019), as the packages marginaleffects and
    rtemis describe it: the score at rank ceil((n + 1) content) of max(lower - y, y - upper).

    Examples
    --------
    >>> conformal_margin([4, 16, 17, 12], [5, 5, 5, 5], [15, 15, 15, 15], content=0.75)
    2.0
    """
    if not 0 < content < 1:
        raise ValueError(f"Content is a fraction between 0 and 1, not {content}.")
    y, low, high = (np.asarray(one, float) for one in (score, lower, upper))
    beyond = np.maximum(low - y, y - high)
    beyond = np.sort(beyond[~np.isnan(beyond)])
    if not len(beyond):
        raise ValueError("A margin needs scores that are known.")
    # A product such as 10 * 0.9 may come out a bit above the whole number it is.
    rank = int(np.ceil((len(beyond) + 1) * content - 1e-9))
    return float(beyond[rank - 1]) if rank <= len(beyond) else float("inf")


# The variance of a group's count by person over that of independent scores; never below 1.
def _design_effect(
    code: NDArray[np.int64], who: NDArray[np.int64], residual: Array, independent: Array
) -> tuple[Array, NDArray[np.int64]]:
    persons, own = np.unique(who, return_inverse=True)
    # One key for each person in each group: a group may be a session, and then a person is in many.
    pairs, one = np.unique(code * len(persons) + own, return_inverse=True)
    clusters = np.bincount(one, residual, minlength=len(pairs)) ** 2
    kinds = pairs // max(len(persons), 1)
    clustered = np.bincount(kinds, clusters, minlength=len(independent))
    people = np.bincount(kinds, minlength=len(independent))
    return np.maximum(clustered / np.maximum(independent, 1e-300), 1.0), people
