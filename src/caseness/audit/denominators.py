"""The same counts over every defensible denominator, and why two recovery rates are in print."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from caseness.audit.counts import COUNTS, count
from caseness.audit.cube import Cube
from caseness.audit.quantity import Quantity, nothing, quantity_of
from caseness.audit.record import Record
from caseness.audit.rounding import rounded_share
from caseness.audit.terms import Term, formulas, pick, share_quantity
from caseness.periods import Period
from caseness.stats.bounds import Bounded

DENOMINATORS = (
    "referrals_received",
    "ended_referrals",
    "accessing_services",
    "ended_after_treatment",
    "finished_course",
    "judged_for_recovery",
    "at_caseness",
    "paired",
)

# People who were received or who first accessed in the period are not those whose referral
# ended in it. Such a share is printed in public debate, so it is shown, and marked.
OTHER_COHORTS = frozenset({"referrals_received", "accessing_services"})

# Each numerator, and the denominators in which everyone of it is counted. Someone who began
# below both thresholds can improve, so improvement is no part of those judged for recovery.
_ENDED = ("ended_referrals",)
_TREATED = (*_ENDED, "ended_after_treatment")
_FINISHED = (*_TREATED, "finished_course")
_JUDGED = (*_FINISHED, "judged_for_recovery")
WITHIN = MappingProxyType(
    {
        "ended_before_treatment": _ENDED,
        "ended_treated_once": _TREATED,
        "finished_course": _TREATED,
        "at_caseness": _JUDGED,
        "not_at_caseness": _FINISHED,
        "judged_for_recovery": _FINISHED,
        "paired": _FINISHED,
        "reliable_improvement": (*_FINISHED, "paired"),
        "no_reliable_change": (*_FINISHED, "paired"),
        "reliable_deterioration": (*_FINISHED, "paired"),
        "recovery": (*_JUDGED, "at_caseness", "paired"),
        "reliable_recovery": (*_JUDGED, "at_caseness", "paired"),
    }
)

NOT_A_PART = "Not all of the numerator is counted in this denominator."


@dataclass(frozen=True)
class Share:
    """One numerator over one denominator, as a percentage.

    Both are names of counts (`audit.counts.COUNTS`). `shown` is the share rounded once to
    one decimal, None unless both counts are exact. `is_official` marks a pair that NHS
    England prints, `is_another_cohort` a denominator of other people (received or accessing
    in the period, not ended in it). `why_blank` says why there is no share.
    """

    numerator: str
    denominator: str
    share: Quantity
    shown: float | None
    is_official: bool
    is_another_cohort: bool
    why_blank: str


@dataclass(frozen=True)
class Grid:
    """Numerators over denominators on one basis: `cells` row by row, numerators down, denominators across."""

    basis: str
    numerators: tuple[str, ...]
    denominators: tuple[str, ...]
    cells: tuple[Share, ...]

    def cell(self, numerator: str, denominator: str) -> Share:
        """The share of one pair."""
        return next(one for one in self.cells if (one.numerator, one.denominator) == (numerator, denominator))


@dataclass(frozen=True)
class HeadlinePair:
    """One pair that could be meant by "the recovery rate", and the figure that it prints to one decimal."""

    basis: str
    numerator: str
    denominator: str
    part: Quantity
    whole: Quantity
    share: Quantity
    shown: float | None
    is_official: bool


@dataclass(frozen=True)
class Headline:
    """Why more than one recovery rate is in print for one period: which pair prints which figure.

    `printed` is the official recovery rate as published for the period, `basis` where it
    was printed. `explanation` says it in plain sentences.
    """

    printed: Quantity
    basis: str
    pairs: tuple[HeadlinePair, ...]
    explanation: str


def lay_out_grid(cube: Cube, period: Period, organisation: str) -> Grid | None:
    """Every numerator over every denominator for one period and organisation, or None where the basis has neither."""
    if cube.index(period, organisation) is None:
        return None
    counts = {name: pick(count(cube, name), cube, period, organisation) for name in COUNTS}
    cells = tuple(
        _share(numerator, denominator, counts, cube.basis) for numerator in WITHIN for denominator in DENOMINATORS
    )
    return Grid(cube.basis, tuple(WITHIN), DENOMINATORS, cells) if any(one.share.is_known for one in cells) else None


def explain_headline(record: Record, period: Period, organisation: str) -> Headline:
    """Say which pairs print which recovery rate.

    >>> from caseness.audit.record import gather
    >>> from caseness.periods import financial_year
    >>> from caseness.published import Embedded
    >>> headline = explain_headline(gather(Embedded()), financial_year(2021), "ENGLAND")
    >>> [(pair.basis, pair.denominator, pair.shown) for pair in headline.pairs]
    [('annual report', 'judged_for_recovery', 50.2), ('annual report', 'at_caseness', 50.3), ('sum of monthly files', 'judged_for_recovery', 50.1)]
    """
    cubes = record.cubes_of(period)
    pairs = tuple(
        pair
        for cube in cubes
        for denominator in ("judged_for_recovery", "at_caseness")
        if (pair := _headline_pair(cube, period, organisation, denominator))
    )
    printed = {
        cube.basis: quantity_of(pick(cube.plane("M192"), cube, period, organisation), "percentage") for cube in cubes
    }
    basis = next((basis for basis, rate in printed.items() if rate.is_known), cubes[0].basis)
    return Headline(printed[basis], basis, pairs, " ".join(_sentences(pairs, printed[basis], basis)))


def _share(numerator: str, denominator: str, counts: dict[str, Bounded], basis: str) -> Share:
    is_other = denominator in OTHER_COHORTS
    part, whole = counts[numerator], counts[denominator]
    if not is_other and denominator not in WITHIN[numerator]:
        return Share(numerator, denominator, nothing("percentage", "not_applicable"), None, False, False, NOT_A_PART)
    share = share_quantity(part, whole, part_of_whole=not is_other)
    is_official = (numerator, denominator) in _official_pairs()
    return Share(
        numerator,
        denominator,
        share,
        rounded_share(part, whole, 1),
        is_official,
        is_other,
        "" if share.is_known else _why_blank(numerator, denominator, counts, basis),
    )


def _why_blank(numerator: str, denominator: str, counts: dict[str, Bounded], basis: str) -> str:
    missing = [COUNTS[name].label for name in (numerator, denominator) if not counts[name].is_known.all()]
    if not missing:
        return "The denominator is 0."
    return f"{' and '.join(missing)}: not published on this basis ({basis}) for this period."


def _official_pairs() -> frozenset[tuple[str, str]]:
    made = {(_terms(each.plus, 1) | _terms(each.minus, -1)): name for name, each in COUNTS.items()}
    found = ((made.get(_as_set(one.numerator)), made.get(_as_set(one.denominator))) for one in formulas())
    return frozenset((part, whole) for part, whole in found if part and whole)


def _terms(figure_ids: tuple[str, ...], sign: int) -> frozenset[tuple[int, str]]:
    return frozenset((sign, figure_id) for figure_id in figure_ids)


def _as_set(terms: tuple[Term, ...]) -> frozenset[tuple[int, str]]:
    return frozenset((term.sign, term.figure_id) for term in terms)


def _headline_pair(cube: Cube, period: Period, organisation: str, denominator: str) -> HeadlinePair | None:
    part, whole = (pick(count(cube, name), cube, period, organisation) for name in ("recovery", denominator))
    share = share_quantity(part, whole)
    if not share.is_known:
        return None
    shown = rounded_share(part, whole, 1)
    is_official = ("recovery", denominator) in _official_pairs()
    return HeadlinePair(
        cube.basis, "recovery", denominator, quantity_of(part), quantity_of(whole), share, shown, is_official
    )


def _sentences(pairs: tuple[HeadlinePair, ...], printed: Quantity, basis: str) -> list[str]:
    return [_say_printed(printed, basis), *(sentence for pair in pairs for sentence in _say_pair(pair, pairs))]


def _say_printed(printed: Quantity, basis: str) -> str:
    if printed.value is None:
        return f"No recovery rate is printed for this period ({basis})."
    return f"The recovery rate printed is {printed.value:g} % ({basis})."


def _say_pair(pair: HeadlinePair, pairs: tuple[HeadlinePair, ...]) -> list[str]:
    figures = f"{_say(pair.part)} recovered of {_say(pair.whole)} {COUNTS[pair.denominator].label.lower()}"
    role = "the official pair" if pair.is_official else "another denominator"
    shown = f"{pair.shown:.1f}" if pair.shown is not None else _say(pair.share)
    said = f"{pair.basis[:1].upper()}{pair.basis[1:]}: {figures} is {shown} % ({role})."
    official = [other for other in pairs if other.basis == pair.basis and other.is_official]
    return [said] if pair.is_official or not official else [said, _say_difference(official[0].whole, pair.whole)]


def _say_difference(judged: Quantity, cases: Quantity) -> str:
    if not (judged.is_exact and cases.is_exact and judged.value is not None and cases.value is not None):
        return "The two differ by those of whom no caseness is known."
    apart = judged.value - cases.value
    return (
        f"The two differ by {apart:,.0f} people who are neither at caseness nor below both thresholds, "
        "because a first score is missing: the official denominator counts them."
    )


def _say(quantity: Quantity) -> str:
    if quantity.is_exact and quantity.value is not None:
        return f"{quantity.value:,.0f}"
    decimals = 0 if quantity.unit == "count" else 1
    return f"{quantity.low:,.{decimals}f} to {quantity.high:,.{decimals}f}"
