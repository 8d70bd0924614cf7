"""The record laid out for counting, one basis at a time: as it was published, or as it was computed from rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from caseness.audit.cube import Cell, Cube
from caseness.audit.laying_out import lay_out_bases
from caseness.errors import NothingToAudit, UnknownName
from caseness.periods import Period
from caseness.provenance import Provenance
from caseness.published.names import all_figures
from caseness.results import ANNUAL, COMPUTED, ENGLAND, MONTHLY, PRESS, SUMMED, FigureSource, Selection
from caseness.stats.bounds import Bounded

BASES = (ANNUAL, SUMMED, MONTHLY, PRESS)
# Where every figure is computed from rows, its cubes stand in the places of the published ones, and say what they are.
COMPUTED_BASES = MappingProxyType(
    {ANNUAL: "computed over the year", SUMMED: "sum of computed months", MONTHLY: "computed by month"}
)
_WAITS = "Waiting Time"
_MONTHS_IN_A_YEAR = 12

# Of the figures without an official id, those that the audit rests on.
_WITHOUT_OFFICIAL_ID = ("at_caseness", "no_reliable_change_percentage", "mean_contact_duration")
# Published, but no part of the audit rests on them: appointments by therapy, mean sessions by
# therapy, and the work and social adjustment scores. Reading them would double the time.
_NOT_AUDITED = (range(90, 121), range(142, 145), range(206, 237), range(346, 351), range(354, 356))


_NO_QUARTERS = (
    "A quarter is known as a period of claims only. An audit is of a financial year (2021-22) or of a month (2021-04)."
)


@dataclass(frozen=True, eq=False)
class Record:
    """The record, ready to be audited: the published one, or what was computed from rows in its place.

    Each cube stands at the basis whose place it takes; `Cube.basis` says what it is.
    """

    cubes: Mapping[str, Cube] = field(repr=False)
    names: Mapping[str, str] = field(repr=False)
    levels: Mapping[str, str] = field(repr=False)
    provenance: Provenance
    conflicts: tuple[str, ...] = ()

    def cube(self, basis: str) -> Cube:
        """The figures of one basis (an empty cube where the record has none)."""
        named = {cube.basis: cube for cube in self.cubes.values()}
        return self.cubes.get(basis) or named.get(basis) or Cube(self._name(basis), (), (), {})

    @property
    def is_computed(self) -> bool:
        """Whether its figures were computed from rows, and none was published."""
        return any(cube.basis in COMPUTED_BASES.values() for cube in self.cubes.values())

    def whole_bases(self, period: Period) -> tuple[str, ...]:
        """The bases on which a whole period is counted: one for a month, two for a year."""
        return (MONTHLY,) if period.kind == "month" else (ANNUAL, SUMMED)

    def cubes_of(self, period: Period) -> tuple[Cube, ...]:
        """The figures of each basis on which a whole period is counted."""
        return tuple(self.cube(basis) for basis in self.whole_bases(period))

    def by_month(self, period: Period) -> Cube:
        """The figures of a month, or those of a year as the sum of its months."""
        return self.cube(MONTHLY if period.kind == "month" else SUMMED)

    def _name(self, basis: str) -> str:
        return COMPUTED_BASES.get(basis, basis) if self.is_computed else basis

    @property
    def organisations(self) -> tuple[str, ...]:
        """Every organisation that has any figure, England first."""
        return tuple(sorted(self.levels, key=lambda code: (code != ENGLAND, code)))

    def periods(self, kind: str) -> tuple[Period, ...]:
        """Every period of a kind ("month" or "year") that any basis covers, in order."""
        return tuple(sorted({one for cube in self.cubes.values() for one in cube.periods if one.kind == kind}))

    def latest_year(self, organisation: str = ENGLAND) -> Period:
        """The latest financial year of which this organisation has figures on a whole basis.

        Raises
        ------
        NothingToAudit
            If there is no year at all.
        """
        years = [one for basis in (ANNUAL, SUMMED) for one in _years_of(self.cube(basis), organisation)]
        if not years:
            held = self.periods("month")
            span = f" It holds the months {held[0].label} to {held[-1].label}: name one with --period." if held else ""
            raise NothingToAudit(
                f"There is no whole financial year of figures for {self.names.get(organisation, organisation)}.{span}"
            )
        return max(years)

    def require_period(self, period: Period) -> Period:
        """The period, if any basis covers it.

        Raises
        ------
        UnknownName
            If none does.
        """
        if period.kind == "quarter":
            raise UnknownName("audit of the quarter", period.label, (), _NO_QUARTERS)
        known = self.periods(period.kind)
        if period not in known:
            what = "The record covers" if self.is_computed else "These releases cover"
            span = f"{what} {known[0].label} to {known[-1].label}." if known else ""
            raise UnknownName(period.kind, period.label, [one.label for one in known], span)
        return period


def gather(source: FigureSource, levels: Sequence[str] = ("england", "provider")) -> Record:
    """Lay out all that the audit needs from a source of figures.

    Parameters
    ----------
    source : releases, embedded facts, or results
    levels : which levels of organisation to take

    Returns
    -------
    Record
        Cubes by basis: the annual report, the monthly files, their sums over financial
        years, and rounded press figures, never mixed.
    """
    figures = source.select(Selection(figures=audited_figures(), levels=tuple(levels), splits=(_WAITS,)))
    if not len(figures):
        raise NothingToAudit("These releases hold none of the figures that an audit is made of.")
    laid_out = lay_out_bases(figures.table)
    conflicts = tuple(note for _, notes in laid_out.values() for note in notes)
    cubes = {basis: cube for basis, (cube, _) in laid_out.items()}
    cubes[SUMMED] = sum_over_years(cubes[MONTHLY])
    if not set(pc.unique(figures.table["basis"]).to_pylist()) - {COMPUTED}:  # type: ignore[attr-defined]
        cubes = {basis: replace(cube, basis=COMPUTED_BASES.get(basis, basis)) for basis, cube in cubes.items()}
    names = figures.names or {}
    provenance = source.provenance() if hasattr(source, "provenance") else Provenance(sources=())  # type: ignore[attr-defined]
    return Record(cubes, names, _levels_of(figures.table), provenance, conflicts)


def audited_figures() -> tuple[str, ...]:
    """The ids of the figures that the audit rests on."""
    return tuple(figure_id for figure_id in all_figures() if _is_audited(figure_id))


def _is_audited(figure_id: str) -> bool:
    number = figure_id.removeprefix("M")
    if not number.isdigit():
        return figure_id in _WITHOUT_OFFICIAL_ID
    return not any(int(number) in passed for passed in _NOT_AUDITED)


def sum_over_years(monthly: Cube) -> Cube:
    """Add the months of each financial year, count by count.

    A year of which any month is missing from the releases is not summed at all, and
    England needs a figure in each of the twelve. A provider may open or close within a year: its sum
    is over the months in which it is listed, and `months` says how many they are.
    A suppressed month makes the sum an interval without a value.
    """
    years = [year for year in _years_touched(monthly) if set(year.months()) <= set(monthly.periods)]
    if not years:
        return Cube(SUMMED, (), (), {})
    rows = [[i for i, month in enumerate(monthly.periods) if month.financial_year() == year] for year in years]
    counted = [cell for cell in monthly.planes if _is_additive(cell)]
    months = {cell: np.array([monthly.planes[cell].is_known[picked].sum(0) for picked in rows]) for cell in counted}
    planes = {cell: _summed(monthly, cell, rows, months[cell]) for cell in counted}
    return Cube(SUMMED, tuple(years), monthly.organisations, planes, months)


def _summed(monthly: Cube, cell: Cell, rows: list[list[int]], months: NDArray[np.int64]) -> Bounded:
    plane = monthly.planes[cell]
    # A month in which an organisation is not listed adds nothing; a starred one adds 0 to 4.
    filled = Bounded.of(np.nan_to_num(plane.low), np.nan_to_num(plane.high), np.where(plane.is_known, plane.value, 0))
    sums = [filled[picked].sum(0) for picked in rows]
    is_missing = months == 0
    if ENGLAND in monthly.organisations:
        england = monthly.organisations.index(ENGLAND)
        is_missing[:, england] |= months[:, england] < _MONTHS_IN_A_YEAR
    low, high, value = (np.stack([getattr(one, end) for one in sums]) for end in ("low", "high", "value"))
    return Bounded(*(np.where(is_missing, np.nan, end) for end in (low, high, value)))


def _years_touched(monthly: Cube) -> list[Period]:
    return sorted({month.financial_year() for month in monthly.periods})


def _is_additive(cell: Cell) -> bool:
    figure = all_figures()[cell.figure_id]
    return figure.statistic == "count" and figure.clock != "period_end"


def _distinct(rows: pa.Table, *columns: str) -> list[dict]:
    return rows.group_by(list(columns)).aggregate([]).to_pylist()


def _levels_of(table: pa.Table) -> dict[str, str]:
    return {row["organisation"]: row["level"] for row in _distinct(table, "organisation", "level")}


def _years_of(cube: Cube, organisation: str) -> list[Period]:
    if organisation not in cube.organisations:
        return []
    known = cube.plane("M076").is_known[:, cube.organisations.index(organisation)]
    return [year for year, is_known in zip(cube.periods, known, strict=True) if is_known]
