"""The parts of an audit that need assumptions as well as published figures. Each takes only those before it."""

from __future__ import annotations

from dataclasses import dataclass

from caseness.audit.assumptions import Assumptions
from caseness.audit.cost import Costs, price
from caseness.audit.missing import MissingOutcomes, bound_missing
from caseness.audit.natural import Natural, estimate
from caseness.audit.otherwise import Otherwise, compare_spending
from caseness.audit.promise import Promise, hold_against
from caseness.audit.record import Record
from caseness.audit.subject import Subject
from caseness.audit.variation import Variation, compare
from caseness.disclosure import Released


@dataclass(frozen=True, eq=False)
class Weighed:
    """What was weighed for one organisation and period under one set of assumptions."""

    variation: Variation | None
    missing: MissingOutcomes | None
    natural: Natural | None
    costs: Costs | None
    otherwise: Otherwise | None
    promise: Promise | None


def weigh(record: Record, released: Released, subject: Subject, assumptions: Assumptions) -> Weighed:
    """Weigh a record: compare organisations and groups, bound what is missing, and hold results against what would
    have happened anyway, what they cost and what was promised."""
    variation = compare(record, released, subject, assumptions)
    missing = bound_missing(record, subject)
    natural = estimate(record, released, subject, assumptions)
    costs = price(record, subject, natural, assumptions)
    otherwise = compare_spending(costs, natural, subject, assumptions)
    promise = hold_against(record, released, subject, costs, assumptions)
    return Weighed(variation, missing, natural, costs, otherwise, promise)
