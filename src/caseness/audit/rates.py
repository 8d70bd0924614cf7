"""Every published percentage, recomputed from its counts, and the same counts over every defensible denominator."""

from __future__ import annotations

from dataclasses import dataclass

from caseness.audit.quantity import Quantity
from caseness.periods import Period


@dataclass(frozen=True)
class Formula:
    """How one published percentage is made: signed figure ids, added, over signed figure ids, added.

    `numerator` and `denominator` are pairs of (+1 or -1, figure id).
    """

    figure_id: str
    numerator: tuple[tuple[int, str], ...]
    denominator: tuple[tuple[int, str], ...]

    @property
    def text(self) -> str:
        """The formula as people write it: M191 / (M076 - M179)."""
        return f"{_written(self.numerator)} / {_written(self.denominator)}"


@dataclass(frozen=True)
class Recomputed:
    """One printed percentage, and the same worked out from its counts.

    `recomputed` is not rounded; `shown` is its value rounded, half away from zero, to the
    decimals in which it was printed, and None where the counts are not exact. `agrees` is
    None where the counts were not published on this basis or are too wide to tell; `why`
    then says which.
    """

    formula: Formula
    label: str
    period: Period
    basis: str
    printed: Quantity
    recomputed: Quantity
    shown: float | None
    agrees: bool | None
    why: str


@dataclass(frozen=True)
class Share:
    """One numerator over one denominator, as a percentage.

    Both are names of counts (`audit.counts.COUNTS`). `is_official` marks the pair that
    NHS England prints, `is_another_cohort` a denominator of other people (received or
    accessing in the period, not ended in it). `why_blank` says why there is no share.
    """

    numerator: str
    denominator: str
    share: Quantity
    is_official: bool
    is_another_cohort: bool
    why_blank: str


@dataclass(frozen=True)
class Grid:
    """Numerators over denominators on one basis: `cells` row by row, numerators down, denominators across."""

    basis: str
    numerators: tuple[str, ...]
    denominators: tuple[str, ...]
    cells: tuple[Share, ...]

    def cell(self, numerator: str, denominator: str) -> Share:
        """The share of one pair."""
        return next(one for one in self.cells if (one.numerator, one.denominator) == (numerator, denominator))


@dataclass(frozen=True)
class HeadlinePair:
    """One pair that could be meant by "the recovery rate", and the figure that it prints to one decimal."""

    basis: str
    numerator: str
    denominator: str
    share: Quantity
    shown: float | None
    is_official: bool


@dataclass(frozen=True)
class Headline:
    """Why more than one recovery rate is in print for one period: which pair prints which figure."""

    printed: Quantity
    pairs: tuple[HeadlinePair, ...]
    explanation: str


@dataclass(frozen=True)
class Reproduction:
    """How many printed values of one percentage follow from their counts, over all periods and organisations.

    `printed` = `reproduced` + `cannot_be_told` + `impossible`. Cannot be told: a count it
    needs was not published, or the intervals are so wide that any percentage would fit.
    """

    figure_id: str
    basis: str
    printed: int
    reproduced: int
    cannot_be_told: int
    impossible: int


@dataclass(frozen=True)
class Rates:
    """The rates of one organisation and period, and how well all printed rates follow from their counts.

    `recomputed` holds the period, `history` every month and year of the organisation, in
    order of basis, figure and period.
    """

    organisation: str
    period: Period
    recomputed: tuple[Recomputed, ...]
    history: tuple[Recomputed, ...]
    grids: tuple[Grid, ...]
    headline: Headline
    reproduction: tuple[Reproduction, ...]


def _written(terms: tuple[tuple[int, str], ...]) -> str:
    signs = {1: "+", -1: "-"}
    text = " ".join(f"{signs[sign]} {figure_id}" for sign, figure_id in terms).removeprefix("+ ")
    return text if len(terms) == 1 else f"({text})"
