"""Figures: their shape, what is blank, and which periods have which measures."""

from datetime import date
from types import SimpleNamespace

import pytest

from caseness.errors import CannotDerive, UnknownName
from caseness.measures import (
    CATALOGUES,
    all_measures,
    choose,
    compute,
    core_measures,
    find_measure,
    needs_employment,
    whole_periods,
)
from caseness.measures.computing import grains_read
from caseness.periods import Period
from grain_tables import make_grains

APRIL, QUARTER, YEAR = map(Period.parse, ("2025-04", "2025-26 Q1", "2025-26"))
REFERRALS = [
    {"provider": "RW1", "referral_date": date(2025, 4, 2)},
    {"provider": "RW1", "referral_date": date(2025, 4, 2), "commissioner": None},
    {"provider": "NOBODY", "referral_date": date(2025, 3, 2)},
]


def figures(periods, measures, levels=("england",), **rows):
    chosen = choose(measures)
    return compute(make_grains(**rows), periods, chosen, levels, source="test").table.to_pylist()


def test_a_count_is_its_own_numerator_and_zero_is_a_value():
    row, none = figures([APRIL], ["M001", "M056"], referral=REFERRALS)
    assert (row["numerator"], row["denominator"], row["value"], row["reason"]) == (2.0, None, 2.0, None)
    assert (none["value"], none["reason"]) == (0.0, None)
    assert (row["basis"], row["source"], row["level"], row["organisation"]) == (
        "computed",
        "test",
        "england",
        "ENGLAND",
    )
    assert (row["clock"], row["statistic"]) == ("referral_received_date", "count")
    assert (row["period_start"], row["period_end"]) == (date(2025, 4, 1), date(2025, 4, 30))


@pytest.mark.parametrize("measure", ["M192", "M048", "M049", "M143", "M351"])
def test_over_nobody_there_is_no_value_and_a_reason(measure):
    (row,) = figures([APRIL], [measure], referral=REFERRALS)
    assert (row["value"], row["reason"], row["denominator"]) == (None, "no_data", 0.0)


def test_a_row_that_cannot_be_placed_is_unknown_and_not_near():
    levels = ("icb", "region", "sub-icb", "provider", "sub-icb-provider")
    rows = figures([APRIL], ["M001"], levels, referral=REFERRALS)
    held = {(row["level"], row["organisation"], row["commissioner"]): row["value"] for row in rows}
    assert held == {
        ("icb", "QRL", None): 2.0,
        ("icb", "UNKNOWN", None): 0.0,
        ("region", "Y59", None): 2.0,
        ("region", "UNKNOWN", None): 0.0,
        ("sub-icb", "11A", None): 1.0,
        ("sub-icb", "UNKNOWN", None): 1.0,
        ("provider", "NOBODY", None): 0.0,
        ("provider", "RW1", None): 2.0,
        ("sub-icb-provider", "NOBODY", "11A"): 0.0,
        ("sub-icb-provider", "RW1", "11A"): 1.0,
        ("sub-icb-provider", "RW1", "UNKNOWN"): 1.0,
    }


def test_a_team_is_told_with_its_provider_and_the_rest_is_unknown_there():
    """Teams of two providers may have one name."""
    rows = [{**row, "team": team} for row, team in zip([*REFERRALS, REFERRALS[0]], ("north", "north", "north", None), strict=True)]  # fmt: skip
    held = {
        row["organisation"]: row["value"] for row in figures([APRIL], ["M001"], ("team", "provider"), referral=rows)
    }
    assert held == {"NOBODY": 0, "NOBODY/north": 0, "RW1": 3, "RW1/UNKNOWN": 1, "RW1/north": 2}


def test_a_pathway_counts_for_the_team_of_its_last_row():
    """In each month it counts for the team of that month."""
    row = {"provider": "RW1", "referral_date": date(2025, 4, 2)}
    rows = [
        {**row, "team": "north", "is_latest_in_quarter": False, "is_latest_in_year": False},
        {**row, "team": "south", "month": date(2025, 5, 1)},
    ]
    found = figures([APRIL, QUARTER], ["M001"], ("team",), referral=rows)
    told = {(one["organisation"], one["period_end"]): one["value"] for one in found}
    assert told == {
        ("RW1/north", APRIL.end): 1, ("RW1/north", QUARTER.end): 0, ("RW1/south", QUARTER.end): 1,
    }  # fmt: skip


def test_teams_need_a_record_that_says_who_is_in_which():
    with pytest.raises(CannotDerive, match="no row of EXT01TeamMembership"):
        figures([APRIL], ["M001"], ("provider", "team"), referral=REFERRALS)


def test_a_pathway_counts_once_in_a_quarter_by_its_last_row():
    rows = [
        {
            "provider": "RW1",
            "referral_date": date(2025, 4, 2),
            "is_latest_in_quarter": False,
            "is_latest_in_year": False,
        },
        {"provider": "RW1", "referral_date": date(2025, 4, 2), "month": date(2025, 5, 1)},
    ]
    found = figures([APRIL, QUARTER, YEAR], ["M001"], referral=rows)
    assert [row["value"] for row in found] == [1.0, 1.0, 1.0]


def test_a_stock_of_a_year_is_that_of_its_last_month():
    rows = [
        {"provider": "RW1", "month": month, "referral_date": date(2025, 4, 2)}
        for month in (date(2025, 4, 1), date(2026, 3, 1))
    ]
    found = figures([APRIL, YEAR], ["M038", "M045"], referral=rows)
    assert [(row["figure_id"], row["value"]) for row in found] == [("M038", 1), ("M045", 0), ("M038", 1), ("M045", 1)]


def test_a_measure_is_computed_for_the_periods_in_which_it_is_published_and_for_years():
    found = figures([APRIL, QUARTER, YEAR], [], referral=REFERRALS)
    counted = {
        period: len({row["figure_id"] for row in found if row["period_end"] == period.end})
        for period in (APRIL, QUARTER, YEAR)
    }
    assert counted == {APRIL: 218, QUARTER: 32, YEAR: 221}


def test_a_period_without_rows_has_no_figures():
    assert figures([Period.parse("2020-04")], ["M001"], referral=REFERRALS) == []
    assert figures([], ["M001"], referral=REFERRALS) == []


def test_whole_periods_are_those_of_which_every_month_is_there():
    months = [date(2025 + (number > 12), (number - 1) % 12 + 1, 1) for number in range(4, 16)]
    assert [one.label for one in whole_periods(months)[12:]] == [
        "2025-26 Q1", "2025-26 Q2", "2025-26 Q3", "2025-26 Q4", "2025-26",
    ]  # fmt: skip


def test_a_measure_that_is_not_there_is_told_with_those_that_are_near():
    with pytest.raises(UnknownName, match="M192"):
        find_measure("M1922")
    with pytest.raises(UnknownName, match="343 measures: 221 core ones"):
        find_measure("EA999")
    assert [str(find_measure(one)) for one in ("m001", "ea034", "Count_ESrefs")] == ["M001", "EA034", "EA034"]


def test_a_part_of_the_catalogue_stands_for_its_measures():
    assert choose([]) == tuple(core_measures().values())
    assert {name: len(choose([], name)) for name in CATALOGUES} == {
        "core": 221, "employment": 110, "long-term-conditions": 12, "all": 343,
    }  # fmt: skip
    assert [one.id for one in choose(["M001"], "employment")] == ["M001"]


def test_measures_of_employment_need_grains_that_are_made_on_request():
    """Without them the core measures are computed, and the others are refused before anything is read."""
    held = make_grains(referral=REFERRALS)
    without = SimpleNamespace(
        **{name: getattr(held, name) for name in ("referral", "contact", "internet_log", "stage")}
    )
    assert compute(without, [APRIL], choose(["M001", "M296", "M271", "EA108"])).table["value"].to_pylist() == [
        2,
        0,
        0,
        0,
    ]
    with pytest.raises(CannotDerive, match=r"1 of 2 measures read employment rows \(EA034\).*--employment"):
        compute(without, [APRIL], choose(["M001", "EA034"]))
    with pytest.raises(CannotDerive, match="EA002, EA003, EA004, and 70 more"):
        compute(without, [APRIL], choose([], "employment"))
    read = {grain for one in all_measures().values() if not needs_employment([one]) for grain in grains_read(one)}
    assert read == {"referral", "contact", "internet_log", "stage"}


def test_what_a_referral_had_in_a_month_is_no_figure_of_a_year():
    seen = [{"provider": "RW1", "had_appointment": True}]
    rows = figures([APRIL, YEAR], ["EA036", "EA034"], support=seen)
    assert {(row["figure_id"], row["period_end"].month) for row in rows} == {("EA036", 4), ("EA034", 4), ("EA034", 3)}
