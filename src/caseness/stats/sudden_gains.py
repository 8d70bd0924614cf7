"""Sudden gains and losses: large, lasting changes from one session to the next, by the published criteria."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]

# How a gain is shown to last: by the means of three sessions either side (Tang and DeRubeis), by half of it being kept
# in the next two sessions (Gaynor and others), or by its size beside the whole course (Kelly and others).
MEANS, KEPT, COURSE = "means", "kept", "course"
STABILITY = (MEANS, KEPT, COURSE)
_SIDE = 3


@dataclass(frozen=True)
class Criteria:
    """What makes a change between neighbouring sessions sudden. None leaves a criterion out.

    `least` is in the unit of the scores, `share` a fraction of the score before. `alpha` is two-sided and
    belongs to the means. With `adjusted`, missing sessions raise the critical value; without, it is that of
    six sessions always. `loss` looks for changes for the worse. Low scores are good.
    """

    least: float | None
    share: float | None = 0.25
    stability: str | None = MEANS
    alpha: float = 0.05
    adjusted: bool = True
    loss: bool = False

    def __post_init__(self) -> None:
        if self.stability is not None and self.stability not in STABILITY:
            raise ValueError(f"Stability is one of {', '.join(STABILITY)}, not {self.stability!r}.")
        if self.least is None and self.share is None and self.stability is None:
            raise ValueError("Some criterion is needed.")
        if not 0 < self.alpha < 1:
            raise ValueError(f"Alpha is a fraction between 0 and 1, not {self.alpha}.")


@dataclass(frozen=True, eq=False)
class Found:
    """For each person and each step from one session to the next: whether it is a gain, and whether it could be judged."""

    is_sudden: Bools
    is_judged: Bools


def find(scores: ArrayLike, criteria: Criteria) -> Found:
    """Judge every step between neighbouring sessions.

    A session without a score is not filled, and the sessions either side of it are not neighbours: no step is
    judged across it. In the means it is left out; two scores are needed either side, and the critical value is
    that of as many scores as there are (2.776 of six, 3.182 of five, 4.303 of four at 0.05). A step that cannot
    be judged is not a gain.

    Parameters
    ----------
    scores : array of float, shape (n_people, n_sessions)
        In order of session; NaN where there is no score.
    criteria : Criteria

    Returns
    -------
    Found, with arrays of shape (n_people, n_sessions - 1)
        Column 0 is the step from the first session to the second.

    Raises
    ------
    ValueError
        If there are not two sessions.

    Source
    ------
    Tang & DeRubeis (1999), doi 10.1037/0022-006X.67.6.894, as in the source of the package suddengains,
    doi 10.1371/journal.pone.0230276, with its pooled deviation and its critical values. The variants as
    Vittengl and others (2015) word them, doi 10.2174/1573400510666140929195441. For losses that package takes
    a share of the score that any rise satisfies; here a loss is a rise by that share. Reference values:
    tests/reference/sudden_gains.csv.

    Examples
    --------
    >>> bdi = [[32, 31, 33, 5, 6, 7], [32, 31, 33, float("nan"), 6, 7]]
    >>> found = find(bdi, Criteria(least=7))
    >>> found.is_sudden.astype(int).tolist()
    [[0, 0, 1, 0, 0], [0, 0, 0, 0, 0]]
    >>> found.is_judged.astype(int).tolist()
    [[0, 1, 1, 1, 0], [0, 1, 0, 0, 0]]
    """
    x = np.asarray(scores, float)
    if x.ndim != 2 or x.shape[1] < 2:
        raise ValueError("Scores have a row for each person and a column for each of two sessions or more.")
    sign = -1.0 if criteria.loss else 1.0
    step = sign * (x[:, :-1] - x[:, 1:])
    met = [~np.isnan(step)]
    judged = [~np.isnan(step)]
    if criteria.least is not None:
        met.append(step >= criteria.least)
    if criteria.share is not None:
        met.append(step >= criteria.share * x[:, :-1])
    if criteria.stability is not None:
        lasts, can_tell = _LASTING[criteria.stability](x, sign, criteria)
        met.append(lasts)
        judged.append(can_tell)
    is_judged = np.logical_and.reduce(judged)
    return Found(np.logical_and.reduce(met) & is_judged, is_judged)


def reversed_later(scores: ArrayLike, is_sudden: ArrayLike, loss: bool = False) -> Bools:
    """Whether a later score gave back more than half of a sudden gain.

    Parameters
    ----------
    scores : array of float, shape (n_people, n_sessions)
    is_sudden : array of bool, shape (n_people, n_sessions - 1)
    loss : bool
        Whether the steps are losses.

    Returns
    -------
    array of bool, the shape of `is_sudden`
        False where there was no sudden gain, and where no later score is known.

    Source
    ------
    As the package suddengains works reversals out, doi 10.1371/journal.pone.0230276.

    Examples
    --------
    >>> reversed_later([[30, 30, 10, 12, 21]], [[0, 1, 0, 0]]).tolist()
    [[False, True, False, False]]
    """
    x = np.asarray(scores, float) * (-1.0 if loss else 1.0)
    halfway = (x[:, :-1] + x[:, 1:]) / 2
    worst = np.full(x.shape, -np.inf)
    worst[:, :-1] = np.fmax.accumulate(np.where(np.isnan(x), -np.inf, x)[:, ::-1], axis=1)[:, ::-1][:, 1:]
    return np.asarray(is_sudden, bool) & (worst[:, 1:] > halfway)


# For each step, the sum, sum of squares and number of the scores of up to three sessions either side.
def _sides(x: Array) -> tuple[Array, Array]:
    edge = np.full((len(x), _SIDE - 1), np.nan)
    windows = sliding_window_view(np.hstack([edge, x, edge]), _SIDE, axis=1)
    return windows[:, : x.shape[1] - 1], windows[:, _SIDE:]


def _by_means(x: Array, sign: float, criteria: Criteria) -> tuple[Bools, Bools]:
    (before, after), numbers = _sides(x), []
    means, squares = [], []
    for side in (before, after):
        known = ~np.isnan(side)
        number = known.sum(axis=2)
        mean = np.where(known, side, 0).sum(axis=2) / np.maximum(number, 1)
        numbers.append(number)
        means.append(mean)
        squares.append(np.where(known, (side - mean[..., None]) ** 2, 0).sum(axis=2))
    can_tell = (numbers[0] >= 2) & (numbers[1] >= 2)
    freedom = np.maximum(numbers[0] + numbers[1] - 2, 1)
    pooled = np.sqrt((squares[0] + squares[1]) / freedom)
    critical = stdtrit(freedom if criteria.adjusted else 2 * _SIDE - 2, 1 - criteria.alpha / 2)
    return sign * (means[0] - means[1]) > critical * pooled, can_tell


def _by_what_is_kept(x: Array, sign: float, criteria: Criteria) -> tuple[Bools, Bools]:
    halfway = sign * (x[:, :-1] + x[:, 1:]) / 2
    later = np.stack([_shifted(x, 2), _shifted(x, 3)])
    known = ~np.isnan(later)
    return np.all(~known | (sign * later <= halfway), axis=0), np.any(known, axis=0)


def _by_the_course(x: Array, sign: float, criteria: Criteria) -> tuple[Bools, Bools]:
    known = ~np.isnan(x)
    number = known.sum(axis=1, keepdims=True)
    mean = np.where(known, x, 0).sum(axis=1, keepdims=True) / np.maximum(number, 1)
    squares = np.where(known, (x - mean) ** 2, 0).sum(axis=1, keepdims=True)
    deviation = np.sqrt(squares / np.maximum(number - 1, 1))
    step = sign * (x[:, :-1] - x[:, 1:])
    return step >= 1.5 * deviation, np.broadcast_to(number > 2, step.shape)


def _shifted(x: Array, by: int) -> Array:
    steps = x.shape[1] - 1
    return np.hstack([x[:, by:], np.full((len(x), by), np.nan)])[:, :steps]


_LASTING = {MEANS: _by_means, KEPT: _by_what_is_kept, COURSE: _by_the_course}
