"""The tidy Parquet releases: monthly measures, annual measures and therapy outcomes.

They are the official figures, re-arranged one a row by the Bennett Institute's nhstt
project. Each function turns one of them into cells: the columns of a figure, with the
printed value or the mark that stands in its place.
"""

from __future__ import annotations

import ibis
from ibis import ifelse, null

from caseness.published.names import crosswalk, levels
from caseness.published.rounding import ABSENT, STAR
from caseness.results import ENGLAND

_TOTALS = ("All", "Total", "NULL", "all", "NA", "")


def monthly_figure(table: ibis.Table) -> dict[str, ibis.Value]:
    """Which figure of which period a row of the tidy monthly release prints."""
    return {
        "figure_id": table.measure_id,
        "statistic": table.measure_statistic,
        "period_start": table.start_date,
    }


def annual_figure(table: ibis.Table) -> dict[str, ibis.Value]:
    """Which figure of which year a row of the tidy annual release prints."""
    known = [
        ((table.measure_name == name) & (table.measure_statistic == statistic), figure_id)
        for (name, statistic), figure_id in crosswalk("annual").items()
    ]
    return {
        "figure_id": ibis.cases(*known, else_=table.measure_name),
        "statistic": table.measure_statistic,
        "period_start": table.start_date,
    }


def outcome_figure(table: ibis.Table) -> dict[str, ibis.Value]:
    """Which figure of which year a row of the tidy outcomes release prints."""
    time = ifelse(table.measure_time.isnull(), "", "_" + table.measure_time)
    return {
        "figure_id": "proms_" + table.measure_name + "_" + table.measure_statistic + time,
        "statistic": table.measure_statistic,
        "period_start": table.start_date,
    }


def monthly_cells(table: ibis.Table) -> ibis.Table:
    """Cells of the tidy monthly release. Keyed by measure id: names change, ids do not."""
    level = level_of(table.group_type)
    is_england = level == "england"
    return table.select(
        **monthly_figure(table),
        period_end=table.end_date,
        level=level,
        organisation=ibis.cases(
            (is_england, ENGLAND), (level.isin(("provider", "sub-icb-provider")), table.org_code2), else_=table.org_code1
        ),
        organisation_name=ibis.cases(
            (is_england, "England"), (level.isin(("provider", "sub-icb-provider")), table.org_name2), else_=table.org_name1
        ),
        commissioner=ifelse(level == "sub-icb-provider", table.org_code1, null("string")),
        **_no_splits(),
        value=table.value.cast("float64"),
        mark=ibis.cases((table.value.notnull(), null("string")), (is_england, ABSENT), else_=STAR),
    )


def annual_cells(table: ibis.Table) -> ibis.Table:
    """Cells of the tidy annual release (2017-18 on, and the earlier England-only one)."""
    level = level_of(table.org_type)
    text = table.value.cast("string")
    value = text.try_cast("float64")
    return table.select(
        **annual_figure(table),
        period_end=table.end_date,
        level=level,
        organisation=ifelse(level == "england", ENGLAND, table.org_code),
        organisation_name=ifelse(level == "england", "England", table.org_name),
        commissioner=null("string"),
        **splits_of(table.variable_type, table.variable_a, table.variable_b),
        value=value,
        mark=ibis.cases((value.notnull(), null("string")), (text == STAR, STAR), else_=ABSENT),
    )


def outcome_cells(table: ibis.Table) -> ibis.Table:
    """Cells of the tidy therapy-outcomes release: problem by therapy by organisation."""
    level = level_of(table.org_type)
    return table.select(
        **outcome_figure(table),
        period_end=table.end_date,
        level=level,
        organisation=ifelse(level == "england", ENGLAND, table.org_code),
        organisation_name=ifelse(level == "england", "England", table.org_name),
        commissioner=null("string"),
        split_1=ibis.literal("Presenting Complaint"),
        group_1=table.variable_a,
        split_2=ibis.literal("Therapy Type"),
        group_2=table.variable_b,
        value=table.value.cast("float64"),
        mark=ibis.cases((table.value.notnull(), null("string")), (level == "england", ABSENT), else_=STAR),
    )


def level_of(label: ibis.Value) -> ibis.Value:
    """Our level for a release's label of it; null where the label is not known."""
    return label.cases(*levels().items())


def splits_of(kind: ibis.Value, first: ibis.Value, second: ibis.Value) -> dict[str, ibis.Value]:
    """The two splits of a figure. `All`, `Total` and `NULL` each stand for a total somewhere."""
    is_total = kind == "Total"
    has_second = second.notnull() & ~second.isin(_TOTALS) & ~is_total
    return {
        "split_1": ifelse(is_total, null("string"), kind),
        "group_1": ifelse(is_total, null("string"), first),
        "split_2": ifelse(has_second, kind, null("string")),
        "group_2": ifelse(has_second, second, null("string")),
    }


def _no_splits() -> dict[str, ibis.Value]:
    return dict.fromkeys(("split_1", "group_1", "split_2", "group_2"), null("string"))
