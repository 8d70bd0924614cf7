"""Leave out the rows of a tidy release that a question cannot need, before anything is worked out.

The rows are chosen by what is printed, so that the engine reads only those from the disk.
What is kept is still filtered by our own names afterwards: this may keep too much, never
too little.
"""

from __future__ import annotations

from collections.abc import Collection

import ibis

from caseness.published.labels import labels, levels
from caseness.published.layouts import OnDisk
from caseness.results import Selection


def narrow(stored: ibis.Table, on_disk: OnDisk, wanted: Selection) -> ibis.Table:
    """The rows of a release that may answer a question."""
    if wanted.levels is not None:
        stored = stored.filter(stored[on_disk.level_column].isin(_labels_of_levels(wanted.levels)))
    if wanted.splits is not None and on_disk.split_column is not None:
        stored = stored.filter(_may_be_split_by(stored, stored[on_disk.split_column], wanted.splits))
    return stored


# A group that is called a total makes a row a total, whatever it is split by.
def _may_be_split_by(stored: ibis.Table, kind: ibis.Value, splits: Collection[str]) -> ibis.Value:
    totals = list(labels("total"))
    kinds = [*totals, *splits, *(printed for printed, ours in labels("split").items() if ours in splits)]
    is_total_group = stored.variable_a.isnull() | stored.variable_a.isin(totals)
    return kind.isnull() | kind.isin(kinds) | is_total_group


def _labels_of_levels(wanted: Collection[str]) -> list[str]:
    return [label for label, level in levels().items() if level in wanted]
