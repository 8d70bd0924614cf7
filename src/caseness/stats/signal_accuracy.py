"""How often a signal is right, how many bad endings it finds, and how much reading it asks for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from caseness.stats.intervals import clopper_pearson, wilson

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Rate:
    """A value with its interval, one for each signal; NaN and the widest interval where it rests on nobody."""

    value: Array
    low: Array
    high: Array


@dataclass(frozen=True, eq=False)
class Accuracy:
    """All that a table of signals and outcomes says. Fractions, save `number_needed_to_review` (cases)."""

    sensitivity: Rate
    specificity: Rate
    positive_predictive_value: Rate
    negative_predictive_value: Rate
    number_needed_to_review: Rate
    alert_burden: Rate


@dataclass(frozen=True)
class Counts:
    """Cases by signal and outcome, and those left out because either is not known."""

    hits: int
    false_alarms: int
    missed: int
    rightly_silent: int
    unknown: int


def count(flagged: ArrayLike, outcome: ArrayLike) -> Counts:
    """Count cases by whether they were flagged and whether the outcome came.

    Parameters
    ----------
    flagged, outcome : arrays of 0, 1 or NaN (unknown), shape (n_cases,)
        One entry a case. Flags that come after the outcome is known have no business here.

    Returns
    -------
    Counts

    Examples
    --------
    >>> count([1, 1, 0, 0, 1], [1, 0, 1, 0, float("nan")])
    Counts(hits=1, false_alarms=1, missed=1, rightly_silent=1, unknown=1)
    """
    sign, bad = np.asarray(flagged, float), np.asarray(outcome, float)
    known = ~np.isnan(sign + bad)
    cells = np.bincount((2 * (sign[known] > 0) + (bad[known] > 0)).astype(int), minlength=4)
    return Counts(int(cells[3]), int(cells[2]), int(cells[1]), int(cells[0]), int((~known).sum()))


def accuracy(
    hits: ArrayLike,
    false_alarms: ArrayLike,
    missed: ArrayLike,
    rightly_silent: ArrayLike,
    coverage: float = 0.95,
    exact: bool = False,
) -> Accuracy:
    """The accuracy of a signal from its counts, with an interval for each figure.

    The number needed to review is how many flagged cases are read to find one that goes badly. The burden is
    the part of all cases that is flagged. Predictive values hold where the outcome is as common as it was
    here, and nowhere else.

    Parameters
    ----------
    hits, false_alarms, missed, rightly_silent : arrays of float, shapes that broadcast, 0 or more
        One entry a signal. NaN where unknown.
    coverage : float, in 0..1
        How often such an interval holds the true rate, about.
    exact : bool
        Clopper and Pearson's interval in place of Wilson's.

    Returns
    -------
    Accuracy
        Where a figure rests on nobody its value is NaN and its interval says nothing.

    Raises
    ------
    ValueError
        If a count is below 0, or `coverage` is not between 0 and 1.

    Source
    ------
    The fractions are those that epi.tests of the R package epiR names; the intervals are those of
    `caseness.stats.intervals`. The number needed to review is 1 / positive predictive value, and so is its
    interval. Reference values: tests/reference/signal_accuracy.csv, made by signal_accuracy_values.py.

    Examples
    --------
    >>> found = accuracy(hits=670, false_alarms=202, missed=74, rightly_silent=640, exact=True)
    >>> rate = found.sensitivity
    >>> rate.value.round(3).item(), rate.low.round(3).item(), rate.high.round(3).item()
    (0.901, 0.877, 0.921)
    >>> found.number_needed_to_review.value.round(2).item()
    1.3
    """
    hit, false, miss, silent = (np.asarray(one, float) for one in (hits, false_alarms, missed, rightly_silent))
    predictive = _rate(hit, false, coverage, exact)
    return Accuracy(
        sensitivity=_rate(hit, miss, coverage, exact),
        specificity=_rate(silent, false, coverage, exact),
        positive_predictive_value=predictive,
        negative_predictive_value=_rate(silent, miss, coverage, exact),
        number_needed_to_review=_inverse(predictive),
        alert_burden=_rate(hit + false, miss + silent, coverage, exact),
    )


def _rate(part: Array, rest: Array, coverage: float, exact: bool) -> Rate:
    low, high = (clopper_pearson if exact else wilson)(part, part + rest, coverage)
    with np.errstate(invalid="ignore", divide="ignore"):
        return Rate(np.asarray(part / (part + rest)), low, high)


def _inverse(rate: Rate) -> Rate:
    with np.errstate(divide="ignore"):
        return Rate(1 / rate.value, 1 / rate.high, 1 / rate.low)
