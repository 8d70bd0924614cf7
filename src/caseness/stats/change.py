"""Change that is more than error: six indices of reliable change, from one first and one last score."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isnan, nan

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

# 1.96 leaves 2.5 % on either side. Hageman and Arrindell ask one side only, at 5 %.
TWO_SIDED, ONE_SIDED = 1.96, 1.65


@dataclass(frozen=True)
class Sample:
    """What an index has to know of the people measured, in the unit of the scores; NaN where it is not known."""

    mean: float
    deviation: float
    reliability: float
    last_mean: float = nan
    last_deviation: float = nan
    last_reliability: float = nan
    correlation: float = nan

    def __post_init__(self) -> None:
        if not self.deviation > 0 or not 0 < self.reliability < 1:
            raise ValueError("A sample has a deviation above 0 and a reliability between 0 and 1.")

    @property
    def error(self) -> float:
        """Standard error of measurement of one score."""
        return self.deviation * (1 - self.reliability) ** 0.5


def describe(first: ArrayLike, last: ArrayLike, reliability: float, last_reliability: float = nan) -> Sample:
    """The means, deviations and correlation of those with both scores.

    Parameters
    ----------
    first, last : arrays of float, shape (n_people,)
        NaN where unknown. A person without both scores is left out.
    reliability, last_reliability : float between 0 and 1
        Of the scale, from its own source; they cannot be read from two scores.

    Returns
    -------
    Sample

    Raises
    ------
    ValueError
        If fewer than three people have both scores, or their first scores are all the same.

    Examples
    --------
    >>> describe([20, 14, 8, 11], [9, 12, 4, float("nan")], 0.84).mean
    14.0
    """
    before, after = np.asarray(first, float), np.asarray(last, float)
    both = ~np.isnan(before + after)
    x, y = before[both], after[both]
    if len(x) < 3:
        raise ValueError(f"A sample needs three people with both scores, and has {len(x)}.")
    spread, last_spread = float(x.std(ddof=1)), float(y.std(ddof=1))
    correlation = float(np.corrcoef(x, y)[0, 1]) if spread > 0 and last_spread > 0 else nan
    return Sample(float(x.mean()), spread, reliability, float(y.mean()), last_spread, last_reliability, correlation)


def smallest_reliable_change(deviation: float, reliability: float, critical: float = TWO_SIDED) -> float:
    """The change of a score at which the index of Jacobson and Truax reaches its critical value.

    Parameters
    ----------
    deviation : float, above 0
        Of the first scores.
    reliability : float between 0 and 1
    critical : float

    Returns
    -------
    float, in the unit of the scores

    Raises
    ------
    ValueError
        If the deviation or the reliability cannot be.

    Source
    ------
    Jacobson & Truax (1991), doi 10.1037/0022-006X.59.1.12.

    Examples
    --------
    >>> round(smallest_reliable_change(5.7, 0.89), 2), round(smallest_reliable_change(5.1, 0.92), 2)
    (5.24, 4.0)
    """
    return critical * 2**0.5 * Sample(0.0, deviation, reliability).error


def jacobson_truax(first: ArrayLike, last: ArrayLike, sample: Sample) -> Array:
    """The change over the standard error of a difference: it forgets that extreme scores drift back by themselves."""
    x, y = _scores(first, last)
    return (y - x) / (2**0.5 * sample.error)


def gulliksen_lord_novick(first: ArrayLike, last: ArrayLike, sample: Sample) -> Array:
    """The last score beside the one to be expected of somebody who has not changed, from the sample's mean."""
    x, y = _scores(first, last)
    return (y - sample.mean - sample.reliability * (x - sample.mean)) / _prediction(sample)


def hsu_linn_lord(first: ArrayLike, last: ArrayLike, sample: Sample) -> Array:
    """The last score beside what is usual of somebody who began there: change that everybody made is no change."""
    x, y = _scores(first, last)
    usual = _known(sample, "last_mean") + sample.reliability * (x - sample.mean)
    return (y - usual) / _prediction(sample)


def edwards_nunnally(first: ArrayLike, last: ArrayLike, sample: Sample) -> Array:
    """The last score against the band of error around the first true score, as Speer (1992) wrote it."""
    x, y = _scores(first, last)
    return (y - _true_first(x, sample)) / sample.error


def nunnally_kotsch(first: ArrayLike, last: ArrayLike, sample: Sample) -> Array:
    """As Edwards and Nunnally, with the error of both scores and a reliability for each."""
    x, y = _scores(first, last)
    r, last_r, s = sample.reliability, _known(sample, "last_reliability"), sample.deviation
    return (y - _true_first(x, sample)) / (s * (r * r * (1 - r) + 1 - last_r) ** 0.5)


def hageman_arrindell(first: ArrayLike, last: ArrayLike, sample: Sample) -> Array:
    """The true change to be expected, over its own error: NaN where change in the sample is no more than error."""
    x, y = _scores(first, last)
    r = reliability_of_change(sample)
    if r <= 0:
        return np.full(np.broadcast(x, y).shape, nan)
    mean_change = _known(sample, "last_mean") - sample.mean
    return ((y - x) * r + mean_change * (1 - r)) / ((2 * r) ** 0.5 * sample.error)


def reliability_of_change(sample: Sample) -> float:
    """The part of the variance of change that is not error of measurement; 0 or less if there is none.

    Examples
    --------
    >>> round(reliability_of_change(Sample(14, 6, 0.84, 9, 6, correlation=0.5)), 2)
    0.68
    """
    s, last = sample.deviation, _known(sample, "last_deviation")
    variance = s * s + last * last - 2 * s * last * _known(sample, "correlation")
    return 1 - 2 * sample.error**2 / variance


INDICES: dict[str, Callable[[ArrayLike, ArrayLike, Sample], Array]] = {
    "Jacobson-Truax": jacobson_truax,
    "Gulliksen-Lord-Novick": gulliksen_lord_novick,
    "Hsu-Linn-Lord": hsu_linn_lord,
    "Edwards-Nunnally": edwards_nunnally,
    "Nunnally-Kotsch": nunnally_kotsch,
    "Hageman-Arrindell": hageman_arrindell,
}
CRITICAL = dict.fromkeys(INDICES, TWO_SIDED) | {"Hageman-Arrindell": ONE_SIDED}


def reliable_change_index(index: str, first: ArrayLike, last: ArrayLike, sample: Sample) -> Array:
    """One of the indices, by its name. It is below 0 where the score fell more than the index expects.

    Parameters
    ----------
    index : one of INDICES
    first, last : arrays of float, shapes that broadcast
        NaN where unknown.
    sample : Sample
        What is known of the people; each index says by an error what more it needs.

    Returns
    -------
    array of float, the shape of both together
        Its critical value is `CRITICAL[index]`. NaN where a score is unknown.

    Raises
    ------
    ValueError
        If there is no such index, or the sample lacks what it needs.

    Source
    ------
    Jacobson & Truax (1991), doi 10.1037/0022-006X.59.1.12; Speer (1992), doi 10.1037/0022-006X.60.3.402;
    Hageman & Arrindell (1999), doi 10.1016/S0005-7967(99)00032-7; all six as Claus and others collect them,
    doi 10.18637/jss.v111.i01. Reference values: tests/reference/change.csv, made by change_values.py.

    Examples
    --------
    >>> phq9 = Sample(mean=14, deviation=5.7, reliability=0.89)
    >>> reliable_change_index("Jacobson-Truax", [20, 20], [15, 14], phq9).round(2).tolist()
    [-1.87, -2.24]
    >>> reliable_change_index("Gulliksen-Lord-Novick", [20, 20], [15, 14], phq9).round(2).tolist()
    [-1.67, -2.05]
    """
    if index not in INDICES:
        raise ValueError(f"The index is one of {', '.join(INDICES)}, not {index!r}.")
    return INDICES[index](first, last, sample)


def _scores(first: ArrayLike, last: ArrayLike) -> tuple[Array, Array]:
    return np.asarray(first, float), np.asarray(last, float)


def _known(sample: Sample, name: str) -> float:
    value = getattr(sample, name)
    if isnan(value):
        raise ValueError(f"This index needs the {name.replace('_', ' ')} of the sample.")
    return value


# What a second score scatters about the first, regressed to the mean.
def _prediction(sample: Sample) -> float:
    return sample.deviation * (1 - sample.reliability**2) ** 0.5


def _true_first(first: Array, sample: Sample) -> Array:
    return sample.mean + sample.reliability * (first - sample.mean)
