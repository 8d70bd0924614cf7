"""Which organisation belongs to which, level by level, and the bins of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pyarrow as pa

from caseness.disclosure.bins import Binned, add_bins, bin_counts, bin_rests, bin_sums
from caseness.disclosure.leaves import GROUP, PERIOD, Leaves, distinct
from caseness.disclosure.linkage import LEAF_LEVEL
from caseness.measures import TEAM
from caseness.measures.places import LEVELS, Places
from caseness.stats.bounds import Array

KEY = (*PERIOD, "level", "organisation", "commissioner", *GROUP)
# Finest first. Of two that are not one within the other, the provider comes first.
_FINEST_FIRST = (LEAF_LEVEL, "provider", "sub-icb", "icb", "region", "england")
# Teams cross all the others, and are not let out together with them.
assert {*_FINEST_FIRST, TEAM} == set(LEVELS)


@dataclass(frozen=True, eq=False)
class Rung:
    """One level: its rows, the bins of their counts, and to which row of it each leaf belongs."""

    level: str
    keys: pa.Table
    binned: Binned
    of_leaf: np.ndarray


def climb(leaves: Leaves, levels: Sequence[str], places: Places, base: Array) -> Iterator[Rung]:
    """The bins of every level that is asked for, finest first.

    Levels that lie one within the other are climbed, each from the one below. A level that may cross them, as sub-ICBs cross
    providers, says what the bins of its leaves add up to and nothing more. Whether it may follows from the level, and not
    from who worked where: else a provider that works in a second sub-ICB this month would change what is shown of the last.
    """
    rows = {one: _rows(leaves, one, places) for one in _FINEST_FIRST if one in {*levels, LEAF_LEVEL}}
    asked = [one for one in _FINEST_FIRST if one in levels]
    start = asked[0] if all(_nest(*pair, places) for pair in pairwise(asked)) else LEAF_LEVEL
    rung = leaf = _leaf(leaves, start, *rows[start], base)
    if start in levels:
        yield rung
    for level in asked[asked.index(start) + 1 if start in asked else 0 :]:
        codes, keys = rows[level]
        if not _nest(rung.level, level, places):
            yield Rung(level, keys, add_bins(leaf.binned, _onward(leaf.of_leaf, codes), len(keys)), codes)
            continue
        rung = Rung(level, keys, bin_sums(rung.binned, _onward(rung.of_leaf, codes), len(keys), base), codes)
        yield rung


def add_groups(rungs: Sequence[Rung]) -> Iterator[Rung]:
    """The totals over the groups of a breakdown: of each row, what the bins of its groups add up to."""
    for rung in rungs:
        names = [name for name in KEY if name not in GROUP]
        codes, keys = distinct(rung.keys, names)
        for name in GROUP:
            keys = keys.append_column(name, pa.nulls(len(keys), pa.string()))
        yield Rung(rung.level, keys, add_bins(rung.binned, codes, len(keys)), codes[rung.of_leaf])


def _rows(leaves: Leaves, level: str, places: Places) -> tuple[np.ndarray, pa.Table]:
    providers, commissioners = (leaves.keys[name].to_pylist() for name in ("organisation", "commissioner"))
    named = pa.array(places.of(level, providers, commissioners), pa.string())
    of_pair = leaves.keys["commissioner"] if level == LEAF_LEVEL else pa.nulls(len(named), pa.string())
    columns = {name: leaves.keys[name] for name in (*PERIOD, *GROUP)}
    words = pa.repeat(pa.scalar(level), len(named))
    table = pa.table({**columns, "level": words, "organisation": named, "commissioner": of_pair})
    return distinct(table, KEY)


# Boards and regions are those of the provider, or where a file says so those of the commissioner.
def _nest(fine: str, coarse: str, places: Places) -> bool:
    of_commissioner = {"sub-icb"} if places.by_commissioner is None else {"sub-icb", "icb", "region"}
    is_alike = (fine in of_commissioner) == (coarse in of_commissioner)
    return is_alike or fine == LEAF_LEVEL or coarse == "england"


def _leaf(leaves: Leaves, level: str, codes: np.ndarray, keys: pa.Table, base: Array) -> Rung:
    exact = Binned(leaves.counts, leaves.counts, leaves.counts)
    counts = add_bins(exact, codes, len(keys)).counts
    first = counts.shape[1] - leaves.rests
    binned = (bin_counts(counts[:, :first], base[:first]), bin_rests(counts[:, first:], base[first:]))
    ends = (np.hstack([getattr(one, end) for one in binned]) for end in ("counts", "low", "high"))
    return Rung(level, keys, Binned(*ends), codes)


# To which row of a level each row of another belongs.
def _onward(fine: np.ndarray, coarse: np.ndarray) -> np.ndarray:
    onward = np.zeros(fine.max(initial=-1) + 1, np.int64)
    onward[fine] = coarse
    return onward
