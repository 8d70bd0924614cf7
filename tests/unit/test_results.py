"""Results: the one shape of a figure."""

from datetime import date

import polars
import pyarrow as pa
import pytest

from caseness.errors import UnreadableInput
from caseness.results import ANNUAL, COLUMNS, MONTHLY, SCHEMA, Results, Selection, join_results

ROWS = [
    {"figure_id": "M076", "level": "england", "organisation": "ENGLAND", "basis": ANNUAL, "value": 5.0},
    {"figure_id": "M076", "level": "provider", "organisation": "RYK", "basis": MONTHLY, "value": 10.0},
    {"figure_id": "M191", "level": "england", "organisation": "ENGLAND", "basis": ANNUAL, "split_1": "Gender"},
]


def test_a_column_that_is_left_out_is_null():
    results = Results.from_rows(ROWS)
    assert results.table.schema == SCHEMA
    assert results.table["reason"].null_count == len(ROWS)


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        (Selection(), 3),
        (Selection(figures=("M076",)), 2),
        (Selection(levels=("provider",)), 1),
        (Selection(organisations=("ENGLAND",), bases=(ANNUAL,)), 2),
        (Selection(splits=()), 2),
        (Selection(splits=("Gender",)), 3),
        (Selection(figures=()), 0),
    ],
)
def test_select_keeps_what_is_wanted(wanted, kept):
    assert len(Results.from_rows(ROWS).select(wanted)) == kept


def test_results_pass_through_polars_and_pandas_unchanged():
    results = Results.from_rows([{**ROWS[0], "period_start": date(2024, 4, 1)}])
    assert Results.from_arrow(results.to_polars()).table.equals(results.table)
    assert Results.from_arrow(polars.DataFrame(results)).table.equals(results.table)
    assert Results.from_arrow(results.to_pandas()).table.equals(results.table)


def test_a_missing_column_is_named():
    with pytest.raises(UnreadableInput, match="lack 1 of 22 columns: basis"):
        Results.from_arrow(SCHEMA.empty_table().drop_columns(["basis"]))


def test_a_column_of_the_wrong_type_is_refused():
    table = SCHEMA.empty_table().drop_columns(["value"]).append_column("value", pa.array([], pa.list_(pa.int8())))
    with pytest.raises(UnreadableInput, match="wrong type"):
        Results.from_arrow(table)


def test_a_notebook_shows_the_figures_as_a_table():
    shown = Results.from_rows([{"figure_id": "M076", "organisation": "<b>", "value": 5.0}])._repr_html_()
    assert "1 figures" in shown
    assert "&lt;b>" in shown


def test_joining_keeps_every_row_and_name():
    one = Results(Results.from_rows(ROWS[:1]).table, {"ENGLAND": "England"})
    both = join_results([one, Results(Results.from_rows(ROWS[1:]).table, {"RYK": "A provider"})])
    assert (len(both), sorted(both.names)) == (3, ["ENGLAND", "RYK"])
    assert both.table.column_names == list(COLUMNS)
