"""What a claim would mean for counts that were not published."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from caseness.audit.claims.assess import Assessment
from caseness.audit.claims.ground import Ground
from caseness.audit.claims.measure import PERCENT, measure_one
from caseness.audit.claims.model import Claim, Implied
from caseness.audit.claims.printed import accepted
from caseness.audit.claims.room import RELATIONS, other_part, room
from caseness.audit.claims.spans import Span, less, plus
from caseness.audit.counts import COUNTS


def imply(claim: Claim, chosen: Assessment) -> tuple[Implied, ...]:
    """What must be true of unpublished figures if the claim is.

    For a share or ratio: the count that is missing. Where that count is the whole of two
    parts and one of them was published: the other part too. For a difference: the figure
    of the period that is missing.
    """
    if chosen.is_direct or chosen.pairing.denominator is None:
        return ()
    if claim.kind in ("share", "ratio"):
        scale = 1 if claim.kind == "ratio" else PERCENT
        return tuple(_of_quotient(chosen, accepted(claim).times(Fraction(1, scale))))
    return tuple(_of_difference(claim, chosen)) if claim.kind == "difference" else ()


def _of_quotient(chosen: Assessment, share: Span) -> Iterator[Implied]:
    ground, (numerator, denominator) = chosen.scene.now, chosen.pairing.names
    part, whole = ground.count(numerator), ground.count(denominator)
    if part and not whole:
        found = Span(_over(part.low, share.high), _over(part.high, share.low))
        yield _count(ground, denominator, found)
        yield from _rest_of(ground, denominator, found)
    elif whole and not part:
        yield _count(ground, numerator, Span(_times(whole.low, share.low), _times(whole.high, share.high)))
    elif not part:
        yield from _of_rest(ground, numerator, denominator, share)


def _rest_of(ground: Ground, whole: str, found: Span) -> Iterator[Implied]:
    for relation in RELATIONS:
        if relation.whole != whole or not relation.is_whole or len(relation.parts) != 2:
            continue
        for known in relation.parts:
            rest, span = other_part(known, whole), ground.count(known)
            if rest and span and not ground.publishes(rest):
                yield _count(ground, rest, Span(less(found.low, span.high), less(found.high, span.low)))
                yield _share(ground, rest, whole, Span(_rest(span.high, found.low), _rest(span.low, found.high)))


def _of_rest(ground: Ground, part: str, whole: str, share: Span) -> Iterator[Implied]:
    rest = other_part(part, whole)
    span = ground.count(rest) if rest else None
    if span is None:
        return
    total = Span(_over(span.low, _remaining(share.low)), _over(span.high, _remaining(share.high)))
    yield _count(ground, part, Span(less(total.low, span.high), less(total.high, span.low)))
    yield _count(ground, whole, total)


def _of_difference(claim: Claim, chosen: Assessment) -> Iterator[Implied]:
    claimed, since = accepted(claim), chosen.scene.since
    if since is None or claim.change != "absolute":
        return
    now = measure_one(claim.kind, chosen.pairing, chosen.scene.now)
    before = measure_one(claim.kind, chosen.pairing, since)
    if now.is_direct and now.span and not before.is_direct:
        span = Span(less(now.span.low, claimed.high), less(now.span.high, claimed.low))
        yield _figure(since, chosen, span)
    elif before.is_direct and before.span and not now.is_direct:
        span = Span(plus(before.span.low, claimed.low), plus(before.span.high, claimed.high))
        yield _figure(chosen.scene.now, chosen, span)


def _count(ground: Ground, name: str, found: Span) -> Implied:
    bounds = room(ground)[name]
    floor = bounds.low if bounds.low else None
    return _implied(ground, COUNTS[name].label, "count", found, floor, bounds.high)


def _share(ground: Ground, part: str, whole: str, found: Span) -> Implied:
    return _implied(ground, _of(part, whole), "percentage", found.times(PERCENT))


def _figure(ground: Ground, chosen: Assessment, found: Span) -> Implied:
    return _implied(ground, _of(*chosen.pairing.names), "percentage", found)


def _of(part: str, whole: str) -> str:
    return f"{COUNTS[part].label} of {COUNTS[whole].label.lower()}"


def _implied(
    ground: Ground,
    label: str,
    unit: str,
    found: Span,
    floor: Fraction | None = None,
    ceiling: Fraction | None = None,
) -> Implied:
    ends = (None if end is None else float(end) for end in (found.low, found.high, floor, ceiling))
    return Implied(label, ground.period, ground.basis, unit, *ends)


def _over(part: Fraction | None, share: Fraction | None) -> Fraction | None:
    return None if part is None or not share or share < 0 else part / share


def _times(whole: Fraction | None, share: Fraction | None) -> Fraction | None:
    return None if whole is None or share is None else whole * share


def _remaining(share: Fraction | None) -> Fraction | None:
    return None if share is None else 1 - share


def _rest(part: Fraction | None, whole: Fraction | None) -> Fraction | None:
    return None if part is None or not whole else 1 - part / whole
