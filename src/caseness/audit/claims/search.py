"""Look for other pairs of counts that print the claimed figure, and say how likely that is by chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from caseness.audit.claims.assess import Assessment, assess
from caseness.audit.claims.measure import PERCENT, Pairing, Scene
from caseness.audit.claims.model import REPRODUCED, Claim, Pair
from caseness.audit.claims.nearest import DENOMINATORS, distance, makes_sense
from caseness.audit.claims.printed import accepted
from caseness.audit.claims.spans import Span
from caseness.audit.counts import COUNTS


@dataclass(frozen=True)
class Search:
    """The pairs that print the claimed figure, how many were tried, and how many would by chance.

    `found` and `assessments` go together, nearest in meaning first.
    """

    found: tuple[Pair, ...]
    assessments: tuple[Assessment, ...]
    tried: int
    by_chance: float

    @property
    def says_something(self) -> bool:
        """Whether more pairs match than chance alone would give."""
        return _different(self.assessments) > self.by_chance


NOTHING_TRIED = Search((), (), 0, 0.0)


def search(claim: Claim, stated: Pairing, scenes: Sequence[Scene]) -> Search:
    """Try every pair that keeps one count of the stated pair and changes the other."""
    return _try(claim, stated, _neighbours(claim, stated), scenes)


def search_denominators(claim: Claim, usual: Pairing, scenes: Sequence[Scene]) -> Search:
    """Try every sensible denominator for a numerator, the usual one too."""
    pairings = [Pairing(usual.numerator, other) for other in sensible_denominators(claim, usual.numerator)]
    return _try(claim, usual, pairings, scenes)


def sensible_denominators(claim: Claim, numerator: str) -> tuple[str, ...]:
    """The counts that people divide this one by."""
    return tuple(one for one in DENOMINATORS if makes_sense(numerator, one, claim.kind))


def _neighbours(claim: Claim, stated: Pairing) -> list[Pairing]:
    near = [name for name in COUNTS if name != stated.numerator and distance(stated.numerator, name) is not None]
    if stated.denominator is None:
        return [Pairing(name) for name in near]
    below = [
        Pairing(stated.numerator, other)
        for other in sensible_denominators(claim, stated.numerator)
        if other != stated.denominator
    ]
    above = [Pairing(name, stated.denominator) for name in near if makes_sense(name, stated.denominator, claim.kind)]
    return below + above


def _try(claim: Claim, stated: Pairing, pairings: Sequence[Pairing], scenes: Sequence[Scene]) -> Search:
    tried = [one for pairing in pairings for scene in scenes if (one := assess(claim, pairing, scene)).is_direct]
    matching = [one for one in tried if one.verdict == REPRODUCED]
    ordered = sorted(matching, key=lambda one: (_apart(stated, one.pairing), one.pairing.numerator != stated.numerator))
    pairs = tuple(_pair(stated, one) for one in ordered)
    return Search(pairs, tuple(ordered), _different(tried), _by_chance(claim, tried))


def _pair(stated: Pairing, one: Assessment) -> Pair:
    denominator = one.pairing.denominator or ""
    return Pair(one.pairing.numerator, denominator, one.basis, one.figure, _apart(stated, one.pairing))


def _apart(stated: Pairing, other: Pairing) -> int:
    steps = (distance(this, that) for this, that in zip(stated.names, other.names, strict=True))
    return sum(step if step is not None else _FAR for step in steps)


_FAR = 100


# A pair is taken to fall anywhere in the range that such a figure can have, with equal
# chance: 0 to 100 for a share, else the range of all pairs tried and of the claim. One pair
# on two bases is one chance, as the two hardly differ.
def _by_chance(claim: Claim, tried: Sequence[Assessment]) -> float:
    claimed = accepted(claim)
    spans = [claimed, *(one.measured.span for one in tried if one.measured.span)]
    low, high = min(_ends(spans, False)), max(_ends(spans, True))
    if claim.kind == "share":
        low, high = Fraction(0), Fraction(PERCENT)
    inside = _overlap(claimed, low, high)
    return float(_different(tried) * inside / (high - low)) if high > low else 0.0


def _different(tried: Sequence[Assessment]) -> int:
    return len({one.pairing for one in tried})


def _ends(spans: Sequence[Span], is_high: bool) -> list[Fraction]:
    ends = [span.high if is_high else span.low for span in spans]
    return [end for end in ends if end is not None] or [Fraction(0)]


def _overlap(claimed: Span, low: Fraction, high: Fraction) -> Fraction:
    start = low if claimed.low is None else max(low, claimed.low)
    end = high if claimed.high is None else min(high, claimed.high)
    return max(end - start, Fraction(0))
