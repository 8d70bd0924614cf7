"""Rows of figures laid out as cubes. A figure that is given twice with different values is left out, and said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from caseness.audit.cube import Cell, Cube
from caseness.errors import NothingToAudit
from caseness.periods import Period
from caseness.results import ANNUAL, COMPUTED, ENGLAND, MONTHLY, PRESS
from caseness.stats.bounds import Bounded


def lay_out_bases(table: pa.Table) -> dict[str, tuple[Cube, tuple[str, ...]]]:
    """The cubes of the bases that are given, not summed. Computed figures of a year and of months take two places."""
    is_computed = pc.equal(table["basis"], COMPUTED)
    if not pc.any(is_computed).as_py():  # type: ignore[attr-defined]
        return {
            basis: _lay_out(table.filter(pc.equal(table["basis"], basis)), basis) for basis in (ANNUAL, MONTHLY, PRESS)
        }
    if not pc.all(is_computed).as_py():  # type: ignore[attr-defined]
        raise NothingToAudit(
            "These figures are in part published and in part computed from rows. A ratio of both would be of neither, so "
            "nothing is audited. Give one kind at a time."
        )
    is_month = pc.equal(pc.month(table["period_start"]), pc.month(table["period_end"]))  # type: ignore[attr-defined]
    placed = {ANNUAL: pc.invert(is_month), MONTHLY: is_month}  # type: ignore[attr-defined]
    return {basis: _lay_out(table.filter(rows), basis) for basis, rows in placed.items()}


_LAID_OUT = ("figure_id", "period_start", "period_end", "organisation", "group_1", "group_2", "low", "high", "value")


def _lay_out(table: pa.Table, basis: str) -> tuple[Cube, tuple[str, ...]]:
    rows = table.select(_LAID_OUT)
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


def _period_of(start: date, end: date) -> Period:
    is_month = (start.year, start.month) == (end.year, end.month)
    return Period("month" if is_month else "year", start, end)
