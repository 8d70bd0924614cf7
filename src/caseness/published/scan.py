"""Recompute every published percentage from its counts: every organisation, period and breakdown.

A percentage is worked out by its publisher on counts that it then rounds or stars. So the
counts that are printed leave a range, and a printed percentage outside that range cannot
come from them: either it or one of its counts is wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import ibis
import numpy as np
import pyarrow as pa
from ibis import ifelse, null

from caseness import engine
from caseness.published.names import all_figures
from caseness.published.percentages import Percentage, all_percentages
from caseness.published.releases import Release, Releases, without
from caseness.published.rounding import STAR, ends_of
from caseness.published.tidy import is_star_in, number_in
from caseness.stats.bounds import Array, Bounded, overlap, share, total

LISTED = 50

# A printed 50.5 is read as 50.45 to 50.55, and neither end is a whole number of halves of a
# bit: without this, a percentage that lies on the very end would be called impossible.
_TOLERANCE = 1e-9
_STARRED = -1.0
_CELL = (
    "period_start",
    "level",
    "organisation",
    "commissioner",
    "split_1",
    "group_1",
    "split_2",
    "group_2",
)
_PLACE = (*_CELL, "period_end")


@dataclass(frozen=True)
class Impossible:
    """A printed percentage that its own printed counts rule out.

    `low` to `high` is what the counts allow, a percentage. `groups` names the breakdown.
    """

    figure_id: str
    period_start: date
    level: str
    organisation: str
    commissioner: str | None
    groups: tuple[str, ...]
    printed: float
    low: float
    high: float
    source: str


@dataclass(frozen=True)
class PercentageScan:
    """What became of all printed values of one percentage in one release."""

    figure_id: str
    source: str
    reproduced: int
    starred: int
    without_counts: int
    impossible: int

    @property
    def cells(self) -> int:
        """All cells that hold this percentage, starred ones included."""
        return self.reproduced + self.starred + self.without_counts + self.impossible


@dataclass(frozen=True)
class Scan:
    """What became of every percentage in the releases.

    `cells` = `reproduced` + `starred` + `without_counts` + `impossible`. Reproduced: the
    printed percentage lies within what its printed counts allow. Starred: the percentage
    itself was suppressed. Without counts: a count that it needs is not printed. `listed`
    holds the first impossible ones, at most `LISTED`, in order of release and place.
    """

    percentages: tuple[PercentageScan, ...]
    listed: tuple[Impossible, ...]

    @property
    def cells(self) -> int:
        """All cells that hold a percentage."""
        return sum(one.cells for one in self.percentages)

    @property
    def reproduced(self) -> int:
        """How many lie within what their counts allow."""
        return sum(one.reproduced for one in self.percentages)

    @property
    def starred(self) -> int:
        """How many were suppressed."""
        return sum(one.starred for one in self.percentages)

    @property
    def without_counts(self) -> int:
        """How many are printed without a count that they need."""
        return sum(one.without_counts for one in self.percentages)

    @property
    def cannot_be_checked(self) -> int:
        """How many are suppressed or lack a count."""
        return self.starred + self.without_counts

    @property
    def impossible(self) -> int:
        """How many their own counts rule out."""
        return sum(one.impossible for one in self.percentages)


def scan_releases(releases: Releases, datasets: Collection[str] | None = None) -> Scan:
    """Recompute every percentage of every release from the counts beside it.

    One pass over each release: its percentages and their counts are set side by side in
    the engine, and compared here.

    Parameters
    ----------
    releases : what was opened
    datasets : only releases of these (annual, monthly, outcomes); None means all

    Returns
    -------
    Scan
        Counts by percentage and release, and the first of the impossible ones.
    """
    percentages: list[PercentageScan] = []
    listed: list[Impossible] = []
    for release in releases.releases:
        if datasets is not None and release.layout.dataset not in datasets:
            continue
        for outcome, impossible in _scan_release(release):
            percentages.append(outcome)
            listed.extend(impossible)
    return Scan(tuple(percentages), tuple(listed[:LISTED]))


def _scan_release(release: Release) -> Iterator[tuple[PercentageScan, list[Impossible]]]:
    held = release.figure_ids
    wanted = [one for one in all_percentages() if one.figure_id in held]
    if not wanted:
        return
    printed = sorted({figure_id for one in wanted for figure_id in (one.figure_id, *one.counts)} & held)
    # Brought out once and put back, in the same order: the level of a row is then a column, and not worked out again for
    # each figure.
    beside = engine.fetch(_side_by_side(release, printed))
    table = engine.fetch(_with_ends(engine.load(beside), printed))
    outcomes = [_judge(one, _columns(table, printed), release.name) for one in wanted]
    for one, outcome in zip(wanted, outcomes, strict=True):
        yield (
            outcome,
            _list_impossible(one, _columns(table, printed), beside, release.name) if outcome.impossible else [],
        )


def _columns(table: pa.Table, figure_ids: Sequence[str]) -> dict[str, Bounded]:
    return {figure_id: _bounded(table, figure_id) for figure_id in figure_ids}


# One column for each figure, a star as -1. Grouped by the columns as they lie on disk, and
# placed only then: there are thirty times as many rows before as after.
def _side_by_side(release: Release, figure_ids: Sequence[str]) -> ibis.Table:
    on_disk, stored = release.layout.on_disk, release.stored
    if release.lost or on_disk is None:
        cells = without(release.cells, release.lost)
        return _pivot(cells, _PLACE, cells.figure_id, ifelse(cells.mark == STAR, _STARRED, cells.value), figure_ids)
    is_starred = is_star_in(stored.value, on_disk.is_null_a_star)
    coded = ifelse(is_starred, _STARRED, number_in(stored.value))
    figure_id = on_disk.figure(stored)["figure_id"]
    beside = _pivot(stored, on_disk.place_columns, figure_id, coded, figure_ids)
    return beside.select(**on_disk.place(beside), **{one: beside[one] for one in figure_ids})


def _pivot(
    table: ibis.Table, keys: Sequence[str], figure_id: ibis.Value, coded: ibis.Value, figure_ids: Sequence[str]
) -> ibis.Table:
    told = table.select(*keys, told_figure=figure_id, told_value=coded)
    wanted = told.filter(told.told_figure.isin(figure_ids))
    columns = {one: ifelse(wanted.told_figure == one, wanted.told_value, null("float64")).max() for one in figure_ids}
    return wanted.group_by(keys).agg(**columns)


def _with_ends(beside: ibis.Table, figure_ids: Sequence[str]) -> ibis.Table:
    columns = {}
    for one in figure_ids:
        statistic, coded = ibis.literal(_statistic_of(one)), beside[one]
        value = ifelse(coded == _STARRED, null("float64"), coded)
        is_starred = (coded == _STARRED) & (beside.level != "england")
        low, high = ends_of(value, is_starred, statistic, beside.level)
        columns |= {f"{one} low": low, f"{one} high": high, f"{one} value": value}
    return beside.select(**columns)


def _statistic_of(figure_id: str) -> str:
    return all_figures()[figure_id].statistic


def _bounded(table: pa.Table, figure_id: str) -> Bounded:
    return Bounded(*(_numbers(table, f"{figure_id} {part}") for part in ("low", "high", "value")))


def _numbers(table: pa.Table, column: str) -> Array:
    return table[column].combine_chunks().to_numpy(zero_copy_only=False)


def _judge(one: Percentage, columns: dict[str, Bounded], source: str) -> PercentageScan:
    printed, allowed = columns[one.figure_id], _what_counts_allow(one, columns)
    is_printed = ~np.isnan(printed.value)
    is_impossible = _is_ruled_out(printed, allowed)
    return PercentageScan(
        figure_id=one.figure_id,
        source=source,
        reproduced=int((is_printed & allowed.is_known & ~is_impossible).sum()),
        starred=int((printed.is_known & ~is_printed).sum()),
        without_counts=int((is_printed & ~allowed.is_known).sum()),
        impossible=int(is_impossible.sum()),
    )


def _is_ruled_out(printed: Bounded, allowed: Bounded) -> np.ndarray:
    is_compared = ~np.isnan(printed.value) & allowed.is_known
    return is_compared & ~overlap(printed, allowed, _TOLERANCE)


def _what_counts_allow(one: Percentage, columns: dict[str, Bounded]) -> Bounded:
    nothing = np.full(columns[one.figure_id].low.shape, np.nan)
    unknown = Bounded(nothing, nothing, nothing)
    part, whole = (
        total([_signed(columns.get(figure_id, unknown), sign) for sign, figure_id in terms])
        for terms in (one.numerator, one.denominator)
    )
    # A part that is certainly larger than its whole allows only percentages over 100: none that is printed.
    return share(part, whole, part_of_whole=False)


def _signed(count: Bounded, sign: int) -> Bounded:
    return -count if sign < 0 else count


def _list_impossible(one: Percentage, columns: dict[str, Bounded], table: pa.Table, source: str) -> list[Impossible]:
    printed, allowed = columns[one.figure_id], _what_counts_allow(one, columns)
    found = np.flatnonzero(_is_ruled_out(printed, allowed))
    cells = table.select(_CELL).take(pa.array(found)).to_pylist()
    listed = [
        Impossible(
            figure_id=one.figure_id,
            **{name: cell[name] for name in _CELL[:4]},
            groups=tuple(cell[name] for name in ("group_1", "group_2") if cell[name] is not None),
            printed=float(printed.value[index]),
            low=float(allowed.low[index]),
            high=float(allowed.high[index]),
            source=source,
        )
        for index, cell in zip(found, cells, strict=True)
    ]
    return sorted(listed, key=_place)[:LISTED]


def _place(one: Impossible) -> tuple[date, str, str, str, tuple[str, ...]]:
    return (one.period_start, one.level, one.organisation, one.commissioner or "", one.groups)
