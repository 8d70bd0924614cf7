"""The layouts in which the record has been published, and how each is told apart.

A file is known by its columns, never by its name. The first layout whose columns are all
there is the one; the list runs from the most to the least demanding.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import ibis

from caseness.published import tidy
from caseness.results import ANNUAL, MONTHLY


@dataclass(frozen=True)
class Layout:
    """One way in which figures have been published.

    `dataset` says which releases may overlap: two files of one dataset that cover the
    same period print the same figures, and one of them has to win. `keys` are the columns
    that tell which figure of which period a row prints; `to_figure` reads them, `to_cells`
    reads the whole row.
    """

    id: str
    title: str
    dataset: str
    basis: str
    columns: frozenset[str]
    keys: tuple[str, ...]
    to_figure: Callable[[ibis.Table], dict[str, ibis.Value]]
    to_cells: Callable[[ibis.Table], ibis.Table]


_PERIOD = {"reporting_period", "start_date", "end_date"}
_VARIABLES = {"org_type", "org_code", "org_name", "variable_type", "variable_a", "variable_b"}
_MEASURE = {"measure_name", "measure_statistic", "value"}

LAYOUTS = (
    Layout(
        "outcomes-tidy",
        "Therapy-based outcomes, tidy",
        "outcomes",
        ANNUAL,
        frozenset(_PERIOD | _VARIABLES | _MEASURE | {"measure_time"}),
        ("start_date", "measure_name", "measure_statistic", "measure_time"),
        tidy.outcome_figure,
        tidy.outcome_cells,
    ),
    Layout(
        "annual-tidy",
        "Annual report main data, tidy",
        "annual",
        ANNUAL,
        frozenset(_PERIOD | _VARIABLES | _MEASURE),
        ("start_date", "measure_name", "measure_statistic"),
        tidy.annual_figure,
        tidy.annual_cells,
    ),
    Layout(
        "monthly-tidy",
        "Monthly activity and performance, tidy",
        "monthly",
        MONTHLY,
        frozenset(
            _PERIOD | _MEASURE | {"measure_id", "group_type", "org_code1", "org_name1", "org_code2", "org_name2"}
        ),
        ("start_date", "measure_id", "measure_statistic"),
        tidy.monthly_figure,
        tidy.monthly_cells,
    ),
)


def recognise(columns: Collection[str]) -> Layout | None:
    """The layout that has these columns, or None."""
    given = set(columns)
    return next((layout for layout in LAYOUTS if layout.columns <= given), None)


def nearest(columns: Collection[str]) -> tuple[Layout, list[str]]:
    """The layout that comes nearest to these columns, and the columns it lacks."""
    given = set(columns)
    layout = min(LAYOUTS, key=lambda layout: len(layout.columns - given) / len(layout.columns))
    return layout, sorted(layout.columns - given)
