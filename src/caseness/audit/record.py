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
from caseness.results import ANNUAL, ENGLAND, MONTHLY, PRESS, SUMMED, FigureSource, Selection
from caseness.stats.bounds import Bounded

BASES = (ANNUAL, SUMMED, MONTHLY, PRESS)
_WAITS = "Waiting Time"
_MONTHS_IN_A_YEAR = 12

# Of the figures without an official id, those that the audit rests on.
_WITHOUT_OFFICIAL_ID = ("at_caseness", "no_reliable_change_percentage", "mean_contact_duration")
# Published, but no part of the audit rests on them: appointments by therapy, mean sessions by
# therapy, and the work and social adjustment scores. Reading them would double the time.
_NOT_AUDITED = (range(90, 121), range(142, 145), range(206, 237), range(346, 351), range(354, 356))


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
        held = self.planes.get(Cell(figure_id, wait, band))
        if held is not None:
            return held
        return Bounded.of(np.full(self.shape, np.nan), np.full(self.shape, np.nan))

    def index(self, period: Period, organisation: str) -> tuple[int, int] | None:
        """Where a period and an organisation stand, or None where this basis lacks either."""
        if period not in self.periods or organisation not in self.organisations:
            return None
        return self.periods.index(period), self.organisations.index(organisation)


_NO_QUARTERS = (
    "A quarter is known as a period of claims only. An audit is of a financial year (2021-22) or of a month (2021-04)."
)


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
        if period.kind == "quarter":
            raise UnknownName("audit of the quarter", period.label, (), _NO_QUARTERS)
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
    figures = source.select(Selection(figures=_audited_figures(), levels=tuple(levels), splits=(_WAITS,)))
    if not len(figures):
        raise NothingToAudit("These releases hold none of the figures that an audit is made of.")
    laid_out = {basis: _lay_out(figures.table, basis) for basis in (ANNUAL, MONTHLY, PRESS)}
    conflicts = tuple(note for _, notes in laid_out.values() for note in notes)
    cubes = {basis: cube for basis, (cube, _) in laid_out.items()}
    cubes[SUMMED] = sum_over_years(cubes[MONTHLY])
    names = figures.names or {}
    provenance = source.provenance() if hasattr(source, "provenance") else Provenance(sources=())  # type: ignore[attr-defined]
    return Record(cubes, names, _levels_of(figures.table), provenance, conflicts)


def _audited_figures() -> tuple[str, ...]:
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


_LAID_OUT = ("figure_id", "period_start", "period_end", "organisation", "group_1", "group_2", "low", "high", "value")


def _lay_out(table: pa.Table, basis: str) -> tuple[Cube, tuple[str, ...]]:
    rows = table.select(_LAID_OUT).filter(pc.equal(table["basis"], basis))
    periods, at_period = _axis(rows, ("period_start", "period_end"))
    codes, at_organisation = _axis(rows, ("organisation",))
    cells, at_cell = _axis(rows, ("figure_id", "group_1", "group_2"))
    shape = (len(cells), len(periods), len(codes))
    place = np.ravel_multi_index((at_cell, at_period, at_organisation), shape) if len(rows) else at_cell
    doubled = _places_that_disagree(rows, place)
    ends = [_scatter(rows[end], place, doubled, shape) for end in ("low", "high", "value")]
    planes = {Cell(*cell): Bounded(*(end[i] for end in ends)) for i, cell in enumerate(cells)}
    cube = Cube(basis, tuple(_period_of(*one) for one in periods), tuple(code for (code,) in codes), planes)
    return cube, tuple(_conflict(np.unravel_index(one, shape), cells, cube) for one in doubled)


def _axis(rows: pa.Table, columns: Sequence[str]) -> tuple[list[tuple], NDArray[np.int64]]:
    """The distinct values of some columns, in order (England first), and where each row stands."""
    encoded = [rows[name].combine_chunks().dictionary_encode(null_encoding="encode") for name in columns]
    codes = [one.indices.to_numpy(zero_copy_only=False).astype(np.int64) for one in encoded]
    sizes = [max(len(one.dictionary), 1) for one in encoded]
    combined = np.ravel_multi_index(codes, sizes) if len(rows) else np.zeros(0, np.int64)
    distinct, place = np.unique(combined, return_inverse=True)
    spelled = [one.dictionary.to_pylist() for one in encoded]
    values = [
        tuple(map(list.__getitem__, spelled, index)) for index in zip(*np.unravel_index(distinct, sizes), strict=True)
    ]
    order = sorted(range(len(values)), key=lambda i: (values[i] != (ENGLAND,), tuple(str(v or "") for v in values[i])))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return [values[i] for i in order], rank[place]


def _scatter(column: pa.ChunkedArray, place: NDArray, left_out: NDArray, shape: tuple[int, ...]) -> NDArray:
    flat = np.full(int(np.prod(shape)), np.nan)
    flat[place] = column.to_numpy()
    flat[left_out] = np.nan
    return flat.reshape(shape)


# The same figure of the same period and organisation, printed twice with different values,
# is no figure: it is left out, and said. Printed twice alike, it is one.
def _places_that_disagree(rows: pa.Table, place: NDArray) -> NDArray:
    counted = np.bincount(place) if len(place) else np.zeros(0, np.int64)
    doubled = np.flatnonzero(counted > 1)
    if not len(doubled):
        return doubled
    low = pa.table({"place": place, "low": rows["low"]}).filter(pc.is_in(pa.array(place), pa.array(doubled)))
    span = low.group_by("place").aggregate([("low", "min"), ("low", "max")])
    differs = pc.not_equal(span["low_min"], span["low_max"])
    return np.sort(span.filter(differs)["place"].to_numpy())


def _conflict(at: Sequence[int], cells: Sequence[tuple], cube: Cube) -> str:
    cell, period, organisation = (int(index) for index in at)
    return (
        f"{cells[cell][0]} of {cube.organisations[organisation]} in {cube.periods[period].label} is printed more than "
        f"once with different values ({cube.basis}). It is left out of every figure."
    )


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
