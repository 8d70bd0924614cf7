"""How much room published counts leave for a count that was not published.

Counts contain one another: whoever recovered had finished, and whoever had finished had
been treated. So a count that is missing from a release is still bounded by those that
stand in it. A claim is never used to bound anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from caseness.audit.claims.ground import Ground, quotient
from caseness.audit.claims.spans import Span
from caseness.audit.counts import COUNTS

_NOTHING = Fraction(0)


@dataclass(frozen=True)
class Relation:
    """A count, and counts of people who are all in it and in no other of the parts.

    `is_whole` says that the parts make up all of it. `slack` is by how much published
    parts may exceed their whole.
    """

    whole: str
    parts: tuple[str, ...]
    is_whole: bool = False
    slack: int = 0


# The published parts of ended referrals miss their total by up to 95 in a year (2022-23), in
# either direction. Source: published-data, "What reproduces"; monthly files 2021-22 to 2025-26.
_REMAINDER = 100

RELATIONS = (
    Relation("ended_referrals", ("ended_before_treatment", "ended_after_treatment"), slack=_REMAINDER),
    Relation("ended_after_treatment", ("ended_treated_once", "finished_course"), is_whole=True),
    Relation("finished_course", ("not_at_caseness", "judged_for_recovery"), is_whole=True),
    Relation("judged_for_recovery", ("at_caseness",)),
    Relation("finished_course", ("paired",)),
    Relation("paired", ("reliable_improvement", "no_reliable_change", "reliable_deterioration"), is_whole=True),
    Relation("at_caseness", ("recovery",)),
    Relation("paired", ("recovery",)),
    Relation("recovery", ("reliable_recovery",)),
    Relation("reliable_improvement", ("reliable_recovery",)),
    Relation("appointments", ("appointments_attended", "appointments_not_attended")),
)


@cache
def is_part_of(part: str, whole: str) -> bool:
    """Whether everyone in one count is also in another.

    >>> is_part_of("recovery", "ended_referrals"), is_part_of("recovery", "accessing_services")
    (True, False)
    """
    parents = {one.whole for one in RELATIONS if part in one.parts}
    return whole in parents or any(is_part_of(parent, whole) for parent in parents)


def room(ground: Ground) -> Mapping[str, Span]:
    """What every count can be: as published, or else between what published counts allow."""
    published = {name: ground.count(name) for name in COUNTS}
    spans = {name: span or Span(_NOTHING, None) for name, span in published.items()}
    fixed = frozenset(name for name, span in published.items() if span)
    usable = [one for one in RELATIONS if ground.period not in COUNTS[one.whole].unknown_in]
    while True:
        before = dict(spans)
        for relation in usable:
            _apply(relation, spans, fixed)
        if spans == before:
            return spans


def share_of_room(ground: Ground, numerator: str, denominator: str) -> Span | None:
    """One count over another: as published, or else between what published counts allow.

    A part of a whole is never more than 1; None where there is nothing to divide by.
    """
    is_part = is_part_of(numerator, denominator)
    if ground.publishes(numerator) and ground.publishes(denominator):
        return quotient(ground, numerator, denominator, is_part)
    spans = room(ground)
    part, whole = spans[numerator], spans[denominator]
    low = part.low / whole.high if part.low and whole.high else _NOTHING
    high = part.high / whole.low if part.high is not None and whole.low else None
    if is_part:
        low, high = min(low, Fraction(1)), Fraction(1) if high is None else min(high, Fraction(1))
    return Span(low, high)


def other_part(part: str, whole: str) -> str | None:
    """The one part that is left of a whole when another is taken away.

    >>> other_part("finished_course", "ended_after_treatment")
    'ended_treated_once'
    """
    for relation in RELATIONS:
        others = [name for name in relation.parts if name != part]
        if relation.is_whole and relation.whole == whole and part in relation.parts and len(others) == 1:
            return others[0]
    return None


def _apply(relation: Relation, spans: dict[str, Span], fixed: frozenset[str]) -> None:
    parts = {name: spans[name] for name in relation.parts}
    whole = spans[relation.whole]
    if relation.whole not in fixed:
        floor = _bottom(parts.values(), relation.slack)
        spans[relation.whole] = _narrowed(whole, floor, _top(parts) if relation.is_whole else None)
    for name in relation.parts:
        if name not in fixed:
            others = [span for other, span in parts.items() if other != name]
            spans[name] = _narrowed(spans[name], *_left_for_part(relation, whole, others))


def _left_for_part(relation: Relation, whole: Span, others: list[Span]) -> tuple[Fraction, Fraction | None]:
    taken = sum((span.low or _NOTHING for span in others), _NOTHING)
    ceiling = None if whole.high is None else whole.high - max(taken - relation.slack, _NOTHING)
    tops = [span.high for span in others]
    known = [top for top in tops if top is not None]
    is_bounded = relation.is_whole and len(known) == len(tops) and whole.low is not None
    floor = whole.low - sum(known, _NOTHING) if is_bounded and whole.low is not None else _NOTHING
    return floor, ceiling


# No part alone is ever more than its whole, whatever the remainder.
def _bottom(parts: Iterable[Span], slack: int) -> Fraction:
    lows = [span.low or _NOTHING for span in parts]
    return max(*lows, sum(lows, _NOTHING) - slack, _NOTHING)


def _top(parts: Mapping[str, Span]) -> Fraction | None:
    tops = [span.high for span in parts.values()]
    known = [top for top in tops if top is not None]
    return sum(known, _NOTHING) if len(known) == len(tops) else None


def _narrowed(span: Span, floor: Fraction, ceiling: Fraction | None) -> Span:
    low = max(span.low or _NOTHING, floor, _NOTHING)
    highs = [end for end in (span.high, ceiling) if end is not None]
    return Span(low, max(min(highs), _NOTHING) if highs else None)
