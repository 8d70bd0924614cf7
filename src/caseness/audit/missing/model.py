"""What the audit says of outcomes that nobody knows."""

from __future__ import annotations

from dataclasses import dataclass

from caseness.audit.missing.levels import Level
from caseness.audit.quantity import Estimate, Quantity
from caseness.periods import Period


@dataclass(frozen=True)
class Stratum:
    """People of whom no outcome is known, and why not. Nobody of them is ever given one."""

    id: str
    label: str
    count: Quantity
    why: str


@dataclass(frozen=True)
class LevelBounds:
    """One rate over everyone at one level.

    `everyone` is its denominator and `unknown` those in it of unknown outcome, `missing` their
    share. `if_none` is the rate had none of them had the outcome, `if_all` had all. `span` runs from
    the lowest to the highest that the truth can be (rounded counts at their worst), and `width` is
    how far apart that is, in percentage points. `why_blank` says why there is no bound.
    """

    level: Level
    everyone: Quantity
    unknown: Quantity
    missing: Quantity
    if_none: Quantity
    if_all: Quantity
    span: Estimate
    width: Quantity
    why_blank: str


@dataclass(frozen=True)
class BoundedRate:
    """A rate as published, and within which ends it lies for ever more people.

    `official` is over its own official denominator; `known` over those whose outcome is known only.
    `is_good` tells recovery from deterioration: which end is the worst case depends on it.
    """

    rate: str
    label: str
    denominator: str
    is_good: bool
    numerator: Quantity
    official: Quantity
    known: Quantity
    levels: tuple[LevelBounds, ...]

    def level(self, level_id: str) -> LevelBounds:
        """The bounds at one level."""
        return next(one for one in self.levels if one.level.id == level_id)

    def worst(self, level_id: str) -> Quantity:
        """The worst case at one level."""
        one = self.level(level_id)
        return one.if_none if self.is_good else one.if_all

    def best(self, level_id: str) -> Quantity:
        """The best case at one level."""
        one = self.level(level_id)
        return one.if_all if self.is_good else one.if_none


@dataclass(frozen=True)
class MissingBasis:
    """Every rate on one basis, and the people of unknown outcome, group by group."""

    basis: str
    rates: tuple[BoundedRate, ...]
    strata: tuple[Stratum, ...]

    def rate(self, name: str) -> BoundedRate:
        """One rate."""
        return next(one for one in self.rates if one.rate == name)

    def stratum(self, stratum_id: str) -> Stratum:
        """One group of people of unknown outcome."""
        return next(one for one in self.strata if one.id == stratum_id)


@dataclass(frozen=True)
class MissingOutcomes:
    """Outcomes that nobody knows, and how far they could move each rate of one organisation and period."""

    organisation: str
    period: Period
    bases: tuple[MissingBasis, ...]

    def basis(self, name: str) -> MissingBasis | None:
        """One basis, where there is one."""
        return next((one for one in self.bases if one.basis == name), None)
