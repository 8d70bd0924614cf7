"""The figure that a claim speaks of, worked out on one basis."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from caseness.audit.claims.ground import Ground
from caseness.audit.claims.model import Claim
from caseness.audit.claims.room import is_part_of, room, share_of_room
from caseness.audit.claims.spans import Span, less

PERCENT = 100


@dataclass(frozen=True, eq=False)
class Scene:
    """All that one basis holds for a claim: its period, the earlier one of a difference, and the years ranked.

    `months` are the monthly files of the period that were published, added up; None where there are none.
    """

    basis: str
    now: Ground
    since: Ground | None = None
    ranked: tuple[Ground, ...] = field(default=(), repr=False)
    months: Ground | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Pairing:
    """The counts of a figure: one alone, or one over another."""

    numerator: str
    denominator: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Both names, or the one."""
        return (self.numerator,) if self.denominator is None else (self.numerator, self.denominator)


@dataclass(frozen=True)
class Measured:
    """What a figure is, or what published counts let it be.

    `is_direct` says that every count of it was published on this basis. Otherwise `span`
    is what other published counts leave room for. `natural` is what such a figure can be
    when nothing is known.
    """

    span: Span | None
    is_direct: bool
    natural: Span


def measure(claim: Claim, pairing: Pairing, scene: Scene) -> Measured:
    """The figure of a claim for one pairing of counts on one basis."""
    now = measure_one(claim.kind, pairing, scene.now)
    if scene.since is None:
        return now
    return _change(claim, now, measure_one(claim.kind, pairing, scene.since))


def measure_one(kind: str, pairing: Pairing, ground: Ground) -> Measured:
    """The figure of one period: a count, a percentage, or for kind ratio a plain quotient."""
    is_direct = all(ground.publishes(name) for name in pairing.names)
    natural = _natural(kind, pairing)
    if pairing.denominator is None:
        return Measured(room(ground)[pairing.numerator], is_direct, natural)
    scale = 1 if kind == "ratio" else PERCENT
    found = share_of_room(ground, pairing.numerator, pairing.denominator)
    return Measured(found.times(scale) if found else None, is_direct, natural)


def unit_of(claim: Claim, pairing: Pairing) -> str:
    """The unit of the figure: count, percentage, percentage points or ratio."""
    if claim.change == "relative":
        return "percentage"
    if pairing.denominator is None:
        return "count"
    if claim.kind == "ratio":
        return "ratio"
    return "percentage points" if claim.kind == "difference" else "percentage"


def _natural(kind: str, pairing: Pairing) -> Span:
    is_share = pairing.denominator is not None and kind != "ratio" and is_part_of(*pairing.names)
    return Span(Fraction(0), Fraction(PERCENT) if is_share else None)


def _change(claim: Claim, now: Measured, since: Measured) -> Measured:
    is_direct = now.is_direct and since.is_direct
    change = _relative if claim.change == "relative" else _difference
    natural = change(now.natural, since.natural) or Span(None, None)
    span = change(now.span, since.span) if now.span and since.span else None
    return Measured(span, is_direct, natural)


def _difference(now: Span, since: Span) -> Span:
    return Span(less(now.low, since.high), less(now.high, since.low), less(now.value, since.value))


def _relative(now: Span, since: Span) -> Span | None:
    """Change as a percentage of the earlier figure; never below -100, None if the earlier is 0."""
    if since.high == 0:
        return None
    low = now.low / since.high if now.low is not None and since.high else Fraction(0)
    high = now.high / since.low if now.high is not None and since.low else None
    value = now.value / since.value if now.value is not None and since.value else None
    change = [None if end is None else (end - 1) * PERCENT for end in (low, high, value)]
    return Span(change[0], change[1], change[2])
