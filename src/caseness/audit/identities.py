"""Do the published figures agree with each other? Sums that must hold, and parts that must fit in their wholes."""

from __future__ import annotations

from dataclasses import dataclass

from caseness.audit.quantity import Quantity
from caseness.periods import Period


@dataclass(frozen=True)
class Departure:
    """A period and organisation where an identity does not hold.

    `gap` is how far the two sides are apart at the least: the distance between their
    intervals, less the tolerance. In the unit of the identity.
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

    `kind` is exact, rounding (a percentage within its printed decimal), near (within a
    stated band), plausible (a ratio that is usual), or order (a part that should not exceed
    its whole). `statement` is the identity in words, `formula` in figure ids. `checked` =
    `hold` + `cannot_be_told` + `depart`; `departures` holds the first twenty, worst first.
    """

    id: str
    kind: str
    statement: str
    formula: str
    basis: str
    tolerance: float
    source: str
    checked: int
    hold: int
    cannot_be_told: int
    depart: int
    departures: tuple[Departure, ...]
    remark: str
