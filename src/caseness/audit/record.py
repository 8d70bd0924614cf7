"""The published record laid out for counting: figure by period by organisation, one basis at a time.

A ratio is only ever formed inside one cube, and a cube has one basis, so no ratio can mix
the annual report with the sum of the monthly files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from caseness.errors import NothingToAudit, UnknownName
from caseness.periods import Period
from caseness.provenance import Provenance
from caseness.published.names import all_figures
from caseness.results import ANNUAL, ENGLAND, MONTHLY, PRESS, SUMMED, FigureSource, Results, Selection
from caseness.stats.bounds import Bounded

BASES = (ANNUAL, SUMMED, MONTHLY, PRESS)
_WAITS = "Waiting Time"
_MONTHS_IN_A_YEAR = 12
_REASONS = ("", "suppressed", "not_applicable", "no_data")


@dataclass(frozen=True)
class Cell:
    """Which figure a plane of a cube holds: the figure, and the wait and band where it is split."""

    figure_id: str
    wait: str | None = None
    band: str | None = None


@dataclass(frozen=True, eq=False)
class Cube:
    """Every figure of one basis, as planes of periods by organisations.

    Shapes: each plane is (n_periods, n_organisations). `months` says how many monthly
    files each cell of a summed cube rests on.
    """

    basis: str
    periods: tuple[Period, ...]
    organisations: tuple[str, ...]
    planes: Mapping[Cell, Bounded] = field(repr=False)
    months: Mapping[Cell, NDArray[np.int64]] = field(default_factory=dict, repr=False)

    @property
    def shape(self) -> tuple[int, int]:
        """How many periods and organisations there are."""
        return len(self.periods), len(self.organisations)

    def holds(self, figure_id: str, wait: str | None = None, band: str | None = None) -> bool:
        """Whether any cell of this figure was published."""
        return Cell(figure_id, wait, band) in self.planes

    def plane(self, figure_id: str, wait: str | None = None, band: str | None = None) -> Bounded:
        """A figure for all periods and organisations; unknown everywhere if it was never published."""
        unknown = Bounded.of(np.full(self.shape, np.nan), np.full(self.shape, np.nan))
        return self.planes.get(Cell(figure_id, wait, band), unknown)

    def index(self, period: Period, organisation: str) -> tuple[int, int] | None:
        """Where a period and an organisation stand, or None where this basis lacks either."""
        if period not in self.periods or organisation not in self.organisations:
            return None
        return self.periods.index(period), self.organisations.index(organisation)


@dataclass(frozen=True, eq=False)
class Record:
    """The published record, ready to be audited."""

    cubes: Mapping[str, Cube] = field(repr=False)
    names: Mapping[str, str] = field(repr=False)
    levels: Mapping[str, str] = field(repr=False)
    provenance: Provenance
    conflicts: tuple[str, ...] = ()

    def cube(self, basis: str) -> Cube:
        """The figures of one basis (an empty cube where the record has none)."""
        return self.cubes.get(basis, Cube(basis, (), (), {}))

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
            raise NothingToAudit(f"There is no whole financial year of figures for {organisation}.")
        return max(years)

    def require_period(self, period: Period) -> Period:
        """The period, if any basis covers it.

        Raises
        ------
        UnknownName
            If none does.
        """
        known = self.periods(period.kind)
        if period not in known:
            span = f"These releases cover {known[0].label} to {known[-1].label}." if known else ""
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
    figures = source.select(Selection(figures=tuple(all_figures()), levels=tuple(levels), splits=(_WAITS,)))
    if not len(figures):
        raise NothingToAudit("These releases hold none of the figures that an audit is made of.")
    unique, conflicts = _without_conflicts(figures.table)
    cubes = {basis: _lay_out(unique, basis) for basis in (ANNUAL, MONTHLY, PRESS)}
    cubes[SUMMED] = sum_over_years(cubes[MONTHLY])
    names = figures.names or {}
    provenance = source.provenance() if hasattr(source, "provenance") else Provenance(sources=())  # type: ignore[attr-defined]
    return Record(cubes, names, _levels_of(unique), provenance, conflicts)


def sum_over_years(monthly: Cube) -> Cube:
    """Add the months of each financial year, count by count.

    England needs all twelve months. A provider may open or close within a year: its sum
    is over the months in which it is listed, and `months` says how many they are.
    A suppressed month makes the sum an interval without a value.
    """
    years = sorted({month.financial_year() for month in monthly.periods})
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


def _is_additive(cell: Cell) -> bool:
    figure = all_figures()[cell.figure_id]
    return figure.statistic == "count" and figure.clock != "period_end"


def _lay_out(table: pa.Table, basis: str) -> Cube:
    rows = table.filter(pc.equal(table["basis"], basis))
    starts = sorted({(row["period_start"], row["period_end"]) for row in _distinct(rows, "period_start", "period_end")})
    periods = tuple(_period_of(start, end) for start, end in starts)
    codes = tuple(sorted({row["organisation"] for row in _distinct(rows, "organisation")}, key=lambda c: (c != ENGLAND, c)))
    planes = {}
    place = _place(rows, [start for start, _ in starts], codes)
    for cell, picked in _rows_by_cell(rows).items():
        planes[cell] = _plane(rows, picked, place, (len(periods), len(codes)))
    return Cube(basis, periods, codes, planes)


def _place(rows: pa.Table, starts: Sequence[date], codes: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    period = pc.index_in(rows["period_start"], pa.array(starts, pa.date32()))
    organisation = pc.index_in(rows["organisation"], pa.array(codes, pa.string()))
    return period.to_numpy(), organisation.to_numpy()


def _rows_by_cell(rows: pa.Table) -> dict[Cell, NDArray[np.int64]]:
    keys = [rows[name].combine_chunks().dictionary_encode(null_encoding="encode") for name in ("figure_id", "group_1", "group_2")]
    codes = [key.indices.to_numpy() for key in keys]
    sizes = [max(len(key.dictionary), 1) for key in keys]
    combined = (codes[0] * sizes[1] + codes[1]) * sizes[2] + codes[2] if len(rows) else np.array([], int)
    order = np.argsort(combined, kind="stable")
    edges = np.flatnonzero(np.diff(combined[order])) + 1
    groups = np.split(order, edges) if len(order) else []
    return {_cell_of(keys, codes, group[0]): group for group in groups}


def _cell_of(keys: list, codes: list[NDArray[np.int64]], row: int) -> Cell:
    return Cell(*(key.dictionary[int(code[row])].as_py() for key, code in zip(keys, codes, strict=True)))


def _plane(rows: pa.Table, picked: NDArray[np.int64], place: tuple, shape: tuple[int, int]) -> Bounded:
    ends = []
    for column in ("low", "high", "value"):
        plane = np.full(shape, np.nan)
        numbers = rows[column].take(pa.array(picked)).to_numpy(zero_copy_only=False)
        plane[place[0][picked], place[1][picked]] = numbers
        ends.append(plane)
    return Bounded(*ends)


# The same figure of the same period and organisation, printed twice with different values,
# is no figure: it is left out, and said.
def _without_conflicts(table: pa.Table) -> tuple[pa.Table, tuple[str, ...]]:
    keys = ["basis", "figure_id", "period_start", "organisation", "group_1", "group_2"]
    counted = table.group_by(keys).aggregate([("low", "count"), ("low", "min"), ("low", "max"), ([], "count_all")])
    doubled = counted.filter(pc.greater(counted["count_all"], 1))
    if not len(doubled):
        return table, ()
    notes = tuple(
        f"{row['figure_id']} of {row['organisation']} for the period from {row['period_start']} is printed "
        f"{row['count_all']} times ({row['basis']}); it is left out."
        for row in doubled.to_pylist()
    )
    kept = table.join(doubled.select(keys), keys, join_type="left anti")
    return kept, notes


def _distinct(rows: pa.Table, *columns: str) -> list[dict]:
    return rows.group_by(list(columns)).aggregate([]).to_pylist()


def _levels_of(table: pa.Table) -> dict[str, str]:
    return {row["organisation"]: row["level"] for row in _distinct(table, "organisation", "level")}


def _years_of(cube: Cube, organisation: str) -> list[Period]:
    if organisation not in cube.organisations:
        return []
    known = cube.plane("M076").is_known[:, cube.organisations.index(organisation)]
    return [year for year, is_known in zip(cube.periods, known, strict=True) if is_known]


def _period_of(start: date, end: date) -> Period:
    is_month = (start.year, start.month) == (end.year, end.month)
    return Period("month" if is_month else "year", start, end)
