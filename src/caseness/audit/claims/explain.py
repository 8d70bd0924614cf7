"""Say a verdict, and what it rests on, in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from caseness.audit.claims.assess import Assessment
from caseness.audit.claims.ground import Ground
from caseness.audit.claims.measure import measure_one
from caseness.audit.claims.model import (
    CANNOT_BE_CHECKED,
    CONSISTENT,
    CONTRADICTED,
    OTHER_DENOMINATOR,
    OTHER_NUMERATOR,
    REPRODUCED,
    Claim,
    Implied,
)
from caseness.audit.claims.search import Search
from caseness.audit.claims.spans import Span
from caseness.audit.claims.wording import (
    BASIS_NAMES,
    decimals_for,
    label,
    listed,
    name_pairing,
    say_claimed,
    say_number,
    say_span,
)

MEANINGS = MappingProxyType(
    {
        REPRODUCED: "The published counts give the figure that was claimed.",
        CONSISTENT: "The published counts leave room for the claim, and for other figures: they do not confirm it.",
        OTHER_DENOMINATOR: "The figure is right for another group of people than the one the claim names.",
        OTHER_NUMERATOR: "The figure is right for another outcome or stage than the one the claim names.",
        CONTRADICTED: "The published counts give another figure.",
        CANNOT_BE_CHECKED: "Nothing that is published bounds the figure: any claim would agree with it, so this one can be neither confirmed nor refuted.",
    }
)

_SHOWN = 4

# A claim of these kinds that names no denominator speaks of a count, not of a share.
_OF_COUNTS = ("count", "difference")


def explain(
    claim: Claim,
    verdict: str,
    chosen: Assessment,
    others: Sequence[Assessment],
    searched: Search,
    implied: Sequence[Implied],
    missing: str,
) -> str:
    """The reasons for a verdict, as a few sentences."""
    sentences = [
        *_say_figure(claim, verdict, chosen),
        *_say_search(claim, verdict, searched),
        *([missing] if missing and not chosen.is_direct else []),
        *(say_implied(one) for one in implied),
        *(say_basis(claim, other) for other in others),
    ]
    return " ".join(sentences)


def say_basis(claim: Claim, one: Assessment) -> str:
    """What one basis gives, in a sentence."""
    place = BASIS_NAMES[one.basis]
    if one.measured.span is None or not one.is_direct:
        return f"{_capital(place)} lacks {listed(_unpublished(one))}, so it gives no figure."
    figure = say_span(one.measured.span, decimals_for(claim, one.unit), one.unit)
    return f"By {place} it is {figure}."


def say_implied(one: Implied) -> str:
    """What a claim would mean for a figure that is not published, in a sentence."""
    decimals, unit = (0, "count") if one.unit == "count" else (1, "percentage")
    ends = [say_number(end, decimals, unit) for end in (one.low, one.high) if end is not None]
    if len(ends) < 2:
        ends = [f"{'at least' if one.low is not None else 'at most'} {ends[0]}"] if ends else ["any number"]
    name = f"'{one.label[0].lower()}{one.label[1:]}'"
    floor = "" if one.floor is None else f" (published counts: no fewer than {say_number(one.floor, 0, 'count')})"
    return f"The claim would mean {' to '.join(dict.fromkeys(ends))} for {name} in {one.period.label}{floor}."


def say_sum(ground: Ground, one: Assessment, claim: Claim) -> str:
    """The counts behind a figure: 665,229 (finished a course) of 1,153,672 (ended after treatment)."""
    counts = [(ground.count(name), label(name)) for name in one.pairing.names]
    shown = [f"{say_span(span, 0, 'count')} ({name})" for span, name in counts if span]
    joiner = " for each of " if claim.kind == "ratio" else " of "
    return joiner.join(shown)


def _say_figure(claim: Claim, verdict: str, chosen: Assessment) -> list[str]:
    if chosen.measured.span is None:
        return [f"{_capital(BASIS_NAMES[chosen.basis])} leaves nothing to divide by."] if chosen.is_direct else []
    if claim.kind == "rank":
        return _say_rank(claim, chosen)
    figure = say_span(chosen.measured.span, decimals_for(claim, chosen.unit), chosen.unit)
    if not chosen.is_direct:
        return _say_room(claim, verdict, chosen, figure)
    said = [f"{_say_counts(claim, chosen, figure)} by {BASIS_NAMES[chosen.basis]}."]
    if verdict == CONSISTENT:
        said.append("Published counts are rounded, so the claim lies within what they can be, and is not confirmed.")
    return said


def _say_counts(claim: Claim, chosen: Assessment, figure: str) -> str:
    now, since = chosen.scene.now, chosen.scene.since
    if since is not None:
        return f"From {_say_period(claim, chosen, since)} to {_say_period(claim, chosen, now)} is a change of {figure}"
    if chosen.pairing.denominator is None:
        return f"{_capital(label(chosen.pairing.numerator))}: {figure}"
    return f"{say_sum(now, chosen, claim)} is {figure}"


def _say_period(claim: Claim, chosen: Assessment, ground: Ground) -> str:
    span = measure_one(claim.kind, chosen.pairing, ground).span
    unit = "count" if chosen.pairing.denominator is None else "percentage"
    shown = say_span(span, decimals_for(claim, unit), unit) if span else "nothing"
    return f"{shown} in {ground.period.label}"


def _say_room(claim: Claim, verdict: str, chosen: Assessment, figure: str) -> list[str]:
    allowed = f"{_capital(BASIS_NAMES[chosen.basis])} leaves"
    if verdict == CANNOT_BE_CHECKED:
        return [f"{allowed} room for any figure, so that any claim at all would agree with it."]
    if verdict == CONTRADICTED:
        return [f"{allowed} room only for {figure}, whatever was not published."]
    if verdict == REPRODUCED:
        return [f"{allowed} room only for {figure}, and all of that agrees with the claim."]
    return [f"{allowed} room for {figure}."]


def _say_rank(claim: Claim, chosen: Assessment) -> list[str]:
    unit, decimals = chosen.unit, 0 if chosen.unit == "count" else 2
    known = [(year, one.span) for year, one in chosen.rivals if one.is_direct and one.span]
    unknown = [year for year, one in chosen.rivals if not (one.is_direct and one.span)]
    if not chosen.measured.is_direct or chosen.measured.span is None:
        return []
    own = say_span(chosen.measured.span, decimals, unit)
    said = [f"{claim.period.label} is {own} ({name_pairing(chosen.pairing)}), by {BASIS_NAMES[chosen.basis]}."]
    if known:
        ordered = sorted(known, key=lambda one: one[1].low or 0, reverse=claim.rank == "highest")
        shown = [f"{period} {say_span(span, decimals, unit)}" for period, span in ordered[:_SHOWN]]
        said.append(_say_others(claim, len(known), shown))
    tied = [year for year, span in known if _is_tie(span, chosen.measured.span)]
    if tied:
        said.append(f"It ties with {listed(tied)}, so it is not {claim.rank} alone.")
    if unknown:
        said.append(f"Not known: {_abridged(unknown)}.")
    return said


def _say_others(claim: Claim, known: int, shown: Sequence[str]) -> str:
    if known == 1:
        return f"The only other that is known is {shown[0]}."
    return f"Of the {known} others that are known, the {claim.rank} are {listed(shown)}."


def _is_tie(one: Span, other: Span) -> bool:
    return one.low == one.high == other.low == other.high


def _say_search(claim: Claim, verdict: str, searched: Search) -> list[str]:
    if not searched.tried:
        return []
    is_count = claim.denominator is None and claim.kind in _OF_COUNTS
    one, many = ("count", "counts") if is_count else ("pair", "pairs of counts")
    tried = f"1 {one} was tried" if searched.tried == 1 else f"{searched.tried} {many} were tried"
    chance = f"{tried}, of which {_say_chance(searched.by_chance)} would match by chance."
    opening = (
        ["The claim names no denominator."] if claim.denominator is None and claim.kind in ("share", "ratio") else []
    )
    if not searched.found:
        return opening if verdict == CONSISTENT else [*opening, f"No other {one} gives it: {chance}"]
    shown = [_say_match(claim, one) for one in searched.assessments[:_SHOWN]]
    more = len(searched.found) - len(shown)
    also = f" and {more} more" if more > 0 else ""
    found = (
        f"{_capital(say_claimed(claim, searched.assessments[0].unit))} is what these give: {'; '.join(shown)}{also}."
    )
    if verdict == CONTRADICTED:
        return [f"{found} That says nothing: {chance}"]
    return [*opening, found, chance]


def _say_match(claim: Claim, one: Assessment) -> str:
    span = one.measured.span
    shown = say_span(span, decimals_for(claim, one.unit), one.unit) if span else "nothing"
    return f"{name_pairing(one.pairing)} ({shown}, {one.basis})"


def _say_chance(number: float) -> str:
    return "fewer than 0.1" if number < 0.1 else f"about {number:.1f}"


def _unpublished(one: Assessment) -> list[str]:
    if one.rivals:
        own = [] if one.measured.is_direct else [one.scene.now.period.label]
        return [_abridged([*(year for year, rival in one.rivals if not rival.is_direct), *own])]
    grounds = [one.scene.now, *([one.scene.since] if one.scene.since else [])]
    found = [
        f"'{label(name)}' for {ground.period.label}"
        for ground in grounds
        for name in one.pairing.names
        if not ground.publishes(name)
    ]
    return found or ["anything to divide by"]


def _abridged(periods: Sequence[str]) -> str:
    if len(periods) <= _SHOWN + 1:
        return listed(periods)
    return f"{len(periods)} of them, from {periods[0]} to {periods[-1]}"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
