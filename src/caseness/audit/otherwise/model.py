"""What the same money could buy otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from caseness.audit.quantity import Estimate


@dataclass(frozen=True)
class Purchase:
    """One thing that the money may buy, by the same two yardsticks: the programme itself, or a scenario.

    `per_million` are additional recoveries for a million pounds, and `per_thousand` standard deviations of
    symptoms, summed over people, for a thousand pounds. Neither has a middle. `price` is of one person.
    """

    id: str
    label: str
    bought: str
    price: Estimate
    effect: Estimate
    per_million: Estimate
    per_thousand: Estimate
    duration: str
    population: str
    grade: str
    transferability: str
    status: str
    source: str


@dataclass(frozen=True)
class Otherwise:
    """What the same money could buy otherwise, on one basis of counts. `absent` says why there is nothing."""

    basis: str
    purchases: tuple[Purchase, ...]
    absent: str
