"""The files as NHS England publishes them: monthly, annual and therapy-outcome tables.

Each function turns one of them, read as text with dates understood, into cells: the
columns of a figure, with the printed value or the mark that stands in its place.
"""

from __future__ import annotations

import ibis
import pyarrow as pa
from ibis import ifelse, null, selectors

from caseness import engine
from caseness.published.labels import labels
from caseness.published.names import all_figures, source_names
from caseness.published.rounding import ABSENT, STAR
from caseness.published.tidy import annual_place, monthly_place, name_of_one, name_of_pair, outcome_place

STATISTICS = ("count", "percentage", "mean", "median", "max", "min", "sum")


def monthly_cells(table: ibis.Table) -> ibis.Table:
    """Cells of a raw monthly file. What kind of figure an id is does not stand in the file.

    The statistic is that of the id; for an id we do not know, that which its name begins
    with (Count_, Percentage_, Mean_ ...). Null if there is neither.
    """
    statistics = {figure.figure_id: figure.statistic for figure in all_figures().values()}
    known = engine.load(pa.table({"known_id": list(statistics), "known_statistic": list(statistics.values())}))
    joined = table.left_join(known, table.measure_id == known.known_id)
    return joined.select(
        figure_id=joined.measure_id,
        statistic=joined.known_statistic.fill_null(_statistic_in_name(joined.measure_name)),
        **monthly_place(joined),
        **name_of_pair(joined),
        **_printed(joined.measure_value_suppressed),
    )


def wide_monthly_cells(table: ibis.Table) -> ibis.Table:
    """Cells of the monthly key measures of 2019-20: a row for each organisation, a column for each figure."""
    long = _unpivot(table, "wide")
    last_day = long.start_date + ibis.interval(months=1) - ibis.interval(days=1)
    dated = long.mutate(end_date=last_day.cast("date"))
    return dated.select(
        "figure_id",
        "statistic",
        **monthly_place(dated),
        **name_of_pair(dated),
        **_printed(dated.printed),
    )


def annual_cells(table: ibis.Table) -> ibis.Table:
    """Cells of a raw annual main file: a row for each organisation and group, a column for each figure."""
    return _annual_cells(table, "annual-main")


def employment_cells(table: ibis.Table) -> ibis.Table:
    """Cells of a raw annual employment file: a row for each status at the start, a column for each at the end.

    A status at the start keeps the label that is printed. Only the metadata of 2024-25 were read: whether
    earlier years label it alike is not known, so no label is read as another here.
    """
    return _annual_cells(table, "annual-employment")


def _annual_cells(table: ibis.Table, layout: str) -> ibis.Table:
    long = _unpivot(table, layout)
    return long.select(
        "figure_id",
        "statistic",
        **annual_place(long),
        **name_of_one(long),
        **_printed(long.printed),
    )


def outcome_cells(table: ibis.Table) -> ibis.Table:
    """Cells of a raw therapy-outcomes table: a row for each organisation, problem and therapy."""
    long = _unpivot(table, "outcomes-table")
    return long.select(
        "figure_id",
        "statistic",
        **outcome_place(long),
        **name_of_one(long),
        **_printed(long.printed),
    )


def _statistic_in_name(name: ibis.Value) -> ibis.Value:
    begins = name.lower().re_extract(r"^([a-z]+)_", 1)
    return ifelse(begins.isin(STATISTICS), begins, null("string"))


def _unpivot(table: ibis.Table, layout: str) -> ibis.Table:
    named = [one for one in source_names(layout) if one.source_name in table.columns]
    known = engine.load(
        pa.table(
            {
                "known_name": [one.source_name for one in named],
                "figure_id": [one.figure_id for one in named],
                "statistic": [one.statistic for one in named],
            }
        )
    )
    columns = selectors.cols(*(one.source_name for one in named))
    long = table.pivot_longer(columns, names_to="source_name", values_to="printed")
    return long.join(known, long.source_name == known.known_name)


# The text holds a number or one of the declared signs: the reader has refused all else.
def _printed(text: ibis.Value) -> dict[str, ibis.Value]:
    value = text.try_cast("float64")
    starred = [sign for sign, meaning in labels("sign").items() if meaning == "suppressed"]
    return {
        "value": value,
        "mark": ibis.cases((value.notnull(), null("string")), (text.isin(starred), STAR), else_=ABSENT),
    }
