"""Rules for all figures of a publication together, so that none of them tells what another hides.

Counts fall in bins that leave each other room (`bins`). A count that others make up is what their bins add up to. Percentages
are worked out of counts as they were let out. So a reader knows the bins, and nothing besides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from caseness.disclosure.bins import Binned
from caseness.disclosure.figures import numbers, with_released
from caseness.disclosure.kinship import KEY, Rung, add_groups, climb
from caseness.disclosure.leaves import groups_of, lay_out_leaves
from caseness.disclosure.linkage import Linkage
from caseness.disclosure.partitions import Partition
from caseness.disclosure.refusals import CannotProtect
from caseness.disclosure.shown import Counted, Shown, show
from caseness.results import Results
from caseness.stats.bounds import Array

# A sum of numbers of people, such as treatments, is at least as large as how many they are. Its bins are so much wider that
# a low one says nothing of how few. Ours.
_TIMES_FOR_SUMS = 10


@dataclass(frozen=True)
class Linked:
    """All figures of a publication together.

    Counts fall in bins of `base`, and have no value where theirs begins at 0. Means and medians are let out where they are
    of twice the base or more; the highest and the lowest of a number, which are of one person, never.
    """

    base: int
    decimals: int = 0
    needs_all: bool = True

    def protect(self, results: Results, linkage: Linkage | None) -> Results:
        """Bin, add up and suppress.

        Raises
        ------
        CannotProtect
            If it is not known what the figures have to do with each other, or they cannot be let out together.
        """
        if linkage is None or linkage.leaves is None:
            raise CannotProtect(
                "These figures have to be let out together with the counts that they are made of, which are not at hand. "
                "Nothing is shown. Compute them with `caseness measures compute --policy`."
            )
        if not len(results):
            return results
        binned, at_row = _find_rows(results, self._rungs(results, linkage, linkage.leaves))
        shown = Shown.of(len(results))
        value = numbers(results, "value")
        for figure_id, rows in _rows_of_each(results):
            counted = Counted(linkage, binned, at_row[rows])
            shown.put(rows, show(linkage.measures[figure_id], counted, value[rows], self))
        return with_released(results, shown.figures, shown.beside, np.isnan(shown.figures.value))

    def _rungs(self, results: Results, linkage: Linkage, exact: Results) -> list[Rung]:
        leaves = lay_out_leaves(exact, [one.id for one in linkage.atoms.values()], groups_of(results))
        leaves = leaves.with_rests(_rests(linkage, leaves.counts))
        levels = results.table["level"].unique().to_pylist()
        rungs = list(climb(leaves, levels, linkage.places, self._bases(linkage)))
        rungs = [*rungs, *add_groups(rungs)] if leaves.is_split else rungs
        return [Rung(one.level, one.keys, _made_up(linkage, one.binned), one.of_leaf) for one in rungs]

    def _bases(self, linkage: Linkage) -> Array:
        is_sum = [any(part.number for part in one.parts) for one in linkage.atoms.values()]
        at = _columns(linkage)
        is_sum += [is_sum[at[one.whole]] for one in _known(linkage)]
        return self.base * np.where(is_sum, _TIMES_FOR_SUMS, 1).astype(float)


def _known(linkage: Linkage) -> list[Partition]:
    asked = _columns(linkage)
    return [replace(one, parts=_told(one, linkage)) for one in linkage.division.kept if one.whole in asked]


# What the parts leave over of each whole, row by row: nearly always nobody. It is one more part that makes up the whole, with
# bins of its own, so that what is shown of a row follows from that row and not from whether others add up.
def _rests(linkage: Linkage, counts: Array) -> Array:
    at = _columns(linkage)
    rests = [
        counts[:, at[one.whole]] - counts[:, [at[part] for part in one.parts]].sum(axis=1) for one in _known(linkage)
    ]
    return np.column_stack(rests) if rests else counts[:, :0]


# A part that nobody asked for is told by its own parts.
def _told(one: Partition, linkage: Linkage) -> tuple[str, ...]:
    at, by_whole = _columns(linkage), {each.whole: each for each in linkage.division.kept}
    parts = ((part,) if part in at else _told(by_whole[part], linkage) for part in one.parts)
    return tuple(told for each in parts for told in each)


# The bin of a whole is what the bins of its parts and of what they leave over add up to.
def _made_up(linkage: Linkage, binned: Binned) -> Binned:
    at, low, high = _columns(linkage), binned.low.copy(), binned.high.copy()
    for rest, one in enumerate(_known(linkage), start=len(at)):
        makes_up = [*(at[part] for part in one.parts), rest]
        low[:, at[one.whole]], high[:, at[one.whole]] = low[:, makes_up].sum(axis=1), high[:, makes_up].sum(axis=1)
    return Binned(binned.counts, low, high)


def _columns(linkage: Linkage) -> dict[str, int]:
    return {one.id: number for number, one in enumerate(linkage.atoms.values())}


def _rows_of_each(results: Results) -> Iterator[tuple[str, np.ndarray]]:
    encoded = results.table["figure_id"].combine_chunks().dictionary_encode()
    order = np.argsort(encoded.indices.to_numpy(), kind="stable")
    ends = np.cumsum(np.bincount(encoded.indices.to_numpy(), minlength=len(encoded.dictionary)))
    yield from zip(encoded.dictionary.to_pylist(), np.split(order, ends[:-1]), strict=True)


# Each figure is of the period, organisation and group of one row of a level.
def _find_rows(results: Results, rungs: list[Rung]) -> tuple[Binned, np.ndarray]:
    keys = pa.concat_tables([one.keys.select(KEY) for one in rungs])
    binned = Binned(*(np.concatenate([getattr(one.binned, end) for one in rungs]) for end in ("counts", "low", "high")))
    found = _filled(results.table.select(KEY), "row").join(_filled(keys, "at"), list(KEY), join_type="left outer")
    at = found.sort_by("row")["at"]
    if at.null_count:
        raise CannotProtect(
            f"{at.null_count:,} figures are of places for which the counts behind them are not at hand. Nothing is shown."
        )
    return binned, at.to_numpy()


# Arrow joins no null to another, so that a blank stands for it.
def _filled(keys: pa.Table, number: str) -> pa.Table:
    columns = {name: keys[name] if name.startswith("period") else keys[name].fill_null("") for name in KEY}
    return pa.table({**columns, number: np.arange(len(keys))})
