"""Every published percentage, recomputed from its counts, and the same counts over every defensible denominator."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from caseness.audit.cube import Cube
from caseness.audit.denominators import Grid, Headline, explain_headline, lay_out_grid
from caseness.audit.quantity import Quantity, quantity_of
from caseness.audit.record import Record
from caseness.audit.rounding import printed_decimals, rounded_share
from caseness.audit.terms import Formula, add_up, formulas, rate, share_quantity
from caseness.periods import Period
from caseness.results import ANNUAL, MONTHLY, SUMMED
from caseness.stats.bounds import Bounded, overlap

_BASES = (ANNUAL, SUMMED, MONTHLY)

# Printed numbers are decimals and shares are binary: an end that meets another is not missed by the last bit.
_LAST_BIT = 1e-9

REPRODUCED = "The counts give the printed figure."
LEAVES_ROOM = "The counts are rounded: they leave room for the printed figure, and for others."
IMPOSSIBLE = "No counts within the published ones give the printed figure."
NOT_PRINTED = "Not printed on this basis."
STARRED = "The percentage is suppressed."
NO_COUNTS = "The counts it is made of were not published on this basis."


@dataclass(frozen=True)
class Recomputed:
    """One printed percentage, and the same worked out from its counts.

    `recomputed` is not rounded; `shown` is its value rounded, half away from zero, to the
    decimals in which such a figure is printed, and None where the counts are not exact.
    `agrees` is None where the figure was not printed, its counts were not published on
    this basis, or their rounding leaves it open; `why` then says which.
    """

    formula: Formula
    period: Period
    basis: str
    numerator: Quantity
    denominator: Quantity
    printed: Quantity
    recomputed: Quantity
    shown: float | None
    agrees: bool | None
    why: str

    @property
    def label(self) -> str:
        """What the percentage says, in words."""
        return self.formula.label


@dataclass(frozen=True)
class Reproduction:
    """How many printed values of one percentage follow from their counts, over all periods and organisations.

    `printed` = `reproduced` + `cannot_be_told` + `impossible`. Cannot be told: the
    percentage is starred, a count it needs was not published, or the rounding of the
    counts leaves room for the printed figure and for others.
    """

    figure_id: str
    label: str
    formula: str
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


def recompute(record: Record, period: Period, organisation: str) -> Rates:
    """Recompute every rate of one organisation, and count how many rates of all organisations follow from their counts.

    Parameters
    ----------
    record : Record
    period : Period
        A month or a financial year: the period of `recomputed`, the grids and the headline.
    organisation : str

    Returns
    -------
    Rates
        Percentages. England's are printed to one decimal from exact counts, so they can be
        reproduced to the digit; others are whole percentages from rounded counts.

    Examples
    --------
    >>> from caseness.audit.record import gather
    >>> from caseness.periods import financial_year
    >>> from caseness.published import Embedded
    >>> rates = recompute(gather(Embedded()), financial_year(2021), "ENGLAND")
    >>> [(one.printed.value, one.shown, one.agrees) for one in rates.recomputed if one.formula.figure_id == "M192"]
    [(50.2, 50.2, True), (None, 50.1, None)]
    """
    history = tuple(
        each
        for basis in _BASES
        for formula in formulas()
        for each in _follow(record.cube(basis), formula, organisation)
    )
    grids = (lay_out_grid(cube, period, organisation) for cube in record.cubes_of(period))
    return Rates(
        organisation,
        period,
        tuple(each for each in history if each.period == period),
        history,
        tuple(grid for grid in grids if grid is not None),
        explain_headline(record, period, organisation),
        count_reproduced(record),
    )


def count_reproduced(record: Record) -> tuple[Reproduction, ...]:
    """How many printed percentages follow from their counts, one line for each percentage and basis that prints it."""
    lines = (_count(record.cube(basis), formula) for basis in _BASES for formula in formulas())
    return tuple(line for line in lines if line.printed)


def agreement(printed: Bounded, recomputed: Bounded) -> NDArray[np.int8]:
    """Whether printed figures follow from their counts: 1 they do, 0 it cannot be told, -1 they cannot.

    Parameters
    ----------
    printed, recomputed : Bounded, one shape
        In the same unit. The ends of a printed figure are those of its rounding.
    """
    is_open = np.isnan(printed.value) | ~recomputed.is_known
    lies_within = (recomputed.low >= printed.low - _LAST_BIT) & (recomputed.high <= printed.high + _LAST_BIT)
    can_meet = overlap(printed, recomputed, _LAST_BIT)
    return np.select([is_open, lies_within, can_meet], [0, 1, 0], -1).astype(np.int8)


def _count(cube: Cube, formula: Formula) -> Reproduction:
    printed = cube.plane(formula.figure_id)
    found = agreement(printed, rate(cube, formula))[printed.is_known]
    yes, open_, no = (int((found == answer).sum()) for answer in (1, 0, -1))
    return Reproduction(formula.figure_id, formula.label, formula.text, cube.basis, len(found), yes, open_, no)


def _follow(cube: Cube, formula: Formula, organisation: str) -> tuple[Recomputed, ...]:
    """One percentage of one organisation through all the periods of a basis in which anything is known of it."""
    if organisation not in cube.organisations:
        return ()
    at = (slice(None), cube.organisations.index(organisation))
    printed = cube.plane(formula.figure_id)[at]
    part, whole = (add_up(cube, side)[at] for side in (formula.numerator, formula.denominator))
    known = np.flatnonzero(printed.is_known | (part.is_known & whole.is_known))
    decimals = printed_decimals(organisation)
    return tuple(
        _compare(formula, cube.periods[i], cube.basis, (part[[i]], whole[[i]], printed[[i]]), decimals) for i in known
    )


def _compare(
    formula: Formula, period: Period, basis: str, cells: tuple[Bounded, Bounded, Bounded], decimals: int
) -> Recomputed:
    part, whole, printed = cells
    recomputed = share_quantity(part, whole)
    shown = rounded_share(part, whole, decimals)
    answer = _judge(quantity_of(printed, "percentage"), recomputed, shown)
    return Recomputed(
        formula,
        period,
        basis,
        quantity_of(part),
        quantity_of(whole),
        quantity_of(printed, "percentage"),
        recomputed,
        shown,
        *answer,
    )


def _judge(printed: Quantity, recomputed: Quantity, shown: float | None) -> tuple[bool | None, str]:
    if not printed.is_known:
        return None, NOT_PRINTED
    if printed.value is None:
        return None, STARRED
    if recomputed.low is None or recomputed.high is None:
        return None, NO_COUNTS
    if shown is not None:
        return (True, REPRODUCED) if shown == printed.value else (False, IMPOSSIBLE)
    answer = int(agreement(*(_bounded(each) for each in (printed, recomputed))).item())
    return {1: (True, REPRODUCED), 0: (None, LEAVES_ROOM), -1: (False, IMPOSSIBLE)}[answer]


def _bounded(quantity: Quantity) -> Bounded:
    return Bounded.of(*([np.nan if end is None else end] for end in (quantity.low, quantity.high, quantity.value)))
