"""Rules that look at one figure at a time: small counts suppressed, the others rounded.

What adds up is not looked at. Where counts that were let out add up to others, a reader can find out more about a suppressed
count than its interval says. Such rules are kept because readers know them and compare by them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caseness.disclosure.figures import is_any, numbers, with_released
from caseness.disclosure.linkage import Linkage
from caseness.disclosure.rounding import pick, round_counts, round_half_up, suppress
from caseness.measures.algebra import COUNT, DEVIATION, EFFECT_SIZE, MAXIMUM, MEAN, MINIMUM, PERCENTAGE
from caseness.results import Results
from caseness.stats.bounds import Array, Bounded, exact, share

_ENGLAND = "england"
# Source: NHS England's publication rules, section 3.3 of the specification.
_DECIMALS_OF_ENGLAND = 1
_DECIMALS_OF_MEANS = 1


@dataclass(frozen=True)
class CellByCell:
    """Each figure by itself.

    Counts below `threshold` are suppressed, and the others rounded to the nearest multiple of `base`. A percentage, a mean
    or a median is suppressed where a count that it rests on is below the threshold. Percentages have `decimals` decimals,
    and means, deviations and effect sizes one. `is_england_exact` leaves England's counts exact, and gives its percentages one decimal.
    """

    threshold: int
    base: int
    decimals: int = 0
    percentages_from_rounded: bool = False
    is_england_exact: bool = False
    shows_extremes: bool = True
    needs_all: bool = False

    def protect(self, results: Results, linkage: Linkage | None) -> Results:
        """Round and suppress each figure."""
        is_spared = self.is_england_exact & is_any(results, "level", _ENGLAND)
        is_count, is_share = (is_any(results, "statistic", one) for one in (COUNT, PERCENTAGE))
        value, above, below = (numbers(results, name) for name in ("value", "numerator", "denominator"))
        part, whole = (self._count(count, is_spared) for count in (np.where(is_count, value, above), below))
        is_hidden = ~is_spared & np.where(is_count, np.isnan(part.value), self._rests_on_few(results, above, below))
        shares = suppress(self._shares(value, part, whole, is_spared), is_hidden, 0.0, 100.0)
        others = suppress(_others(results, value), is_hidden)
        shown = pick(is_count, part, pick(is_share, shares, others))
        # NHS England prints no counts beside a percentage. What is worked out of rounded counts has them beside it.
        is_said = is_spared | (self.percentages_from_rounded & is_share & ~is_hidden)
        counts = {
            "numerator": np.where(is_spared & ~is_count, above, np.where(is_count | is_said, part.value, np.nan)),
            "denominator": np.where(is_said, whole.value, np.nan),
        }
        return with_released(results, shown, counts, is_hidden)

    def _count(self, counts: Array, is_spared: np.ndarray) -> Bounded:
        return pick(is_spared, exact(counts), round_counts(counts, self.threshold, self.base))

    def _shares(self, value: Array, part: Bounded, whole: Bounded, is_spared: np.ndarray) -> Bounded:
        of_all = round_half_up(value, self.decimals)
        of_others = _share_of_rounded(part, whole, self.decimals) if self.percentages_from_rounded else of_all
        return _within(pick(is_spared, round_half_up(value, _DECIMALS_OF_ENGLAND), of_others), value)

    def _rests_on_few(self, results: Results, above: Array, below: Array) -> np.ndarray:
        is_few = ~(below >= self.threshold)
        is_few |= is_any(results, "statistic", PERCENTAGE) & ~(above >= self.threshold)
        return is_few | (is_any(results, "statistic", MAXIMUM, MINIMUM) & (not self.shows_extremes))


def _others(results: Results, value: Array) -> Bounded:
    to_one = is_any(results, "statistic", MEAN, DEVIATION, EFFECT_SIZE)
    return pick(to_one, round_half_up(value, _DECIMALS_OF_MEANS), exact(value))


def _share_of_rounded(part: Bounded, whole: Bounded, decimals: int) -> Bounded:
    found = share(part, whole, part_of_whole=False)
    value = round_half_up(found.value, decimals).value
    return Bounded(np.minimum(found.low, value), np.maximum(found.high, value), value)


# No share of a part in its whole lies below 0 or above 100, and rounding adds nothing to that.
def _within(shares: Bounded, truth: Array) -> Bounded:
    top = np.where(truth > 100, np.inf, 100.0)
    return Bounded(np.maximum(shares.low, 0.0), np.minimum(shares.high, top), np.minimum(shares.value, top))
