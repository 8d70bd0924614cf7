"""England through months and years."""

import pytest

from caseness.audit.record import gather
from caseness.audit.trend import follow
from caseness.periods import financial_year
from caseness.programme import load
from caseness.published import Embedded
from caseness.results import ANNUAL, ENGLAND, SUMMED


@pytest.fixture(scope="module")
def trends():
    return {one.id: one for one in follow(gather(Embedded()), ENGLAND, load("england"))}


def test_recovery_of_2021_22_is_the_lowest_for_five_years(trends):
    year = trends["recovery_rate"].year(ANNUAL, financial_year(2021))
    assert (year.lowest_of_years, year.lowest_since.label) == (5, "2016-17")
    assert year.difference.value == pytest.approx(-1.24, abs=0.005)


def test_not_attended_in_2024_25(trends):
    year = trends["not_attended_of_appointments"].year(SUMMED, financial_year(2024))
    assert round(year.quantity.value, 2) == 9.04


@pytest.mark.parametrize(("year", "share"), [(2021, 57.7), (2022, 55.7), (2023, 55.0), (2024, 57.0), (2025, 58.0)])
def test_two_or_more_treatments_among_those_treated(trends, year, share):
    found = trends["finished_of_treated"].year(SUMMED, financial_year(year)).quantity
    # 2023-24 is 54.95 to two decimals, and 55.0 to one.
    assert found.value == pytest.approx(share, abs=0.051)


@pytest.mark.parametrize(("year", "mean"), [(2021, 7.92), (2022, 8.06), (2023, 8.16), (2024, 8.38), (2025, 8.56)])
def test_mean_appointments(trends, year, mean):
    assert round(trends["mean_appointments"].year(SUMMED, financial_year(year)).quantity.value, 2) == mean


def test_second_waits_over_90_days_are_at_their_highest_in_2024_25(trends):
    year = trends["second_over_90_days"].year(ANNUAL, financial_year(2024))
    assert (round(year.quantity.value, 1), year.is_record_high, year.highest_of_years) == (23.7, True, 8)


def test_limits_of_uncoded_ends_begin_anew_at_each_break(trends):
    months = trends["no_reason_of_ended"].months
    assert [month.label for month, _ in months.breaks] == ["2022-01", "2022-04", "2023-09"]
    assert months.short_phases == (1,)


def test_every_month_of_recovery_is_judged(trends):
    months = trends["recovery_rate"].months
    assert (len(months.points), months.points[0].period.label, months.target) == (63, "2021-01", 50)
    assert not [point for point in months.points if point.verdict == "no data"]
