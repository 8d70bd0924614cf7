"""Cells that a release prints more than once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import ibis
import pyarrow as pa

from caseness import engine
from caseness.published.layouts import Layout, OnDisk
from caseness.published.survey import Held

# What tells one cell from another. Names of organisations do not: one that goes by two
# names in one file prints its figures twice (TAF90 in 2023-24).
CELL_KEY = (
    "figure_id",
    "statistic",
    "period_start",
    "period_end",
    "level",
    "organisation",
    "commissioner",
    "split_1",
    "group_1",
    "split_2",
    "group_2",
)
_SHOWN = 3


def settle_repeats(cells: pa.Table, name: str) -> tuple[pa.Table, list[str]]:
    """Look for cells that are printed more than once.

    One that is printed with one value counts once (the query for figures sees to that). One
    that is printed with two values is left out, since it cannot be told which is right.
    """
    table = engine.load(cells)
    repeated = engine.fetch(_repeated(table)).to_pylist()
    same = [row for row in repeated if not row["is_contradicted"]]
    contradicted = [row for row in repeated if row["is_contradicted"]]
    notes = [*_note_same(same, name), *_note_contradicted(contradicted, name)]
    return _without(cells, contradicted) if contradicted else cells, notes


def _repeated(cells: ibis.Table) -> ibis.Table:
    printed = cells.value.cast("string").fill_null(cells.mark)
    counted = cells.group_by(CELL_KEY).agg(times=printed.count(), is_contradicted=printed.min() != printed.max())
    return counted.filter(counted.times > 1).order_by(CELL_KEY)


def _note_same(same: Sequence[dict], name: str) -> list[str]:
    if not same:
        return []
    organisations = sorted({str(row["organisation"]) for row in same})
    return [
        f"{name}: {len(same):,} cells are printed more than once with one value "
        f"({', '.join(organisations[:_SHOWN])}). Each counts once."
    ]


def _note_contradicted(contradicted: Sequence[dict], name: str) -> list[str]:
    if not contradicted:
        return []
    shown = "; ".join(_describe(row) for row in contradicted[:_SHOWN])
    more = f" and {len(contradicted) - _SHOWN} more" if len(contradicted) > _SHOWN else ""
    return [
        f"{name}: {len(contradicted):,} cells are printed more than once with different values ({shown}{more}). "
        "They are left out of the figures, since it cannot be told which value is right."
    ]


def _describe(row: dict) -> str:
    groups = " / ".join(row[group] for group in ("group_1", "group_2") if row[group])
    place = f"{row['organisation']} {row['period_start']:%Y-%m}"
    return f"{row['figure_id']}, {place}{', ' + groups if groups else ''}"


def _without(cells: pa.Table, contradicted: Sequence[dict]) -> pa.Table:
    keys = {tuple(row[name] for name in CELL_KEY) for row in contradicted}
    columns = [cells[name].to_pylist() for name in CELL_KEY]
    return cells.filter(pa.array([key not in keys for key in zip(*columns, strict=True)], pa.bool_()))


def look_for_repeats(table: ibis.Table, layout: Layout, held: Sequence[Held], name: str) -> tuple[list[str], bool]:
    """Look for cells that a tidy release prints more than once, where it lies on disk.

    A place that prints more cells than its period has figures holds a repeat, and only such
    places are looked at closely. A repeat beside a missing figure shows only where each
    place is compared figure by figure, which is done for a release that is asked for whole.

    Returns
    -------
    notes, may_repeat
        `may_repeat` is False only where no cell is certainly printed twice.
    """
    on_disk = layout.on_disk
    assert on_disk is not None, layout.id
    suspects = engine.fetch(_odd_places(table, on_disk, held))
    if suspects.num_rows == 0:
        return [], not on_disk.is_asked_for_whole
    close = engine.fetch(layout.to_cells(_at_places(table, suspects)))
    return settle_repeats(close, name)[1], True


def _odd_places(table: ibis.Table, on_disk: OnDisk, held: Sequence[Held]) -> ibis.Table:
    counted = {"times": table.start_date.count()}
    if on_disk.is_asked_for_whole:
        counted["figures"] = table[on_disk.figure_columns[0]].nunique()
        places = table.group_by(on_disk.place_columns).agg(**counted)
    else:
        places = table.group_by(on_disk.place_columns).agg(**counted).join(_figures_by_period(held), "start_date")
    return places.filter(places.times > places.figures).select(*on_disk.place_columns)


def _figures_by_period(held: Sequence[Held]) -> ibis.Table:
    counts = Counter(start for start, _ in {(one.period_start, one.figure_id) for one in held})
    return engine.load(pa.table({"start_date": list(counts), "figures": list(counts.values())}))


# The plain filters come first: they are all that reaches the file itself.
def _at_places(table: ibis.Table, places: pa.Table) -> ibis.Table:
    wanted = {name: places[name].unique() for name in places.column_names}
    near = [table[name].isin(values.to_pylist()) for name, values in wanted.items() if values.null_count == 0]
    known = engine.load(places)
    found = table.filter(near)
    return found.semi_join(known, [found[name].identical_to(known[name]) for name in places.column_names])
