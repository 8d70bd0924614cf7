"""Small publications with known people behind them: counts by place, kind and group, and what is released of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from attack import Attack, Cell
from caseness.disclosure import Policy, link, release
from caseness.measures import Places, find_measure
from caseness.periods import month
from caseness.results import COMPUTED, ENGLAND, Results, Selection

# What can become of a person whose referral ended.
KINDS = ("untreated", "once", "not at caseness", "reliably recovered", "recovered", "not recovered")
FINISHED = KINDS[2:]
COUNTED = {
    "M056": KINDS,
    "M153": KINDS[:1],
    "M075": KINDS[1:2],
    "M076": FINISHED,
    "M179": KINDS[2:3],
    "M191": KINDS[3:5],
    "M193": KINDS[3:4],
}
SHARES = {"M192": (COUNTED["M191"], FINISHED[1:]), "M079": (FINISHED, KINDS)}
# Figures of kinds that have nobody in common: what they tell of each other, sums tell.
DISJOINT = ("M153", "M075", "M179", "M193")
APRIL = month(2025, 4)
LEVELS = ("england", "region", "icb", "provider")


@dataclass(frozen=True)
class Leaf:
    """The finest place: a provider with a commissioner, and a group where there is a breakdown."""

    provider: str
    commissioner: str
    icb: str
    region: str
    group: str | None = None

    def at(self, level: str) -> tuple[str, str | None]:
        """Its organisation at a level, and the commissioner at the finest."""
        match level:
            case "england":
                return ENGLAND, None
            case "sub-icb-provider":
                return self.provider, self.commissioner
        return getattr(self, {"sub-icb": "commissioner"}.get(level, level)), None


Table = Mapping[Leaf, Sequence[int]]
# The kinds of those who ended, in their order, as sums and differences of official counts.
ENDED = (("M153",), ("M075",), ("M179",), ("M193",), ("M191", "M193"), ("M076", "M179", "M191"))


def table_of(rows: Sequence[Mapping], places: Places) -> Table:
    """The people behind exact counts of a period at the finest level, of all groups where there are any."""
    is_split = any(row["group_1"] for row in rows)
    held: dict[Leaf, dict[str, int]] = {}
    for row in (row for row in rows if bool(row["group_1"]) == is_split):
        board, region = places.by_provider[row["organisation"]]
        leaf = Leaf(row["organisation"], row["commissioner"], board, region, row["group_1"])
        held.setdefault(leaf, {})[row["figure_id"]] = int(row["value"])
    return {
        leaf: tuple(max(counts[first] - sum(counts[one] for one in others), 0) for first, *others in ENDED)
        for leaf, counts in held.items()
    }


def places_of(table: Table) -> Places:
    """Board and region of each provider."""
    return Places({one.provider: (one.icb, one.region) for one in table})


def exact(table: Table, level: str) -> Iterator[dict]:
    """Every figure of a level, exactly: a plain sum over the people."""
    groups = {one.group for one in table}
    for group in {None, *groups}:
        for place in dict.fromkeys(one.at(level) for one in table):
            rows = [counts for one, counts in table.items() if one.at(level) == place and group in (None, one.group)]
            about = {"level": level, "organisation": place[0], "commissioner": place[1], "basis": COMPUTED}
            about |= {"period_start": APRIL.start, "period_end": APRIL.end}
            about |= {"split_1": group and "Gender", "group_1": group}
            if rows:
                yield from ({**about, **figure} for figure in _figures(np.sum(rows, axis=0)))


def _figures(counts: np.ndarray) -> Iterator[dict]:
    for figure, kinds in COUNTED.items():
        number = float(_of(counts, kinds))
        yield {"figure_id": figure, "statistic": "count", "numerator": number, "value": number}
    for figure, (part, whole) in SHARES.items():
        above, below = float(_of(counts, part)), float(_of(counts, whole))
        value = 100 * above / below if below else None
        yield {"figure_id": figure, "statistic": "percentage", "numerator": above, "denominator": below, "value": value}


def _of(counts: np.ndarray, kinds: Sequence[str]) -> int:
    return int(sum(counts[KINDS.index(kind)] for kind in kinds))


def let_out(table: Table, policy: Policy, levels: Sequence[str] = LEVELS) -> list[dict]:
    """What is released of a table."""
    linkage = None
    if policy.rules.needs_all:
        linkage = link([find_measure(one) for one in (*COUNTED, *SHARES)], places_of(table))
        linkage = linkage.over(Results.from_rows(exact(table, "sub-icb-provider")))
    figures = Results.from_rows(row for level in levels for row in exact(table, level))
    return release(figures, policy, linkage).select(Selection()).table.to_pylist()


def tell(
    attack: Attack,
    table: Table,
    released: Sequence[Mapping],
    changed: Mapping[Leaf, int],
    only: Sequence[str] = (*COUNTED, *SHARES),
) -> None:
    """Tell an attacker what was released. A leaf that has changed since has other people, by its number in `changed`."""
    for row in (row for row in released if row["low"] is not None and row["figure_id"] in only):
        if row["figure_id"] in COUNTED:
            attack.is_told(people(table, row, COUNTED[row["figure_id"]], changed), row["low"], row["high"])
        else:
            part, whole = (people(table, row, kinds, changed) for kinds in SHARES[row["figure_id"]])
            attack.is_told_a_share(part, whole, row["low"], row["high"])


def people(table: Table, row: Mapping, kinds: Sequence[str], changed: Mapping[Leaf, int]) -> list:
    """The unknown numbers of people that a figure is about."""
    place = (row["organisation"], row["commissioner"])
    inside = [one for one in table if one.at(row["level"]) == place and row["group_1"] in (None, one.group)]
    return [(one, kind, changed.get(one, 0)) for one in inside for kind in kinds]


def cells(
    table: Table, levels: Sequence[str], changed: Mapping[Leaf, int], only: Sequence[str] = tuple(COUNTED)
) -> Iterator[Cell]:
    """Every count of every level, whether it has a value or a star."""
    counted = [one for one in only if one in COUNTED]
    for row in (row for level in levels for row in exact(table, level) if row["figure_id"] in counted):
        name = (row["figure_id"], row["level"], row["organisation"], row["commissioner"], row["group_1"])
        unknowns = people(table, row, COUNTED[row["figure_id"]], changed)
        yield Cell(name, int(row["value"]), tuple(unknowns))
