"""Where the clinical range ends: the cut-offs a, b and c, on scores and on true scores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from caseness.stats.change import Sample

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Population:
    """Mean and standard deviation of the scores of a population, in their unit."""

    mean: float
    deviation: float

    def __post_init__(self) -> None:
        if not self.deviation > 0:
            raise ValueError("A population has a deviation above 0.")


@dataclass(frozen=True)
class CutOffs:
    """Outside the clinical range (a), inside the functional one (b), and nearer to the functional one (c)."""

    a: float
    b: float
    c: float


def cut_offs(clinical: Population, functional: Population) -> CutOffs:
    """The three cut-offs of Jacobson and Truax. Which way is better follows from the means.

    a lies two clinical deviations from the clinical mean, b two *functional* deviations from the
    functional mean, and c where both populations are equally many deviations away.

    Parameters
    ----------
    clinical, functional : Population

    Returns
    -------
    CutOffs, in the unit of the scores

    Raises
    ------
    ValueError
        If both means are the same: then nothing says which way is better.

    Source
    ------
    Jacobson & Truax (1991), doi 10.1037/0022-006X.59.1.12. The package clinicalsignificance (2.1.0) takes
    the clinical deviation for b, which is not what they say; the two agree where the deviations do.

    Examples
    --------
    >>> cut_offs(Population(40, 7.5), Population(60, 7.5))
    CutOffs(a=55.0, b=45.0, c=50.0)
    >>> cut_offs(Population(14, 6), Population(4, 3))
    CutOffs(a=2, b=10, c=7.333333333333333)
    """
    if clinical.mean == functional.mean:
        raise ValueError("Both populations have the same mean, so neither way is better.")
    better = 1 if functional.mean > clinical.mean else -1
    s, s0 = clinical.deviation, functional.deviation
    return CutOffs(
        a=outside_clinical(clinical, lower_is_better=better < 0),
        b=functional.mean - better * 2 * s0,
        c=(s * functional.mean + s0 * clinical.mean) / (s + s0),
    )


def outside_clinical(clinical: Population, lower_is_better: bool = True) -> float:
    """Cut-off a, for which nothing has to be known of a functional population.

    Examples
    --------
    >>> outside_clinical(Population(40, 7.5), lower_is_better=False)
    55.0
    """
    return clinical.mean + (-2 if lower_is_better else 2) * clinical.deviation


def joined(one: Population, other: Population, share: float) -> Population:
    """The population that two make together, where the first is a share of it.

    Parameters
    ----------
    one, other : Population
    share : float, in 0..1
        Of `one`.

    Returns
    -------
    Population

    Raises
    ------
    ValueError
        If the share is not in 0..1.

    Source
    ------
    The variance within the two and between them; worked out twice in tests/unit/stats/test_cut_offs.py.

    Examples
    --------
    >>> joined(Population(3, 2), Population(7, 2), 0.5).mean
    5.0
    """
    if not 0 <= share <= 1:
        raise ValueError(f"A share lies in 0..1, not {share}.")
    mean = share * one.mean + (1 - share) * other.mean
    within = share * one.deviation**2 + (1 - share) * other.deviation**2
    between = share * (1 - share) * (one.mean - other.mean) ** 2
    return Population(mean, (within + between) ** 0.5)


def of_true_scores(population: Population, error: float) -> Population:
    """The population of true scores behind one of scores, for the cut-offs of Hageman and Arrindell.

    Parameters
    ----------
    population : Population
    error : float, 0 or more
        Standard error of measurement, the same in every population.

    Returns
    -------
    Population with the same mean and the deviation of true scores

    Raises
    ------
    ValueError
        If the population scatters no more than its error: then its true scores do not differ.

    Source
    ------
    Hageman & Arrindell (1999), doi 10.1016/S0005-7967(99)00032-7, as in the source of clinicalsignificance.

    Examples
    --------
    >>> of_true_scores(Population(14, 5), 3)
    Population(mean=14, deviation=4.0)
    """
    return Population(population.mean, max(population.deviation**2 - error**2, 0.0) ** 0.5)


def is_functional(scores: ArrayLike, cut_off: float, lower_is_better: bool = True) -> Bools:
    """Whether scores lie on the functional side. A score on the cut-off is still clinical; so is one not known.

    Examples
    --------
    >>> is_functional([9, 10, float("nan")], 10).tolist()
    [True, False, False]
    """
    x = np.asarray(scores, float)
    return x < cut_off if lower_is_better else x > cut_off


def distance_beyond(last: ArrayLike, cut_off: float, sample: Sample) -> Array:
    """How many standard errors a true last score lies above a cut-off of true scores; below 0 if it lies under it.

    Hageman and Arrindell call somebody functional where it passes 1.65 on the functional side.

    Parameters
    ----------
    last : array of float, any shape
    cut_off : float
        Of true scores: `cut_offs` of populations that went through `of_true_scores`.
    sample : Sample
        With `last_mean` and `last_deviation`.

    Returns
    -------
    array of float, the shape of `last`
        NaN where the score is unknown.

    Raises
    ------
    ValueError
        If last scores scatter no more than their error, or their mean or deviation is not known.

    Source
    ------
    Hageman & Arrindell (1999), CS(indiv), doi 10.1016/S0005-7967(99)00032-7, as in the source of
    clinicalsignificance. Reference values: tests/reference/change.csv, made by change_values.py.

    Examples
    --------
    >>> distance_beyond([9, 4], 8, Sample(14, 6, 0.84, last_mean=9, last_deviation=5)).round(2).tolist()
    [0.47, -1.35]
    """
    reliability = 1 - sample.error**2 / sample.last_deviation**2
    if not reliability > 0 or np.isnan(sample.last_mean):
        raise ValueError("Last scores need a mean, and a deviation above their error of measurement.")
    true = sample.last_mean + (np.asarray(last, float) - sample.last_mean) * reliability
    return (true - cut_off) / (reliability**0.5 * sample.error)
