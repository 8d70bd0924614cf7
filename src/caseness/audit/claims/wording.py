"""Numbers, counts and bases as plain words."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from caseness.audit.claims.measure import Pairing
from caseness.audit.claims.model import Claim
from caseness.audit.claims.printed import decimals_of
from caseness.audit.claims.spans import Span
from caseness.audit.counts import COUNTS
from caseness.audit.record import COMPUTED_BASES
from caseness.audit.rounding import round_half_away
from caseness.results import ANNUAL, ENGLAND, MONTHLY, PRESS, SUMMED

BASIS_NAMES = {
    ANNUAL: "the annual report",
    SUMMED: "the sum of the monthly files",
    MONTHLY: "the monthly file",
    PRESS: "the rounded figures of the press",
    COMPUTED_BASES[ANNUAL]: "the count of the record over the year",
    COMPUTED_BASES[SUMMED]: "the sum of the months of the record",
    COMPUTED_BASES[MONTHLY]: "the count of the record",
}
_SIGNS = {"count": "", "percentage": " %", "percentage points": " points", "ratio": ""}
_ROUND_RATIO = 2


def label(name: str) -> str:
    """A count in running text.

    >>> label("ended_treated_once")
    'ended, treated once'
    """
    text = COUNTS[name].label
    return text[0].lower() + text[1:]


def listed(words: Iterable[str], joiner: str = "and") -> str:
    """Words in a row.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    *others, last = list(words)
    return f"{', '.join(others)} {joiner} {last}" if others else last


def name_pairing(pairing: Pairing) -> str:
    """A pairing of counts in words: recovered, of judged for recovery."""
    part = label(pairing.numerator)
    return part if pairing.denominator is None else f"{part}, of {label(pairing.denominator)}"


def say_number(number: Fraction | float, decimals: int, unit: str) -> str:
    """A number with its sign, thousands marked.

    >>> say_number(Fraction(1153672), 0, "count"), say_number(Fraction(5768, 100), 1, "percentage")
    ('1,153,672', '57.7 %')
    """
    shown = round_half_away(Fraction(number), decimals)
    return f"{shown + 0.0:,.{decimals}f}{_SIGNS[unit]}"


def say_span(span: Span, decimals: int, unit: str) -> str:
    """A span in words: one number where it is exact, else from its lower to its upper end."""
    if span.low is not None and span.low == span.high:
        return say_number(span.low, decimals, unit)
    if span.low is None and span.high is None:
        return "any number"
    if span.high is None:
        return f"{say_number(span.low or Fraction(0), decimals, unit)} or more"
    if span.low is None:
        return f"{say_number(span.high, decimals, unit)} or less"
    low = say_number(span.low, decimals, unit).removesuffix(_SIGNS[unit])
    return f"{low} to {say_number(span.high, decimals, unit)}"


def decimals_for(claim: Claim, unit: str) -> int:
    """Decimals for our figure: one more than the claim was printed with, none for counts."""
    if unit == "count":
        return 0
    printed = [decimals_of(one) for one in (claim.value, claim.low, claim.high) if one is not None]
    least = _ROUND_RATIO if unit == "ratio" else 1
    return max([least, *(decimals + 1 for decimals in printed)])


def say_claimed(claim: Claim, unit: str) -> str:
    """What was claimed: 57.7 %, more than 98 %, 37 to 40 %."""
    if claim.compare == "about" and claim.low is not None and claim.high is not None:
        return f"{claim.low:,} to {claim.high:,}{_SIGNS[unit]}"
    if claim.value is None:
        return f"the {claim.rank} of {claim.within} years"
    words = {
        "equals": "",
        "at_least": "at least ",
        "at_most": "at most ",
        "more_than": "more than ",
        "less_than": "less than ",
    }
    return f"{words[claim.compare]}{claim.value:,f}{_SIGNS[unit]}"


def name_organisation(claim: Claim, name: str | None = None) -> str:
    """The organisation, and the group of it, that a claim speaks of."""
    place = name or ("England" if claim.organisation == ENGLAND else claim.organisation)
    return f"{place} ({claim.breakdown.type}: {claim.breakdown.group})" if claim.breakdown else place
