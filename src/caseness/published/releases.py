"""Open a folder of releases, decide which figure comes from which, and hand figures over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.compute as pc

from caseness import engine
from caseness.errors import NothingToAudit, UnreadableInput
from caseness.provenance import Provenance, SourceFile, hash_file
from caseness.published.files import find_files
from caseness.published.layouts import Layout
from caseness.published.names import all_figures
from caseness.published.narrowing import narrow
from caseness.published.overlaps import Contender, Key, settle
from caseness.published.reading import read_file
from caseness.published.repeats import CELL_KEY
from caseness.published.rounding import with_interval
from caseness.published.survey import Held, is_usable
from caseness.published.unread import say_whose
from caseness.results import COLUMNS, DEFINITIONS_VERSION, Results, Selection


@dataclass(frozen=True, eq=False)
class Release:
    """One file of the published record."""

    name: str
    layout: Layout
    sha256: str
    bytes: int
    stored: ibis.Table = field(repr=False)
    cells: ibis.Table = field(repr=False)
    held: tuple[Held, ...] = field(repr=False)
    may_repeat: bool
    lost: frozenset[Key] = field(default=frozenset(), repr=False)

    @cached_property
    def periods(self) -> tuple[date, ...]:
        """The first days of the periods it covers, in order."""
        return tuple(sorted({one.period_start for one in self.held}))

    @cached_property
    def figure_keys(self) -> frozenset[Key]:
        """The figures, periods and levels that are taken from it."""
        return frozenset(one.key for one in self.held) - self.lost

    @cached_property
    def figure_ids(self) -> frozenset[str]:
        """The figures that are taken from it for one period at least."""
        return frozenset(figure_id for figure_id, *_ in self.figure_keys)

    @cached_property
    def rows(self) -> int:
        """How many cells it prints."""
        return sum(one.cells for one in self.held)

    @cached_property
    def names(self) -> tuple[tuple[str, str, date], ...]:
        """Every name of every organisation in it, with the last period that bears it: code, name, first day."""
        rows = engine.fetch(_names_in(self)).to_pylist()
        return tuple((row["organisation"], row["organisation_name"], row["last"]) for row in rows)

    def figures(self, wanted: Selection) -> pa.Table:
        """The figures that are taken from this release and wanted, in the one shape."""
        printed = engine.fetch(self._printed(wanted))
        # What is the same for every row is added here: out of the engine it costs as much as the figures.
        alike = {
            "basis": self.layout.basis,
            "source": self.name,
            "release": self.layout.title,
            "definitions_version": DEFINITIONS_VERSION,
        }
        columns = {name: pa.repeat(pa.scalar(value), len(printed)) for name, value in alike.items()}
        columns |= {name: pa.nulls(len(printed), pa.float64()) for name in ("numerator", "denominator")}
        columns |= {"clock": _clocks(printed["figure_id"])}
        return pa.table({**dict(zip(printed.column_names, printed.columns, strict=True)), **columns}).select(COLUMNS)

    def _printed(self, wanted: Selection) -> ibis.Table:
        usable = without(self._cells_for(wanted), self.lost)
        usable = usable.filter(is_usable(usable))
        cells = with_interval(_once(usable) if self.may_repeat else usable)
        return _restrict(cells.select(*CELL_KEY, "value", "low", "high", "reason"), wanted)

    def _cells_for(self, wanted: Selection) -> ibis.Table:
        on_disk = self.layout.on_disk
        if on_disk is None:
            return self.cells
        narrowed = narrow(self.stored, on_disk, wanted)
        # In one query the engine works out our names of every row on the disk before it leaves any out. The rows of
        # some levels are few enough to be brought out first.
        return self.layout.to_cells(engine.load(engine.fetch(narrowed)) if wanted.levels else narrowed)


@dataclass(frozen=True)
class Ignored:
    """A file that no figure is taken from, and why. One that is damaged should be a release, and is missed."""

    name: str
    why: str
    is_damaged: bool = False


@dataclass(frozen=True, eq=False)
class Releases:
    """The published record that was opened."""

    releases: tuple[Release, ...]
    ignored: tuple[Ignored, ...] = ()
    notes: tuple[str, ...] = ()

    def select(self, wanted: Selection) -> Results:
        """The figures that are wanted. Only they are read from the files."""
        chosen = self._that_may_hold(wanted)
        if not chosen:
            return Results.from_rows([])
        # One after the other: a union of them would hold all at once in the engine.
        return Results(pa.concat_tables([one.figures(wanted) for one in chosen]), _newest_names(chosen))

    def organisation_names(self) -> dict[str, str]:
        """The newest name of every organisation in these releases, by its code."""
        return _newest_names(self.releases)

    def provenance(self) -> Provenance:
        """The files that the figures rest on, what was passed over, and why."""
        return Provenance(
            sources=tuple(map(_source_file, self.releases)),
            notes=self.notes,
            ignored=tuple(f"{one.name}: {one.why}" for one in self.ignored),
            damaged=tuple(_say_damaged(one) for one in self.ignored if one.is_damaged),
        )

    def _that_may_hold(self, wanted: Selection) -> list[Release]:
        bases, figures = wanted.bases, wanted.figures
        return [
            release
            for release in self.releases
            if (bases is None or release.layout.basis in bases)
            and (figures is None or not release.figure_ids.isdisjoint(figures))
        ]


def open_releases(path: Path, watch: Callable[[str], None] = lambda _: None) -> Releases:
    """Open a file, or every release in a folder and the folders below it.

    Parameters
    ----------
    path : a file or a folder
    watch : called with the name of each file before it is opened

    Raises
    ------
    UnreadableInput
        If there is nothing at `path`, or the one file named is not a release.
    NothingToAudit
        If a folder holds no release.
    """
    opened: list[Release] = []
    ignored: list[Ignored] = []
    notes: list[str] = []
    for file in find_files(path):
        name = _name_below(file, path)
        watch(name)
        try:
            release, found = _open_release(file, name)
        except UnreadableInput as problem:
            if file == path:
                raise say_whose(problem, name) from problem
            ignored.append(Ignored(name, str(problem), is_damaged=not problem.is_something_else))
            continue
        opened.append(release)
        notes.extend(found)
    if not opened:
        raise NothingToAudit(_nothing_found(path, ignored))
    settlement = settle(Contender(one.name, one.layout.dataset, one.held) for one in opened)
    kept = tuple(replace(one, lost=settlement.lost.get(one.name, frozenset())) for one in opened)
    return Releases(kept, tuple(ignored), (*notes, *settlement.notes))


def _open_release(file: Path, name: str) -> tuple[Release, tuple[str, ...]]:
    reading = read_file(file)
    if not reading.held:
        raise UnreadableInput("it has the columns of a release, and no row that can be used.")
    release = Release(
        name=name,
        layout=reading.layout,
        sha256=hash_file(file),
        bytes=file.stat().st_size,
        stored=reading.stored,
        cells=reading.cells,
        held=reading.held,
        may_repeat=reading.may_repeat,
    )
    return release, reading.notes


def _say_damaged(one: Ignored) -> str:
    return f"{one.name} could not be read, so every figure is without it, and the latest year may be an earlier one than with it. {one.why}"


def _name_below(file: Path, top: Path) -> str:
    return file.name if file == top else file.relative_to(top).as_posix()


def _nothing_found(path: Path, ignored: Iterable[Ignored]) -> str:
    reasons = "".join(f"\n  {one.name}: {one.why}" for one in ignored)
    return f"There is no release in {path}.{reasons}"


# Grouped as it lies on disk, and named only then: a release of millions of rows has few organisations.
def _names_in(release: Release) -> ibis.Table:
    on_disk, stored = release.layout.on_disk, release.stored
    if on_disk is None:
        named = stored.group_by("organisation", "organisation_name").agg(last=stored.period_start.max())
    else:
        counted = stored.group_by(on_disk.whom_columns).agg(last=stored.start_date.max())
        named = counted.select("last", **on_disk.whom(counted))
    return named.filter(named.organisation.notnull(), named.organisation_name.notnull())


def _newest_names(releases: Sequence[Release]) -> dict[str, str]:
    named = sorted((last, name, code) for release in releases for code, name, last in release.names)
    return {code: name for _, name, code in named}


def without(cells: ibis.Table, lost: frozenset[Key]) -> ibis.Table:
    """The cells that a release has not given up to another."""
    return cells.anti_join(_load_keys(lost), _KEY) if lost else cells


def only(cells: ibis.Table, kept: frozenset[Key]) -> ibis.Table:
    """The cells of these figures, periods and levels."""
    return cells.semi_join(_load_keys(kept), _KEY)


_KEY = ("figure_id", "period_start", "level")


def _load_keys(keys: frozenset[Key]) -> ibis.Table:
    rows = [dict(zip(_KEY, key, strict=True)) for key in sorted(keys)]
    return engine.load(pa.Table.from_pylist(rows))


# A cell that is printed twice counts once, under whatever name its organisation goes. With
# two values, it is left out.
def _once(usable: ibis.Table) -> ibis.Table:
    counted = usable.group_by(CELL_KEY).agg(
        value=usable.value.max(),
        least=usable.value.min(),
        mark=usable.mark.max(),
        marks=usable.mark.count(),
        times=usable.figure_id.count(),
    )
    agree = (counted.value == counted.least) & (counted.marks == 0)
    return counted.filter(agree | (counted.marks == counted.times)).drop("least", "marks", "times")


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


def _clocks(figure_ids: pa.ChunkedArray) -> pa.Array:
    known = all_figures()
    clocks = pa.array([*(figure.clock or None for figure in known.values()), None], pa.string())
    place = pc.index_in(figure_ids.combine_chunks(), pa.array(list(known), pa.string()))
    return clocks.take(pc.fill_null(place, len(known)))


def _source_file(release: Release) -> SourceFile:
    first, last = release.periods[0], release.periods[-1]
    return SourceFile(
        release.name, release.bytes, release.sha256, release.layout.title, f"{first:%Y-%m} to {last:%Y-%m}"
    )
