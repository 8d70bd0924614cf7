"""Exact counts at the finest level, as a table of rows by counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from caseness.disclosure.refusals import CannotProtect
from caseness.results import Results
from caseness.stats.bounds import Array

# What tells one row from another, besides the level and the organisations.
PERIOD = ("period_start", "period_end")
GROUP = ("split_1", "group_1")
_PLACE = ("organisation", "commissioner")


@dataclass(frozen=True, eq=False)
class Leaves:
    """Counts of each period, provider, commissioner and group: `keys` has the rows of `counts`, whose columns are ids.

    The last columns are `rests`: what the parts of a whole leave over of it.
    """

    keys: pa.Table
    counts: Array
    rests: int = 0

    def with_rests(self, rests: Array) -> Leaves:
        """The same with columns for what is left over."""
        return Leaves(self.keys, np.hstack([self.counts, rests]), rests.shape[1])

    @property
    def is_split(self) -> bool:
        """Whether the rows are of groups, and not of everybody."""
        return self.keys["group_1"].null_count < len(self.keys)


def lay_out_leaves(results: Results, ids: Sequence[str], groups: pa.Table) -> Leaves:
    """Lay out exact counts, a column for each id. What is not given is 0.

    Parameters
    ----------
    groups : the groups that figures are shown of; each place has a row for each, since nobody in a group is a count of 0

    Raises
    ------
    CannotProtect
        If they are of periods of several lengths, or of more than one breakdown: each would tell of the other.
    """
    table = results.table.filter(_is_one_of(results.table["figure_id"], ids))
    _require_one_kind(table)
    names = (*PERIOD, *_PLACE, *GROUP)
    every = _crossed(distinct(table, (*PERIOD, *_PLACE))[1], groups).select(names)
    if len(every):
        table = table.filter(table["group_1"].is_valid())
    codes, keys = distinct(pa.concat_tables([every, table.select(names)]), names)
    counts = np.zeros((len(keys), len(ids)))
    column = pc.index_in(table["figure_id"], pa.array(ids, pa.string())).to_numpy()  # type: ignore[attr-defined]
    counts[codes[len(every) :], column] = table["value"].to_numpy()
    return Leaves(keys, counts)


def groups_of(results: Results) -> pa.Table:
    """The groups of figures, none where they are of everybody."""
    _, groups = distinct(results.table, GROUP)
    return groups.filter(groups["group_1"].is_valid())


def _crossed(places: pa.Table, groups: pa.Table) -> pa.Table:
    every, each = len(places), len(groups)
    found = places.take(pa.array(np.repeat(np.arange(every), each)))
    for name in GROUP:
        found = found.append_column(name, groups[name].take(pa.array(np.tile(np.arange(each), every))))
    return found


def distinct(table: pa.Table, names: Sequence[str]) -> tuple[np.ndarray, pa.Table]:
    """The distinct rows of some columns, and for each row of the table which of them it is.

    >>> codes, rows = distinct(pa.table({"a": ["x", "y", "x"]}), ["a"])
    >>> codes.tolist(), rows["a"].to_pylist()
    ([0, 1, 0], ['x', 'y'])
    """
    encoded = [table[name].combine_chunks().dictionary_encode(null_encoding="encode") for name in names]
    sizes = [max(len(one.dictionary), 1) for one in encoded]
    indices = [one.indices.to_numpy(zero_copy_only=False).astype(np.int64) for one in encoded]
    _, first, codes = np.unique(np.ravel_multi_index(indices, sizes), return_index=True, return_inverse=True)
    return codes, table.select(names).take(pa.array(first))


def _is_one_of(column: pa.ChunkedArray, words: Sequence[str]) -> pa.ChunkedArray:
    return pc.is_in(column, pa.array(words, pa.string()))  # type: ignore[attr-defined]


def _require_one_kind(table: pa.Table) -> None:
    _, periods = distinct(table, PERIOD)
    months = {_months(one["period_start"], one["period_end"]) for one in periods.to_pylist()}
    if len(months) > 1:
        raise CannotProtect(
            f"These figures are of periods of {' and '.join(map(str, sorted(months)))} months. Shorter periods add up to "
            "longer ones and would tell of each other, so they are not let out together. Nothing was written. Ask for "
            "periods of one length with --period."
        )
    splits = {one for one in table["split_1"].unique().to_pylist() if one is not None}
    if len(splits) > 1:
        raise CannotProtect(
            f"These figures are of {len(splits)} breakdowns ({', '.join(sorted(splits))}). Each adds up to the same totals "
            "and would tell of the other, so only one is let out at a time. Nothing was written. Ask for one."
        )


def _months(start, end) -> int:
    return (end.year - start.year) * 12 + end.month - start.month + 1
