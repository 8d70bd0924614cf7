"""The tidy releases: monthly measures, annual measures and therapy outcomes.

They are the official figures, re-arranged one a row by the Bennett Institute's nhstt
project. Of each, three functions say which figure a row prints, where it belongs (period,
organisation, breakdown), and what it prints; together they make cells.
"""

from __future__ import annotations

from collections.abc import Callable

import ibis
from ibis import ifelse, null

from caseness.published.labels import crossed_splits, level_of, no_splits, splits_of
from caseness.published.names import crosswalk
from caseness.published.rounding import ABSENT, STAR
from caseness.results import ENGLAND

PROBLEM, THERAPY = "Presenting Complaint", "Therapy Type"

Columns = dict[str, ibis.Value]

_OF_PROVIDERS = ("provider", "sub-icb-provider")


def monthly_figure(table: ibis.Table) -> Columns:
    """The figure of a row of the tidy monthly release. Keyed by measure id: names change, ids do not."""
    return {"figure_id": table.measure_id, "statistic": table.measure_statistic}


def annual_figure(table: ibis.Table) -> Columns:
    """The figure of a row of the tidy annual release."""
    known = [
        ((table.measure_name == name) & (table.measure_statistic == statistic), figure_id)
        for (name, statistic), figure_id in crosswalk("annual").items()
    ]
    return {"figure_id": ibis.cases(*known, else_=table.measure_name), "statistic": table.measure_statistic}


def outcome_figure(table: ibis.Table) -> Columns:
    """The figure of a row of the tidy outcomes release."""
    has_time = table.measure_time.notnull() & (table.measure_time != "")
    time = ifelse(has_time, "_" + table.measure_time, "")
    return {
        "figure_id": "proms_" + table.measure_name + "_" + table.measure_statistic + time,
        "statistic": table.measure_statistic,
    }


def monthly_place(table: ibis.Table) -> Columns:
    """Where a row of a monthly release belongs."""
    return {**_period(table), "level": level_of(table.group_type), **organisation_of_pair(table), **no_splits()}


def annual_place(table: ibis.Table) -> Columns:
    """Where a row of an annual release belongs."""
    splits = splits_of(table.variable_type, table.variable_a, table.variable_b)
    return {**_period(table), "level": level_of(table.org_type), **organisation_of_one(table), **splits}


def outcome_place(table: ibis.Table) -> Columns:
    """Where a row of an outcomes release belongs: problem by therapy by organisation."""
    splits = crossed_splits(table.variable_a, table.variable_b, PROBLEM, THERAPY)
    return {**_period(table), "level": level_of(table.org_type), **organisation_of_one(table), **splits}


def monthly_cells(table: ibis.Table) -> ibis.Table:
    """Cells of the tidy monthly release."""
    return _cells(table, monthly_figure, monthly_place, name_of_pair(table), is_null_a_star=True)


def annual_cells(table: ibis.Table) -> ibis.Table:
    """Cells of the tidy annual release (2017-18 on, and the earlier England-only one)."""
    return _cells(table, annual_figure, annual_place, name_of_one(table), is_null_a_star=False)


def outcome_cells(table: ibis.Table) -> ibis.Table:
    """Cells of the tidy therapy-outcomes release."""
    return _cells(table, outcome_figure, outcome_place, name_of_one(table), is_null_a_star=True)


def organisation_of_one(table: ibis.Table) -> Columns:
    """Whom a row is about, where it names one organisation."""
    is_england = level_of(table.org_type) == "england"
    return {"organisation": ifelse(is_england, ENGLAND, table.org_code), "commissioner": null("string")}


def name_of_one(table: ibis.Table) -> Columns:
    """What the organisation of a row is called, where it names one."""
    return {"organisation_name": ifelse(level_of(table.org_type) == "england", "England", table.org_name)}


def organisation_of_pair(table: ibis.Table) -> Columns:
    """Whom a row is about, where it names a commissioner (1) and a provider (2), either of them "all"."""
    level = level_of(table.group_type)
    return {
        "organisation": _of_pair(level, ENGLAND, table.org_code1, table.org_code2),
        "commissioner": ifelse(level == "sub-icb-provider", table.org_code1, null("string")),
    }


def name_of_pair(table: ibis.Table) -> Columns:
    """What the organisation of a row is called, where it names a commissioner and a provider."""
    return {"organisation_name": _of_pair(level_of(table.group_type), "England", table.org_name1, table.org_name2)}


def whom_of_one(table: ibis.Table) -> Columns:
    """The organisation of a row and its name, where it names one."""
    return {**organisation_of_one(table), **name_of_one(table)}


def whom_of_pair(table: ibis.Table) -> Columns:
    """The organisation of a row and its name, where it names a commissioner and a provider."""
    return {**organisation_of_pair(table), **name_of_pair(table)}


def number_in(printed: ibis.Value) -> ibis.Value:
    """The number that a value column holds, whether as a number or as text; null if none."""
    return printed.try_cast("float64") if printed.type().is_string() else printed.cast("float64")


def is_star_in(printed: ibis.Value, is_null_a_star: bool) -> ibis.Value:
    """Whether a value column holds a star. Some tidy releases print it as null, the text NULL never is one."""
    if not printed.type().is_string():
        return printed.isnull() & is_null_a_star
    signs = (STAR, "") if is_null_a_star else (STAR,)
    return printed.isin(signs).fill_null(is_null_a_star)


def _period(table: ibis.Table) -> Columns:
    return {"period_start": table.start_date, "period_end": table.end_date}


def _of_pair(level: ibis.Value, of_england: str, first: ibis.Value, second: ibis.Value) -> ibis.Value:
    return ibis.cases((level == "england", of_england), (level.isin(_OF_PROVIDERS), second), else_=first)


# England is never starred, so nothing in its place is nothing published.
def _cells(
    table: ibis.Table,
    figure: Callable[[ibis.Table], Columns],
    place: Callable[[ibis.Table], Columns],
    name: Columns,
    is_null_a_star: bool,
) -> ibis.Table:
    value, placed = number_in(table.value), place(table)
    is_starred = is_star_in(table.value, is_null_a_star) & (placed["level"] != "england")
    mark = ibis.cases((value.notnull(), null("string")), (is_starred, STAR), else_=ABSENT)
    return table.select(**figure(table), **placed, **name, value=value, mark=mark)
