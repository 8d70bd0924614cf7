"""England's annual counts by group: one look at the releases, laid out by year and breakdown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pyarrow.compute as pc

from caseness.audit.variation.breakdowns import CHARACTERISTICS, Characteristic
from caseness.disclosure import Released
from caseness.periods import Period
from caseness.results import ANNUAL, COMPUTED, Selection

# Referrals received; finished; not at caseness; recovered; reliably recovered.
FIGURES = ("M001", "M076", "M179", "M191", "M193")
# All that any part of an audit asks of England's groups, so that the releases are read for it once.
ENGLAND_BY_GROUP = Selection(
    figures=FIGURES, levels=("england",), bases=(ANNUAL, COMPUTED), splits=tuple(one.split for one in CHARACTERISTICS)
)
RECOVERY, RELIABLE_RECOVERY, FINISHED_OF_REFERRED = "recovery", "reliable_recovery", "finished_of_referred"
RATES = {
    RELIABLE_RECOVERY: "Reliable recovery",
    RECOVERY: "Recovery",
    FINISHED_OF_REFERRED: "Finished, for each 100 referrals received",
}

Counts = Mapping[str, float]


@dataclass(frozen=True)
class Tally:
    """The counts of every group: by year and name of breakdown, the groups as the releases name them."""

    totals: Mapping[Period, Counts]
    groups: Mapping[tuple[Period, str], Mapping[str, Counts]] = field(repr=False)

    def of(self, year: Period, characteristic: Characteristic) -> Mapping[str, Counts]:
        """The groups of one breakdown in one year, in the order of their printed names."""
        found = self.groups.get((year, characteristic.split), {})
        first = characteristic.first
        return {label: found[label] for label in sorted(found, key=lambda one: (one != first, one))}


def take_tally(released: Released, years: tuple[Period, ...]) -> Tally:
    """Read England's counts by group from the annual report."""
    table = released.select(ENGLAND_BY_GROUP).table
    table = table.filter(pc.is_valid(table["value"])).select(
        ["figure_id", "period_start", "split_1", "group_1", "split_2", "group_2", "value"]
    )
    return _lay_out(table.to_pylist(), {year.start: year for year in years})


def counts_of(counts: Counts, measure: str) -> tuple[float, float] | None:
    """The two counts of a rate, or None where either was not published."""
    needed = {FINISHED_OF_REFERRED: ("M076", "M001")}.get(measure, ("M076", "M179"))
    outcome = {RECOVERY: "M191", RELIABLE_RECOVERY: "M193"}.get(measure)
    if not all(name in counts for name in (*needed, *([outcome] if outcome else []))):
        return None
    if outcome is None:
        return counts["M076"], counts["M001"]
    return counts[outcome], counts["M076"] - counts["M179"]


def _lay_out(rows: list[dict], years: Mapping[date, Period]) -> Tally:
    totals: dict[Period, dict[str, float]] = {}
    found: dict[tuple[Period, str], dict[tuple[str, str | None], dict[str, float]]] = {}
    for row in rows:
        year = years.get(row["period_start"])
        if year is None or (row["split_2"] is not None and row["split_2"] != row["split_1"]):
            continue
        if row["split_1"] is None:
            counts = totals.setdefault(year, {})
        else:
            groups = found.setdefault((year, row["split_1"]), {})
            counts = groups.setdefault((row["group_1"], row["group_2"]), {})
        counts[row["figure_id"]] = row["value"]
    finest = {one.split: one.finest for one in CHARACTERISTICS}
    return Tally(totals, {place: _name_groups(groups, finest[place[1]]) for place, groups in found.items()})


# Where the finest groups are wanted, a group that is divided further gives way to its parts.
def _name_groups(
    groups: Mapping[tuple[str, str | None], dict[str, float]], is_finest: bool
) -> dict[str, dict[str, float]]:
    divided = {group for group, part in groups if part is not None}
    if not is_finest:
        return {group: counts for (group, part), counts in groups.items() if part is None}
    return {part or group: counts for (group, part), counts in groups.items() if part or group not in divided}
