"""Open a folder of releases, decide which figure comes from which, and hand figures over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, reduce
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.compute as pc
from ibis import null

from caseness import engine
from caseness.errors import NothingToAudit, UnreadableInput
from caseness.provenance import Provenance, SourceFile, hash_file
from caseness.published.files import find_files, open_table
from caseness.published.layouts import Layout, nearest, recognise
from caseness.published.names import all_figures
from caseness.published.rounding import with_interval
from caseness.results import COLUMNS, DEFINITIONS_VERSION, Results, Selection

_Key = tuple[str, date, str]


@dataclass(frozen=True, eq=False)
class Release:
    """One file of the published record."""

    name: str
    layout: Layout
    sha256: str
    bytes: int
    cells: ibis.Table = field(repr=False)
    holds: dict[_Key, int] = field(repr=False)
    lost: frozenset[_Key] = field(default=frozenset(), repr=False)

    @cached_property
    def periods(self) -> tuple[date, ...]:
        """The first days of the periods it covers, in order."""
        return tuple(sorted({start for _, start, _ in self.holds}))

    @cached_property
    def rows(self) -> int:
        """How many figures it prints."""
        return sum(self.holds.values())

    def figures(self) -> ibis.Table:
        """The figures that are taken from this release, in the one shape."""
        return _to_figures(_without(self.cells, self.lost), self)


@dataclass(frozen=True)
class Ignored:
    """A file that is no release, and why."""

    name: str
    why: str


@dataclass(frozen=True, eq=False)
class Releases:
    """The published record that was opened."""

    releases: tuple[Release, ...]
    ignored: tuple[Ignored, ...] = ()
    notes: tuple[str, ...] = ()

    def figures(self) -> ibis.Table:
        """Every figure, as an expression that is not yet run."""
        return reduce(ibis.Table.union, [release.figures() for release in self.releases])

    def select(self, wanted: Selection) -> Results:
        """The figures that are wanted. Only they are read from the files."""
        chosen = [_restrict(release.figures(), wanted) for release in self._that_may_hold(wanted)]
        if not chosen:
            return Results.from_rows([])
        table = engine.fetch(reduce(ibis.Table.union, chosen))
        return Results(_with_clock(table), self.organisation_names())

    @cached_property
    def _names(self) -> dict[str, str]:
        named = [release.cells.select("organisation", "organisation_name").distinct() for release in self.releases]
        last = reduce(ibis.Table.union, named).group_by("organisation").agg(name=ibis._.organisation_name.max())
        return {row["organisation"]: row["name"] for row in engine.fetch(last).to_pylist() if row["organisation"]}

    def organisation_names(self) -> dict[str, str]:
        """The name of every organisation in these releases, by its code."""
        return dict(self._names)

    def provenance(self) -> Provenance:
        """The files that the figures rest on, what was passed over, and why."""
        return Provenance(
            sources=tuple(map(_source_file, self.releases)),
            notes=self.notes,
            ignored=tuple(f"{one.name}: {one.why}" for one in self.ignored),
        )

    def _that_may_hold(self, wanted: Selection) -> list[Release]:
        bases = wanted.bases
        return [release for release in self.releases if bases is None or release.layout.basis in bases]


def open_releases(path: Path) -> Releases:
    """Open a file, or every release in a folder and the folders below it.

    Raises
    ------
    UnreadableInput
        If there is nothing at `path`, or the one file named is not a release.
    NothingToAudit
        If a folder holds no release.
    """
    opened: list[Release] = []
    ignored: list[Ignored] = []
    for file in find_files(path):
        try:
            opened.append(_open_release(file, path))
        except UnreadableInput as problem:
            if file == path:
                raise
            ignored.append(Ignored(_name_below(file, path), str(problem)))
    if not opened:
        raise NothingToAudit(_nothing_found(path, ignored))
    return _settle_overlaps(opened, tuple(ignored))


def _open_release(file: Path, top: Path) -> Release:
    table = open_table(file)
    layout = recognise(table.columns)
    if layout is None:
        raise UnreadableInput(_why_not_a_release(table.columns))
    return Release(
        name=_name_below(file, top),
        layout=layout,
        sha256=hash_file(file),
        bytes=file.stat().st_size,
        cells=layout.to_cells(table),
        holds=_what_it_holds(table, layout),
    )


def _why_not_a_release(columns: Sequence[str]) -> str:
    layout, missing = nearest(columns)
    if len(missing) > len(layout.columns) / 2:
        return "its columns are those of no release that is known."
    return f"it is nearest to '{layout.title}' but lacks {len(missing)} columns: {', '.join(missing)}."


# Counted on the few columns that matter and before anything is worked out, since a release
# may hold millions of rows.
def _what_it_holds(table: ibis.Table, layout: Layout) -> dict[_Key, int]:
    counted = table.group_by(layout.keys).agg(rows=ibis._.count())
    rows = engine.fetch(counted.select(**layout.to_figure(counted), rows=counted.rows)).to_pylist()
    held: dict[_Key, int] = {}
    for row in rows:
        key = (layout.dataset, row["period_start"], row["figure_id"])
        held[key] = held.get(key, 0) + row["rows"]
    return held


def _name_below(file: Path, top: Path) -> str:
    return file.name if file == top else file.relative_to(top).as_posix()


def _nothing_found(path: Path, ignored: Iterable[Ignored]) -> str:
    reasons = "".join(f"\n  {one.name}: {one.why}" for one in ignored)
    return f"There is no release in {path}.{reasons}"


# Of two releases that print the same figure for the same period, the later wins (the one
# that reaches the newer period), then the fuller (more rows of that figure, then more rows
# in all), then the last by name, so that the choice never depends on the disk.
def _settle_overlaps(opened: Sequence[Release], ignored: tuple[Ignored, ...]) -> Releases:
    holders: dict[_Key, list[Release]] = {}
    for release in opened:
        for key in release.holds:
            holders.setdefault(key, []).append(release)
    lost: dict[str, set[_Key]] = {}
    for key, rivals in holders.items():
        if len(rivals) == 1:
            continue
        winner = max(rivals, key=lambda release: _precedence(release, key))
        for loser in rivals:
            if loser is not winner:
                lost.setdefault(f"{loser.name}\n{winner.name}", set()).add(key)
    return Releases(_less_what_was_lost(opened, lost), ignored, _overlap_notes(lost))


def _precedence(release: Release, key: _Key) -> tuple[date, int, int, str]:
    return (release.periods[-1], release.holds[key], release.rows, release.name)


def _less_what_was_lost(opened: Sequence[Release], lost: dict[str, set[_Key]]) -> tuple[Release, ...]:
    by_loser: dict[str, set[_Key]] = {}
    for pair, keys in lost.items():
        by_loser.setdefault(pair.split("\n")[0], set()).update(keys)
    return tuple(
        Release(
            release.name,
            release.layout,
            release.sha256,
            release.bytes,
            release.cells,
            release.holds,
            frozenset(by_loser.get(release.name, ())),
        )
        for release in opened
    )


def _overlap_notes(lost: dict[str, set[_Key]]) -> tuple[str, ...]:
    notes = []
    for pair, keys in sorted(lost.items()):
        loser, winner = pair.split("\n")
        periods = sorted({start for _, start, _ in keys})
        notes.append(
            f"{loser} and {winner} both print {len(periods)} periods ({periods[0]:%Y-%m} to {periods[-1]:%Y-%m}): "
            f"{winner}, the later and fuller, is used."
        )
    return tuple(notes)


def _without(cells: ibis.Table, lost: frozenset[_Key]) -> ibis.Table:
    if not lost:
        return cells
    keys = pa.Table.from_pylist([{"period_start": start, "figure_id": figure} for _, start, figure in sorted(lost)])
    return cells.anti_join(engine.load(keys), ("period_start", "figure_id"))


# One organisation under two names prints its figures twice (TAF90 in 2023-24): names are
# kept apart from figures, so the two rows are one.
def _to_figures(cells: ibis.Table, release: Release) -> ibis.Table:
    with_ends = with_interval(cells.drop("organisation_name").distinct()).mutate(
        numerator=null("float64"),
        denominator=null("float64"),
        clock=null("string"),
        basis=ibis.literal(release.layout.basis),
        source=ibis.literal(release.name),
        release=ibis.literal(release.layout.title),
        definitions_version=ibis.literal(DEFINITIONS_VERSION),
    )
    return with_ends.select(*COLUMNS)


_COLUMN_OF = {
    "figures": "figure_id",
    "levels": "level",
    "organisations": "organisation",
    "statistics": "statistic",
}


def _restrict(figures: ibis.Table, wanted: Selection) -> ibis.Table:
    for name, column in _COLUMN_OF.items():
        values = getattr(wanted, name)
        if values is not None:
            figures = figures.filter(figures[column].isin(values))
    if wanted.splits is not None:
        is_total = figures.split_1.isnull()
        figures = figures.filter(is_total | figures.split_1.isin(wanted.splits) if wanted.splits else is_total)
    return figures


def _with_clock(table: pa.Table) -> pa.Table:
    known = all_figures()
    clocks = pa.array([*(figure.clock for figure in known.values()), None], pa.string())
    place = pc.fill_null(pc.index_in(table["figure_id"], pa.array(list(known), pa.string())), len(known))
    return table.set_column(COLUMNS.index("clock"), "clock", clocks.take(place.combine_chunks()))


def _source_file(release: Release) -> SourceFile:
    first, last = release.periods[0], release.periods[-1]
    return SourceFile(
        release.name, release.bytes, release.sha256, release.layout.title, f"{first:%Y-%m} to {last:%Y-%m}"
    )
