"""Which assumption moves the cost of a recovery most, each moved alone."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from caseness.audit.assumptions import Assumptions
from caseness.audit.cost.model import Swing, Tornado
from caseness.audit.cost.prices import kinds_of_contact
from caseness.audit.cost.spend import SETTINGS, Spending, settings_of
from caseness.audit.counts import count
from caseness.audit.natural import Band, Natural
from caseness.audit.quantity import Quantity
from caseness.audit.record import Record
from caseness.audit.spelling import spell
from caseness.audit.subject import Subject
from caseness.audit.terms import pick
from caseness.stats.cost import Model, Range, move_each

_NATURAL = "natural"


def blow_tornadoes(
    record: Record, subject: Subject, spending: Spending, natural: Natural | None, assumptions: Assumptions
) -> tuple[Tornado, ...]:
    """The tornado of the cost of a recovery, and of an additional one where natural recovery is known."""
    attended = spending.attended.value.item()
    if not math.isfinite(attended):
        return ()
    for cube in reversed(record.cubes_of(subject.period)):
        recovered = pick(count(cube, "recovery"), cube, subject.period, subject.organisation).value.item()
        if recovered > 0:
            return tuple(
                _blow(spending, recovered, cube.basis, natural.band(cube.basis) if natural else None, assumptions)
            )
    return ()


def _blow(
    spending: Spending, recovered: float, basis: str, band: Band | None, assumptions: Assumptions
) -> Iterator[Tornado]:
    ranges = _ranges(spending, assumptions)
    yield _tornado("recovery", "Recovery", basis, _model(spending, recovered, 0.0), ranges, spending, assumptions)
    if band is None or band.natural.low is None or band.natural.high is None or band.judged.value is None:
        return
    middle = (band.natural.low + band.natural.high) / 2
    with_natural = {**ranges, _NATURAL: Range(middle, band.natural.low, band.natural.high)}
    model = _model(spending, recovered, band.judged.value)
    yield _tornado("additional_recovery", "Additional recovery", basis, model, with_natural, spending, assumptions)


def _model(spending: Spending, recovered: float, judged: float) -> Model:
    attended = spending.attended.value.item()
    missed = spending.missed.value.item()
    missed = missed if math.isfinite(missed) else 0.0

    def cost(given: Mapping[str, float]) -> float:
        additional = recovered - given.get(_NATURAL, 0.0) / 100 * judged
        return spending.pounds(attended, missed, given) / additional if additional > 0 else math.inf

    return cost


def _ranges(spending: Spending, assumptions: Assumptions) -> dict[str, Range]:
    value, low, high = (settings_of(assumptions, spending.collection, end) for end in ("value", "low", "high"))
    return {name: Range(value[name], low[name], high[name]) for name in value if low[name] != high[name]}


def _tornado(
    of: str,
    label: str,
    basis: str,
    model: Model,
    ranges: dict[str, Range],
    spending: Spending,
    assumptions: Assumptions,
) -> Tornado:
    fixed = {name: one for name, one in settings_of(assumptions, spending.collection).items() if name not in ranges}
    base, swings = move_each(lambda given: model({**fixed, **given}), ranges)
    told = (
        Swing(
            one.name, _label(one.name, assumptions), *_ends(one.name, ranges), _pounds(one.at_low), _pounds(one.at_high)
        )
        for one in swings
    )
    return Tornado(of, label, basis, _pounds(base), tuple(told))


def _label(name: str, assumptions: Assumptions) -> str:
    return "Natural recovery, of those judged" if name == _NATURAL else assumptions.find(f"cost.{name}").label


def _ends(name: str, ranges: dict[str, Range]) -> tuple[str, str]:
    if name in (*SETTINGS, _NATURAL):
        ends = (ranges[name].low, ranges[name].high)
        return tuple(spell(Quantity(end, end, end, "percentage")) for end in ends)  # type: ignore[return-value]
    widest, *_, narrowest = kinds_of_contact()
    return narrowest, widest


def _pounds(number: float) -> Quantity:
    known = number if math.isfinite(number) else None
    return Quantity(known, known, known, "pounds", None if known is not None else "not_applicable")
