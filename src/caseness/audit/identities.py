"""Do the published figures agree with each other? Sums that must hold, and parts that must fit in their wholes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from caseness.audit.cube import Cube
from caseness.audit.identity_table import (
    BETWEEN_BASES,
    BETWEEN_BASES_PERCENT,
    BETWEEN_BASES_SOURCE,
    CATALOGUE,
    EXACT,
    IDENTITIES,
    NEAR,
    ORDER,
    PLAUSIBLE,
    ROUNDING,
    Identity,
)
from caseness.audit.quantity import Quantity, quantity_of
from caseness.audit.rates import agreement
from caseness.audit.record import Record
from caseness.audit.terms import Formula, add_up, formulas, pick, rate, read_terms
from caseness.periods import Period
from caseness.published.names import all_figures
from caseness.results import ANNUAL, ENGLAND, MONTHLY, SUMMED
from caseness.stats.bounds import Bounded, share

MOST_LISTED = 20
PRINTED = "The figure printed follows from its counts"
SIGNS = MappingProxyType({EXACT: "=", ROUNDING: "=", NEAR: "≈", PLAUSIBLE: "/", ORDER: "≤"})
NOT_HERE = "A figure it needs is not there, so it was not checked."

# Printed numbers are decimals and shares are binary: an end that meets another is not missed by the last bit.
_LAST_BIT = 1e-9


@dataclass(frozen=True)
class Departure:
    """A period and organisation where an identity does not hold.

    `gap` is how far the two sides are at the least from what is allowed, in the unit of
    the identity: a count, or percentage points.
    """

    basis: str
    period: Period
    organisation: str
    left: Quantity
    right: Quantity
    gap: float


@dataclass(frozen=True)
class IdentityCheck:
    """One identity over one basis of a release.

    `kind` is exact, rounding (a percentage within its printed decimal), near (a difference
    in a known range), plausible (a usual ratio), or order (a part that should not exceed
    its whole). `statement` says it in words, `formula` in figure ids. `low` and `high` are
    the ends of what is allowed: left less right, for "order" right less left, for
    "plausible" left as a percentage of right; None for no upper end.

    `checked` = `hold` + `cannot_be_told` + `depart`. Rounded and suppressed counts often
    leave room for an identity without proving it: that cannot be told. A departure is
    certain: no counts within the published ones would satisfy it. `departures` holds the
    first twenty, worst first; `by_period` counts all of them.
    """

    id: str
    kind: str
    statement: str
    formula: str
    basis: str
    low: float
    high: float | None
    source: str
    checked: int
    hold: int
    cannot_be_told: int
    depart: int
    departures: tuple[Departure, ...]
    by_period: tuple[tuple[Period, int], ...]
    remark: str


def check(record: Record) -> tuple[IdentityCheck, ...]:
    """Check every declared identity over every period and organisation of a record.

    Examples
    --------
    >>> from caseness.audit.record import gather
    >>> from caseness.published import Embedded
    >>> found = {each.id: each for each in check(gather(Embedded()))}
    >>> found["end_codes"].checked, found["end_codes"].hold
    (63, 63)
    """
    # What is usual in England is no rule for the record of some services, or for one that begins with a month.
    held = [one for one in IDENTITIES if not (record.is_computed and one.kind == PLAUSIBLE)]
    declared = (_check_declared(record.cube(identity.basis), identity) for identity in held)
    printed = (_check_printed(record.cube(basis), formula) for basis in (ANNUAL, MONTHLY) for formula in formulas())
    between = (_check_between_bases(record, figure_id) for figure_id in BETWEEN_BASES)
    return (*declared, *(each for each in printed if each.checked), _check_mean(record.cube(MONTHLY)), *between)


def _check_declared(cube: Cube, identity: Identity) -> IdentityCheck:
    left, right = (add_up(cube, read_terms(side)) for side in (identity.left, identity.right))
    identity = replace(identity, basis=cube.basis)
    return _compare(cube, identity, _only_england(cube, left) if identity.kind == PLAUSIBLE else left, right)


# What is usual was seen in England, and says nothing about a single provider.
def _only_england(cube: Cube, bounded: Bounded) -> Bounded:
    is_england = np.array([code == ENGLAND for code in cube.organisations], bool)
    return Bounded(*(np.where(is_england, end, np.nan) for end in (bounded.low, bounded.high, bounded.value)))


# A percentage of which the whole is 0 is no percentage, so there is nothing to check.
def _check_printed(cube: Cube, formula: Formula) -> IdentityCheck:
    says = f"{formula.label[:1].lower()}{formula.label[1:]}"
    name = f"{formula.figure_id} ({cube.basis})"
    identity = Identity(
        name, ROUNDING, f"{PRINTED}: {says}", formula.figure_id, formula.text, 0, 0, CATALOGUE, cube.basis
    )
    return _compare(cube, identity, cube.plane(formula.figure_id), rate(cube, formula))


def _check_mean(cube: Cube) -> IdentityCheck:
    says = "mean appointments of those who finished a course"
    identity = Identity("M141", ROUNDING, f"{PRINTED}: {says}", "M141", "M089 / M076", 0, 0, CATALOGUE, cube.basis)
    percent = share(cube.plane("M089"), cube.plane("M076"), part_of_whole=False)
    ratio = Bounded(percent.low / 100, percent.high / 100, percent.value / 100)
    return _compare(cube, identity, cube.plane("M141"), ratio)


# Only England's, whose counts are exact on both bases: a provider may close, merge or change its
# code between the monthly files and the annual report.
def _check_between_bases(record: Record, figure_id: str) -> IdentityCheck:
    cubes = (record.cube(SUMMED), record.cube(ANNUAL))
    summed, annual = (_of_england(cube, cubes[1].periods, figure_id) for cube in cubes)
    identity = Identity(
        f"{figure_id} between bases",
        PLAUSIBLE,
        f"{_SAYS_BETWEEN[record.is_computed]}: {all_figures()[figure_id].name.replace('_', ' ')}",
        f"{figure_id} ({cubes[0].basis})",
        f"{figure_id} ({cubes[1].basis})",
        100 - BETWEEN_BASES_PERCENT,
        100 + BETWEEN_BASES_PERCENT,
        BETWEEN_BASES_SOURCE,
        f"{cubes[0].basis}, {cubes[1].basis}",
    )
    cube = Cube(identity.basis, cubes[1].periods, (ENGLAND,), {})
    return _compare(cube, identity, summed, annual)


_SAYS_BETWEEN = {
    False: "England's monthly files add up to about the annual report",
    True: "The months add up to about the year",
}


def _of_england(cube: Cube, periods: tuple[Period, ...], figure_id: str) -> Bounded:
    plane = cube.plane(figure_id)
    cells = [pick(plane, cube, period, ENGLAND) for period in periods]
    return Bounded(
        *(np.array([getattr(cell, end) for cell in cells]).reshape(-1, 1) for end in ("low", "high", "value"))
    )


def _compare(cube: Cube, identity: Identity, left: Bounded, right: Bounded) -> IdentityCheck:
    is_checked = left.is_known & right.is_known
    held, gap = _judge(identity, left, right)
    departs = is_checked & (gap > _LAST_BIT)
    holds = is_checked & held & ~departs
    found = tuple(_departure(cube, at, left, right, gap) for at in _worst(departs, gap))
    checked, hold, depart = (int(plane.sum()) for plane in (is_checked, holds, departs))
    return IdentityCheck(
        identity.id,
        identity.kind,
        identity.statement,
        _formula(identity),
        identity.basis,
        identity.low,
        identity.high if np.isfinite(identity.high) else None,
        identity.source,
        checked,
        hold,
        checked - hold - depart,
        depart,
        found,
        tuple((cube.periods[i], int(number)) for i, number in enumerate(departs.sum(axis=1)) if number),
        identity.remark if checked else NOT_HERE,
    )


def _formula(identity: Identity) -> str:
    left = f"({identity.left})" if identity.kind == PLAUSIBLE and " + " in identity.left else identity.left
    return f"{left} {SIGNS[identity.kind]} {identity.right}".replace("?", "")


def _judge(identity: Identity, left: Bounded, right: Bounded) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Where an identity holds for certain, and by how much each cell misses it at the least (below 0: not at all)."""
    if identity.kind == ROUNDING:
        apart = np.fmax(left.low - right.high, right.low - left.high)
        return agreement(left, right) == 1, np.nan_to_num(apart, nan=-1.0)
    measured = _measured(identity.kind, left, right)
    gap = np.fmax(identity.low - measured.high, measured.low - identity.high)
    holds = (measured.low >= identity.low) & (measured.high <= identity.high)
    return holds, np.nan_to_num(gap, nan=-1.0)


def _measured(kind: str, left: Bounded, right: Bounded) -> Bounded:
    """What must lie between the ends of an identity of this kind."""
    if kind == PLAUSIBLE:
        return share(left, right, part_of_whole=False)
    return right - left if kind == ORDER else left - right


def _worst(departs: NDArray[np.bool_], gap: NDArray[np.float64]) -> list[tuple[int, int]]:
    at = np.argwhere(departs)
    order = np.argsort(-gap[departs], kind="stable")[:MOST_LISTED]
    return [(int(i), int(j)) for i, j in at[order]]


def _departure(cube: Cube, at: tuple[int, int], left: Bounded, right: Bounded, gap: NDArray[np.float64]) -> Departure:
    period, organisation = at
    where = (cube.basis, cube.periods[period], cube.organisations[organisation])
    return Departure(*where, quantity_of(left[at]), quantity_of(right[at]), float(gap[at]))
