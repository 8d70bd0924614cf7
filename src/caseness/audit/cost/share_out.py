"""A total shared out over contacts, courses and recoveries."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from caseness.audit.assumptions import Assumptions
from caseness.audit.cost.earlier import PRICES_2013
from caseness.audit.cost.model import CostPer, TotalCost
from caseness.audit.cost.spend import MILLION, Spending
from caseness.audit.counts import count
from caseness.audit.cube import Cube
from caseness.audit.natural import Natural
from caseness.audit.quantity import Estimate, Quantity
from caseness.audit.record import Record
from caseness.audit.subject import Subject
from caseness.audit.terms import pick
from caseness.results import ANNUAL
from caseness.stats.bounds import Bounded, exact
from caseness.stats.cost import cost_per

_RESULTS = (
    ("course", "Finished course", "finished_course"),
    ("started", "Person treated at least once", "ended_after_treatment"),
    ("recovery", "Recovery", "recovery"),
    ("reliable_recovery", "Reliable recovery", "reliable_recovery"),
)
_OTHER_COLLECTION = "The money is of another collection than the counts, and covers other providers. "
_OTHER_BASIS = "A ratio of two bases: contacts are counted by the monthly files and results by the annual report. "
NO_ADDITIONAL = "No additional recovery, so there is nothing to put a price on."


def share_out(
    record: Record,
    subject: Subject,
    spending: Spending,
    totals: tuple[TotalCost, ...],
    natural: Natural | None,
    assumptions: Assumptions,
) -> Iterator[CostPer]:
    """Every cost per result, that on the basis of the contacts first."""
    for total in totals:
        if total.id != PRICES_2013:
            yield from _contacts(total, spending, record, subject, assumptions)
        for cube in _own_basis_first(record.cubes_of(subject.period), total.basis):
            yield from _results(total, cube, subject)
            yield from _additional(total, cube.basis, natural)


# Contacts and results of one basis come first: that is the cost which is told.
def _own_basis_first(cubes: tuple[Cube, ...], basis: str) -> list[Cube]:
    return sorted(cubes, key=lambda cube: cube.basis != basis)


def _contacts(
    total: TotalCost, spending: Spending, record: Record, subject: Subject, assumptions: Assumptions
) -> Iterator[CostPer]:
    contacts = exact(spending.collection.contacts) if total.id == "reported" else spending.attended
    session = _estimate(total, contacts, "pounds and pence")
    yield CostPer(
        "session",
        "Attended contact",
        total.id,
        total.basis,
        session,
        "Money and contacts are of one source." if total.id == "reported" else "",
    )
    minutes, how = _minutes(record, subject, assumptions)
    hours = Bounded.of(minutes.low / 60, minutes.high / 60, minutes.value / 60)
    priced = _quantified(cost_per(_bounded(session), hours), "pounds and pence")
    yield CostPer("contact_hour", "Hour of contact", total.id, total.basis, priced, how)


def _minutes(record: Record, subject: Subject, assumptions: Assumptions) -> tuple[Bounded, str]:
    cube = record.cube(ANNUAL)
    published = pick(cube.plane("mean_contact_duration"), cube, subject.period, subject.organisation)
    if published.is_known.all():
        return published, "The mean duration of a treatment contact, as the annual report prints it."
    assumed = assumptions.find("cost.minutes_per_contact")
    low, high = assumed.low or assumed.number, assumed.high or assumed.number
    how = f"At {assumed.number:g} minutes a contact ({low:g} to {high:g}): assumed."
    return Bounded.of([low], [high], [assumed.number]), how


def _results(total: TotalCost, cube: Cube, subject: Subject) -> Iterator[CostPer]:
    for of, label, name in _RESULTS:
        counted = pick(count(cube, name), cube, subject.period, subject.organisation)
        if counted.is_known.all():
            yield CostPer(of, label, total.id, cube.basis, _estimate(total, counted), _note(total, cube.basis))


def _additional(total: TotalCost, basis: str, natural: Natural | None) -> Iterator[CostPer]:
    band = natural.band(basis) if natural else None
    if band is None or not band.additional.is_known:
        return
    cost = _estimate(total, _bounded(band.additional))
    note = _note(total, basis) + ("" if cost.is_known else NO_ADDITIONAL)
    note += (
        "Nothing rules out that no recovery was additional, so there is no highest cost."
        if cost.is_known and cost.high is None
        else ""
    )
    yield CostPer("additional_recovery", "Additional recovery", total.id, basis, cost, note.strip())


def _note(total: TotalCost, basis: str) -> str:
    if total.id == "reported":
        return f"At least. {_OTHER_COLLECTION}"
    if total.id == PRICES_2013:
        return "At prices of a study of 2013: assumed. "
    money = f"The price is of another collection than the counts: {total.collection}. "
    return money if basis == total.basis else _OTHER_BASIS + money


def _estimate(total: TotalCost, counted: Bounded, unit: str = "pounds") -> Estimate:
    money = _bounded(total.total)
    pounds = Bounded(*(end * MILLION for end in (money.low, money.high, money.value)))
    return _quantified(cost_per(pounds, counted), unit)


def _bounded(quantity: Quantity) -> Bounded:
    low, high, value = (np.nan if end is None else end for end in (quantity.low, quantity.high, quantity.value))
    return Bounded.of([low], [np.inf if quantity.is_known and quantity.high is None else high], [value])


def _quantified(bounded: Bounded, unit: str) -> Estimate:
    low, high, value = (
        end.item() if math.isfinite(end.item()) else None for end in (bounded.low, bounded.high, bounded.value)
    )
    reason = "not_applicable" if low is None else None
    return Estimate(value, low, high, unit, reason, "range of assumptions and of what was published")
