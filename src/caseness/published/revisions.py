"""What changed between two releases of the same figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import reduce

import ibis
from ibis import null

from caseness import engine
from caseness.published.overlaps import Key
from caseness.published.releases import Release, Releases, only
from caseness.published.repeats import CELL_KEY
from caseness.published.rounding import ABSENT

CHANGED, APPEARED, DISAPPEARED = "changed", "appeared", "disappeared"


@dataclass(frozen=True)
class Revision:
    """One cell that two releases print differently, or that only one of them prints.

    `before` and `after` are as printed: a number, "*", or None where nothing is printed.
    """

    kind: str
    basis: str
    figure_id: str
    period_start: date
    level: str
    organisation: str
    commissioner: str | None
    groups: tuple[str, ...]
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Revisions:
    """All that changed, of the figures, periods and levels that both releases print.

    `compared` counts the cells that either of them prints there, `changed` those of them
    that differ, which `cells` lists. `figures_appeared` and
    `figures_disappeared` name figures that one of them does not print for a period that
    both cover: pairs of figure id and first day.
    """

    compared: int
    changed: int
    cells: tuple[Revision, ...]
    figures_appeared: tuple[tuple[str, date], ...]
    figures_disappeared: tuple[tuple[str, date], ...]


def list_revisions(before: Releases, after: Releases) -> Revisions:
    """Compare every cell that two sets of releases have in common.

    Only figures, periods and levels that both print are compared, dataset by dataset. A
    star that became a number, or a number a star, is a change like any other.

    Returns
    -------
    Revisions
        In order of figure, period and organisation. Empty if the two print the same.
    """
    return _revise(
        [(release, release.figure_keys) for release in before.releases],
        [(release, release.figure_keys) for release in after.releases],
    )


def list_revisions_within(releases: Releases) -> Revisions:
    """Compare the releases that print the same figures in one folder.

    What a release gave up to a later one stands before, what is used instead stands after.
    """
    return _revise(
        [(release, release.lost) for release in releases.releases if release.lost],
        [(release, release.figure_keys) for release in releases.releases],
    )


_Side = list[tuple[Release, frozenset[Key]]]
_Held = set[tuple[str, Key]]


def _revise(before: _Side, after: _Side) -> Revisions:
    held_before, held_after = _held(before), _held(after)
    shared = held_before & held_after
    compared, cells = _compare(before, after, shared)
    return Revisions(
        compared=compared,
        changed=len(cells),
        cells=cells,
        figures_appeared=_only_in(held_after, held_before),
        figures_disappeared=_only_in(held_before, held_after),
    )


def _held(side: _Side) -> _Held:
    return {(release.layout.dataset, key) for release, keys in side for key in keys}


def _only_in(held: _Held, other: _Held) -> tuple[tuple[str, date], ...]:
    covered = {(dataset, start, level) for dataset, (_, start, level) in held}
    covered &= {(dataset, start, level) for dataset, (_, start, level) in other}
    only = {key[:2] for dataset, key in held - other if (dataset, *key[1:]) in covered}
    return tuple(sorted(only))


def _compare(before: _Side, after: _Side, shared: _Held) -> tuple[int, tuple[Revision, ...]]:
    compared, cells = 0, []
    for dataset in sorted({dataset for dataset, _ in shared}):
        keys = frozenset(key for one, key in shared if one == dataset)
        beside = _side_by_side(_of(before, dataset, keys), _of(after, dataset, keys))
        is_changed = ~beside.before.identical_to(beside.after)
        counted = engine.fetch(beside.agg(cells=beside.count(), changed=is_changed.sum())).to_pylist()[0]
        compared += counted["cells"]
        # Asked for only if there are any: most releases repeat the earlier months to the digit.
        if counted["changed"]:
            changed = beside.filter(is_changed).order_by(CELL_KEY)
            cells.extend(_revision(row) for row in engine.fetch(changed).to_pylist())
    return compared, tuple(cells)


def _of(side: _Side, dataset: str, keys: frozenset[Key]) -> ibis.Table:
    parts = [
        only(release.cells, keys & held).mutate(basis=ibis.literal(release.layout.basis))
        for release, held in side
        if release.layout.dataset == dataset and keys & held
    ]
    return reduce(ibis.Table.union, parts)


# Printed as text, since a star is a print too. Each side has its own column, and the other's is null.
def _side_by_side(before: ibis.Table, after: ibis.Table) -> ibis.Table:
    nothing = null("string")
    one = before.select(*CELL_KEY, "basis", before=_printed(before), after=nothing)
    other = after.select(*CELL_KEY, "basis", before=nothing, after=_printed(after))
    both = one.union(other)
    return both.group_by(CELL_KEY).agg(basis=both.basis.max(), before=both.before.max(), after=both.after.max())


def _printed(cells: ibis.Table) -> ibis.Value:
    return cells.value.cast("string").fill_null(cells.mark)


def _revision(row: dict) -> Revision:
    kind = APPEARED if row["before"] is None else DISAPPEARED if row["after"] is None else CHANGED
    return Revision(
        kind=kind,
        basis=row["basis"],
        figure_id=row["figure_id"],
        period_start=row["period_start"],
        level=row["level"],
        organisation=row["organisation"],
        commissioner=row["commissioner"],
        groups=tuple(row[group] for group in ("group_1", "group_2") if row[group] is not None),
        before=_shown(row["before"]),
        after=_shown(row["after"]),
    )


def _shown(printed: str | None) -> str | None:
    if printed is None or printed == ABSENT:
        return None
    return printed.removesuffix(".0")
