"""The published figures of one organisation and period on one basis, and counts made of them.

A claim is judged on one ground at a time. A ground has one basis, so no quotient can mix
the annual report with the monthly files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from math import isnan

from caseness.audit.claims.model import Breakdown
from caseness.audit.claims.spans import Span
from caseness.audit.counts import COUNTS
from caseness.audit.cube import Cube
from caseness.audit.record import Record
from caseness.periods import Period
from caseness.results import ANNUAL, MONTHLY, PRESS, SUMMED, FigureSource, Selection
from caseness.stats.bounds import Bounded

# A month is printed in one kind of file. A quarter is only ever the sum of three.
BASES_OF = {"month": (MONTHLY,), "quarter": (SUMMED,), "year": (ANNUAL, SUMMED, PRESS)}

Weights = dict[str, int]


@dataclass(frozen=True, eq=False)
class Ground:
    """Published figures by their id, each as a span. A figure that was not published is absent."""

    basis: str
    period: Period
    figures: Mapping[str, Span] = field(repr=False)

    def publishes(self, name: str) -> bool:
        """Whether a count can be made of what was published here."""
        return self.weights(name) is not None

    def weights(self, name: str) -> Weights | None:
        """The figures that a count adds (+1) and takes away (-1), or None where one is missing."""
        definition = COUNTS[name]
        is_annual = self.basis == ANNUAL
        if is_annual and self.period in definition.unknown_in:
            return None
        plus = definition.annual_plus if is_annual and definition.annual_plus else definition.plus
        weights = {**dict.fromkeys(plus, 1), **dict.fromkeys(definition.minus, -1)}
        return weights if weights.keys() <= self.figures.keys() else None

    def count(self, name: str) -> Span | None:
        """A count, or None where it was not published. Never below 0."""
        weights = self.weights(name)
        if weights is None:
            return None
        low = sum((w * _end(self.figures[f], w < 0) for f, w in weights.items()), Fraction(0))
        high = sum((w * _end(self.figures[f], w > 0) for f, w in weights.items()), Fraction(0))
        return Span(max(low, Fraction(0)), max(high, Fraction(0)), _printed(self.figures, weights))


def quotient(ground: Ground, numerator: str, denominator: str, is_part: bool) -> Span | None:
    """One count over another, or None where either was not published or there is nothing to divide by.

    The two may share figures (finished / (finished + treated once)), so the ends are
    sought over the corners of what the figures may be, all figures moving together. A
    quotient of sums that is never divided by 0 takes its ends in a corner.

    Parameters
    ----------
    is_part : bool
        Whether everyone in the numerator is counted in the denominator: it then cannot exceed 1.
    """
    above, below = ground.weights(numerator), ground.weights(denominator)
    if above is None or below is None:
        return None
    figures = sorted({*above, *below})
    corners = product(*(_ends(ground.figures[figure]) for figure in figures))
    pairs = [(_weigh(above, figures, corner), _weigh(below, figures, corner)) for corner in corners]
    return _span_of(pairs, is_part, _printed_quotient(ground, above, below))


def stand_on(record: Record, basis: str, period: Period, organisation: str) -> Ground:
    """The figures of one organisation and period on one basis."""
    cube = record.cube(basis)
    if period.kind == "quarter":
        return Ground(cube.basis, period, add_months(record, period.months(), organisation, period).figures)
    return Ground(cube.basis, period, _figures_of(cube, period, organisation))


def add_months(record: Record, months: Sequence[Period], organisation: str, period: Period) -> Ground:
    """Monthly files added up, figure by figure; a figure that any of the months lacks is absent."""
    figures = [_figures_of(record.cube(MONTHLY), month, organisation) for month in months]
    return Ground(record.cube(MONTHLY).basis, period, _added(figures))


def months_published(record: Record, period: Period, organisation: str) -> tuple[Period, ...]:
    """The months of a period of which the releases hold anything for an organisation."""
    cube = record.cube(MONTHLY)
    return tuple(month for month in period.months() if _figures_of(cube, month, organisation))


def covers(record: Record, period: Period, organisation: str) -> bool:
    """Whether the releases hold anything of an organisation for a period, or for a month of it."""
    whole = any(_figures_of(cube, period, organisation) for cube in record.cubes.values())
    return whole or bool(months_published(record, period, organisation))


def stand_on_group(source: FigureSource, group: Breakdown, period: Period, organisation: str) -> Ground:
    """The annual figures of one group of one breakdown."""
    rows = source.select(
        Selection(figures=_needed(), organisations=(organisation,), bases=(ANNUAL,), splits=(group.type,))
    ).table.to_pylist()
    kept = (row for row in rows if _is_of(row, group, period))
    return Ground(ANNUAL, period, {row["figure_id"]: _span_of_row(row) for row in kept if row["low"] is not None})


def groups_of(source: FigureSource, organisation: str) -> Mapping[str, frozenset[str]]:
    """Every annual breakdown of an organisation that prints who finished a course, with its groups."""
    wanted = Selection(figures=("M076",), organisations=(organisation,), bases=(ANNUAL,))
    found: dict[str, set[str]] = {}
    for row in source.select(wanted).table.select(["split_1", "group_1", "group_2"]).to_pylist():
        if row["split_1"] is not None and row["group_1"] is not None and row["group_2"] is None:
            found.setdefault(row["split_1"], set()).add(row["group_1"])
    return {kind: frozenset(groups) for kind, groups in found.items()}


def _figures_of(cube: Cube, period: Period, organisation: str) -> dict[str, Span]:
    at = cube.index(period, organisation)
    if at is None:
        return {}
    cells = ((figure, cube.plane(figure)[at]) for figure in _needed() if cube.holds(figure))
    return {figure: _span_of_cell(cell) for figure, cell in cells if cell.is_known.all()}


def _added(months: list[dict[str, Span]]) -> dict[str, Span]:
    in_all = set.intersection(*(set(month) for month in months))
    return {figure: _sum_of([month[figure] for month in months]) for figure in in_all}


def _sum_of(spans: list[Span]) -> Span:
    values = [span.value for span in spans if span.value is not None]
    value = sum(values, Fraction(0)) if len(values) == len(spans) else None
    return Span(_sum_ends(spans, False), _sum_ends(spans, True), value)


def _sum_ends(spans: list[Span], is_high: bool) -> Fraction:
    return sum((_end(span, is_high) for span in spans), Fraction(0))


def _needed() -> tuple[str, ...]:
    made_of = (part for one in COUNTS.values() for part in (*one.plus, *one.minus, *one.annual_plus))
    return tuple(sorted(set(made_of)))


def _is_of(row: dict, group: Breakdown, period: Period) -> bool:
    is_group = (row["split_1"], row["group_1"], row["group_2"]) == (group.type, group.group, None)
    return is_group and (row["period_start"], row["period_end"]) == (period.start, period.end)


def _span_of_cell(cell: Bounded) -> Span:
    return _span(cell.low.item(), cell.high.item(), cell.value.item())


def _span_of_row(row: dict) -> Span:
    return _span(row["low"], row["high"], float("nan") if row["value"] is None else row["value"])


def _span(low: float, high: float, value: float) -> Span:
    return Span(Fraction(low), Fraction(high), None if isnan(value) else Fraction(value))


def _end(span: Span, is_high: bool) -> Fraction:
    end = span.high if is_high else span.low
    assert end is not None, "a published figure has both ends"
    return end


def _ends(span: Span) -> tuple[Fraction, ...]:
    low, high = _end(span, False), _end(span, True)
    return (low,) if low == high else (low, high)


def _weigh(weights: Weights, figures: list[str], corner: tuple[Fraction, ...]) -> Fraction:
    total = sum((weights.get(figure, 0) * end for figure, end in zip(figures, corner, strict=True)), Fraction(0))
    return max(total, Fraction(0))


def _printed(figures: Mapping[str, Span], weights: Weights) -> Fraction | None:
    terms = [(figures[figure].value, weight) for figure, weight in weights.items()]
    known = [value * weight for value, weight in terms if value is not None]
    return max(sum(known, Fraction(0)), Fraction(0)) if len(known) == len(terms) else None


def _printed_quotient(ground: Ground, above: Weights, below: Weights) -> Fraction | None:
    part, whole = _printed(ground.figures, above), _printed(ground.figures, below)
    return part / whole if part is not None and whole else None


# A corner that divides something by nothing has no upper end (1 for a part of a whole);
# one that divides nothing by nothing says nothing.
def _span_of(pairs: Iterable[tuple[Fraction, Fraction]], is_part: bool, value: Fraction | None) -> Span | None:
    whole = [(part, total) for part, total in pairs if part or total]
    found = [part / total for part, total in whole if total]
    if not found:
        return None
    is_endless = len(found) < len(whole)
    if is_part:
        top = Fraction(1)
        return Span(min(*found, top), top if is_endless else min(max(found), top), value)
    return Span(min(found), None if is_endless else max(found), value)
