"""One number from many studies that do not quite agree: random-effects pooling."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri, stdtrit

Array = NDArray[np.float64]

DERSIMONIAN_LAIRD, REML, PAULE_MANDEL = "DL", "REML", "PM"

# Halvings of a bracket until two doubles stand next to each other.
_HALVINGS = 200


@dataclass(frozen=True)
class Pooled:
    """What studies say together, in the unit of their effects.

    `low` and `high` are the ends for the mean of all such studies, `prediction_low` and
    `prediction_high` those for one further study. `tau_squared` is the variance between
    studies, `q` Cochran's statistic, and `i_squared` the per cent of the variation that is
    between studies. `studies` is how many were pooled.
    """

    effect: float
    standard_error: float
    low: float
    high: float
    prediction_low: float
    prediction_high: float
    tau_squared: float
    i_squared: float
    q: float
    studies: int


def pool(
    effects: ArrayLike,
    variances: ArrayLike,
    method: str = DERSIMONIAN_LAIRD,
    *,
    hartung_knapp: bool = False,
    level: float = 0.95,
) -> Pooled:
    """Pool the effects of studies that may each have a true effect of their own.

    Parameters
    ----------
    effects : array of float, shape (n_studies,)
        In any one unit in which they are about normal, such as logits.
    variances : array of float, shape (n_studies,)
        Squared standard errors, all above 0.
    method : "DL", "REML" or "PM"
        How the variance between studies is estimated: DerSimonian and Laird, restricted
        maximum likelihood, Paule and Mandel.
    hartung_knapp : bool
        Whether the standard error is that of Hartung and Knapp, with quantiles of t on
        n_studies - 1 degrees of freedom. It is not kept from being narrower than the other.
    level : float between 0 and 1
        Of both intervals.

    Returns
    -------
    Pooled

    Raises
    ------
    ValueError
        If there are fewer than two studies, a variance is not above 0, or there is no such
        method.

    Source
    ------
    DerSimonian and Laird 1986, doi 10.1016/0197-2456(86)90046-2, and the formulas of the R
    package metafor (Viechtbauer 2010, doi 10.18637/jss.v036.i03). Values by metafor 3.8-1 in
    tests/reference/pooling.csv, made by pooling.R.

    Examples
    --------
    >>> pooled = pool([0.1, 0.3, 0.35, 0.65], [0.03, 0.03, 0.05, 0.01])
    >>> round(pooled.effect, 4), round(pooled.tau_squared, 4), round(pooled.i_squared, 1)
    (0.374, 0.0506, 66.8)
    """
    y, v = _require_studies(effects, variances)
    if method not in _BETWEEN:
        raise ValueError(f"The method is one of {', '.join(_BETWEEN)}, not {method!r}.")
    tau_squared = _BETWEEN[method](y, v)
    weights = 1 / (v + tau_squared)
    effect, error = _mean(y, weights), 1 / np.sqrt(weights.sum())
    quantile = ndtri((1 + level) / 2)
    if hartung_knapp:
        error *= np.sqrt((weights * (y - effect) ** 2).sum() / (len(y) - 1))
        quantile = stdtrit(len(y) - 1, (1 + level) / 2)
    return _summarise(y, v, float(tau_squared), effect, float(error), float(quantile))


def _summarise(y: Array, v: Array, tau_squared: float, effect: float, error: float, quantile: float) -> Pooled:
    around, ahead = quantile * error, quantile * float(np.sqrt(error**2 + tau_squared))
    return Pooled(
        effect=effect,
        standard_error=error,
        low=effect - around,
        high=effect + around,
        prediction_low=effect - ahead,
        prediction_high=effect + ahead,
        tau_squared=tau_squared,
        i_squared=float(_i_squared(v, tau_squared)),
        q=_q(y, 1 / v),
        studies=len(y),
    )


def logits(events: ArrayLike, totals: ArrayLike, *, correction: float, everywhere: bool = False) -> tuple[Array, Array]:
    """Logits of proportions, and their variances.

    Parameters
    ----------
    events, totals : arrays of float, shape (n_studies,)
        How many had the event, out of how many.
    correction : float
        Added to those with and to those without the event, so that none of either is no
        obstacle. 0 for none.
    everywhere : bool
        Whether it is added in every study, or only in those with none or only events.

    Returns
    -------
    two arrays of float, shape (n_studies,)
        Logits, and their large-sample variances.

    Raises
    ------
    ValueError
        If events are fewer than none or more than there are people, or a logit is not finite.

    Source
    ------
    `escalc(measure = "PLO")` of metafor, in tests/reference/pooling_arms.csv, made by pooling.R.

    Examples
    --------
    >>> logit, variance = logits([0, 5], [10, 20], correction=0.5)
    >>> logit.round(3).tolist(), variance.round(3).tolist()
    ([-3.045, -1.099], [2.095, 0.267])
    """
    yes, total = np.asarray(events, float), np.asarray(totals, float)
    no = total - yes
    if (yes < 0).any() or (no < 0).any():
        raise ValueError("A study has fewer than no events, or more events than people.")
    added = np.where(everywhere | (yes == 0) | (no == 0), correction, 0.0)
    yes, no = yes + added, no + added
    if (yes == 0).any() or (no == 0).any():
        raise ValueError("A study has no events, or only events: its logit needs a correction above 0.")
    return np.log(yes / no), 1 / yes + 1 / no


def shares(logit: ArrayLike) -> Array:
    """Logits back as shares, 0 to 1.

    >>> shares([0.0]).tolist()
    [0.5]
    """
    return 1 / (1 + np.exp(-np.asarray(logit, float)))


def _require_studies(effects: ArrayLike, variances: ArrayLike) -> tuple[Array, Array]:
    y, v = np.asarray(effects, float), np.asarray(variances, float)
    if y.ndim != 1 or y.shape != v.shape or len(y) < 2:
        raise ValueError("Pooling needs two studies or more, each with an effect and a variance.")
    if not (np.isfinite(y).all() and np.isfinite(v).all() and (v > 0).all()):
        raise ValueError("Every effect must be finite, and every variance above 0.")
    return y, v


def _mean(y: Array, weights: Array) -> float:
    return float((weights * y).sum() / weights.sum())


def _q(y: Array, weights: Array) -> float:
    return float((weights * (y - _mean(y, weights)) ** 2).sum())


def _spare(weights: Array) -> float:
    return float(weights.sum() - (weights**2).sum() / weights.sum())


def _dersimonian_laird(y: Array, v: Array) -> float:
    return max(0.0, (_q(y, 1 / v) - (len(y) - 1)) / _spare(1 / v))


def _paule_mandel(y: Array, v: Array) -> float:
    return _root(lambda between: _q(y, 1 / (v + between)) - (len(y) - 1))


# The score of the restricted likelihood falls through 0 where that is greatest.
def _reml(y: Array, v: Array) -> float:
    def score(between: float) -> float:
        weights = 1 / (v + between)
        return float((weights**2 * (y - _mean(y, weights)) ** 2).sum()) - _spare(weights)

    return _root(score)


def _root(falling: Callable[[float], float]) -> float:
    if falling(0.0) <= 0:
        return 0.0
    low, high = 0.0, 1.0
    while falling(high) > 0:
        low, high = high, high * 2
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return (low + high) / 2


# The typical variance within a study: Higgins and Thompson 2002, as metafor has it.
def _i_squared(v: Array, tau_squared: float) -> float:
    within = (len(v) - 1) / _spare(1 / v)
    return 100 * tau_squared / (tau_squared + within)


_BETWEEN: Mapping[str, Callable[[Array, Array], float]] = MappingProxyType(
    {DERSIMONIAN_LAIRD: _dersimonian_laird, REML: _reml, PAULE_MANDEL: _paule_mandel}
)
