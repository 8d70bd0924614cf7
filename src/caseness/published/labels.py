"""What releases call levels, breakdowns, totals and deciles, and what we call them.

NHS England has changed these labels over the years. Every change is a line of
`labels.csv` or `levels.csv`, never a branch here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import ibis
from ibis import ifelse, null

from caseness.published.names import read_rows

DEPRIVATION = "Indices of Deprivation Decile"


@cache
def levels() -> Mapping[str, str]:
    """Our levels by the label that a release gives them."""
    return MappingProxyType({row["label"]: row["level"] for row in read_rows("levels.csv")})


@cache
def labels(kind: str) -> Mapping[str, str]:
    """Our label by the printed one, of one kind: split, group, total, decile or sign.

    >>> labels("group")["First treatment"]
    'Accessing services'
    """
    return MappingProxyType({row["printed"]: row["ours"] for row in read_rows("labels.csv") if row["kind"] == kind})


def deprivation_decile(group: str) -> int | None:
    """The decile of a printed deprivation group, 1 for the most deprived tenth.

    The releases number the tenths the other way round ("01 Least deprived" to "10 Most
    deprived") from the Office for National Statistics, whose order this is. None where the
    group is no decile (not stated).

    >>> deprivation_decile("10 Most deprived"), deprivation_decile("01 Least deprived")
    (1, 10)
    """
    decile = labels("decile").get(group)
    return int(decile) if decile else None


def level_of(label: ibis.Value) -> ibis.Value:
    """Our level for a release's label of it; null where the label is not known."""
    return label.cases(*levels().items())


def splits_of(kind: ibis.Value, first: ibis.Value, second: ibis.Value) -> dict[str, ibis.Value]:
    """The two splits of a figure, in our labels. Every sign for a total gives null.

    Until 2016-17 the name of a main group stands in the second column, with nothing in the
    first. Where both are signs for a total, the row repeats the total.
    """
    upper = ifelse(_is_total(first), second, first)
    is_total = _is_total(kind) | _is_total(upper)
    has_second = ~is_total & ~_is_total(first) & ~_is_total(second)
    split = _ours("split", kind)
    return {
        "split_1": ifelse(is_total, null("string"), split),
        "group_1": ifelse(is_total, null("string"), _ours("group", upper)),
        "split_2": ifelse(has_second, split, null("string")),
        "group_2": ifelse(has_second, _ours("group", second), null("string")),
    }


def crossed_splits(first: ibis.Value, second: ibis.Value, first_split: str, second_split: str) -> dict[str, ibis.Value]:
    """Two breakdowns of different things. A total of the first leaves only the second."""
    is_alone = _is_total(first)
    ours, other = _ours("group", first), _ours("group", second)
    return {
        "split_1": ifelse(is_alone, second_split, ibis.literal(first_split)),
        "group_1": ifelse(is_alone, other, ours),
        "split_2": ifelse(is_alone, null("string"), second_split),
        "group_2": ifelse(is_alone, null("string"), other),
    }


def no_splits() -> dict[str, ibis.Value]:
    """A figure that is not broken down."""
    return dict.fromkeys(("split_1", "group_1", "split_2", "group_2"), null("string"))


def _is_total(label: ibis.Value) -> ibis.Value:
    return label.isnull() | label.isin(list(labels("total")))


def _ours(kind: str, label: ibis.Value) -> ibis.Value:
    return label.cases(*labels(kind).items(), else_=label)
