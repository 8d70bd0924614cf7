"""The mean of several means, each of so many people."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from caseness.stats.bounds import Bounded

Array = NDArray[np.float64]


def weighted_mean(means: Bounded, weights: Bounded) -> Bounded:
    """Pool means of groups whose sizes are known.

    Where a size is known only within bounds, the ends are the lowest and the highest
    that any sizes within them could give, so the true mean always lies between.

    Parameters
    ----------
    means : Bounded, shape (n_groups,)
        In any one unit.
    weights : Bounded, shape (n_groups,)
        Sizes of the groups, 0 or more.

    Returns
    -------
    Bounded, shape ()
        In the unit of the means. Unknown where the groups may all be empty, or where one
        that may have members has no known mean.

    Examples
    --------
    >>> from caseness.stats.bounds import exact
    >>> weighted_mean(exact([10.0, 20.0]), exact([3.0, 1.0])).value
    array(12.5)
    """
    counted = weights.high > 0
    means, weights = means[counted], weights[counted]
    if not counted.any() or np.isnan(means.low).any() or weights.low.sum() == 0:
        return Bounded.of(np.nan, np.nan)
    low = _lowest(means.low, weights)
    high = -_lowest(-means.high, weights)
    return Bounded.of(low, high, np.average(means.value, weights=weights.value) if weights.value.sum() else np.nan)


# The lowest mean gives the groups with the lowest means all the members that they can have, and
# the others as few: where to draw the line is tried at every place.
def _lowest(means: Array, weights: Bounded) -> float:
    order = np.argsort(means, kind="stable")
    means, fewest, most = means[order], weights.low[order], weights.high[order]
    lines = np.tril(np.ones((len(means) + 1, len(means)), bool), -1)
    sizes = np.where(lines, most, fewest)
    totals = sizes.sum(axis=1)
    filled = totals > 0
    return float(((sizes @ means)[filled] / totals[filled]).min())
