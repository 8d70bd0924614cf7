"""From a cohort to its recoveries, step by step, as promised and as published, and the shortfall shared out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caseness.audit.assumptions import Assumptions
from caseness.audit.promise.model import Reading, Step, Term
from caseness.audit.quantity import Quantity, quantity_of
from caseness.audit.terms import share_quantity
from caseness.stats.bounds import Bounded
from caseness.stats.decomposition import decompose, decompose_bounds

_HUNDRED = 100.0


@dataclass(frozen=True)
class Link:
    """A step, the count that it leads to, and the promised share (the id of an assumption)."""

    id: str
    label: str
    count: str
    promised: str
    note: str = ""


_ENTERING = Link("entering", "Entered treatment", "ended_after_treatment", "promise.entering")
_FINISHED = Link(
    "completing",
    "Completed (two or more contacts)",
    "finished_course",
    "promise.completing",
    "Finished is not completed.",
)
_AGREED = Link("completing", "Completed (agreed end, M066)", "agreed", "promise.completing")
_AT_CASENESS = Link(
    "at_caseness",
    "Judged for recovery",
    "judged_for_recovery",
    "promise.at_caseness",
    "Those who began below both cut-offs cannot recover by definition.",
)
_RECOVERING = Link("recovering", "Recovered", "recovery", "promise.recovering")
_RECOVERING_OF_AGREED = Link(
    "recovering",
    "Recovered",
    "recovery",
    "promise.recovering",
    "A ratio, not a share: some of those who recovered ended otherwise than by agreement. How many is not published.",
)

_COHORTS = {"treated": "of those treated at least once", "ended": "of all whose referral ended"}
_CHAINS = {"finished": (_FINISHED, _AT_CASENESS, _RECOVERING), "agreed": (_AGREED, _RECOVERING_OF_AGREED)}
_MEANT = {"finished": "completed means two or more contacts", "agreed": "completed means ended by agreement"}
_START = {"treated": "ended_after_treatment", "ended": "ended_referrals"}


def read_every_way(counts: dict[str, Bounded], basis: str, assumptions: Assumptions) -> tuple[Reading, ...]:
    """Every reading of the promise for which all counts were published."""
    pairs = [(cohort, meant) for cohort in _COHORTS for meant in _CHAINS]
    readings = (_read(cohort, meant, counts, basis, assumptions) for cohort, meant in pairs)
    return tuple(one for one in readings if one is not None)


def _read(cohort: str, meant: str, counts: dict[str, Bounded], basis: str, assumptions: Assumptions) -> Reading | None:
    links = ((_ENTERING,) if cohort == "ended" else ()) + _CHAINS[meant]
    chain = [counts[_START[cohort]], *(counts[link.count] for link in links)]
    if not all(one.is_known.all() and (one.high > 0).all() for one in chain):
        return None
    promised = np.array([assumptions.number(link.promised) for link in links]) / _HUNDRED
    everyone, recovered = chain[0], chain[-1]
    expected = _scaled(everyone, float(promised.prod()))
    chosen = (assumptions.choice("promise.cohort"), assumptions.choice("promise.completed_means"))
    return Reading(
        f"{cohort}-{meant}",
        f"Two thirds {_COHORTS[cohort]}; {_MEANT[meant]}",
        basis,
        (cohort, meant) == chosen,
        _steps(links, chain, promised),
        quantity_of(expected),
        quantity_of(recovered),
        quantity_of(expected - recovered),
        _terms(links, chain, promised),
    )


def _steps(links: tuple[Link, ...], chain: list[Bounded], promised: np.ndarray) -> tuple[Step, ...]:
    everyone = chain[0]
    whole = Quantity(_HUNDRED, _HUNDRED, _HUNDRED, "percentage")
    start = quantity_of(everyone)
    steps = [Step("cohort", "The cohort", start, start, whole, whole, whole, whole, "")]
    for i, link in enumerate(links):
        so_far, share = float(promised[: i + 1].prod()), float(promised[i]) * _HUNDRED
        steps.append(
            Step(
                link.id,
                link.label,
                quantity_of(_scaled(everyone, so_far)),
                quantity_of(chain[i + 1]),
                Quantity(share, share, share, "percentage"),
                share_quantity(chain[i + 1], chain[i], _is_part(link)),
                Quantity(so_far * _HUNDRED, so_far * _HUNDRED, so_far * _HUNDRED, "percentage"),
                share_quantity(chain[i + 1], everyone),
                link.note,
            )
        )
    return tuple(steps)


def _is_part(link: Link) -> bool:
    return link is not _RECOVERING_OF_AGREED


# Shares of one person, times the cohort: the cohort is the same in the promise and in the record.
def _terms(links: tuple[Link, ...], chain: list[Bounded], promised: np.ndarray) -> tuple[Term, ...]:
    shares = [share_quantity(chain[i + 1], chain[i], _is_part(link)) for i, link in enumerate(links)]
    low, high = (np.array([getattr(one, end) or 0.0 for one in shares]) / _HUNDRED for end in ("low", "high"))
    least, most = decompose_bounds(np.prod, promised, low, high)
    values = np.array([np.nan if one.value is None else one.value for one in shares]) / _HUNDRED
    terms = decompose(np.prod, promised, values) * chain[0].value
    bounded = [_times(chain[0], -most[i], -least[i], -terms[i].item()) for i in range(len(links))]
    return tuple(Term(link.id, link.label, quantity_of(one)) for link, one in zip(links, bounded, strict=True))


def _times(everyone: Bounded, low: float, high: float, value: float) -> Bounded:
    ends = np.array([low * everyone.low, low * everyone.high, high * everyone.low, high * everyone.high])
    least, most = (float(ends.min()), float(ends.max()))
    return (
        Bounded.of(value, value, value) if everyone.is_exact.all() and low == high else Bounded.of(least, most, value)
    )


def _scaled(count: Bounded, factor: float) -> Bounded:
    return Bounded(count.low * factor, count.high * factor, count.value * factor)
