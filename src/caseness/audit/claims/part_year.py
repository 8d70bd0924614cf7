"""What the published months of a year say, when the whole year was not published."""

from __future__ import annotations

from dataclasses import dataclass

from caseness.audit.claims.ground import Ground, add_months, months_published
from caseness.audit.claims.measure import Measured, Pairing, measure_one
from caseness.audit.claims.model import Claim
from caseness.audit.claims.wording import decimals_for, say_span
from caseness.audit.record import Record
from caseness.periods import Period


@dataclass(frozen=True)
class PartYear:
    """A figure over the months of a year that were published. It is not the figure of the year."""

    months: tuple[Period, ...]
    measured: Measured


def look_at_months(record: Record, claim: Claim, pairing: Pairing) -> PartYear | None:
    """A share or ratio over those months of its year in which both counts were published, if any."""
    is_whole = claim.period.kind != "year" or claim.kind not in ("share", "ratio") or claim.breakdown is not None
    if is_whole or pairing.denominator is None:
        return None
    listed = months_published(record, claim.period, claim.organisation)
    grounds = [add_months(record, [month], claim.organisation, claim.period) for month in listed]
    kept = [month for month, ground in zip(listed, grounds, strict=True) if _holds(ground, pairing)]
    if not kept or len(kept) == len(claim.period.months()):
        return None
    return PartYear(
        tuple(kept), measure_one(claim.kind, pairing, add_months(record, kept, claim.organisation, claim.period))
    )


def say_part_year(claim: Claim, part: PartYear, unit: str) -> str:
    """The figure of the published months, in a sentence."""
    if part.measured.span is None:
        return ""
    figure = say_span(part.measured.span, decimals_for(claim, unit), unit)
    first, last = part.months[0].name, part.months[-1].name
    names = first if first == last else f"{first} to {last}"
    counted = "1 month" if len(part.months) == 1 else f"{len(part.months)} months"
    return f"In the {counted} of {claim.period.label} that are published ({names}) it is {figure}; the rest may differ."


def _holds(ground: Ground, pairing: Pairing) -> bool:
    return all(ground.publishes(name) for name in pairing.names)
