"""Which problems people had: from the release where it says so, else England's mix as assumed."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from caseness.audit.assumptions import Assumptions, Entry
from caseness.audit.natural.model import ProblemShare
from caseness.audit.quantity import Quantity, quantity_of
from caseness.audit.terms import floored
from caseness.audit.variation.tally import ENGLAND_BY_GROUP
from caseness.disclosure import Released
from caseness.periods import Period
from caseness.results import ANNUAL, COMPUTED, ENGLAND, Selection
from caseness.stats.bounds import Bounded, share, total

SPLIT = "Presenting Complaint"
OTHERS = "All other problems, and none stated"

_FINISHED, _NOT_AT_CASENESS = "M076", "M179"


def weigh_problems(
    released: Released, period: Period, organisation: str, assumptions: Assumptions
) -> tuple[tuple[ProblemShare, ...], str]:
    """The problems of those judged for recovery, and a sentence on where they come from."""
    year = period if period.kind == "year" else period.financial_year()
    entries = assumptions.entries_of("natural.problem")
    table = released.select(_wanted(organisation)).table
    counted = _count(table, year, entries)
    if counted is not None:
        return counted, f"Problems of those judged for recovery, {_whose(table, organisation)}, {year.label}."
    assumed = Bounded.of(*[[float(one.keys["judged"]) for one in entries]] * 3)
    return (
        _shares(entries, assumed),
        "No count of problems is in these figures for this organisation and year: England's of 2024-25 are taken (assumed).",
    )


def _whose(table: pa.Table, organisation: str) -> str:
    if COMPUTED in pc.unique(table["basis"]).to_pylist():  # type: ignore[attr-defined]
        return "as the record has them"
    return f"{'England' if organisation == ENGLAND else organisation} ({ANNUAL})"


def _count(table: pa.Table, year: Period, entries: tuple[Entry, ...]) -> tuple[ProblemShare, ...] | None:
    table = table.filter(pc.and_(pc.equal(table["period_start"], year.start), pc.equal(table["period_end"], year.end)))
    listed = table.filter(pc.is_null(table["commissioner"])).to_pylist()
    rows = [row for row in listed if row["split_1"] in (None, SPLIT)]
    grouped = [one for one in entries if one.keys["group"]]
    judged = [_judged(rows, one.keys["group"]) for one in grouped]
    named = [found for found in judged if found is not None]
    whole = _judged(rows, None)
    if whole is None or len(named) < len(grouped):
        return None
    rest = floored(whole - total(named))
    ends = (np.concatenate([getattr(one, end) for one in (*named, rest)]) for end in ("low", "high", "value"))
    return _shares((*grouped, *(one for one in entries if not one.keys["group"])), Bounded(*ends))


def _wanted(organisation: str) -> Selection:
    if organisation == ENGLAND:
        return ENGLAND_BY_GROUP
    figures = (_FINISHED, _NOT_AT_CASENESS)
    return Selection(figures=figures, organisations=(organisation,), bases=(ANNUAL, COMPUTED), splits=(SPLIT,))


# The total is the row without a group; a problem is named by the finest group that it has.
def _judged(rows: list[dict], group: str | None) -> Bounded | None:
    own = [row for row in rows if (row["group_2"] or row["group_1"]) == group]
    counted = {figure: [row for row in own if row["figure_id"] == figure] for figure in (_FINISHED, _NOT_AT_CASENESS)}
    if any(len({(row["low"], row["high"]) for row in found}) != 1 for found in counted.values()):
        return None
    finished, not_at_caseness = (_bounded(found[0]) for found in counted.values())
    return floored(finished - not_at_caseness)


def _bounded(row: dict) -> Bounded:
    # A starred count has no value: for a weight, the middle of what it can be is near enough.
    value = (row["low"] + row["high"]) / 2 if row["value"] is None else row["value"]
    return Bounded.of([row["low"]], [row["high"]], [value])


def _shares(entries: tuple[Entry, ...], judged: Bounded) -> tuple[ProblemShare, ...]:
    whole = judged.sum(0)
    parts = share(judged, Bounded.of(*(np.full(len(entries), end) for end in (whole.low, whole.high, whole.value))))
    return tuple(
        ProblemShare(
            one.keys["group"] or OTHERS,
            _quantity(judged, i),
            quantity_of(parts[[i]], "percentage"),
            one.keys["disorder"],
        )
        for i, one in enumerate(entries)
    )


def _quantity(judged: Bounded, i: int) -> Quantity:
    return quantity_of(judged[[i]])
