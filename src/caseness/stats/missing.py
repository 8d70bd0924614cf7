"""Bounds on a share when the outcome of some is not known, and nothing is assumed of them.

Nobody's outcome is filled in. The lower end is what holds if none of the unknown had the outcome,
the upper end if all of them did, and the width is what the record does not say.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from caseness.stats.bounds import Bounded, share

Array = NDArray[np.float64]


def manski_bounds(rate: ArrayLike, missing: ArrayLike) -> tuple[Array, Array]:
    """Bounds on a share of everyone, from the share among those whose outcome is known.

    Parameters
    ----------
    rate : array of float, in 0..1
        The share with the outcome, of those whose outcome is known.
    missing : array of float, in 0..1, of a shape that broadcasts with `rate`
        The share of everyone whose outcome is not known.

    Returns
    -------
    low, high : arrays of float in 0..1
        `(1 - missing) * rate` and `(1 - missing) * rate + missing`. They are `missing` apart
        whatever the rate, and every number between them can be the truth.

    Raises
    ------
    ValueError
        If either lies outside 0..1.

    Source
    ------
    Manski (1989), "Anatomy of the Selection Problem", Journal of Human Resources; the formula as in
    the specification (B10). Reference values: tests/reference/missing.csv, made by missing.R,
    which fills in every unknown outcome both ways and keeps the extremes.

    Examples
    --------
    >>> [float(end.round(3)) for end in manski_bounds(rate=0.5, missing=0.2)]
    [0.4, 0.6]
    """
    known, unknown = np.asarray(rate, float), np.asarray(missing, float)
    for name, fraction in (("rate", known), ("missing", unknown)):
        if not np.all((fraction >= 0) & (fraction <= 1)):
            raise ValueError(f"{name} must lie in 0..1")
    low = (1 - unknown) * known
    return low, low + unknown


@dataclass(frozen=True, eq=False)
class Completed:
    """Shares of everyone, in per cent: had none of the unknown had the outcome (`none`), and had all (`all`).

    Each is bounded itself where the counts are rounded or suppressed.
    """

    none: Bounded
    all: Bounded


def complete(having: Bounded, lacking: Bounded, everyone: Bounded) -> Completed:
    """A share of everyone if none, and if all, of those of unknown outcome had it.

    Parameters
    ----------
    having, lacking : Bounded, one shape
        Counts of those who are known to have the outcome, and known not to have it. All others
        among `everyone` are unknown.
    everyone : Bounded, the same shape
        The count of which a share is wanted.

    Returns
    -------
    Completed
        Percentages. The worst and the best case are the outer ends: `none.low` and `all.high`
        where the outcome is good. Counts known only within bounds are taken at their worst.

    Source
    ------
    Manski (1989), "Anatomy of the Selection Problem", in counts: `having / everyone` and
    `1 - lacking / everyone`.
    Reference values: tests/reference/missing.csv, made by missing.R.

    Examples
    --------
    >>> from caseness.stats.bounds import exact
    >>> completed = complete(having=exact(40.0), lacking=exact(40.0), everyone=exact(100.0))
    >>> float(completed.none.value[0]), float(completed.all.value[0])
    (40.0, 60.0)
    """
    hundred = Bounded.of(np.full(everyone.low.shape, 100.0), np.full(everyone.low.shape, 100.0), 100.0)
    return Completed(share(having, everyone), hundred - share(lacking, everyone))
