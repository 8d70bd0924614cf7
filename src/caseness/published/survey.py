"""What a release holds, and what is odd about its values, in one pass over it.

Findings are notes, never silent: a value that cannot be a count or a percentage is left
out of the figures, and a value that the rules of publication do not allow is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import ibis
from ibis import ifelse, null

from caseness import engine
from caseness.errors import UnknownName, UnreadableInput
from caseness.periods import Period
from caseness.published.dates import require_periods
from caseness.published.labels import level_of
from caseness.published.layouts import Layout
from caseness.published.tidy import number_in

# No count of the programme comes near it: the digits of two numbers have run together.
LARGEST_COUNT = 1e9
# The statistics whose rounding is declared in rounding.py.
STATISTICS = ("count", "percentage", "mean", "median", "min", "max", "sum", "sd", "effect_size")

_CELL_KEYS = ("figure_id", "statistic", "period_start", "period_end", "level")


@dataclass(frozen=True)
class Held:
    """How many cells of one figure, period and level a release holds."""

    figure_id: str
    period_start: date
    level: str
    cells: int

    @property
    def key(self) -> tuple[str, date, str]:
        """The figure, the first day of its period, and the level."""
        return (self.figure_id, self.period_start, self.level)


def is_usable(cells: ibis.Table) -> ibis.Value:
    """Whether a cell can be what it says it is. What cannot is left out of the figures."""
    value = cells.value
    is_number = ~(value.isnan() | value.isinf())
    is_count = value.between(0, LARGEST_COUNT) & (value % 1 == 0)
    is_possible = ibis.cases(
        (cells.statistic == "count", is_count),
        (cells.statistic == "percentage", value.between(0, 100)),
        else_=True,
    )
    is_known = cells.level.notnull() & cells.statistic.isin(STATISTICS) & cells.figure_id.notnull()
    return is_known & (value.isnull() | (is_number & is_possible))


def survey_tidy(table: ibis.Table, layout: Layout, name: str) -> tuple[tuple[Held, ...], tuple[str, ...]]:
    """Survey a tidy release on the few columns that matter, before anything is worked out.

    It may hold millions of rows, of which an audit will ask for a part.
    """
    on_disk = layout.on_disk
    assert on_disk is not None, layout.id
    keys = ("reporting_period", "start_date", "end_date", on_disk.level_column, *on_disk.figure_columns)
    counted = table.group_by(keys).agg(**_oddities(number_in(table.value)))
    told = counted.select(
        "reporting_period",
        *_ODDITIES,
        **on_disk.figure(counted),
        period_start=counted.start_date,
        period_end=counted.end_date,
        level=level_of(counted[on_disk.level_column]),
    )
    rows = engine.fetch(told).to_pylist()
    _require_labels(rows, name)
    return _conclude(rows, name)


def survey_cells(cells: ibis.Table, name: str) -> tuple[tuple[Held, ...], tuple[str, ...]]:
    """Survey cells that are already worked out."""
    return _conclude(engine.fetch(cells.group_by(_CELL_KEYS).agg(**_oddities(cells.value))).to_pylist(), name)


_ODDITIES = ("cells", "no_number", "negative", "fractional", "too_large", "over_hundred", "unrounded")


# Booleans are summed, not counted with a filter, which is many times slower. The engine
# holds NaN to be greater than every number.
def _oddities(printed: ibis.Value) -> dict[str, ibis.Value]:
    is_no_number = printed.isnan() | printed.isinf()
    value = ifelse(is_no_number, null("float64"), printed)
    return {
        "cells": printed.isnull().count(),
        "no_number": is_no_number.sum(),
        "negative": (value < 0).sum(),
        "fractional": (value % 1 != 0).sum(),
        "too_large": (value > LARGEST_COUNT).sum(),
        "over_hundred": (value > 100).sum(),
        "unrounded": (value % 5 != 0).sum(),
    }


def _require_labels(rows: list[dict], name: str) -> None:
    labelled = {(row["reporting_period"], row["period_start"]) for row in rows}
    wrong = sorted((label, start) for label, start in labelled if not _opens(label, start))
    if wrong:
        label, start = wrong[0]
        raise UnreadableInput(
            f"{name}: {len(wrong)} periods do not begin when their name says, such as {label!r} on {start}. "
            "No figure is taken from the file, since it could land in the wrong period."
        )


def _opens(label: str, start: date) -> bool:
    try:
        return Period.parse(label).start == start
    except UnknownName:
        return False


def _conclude(rows: list[dict], name: str) -> tuple[tuple[Held, ...], tuple[str, ...]]:
    require_periods(sorted({(row["period_start"], row["period_end"]) for row in rows}), name)
    held: dict[tuple[str, date, str], int] = {}
    for row in rows:
        if row["level"] is not None and row["figure_id"] is not None:
            key = (row["figure_id"], row["period_start"], row["level"])
            held[key] = held.get(key, 0) + row["cells"]
    notes = tuple(f"{name}: {found}" for found in _findings(rows))
    return tuple(Held(*key, cells) for key, cells in held.items()), notes


@dataclass(frozen=True)
class _Finding:
    column: str
    applies: Callable[[dict], bool]
    says: str


_LEFT_OUT = "They are left out of the figures."
_FINDINGS = (
    _Finding(
        "cells",
        lambda row: row["level"] is None,
        "{n} cells are of a kind of organisation that is not known. " + _LEFT_OUT,
    ),
    _Finding(
        "cells",
        lambda row: row["statistic"] not in STATISTICS,
        "{n} cells do not say whether they are a count, a percentage or something else ({which}). " + _LEFT_OUT,
    ),
    _Finding("no_number", lambda row: True, "{n} cells hold no finite number ({which}). " + _LEFT_OUT),
    _Finding(
        "negative",
        lambda row: row["statistic"] in ("count", "percentage"),
        "{n} counts or percentages are below 0, which cannot be ({which}). " + _LEFT_OUT,
    ),
    _Finding(
        "fractional",
        lambda row: row["statistic"] == "count",
        "{n} counts are not whole numbers, which cannot be ({which}). " + _LEFT_OUT,
    ),
    _Finding(
        "too_large",
        lambda row: row["statistic"] == "count",
        "{n} counts are larger than any of the programme can be ({which}). " + _LEFT_OUT,
    ),
    _Finding(
        "over_hundred",
        lambda row: row["statistic"] == "percentage",
        "{n} percentages are above 100, which cannot be ({which}). " + _LEFT_OUT,
    ),
    _Finding(
        "unrounded",
        lambda row: row["statistic"] == "count" and row["level"] != "england",
        "{n} counts below England are no multiple of 5, so this is not the rounded release ({which}). "
        "They are kept, with the room that rounding would leave.",
    ),
)


def _findings(rows: Sequence[dict]) -> Iterable[str]:
    for finding in _FINDINGS:
        odd = [row for row in rows if row[finding.column] and finding.applies(row)]
        if odd:
            count = sum(row[finding.column] for row in odd)
            yield finding.says.format(n=f"{count:,}", which=_name_some({str(row["figure_id"]) for row in odd}))


def _name_some(figure_ids: Iterable[str], shown: int = 5) -> str:
    named = sorted(figure_ids)
    more = f" and {len(named) - shown} more figures" if len(named) > shown else ""
    return ", ".join(named[:shown]) + more
