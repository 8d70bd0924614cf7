"""England's headline figures, kept inside the package"""

from datetime import date

import pytest

from caseness.published import Embedded
from caseness.results import ENGLAND, SCHEMA, Selection


def values(**wanted):
    rows = Embedded().select(Selection(**wanted)).table.to_pylist()
    return {(row["period_start"], row["basis"]): row["value"] for row in rows}


def test_years_and_months_are_two_bases():
    found = values(figures=("M076",), splits=())
    assert found[date(2021, 4, 1), "annual report"] == 664087
    months = {day: value for (day, basis), value in found.items() if basis == "monthly file"}
    assert sum(value for day, value in months.items() if date(2021, 4, 1) <= day < date(2022, 4, 1)) == 665229


def test_every_fact_is_a_figure_in_the_one_shape():
    table = Embedded().select(Selection()).table
    assert table.schema.equals(SCHEMA)
    assert set(table["organisation"].unique().to_pylist()) == {ENGLAND}
    assert table["value"].null_count == table["source"].null_count == 0


def test_a_printed_fact_lies_within_its_ends():
    for row in Embedded().select(Selection()).table.to_pylist():
        assert row["low"] <= row["value"] <= row["high"], row
        if row["statistic"] == "count" and row["basis"] != "press report":
            assert row["low"] == row["high"], row


def test_the_recovery_rate_is_printed_to_one_decimal():
    row = next(
        row
        for row in Embedded()
        .select(Selection(figures=("M192",), bases=("annual report",), splits=()))
        .table.to_pylist()
        if row["period_start"] == date(2021, 4, 1)
    )
    assert (row["value"], row["low"], row["high"]) == pytest.approx((50.2, 50.15, 50.25))


def test_both_tables_are_named_with_their_hashes():
    embedded = Embedded()
    sources = embedded.provenance().sources
    assert [source.periods for source in sources] == ["2012-13 to 2024-25", "2021-01 to 2026-03"]
    assert all(len(source.sha256) == 64 and source.bytes > 10_000 for source in sources)
    assert embedded.organisation_names() == {ENGLAND: "England"}
    assert (embedded.ignored, embedded.notes) == ((), ())
