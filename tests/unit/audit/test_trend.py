"""Months against chance, and years against the years before, never across bases."""

import pytest

from caseness.audit.quantity import Quantity, nothing
from caseness.audit.trend import follow
from caseness.audit.years import compare_years, difference
from caseness.periods import Period, financial_year, walk
from caseness.programme import load
from caseness.results import ANNUAL, ENGLAND, MONTHLY, PRESS, SUMMED
from small_records import figure, figures, record_of

OPENING = Period.parse("2024-01")
PROVIDER = "RYK"


def years_of(*figures_, first=2018, unit="percentage"):
    quantities = [each if isinstance(each, Quantity) else Quantity(each, each, each, unit) for each in figures_]
    return [(financial_year(first + number), each) for number, each in enumerate(quantities)]


def interval(low, high):
    return Quantity(None, low, high, "percentage", "suppressed")


def last(*figures_):
    return compare_years(ANNUAL, years_of(*figures_)).points[-1]


def trend(trend_id, *parts, organisation=ENGLAND):
    followed = follow(record_of(*parts), organisation, load("england"))
    return next(one for one in followed if one.id == trend_id)


def test_the_lowest_of_some_years_names_the_last_that_was_as_low():
    point = last(49, 52, 51, 50)
    assert (point.lowest_of_years, point.lowest_since.label, point.is_record_low) == (3, "2018-19", False)
    assert (point.highest_of_years, point.highest_since.label) == (1, "2020-21")


def test_lower_than_every_year_before_is_a_record():
    point = last(52, 51, 50)
    assert (point.lowest_of_years, point.lowest_since, point.is_record_low) == (3, None, True)


def test_an_equal_year_ends_the_count():
    point = last(50, 51, 50)
    assert (point.lowest_of_years, point.lowest_since.label, point.is_record_low) == (2, "2018-19", False)


def test_one_year_alone_is_no_record():
    point = last(50)
    assert (point.lowest_of_years, point.is_record_low, point.is_record_high, point.difference) == (
        1,
        False,
        False,
        None,
    )


def test_an_interval_that_overlaps_leaves_the_rank_open():
    point = last(50, interval(47, 49.5), 49)
    assert (point.lowest_of_years, point.lowest_since, point.is_record_low) == (1, None, False)


def test_intervals_apart_are_ranked():
    point = last(interval(52, 53), interval(55, 56), interval(50, 51.5))
    assert (point.lowest_of_years, point.is_record_low) == (3, True)
    assert point.highest_since.label == "2019-20"


def test_a_difference_is_in_points_and_keeps_its_bounds():
    apart = last(51.4, 50.2).difference
    assert (round(apart.value, 1), apart.unit) == (-1.2, "points")
    wide = difference(interval(50, 52), Quantity(49.0, 48.5, 49.5, "percentage"))
    assert (wide.value, wide.low, wide.high, wide.reason) == (None, 0.5, 3.5, "suppressed")


def test_a_difference_from_the_unknown_is_unknown():
    assert not difference(Quantity(3.0, 3.0, 3.0), nothing()).is_known


def test_a_year_left_out_gives_no_difference_and_says_so():
    years = years_of(50, 51, 52)
    point = compare_years(ANNUAL, [years[0], years[2]]).points[-1]
    assert point.difference is None
    assert point.remark == "The year before is not known; compared with 2018-19."


def test_years_are_followed_on_each_basis_alone():
    annual = [figure("M001", 1000 + year, financial_year(year), basis=ANNUAL) for year in (2022, 2023)]
    months = [figure("M001", 10, month) for month in financial_year(2023).months()]
    press = [figure("M001", 900, financial_year(2019), basis=PRESS)]
    found = trend("referrals_received", annual, months, press)
    assert {series.basis: len(series.points) for series in found.years} == {ANNUAL: 2, SUMMED: 1, PRESS: 1}
    assert found.year(SUMMED, financial_year(2023)).difference is None
    assert found.year(ANNUAL, financial_year(2023)).difference.value == 1
    assert found.year(PRESS, financial_year(2023)) is None


def test_the_annual_second_wait_is_of_finished_courses():
    year = financial_year(2023)
    rows = [
        figure("M076", 100, year, basis=ANNUAL),
        figure("M076", 24, year, basis=ANNUAL, wait="First to second treatment", band=">90 days"),
    ]
    found = trend("second_over_90_days", rows)
    assert found.year(ANNUAL, year).quantity.value == 24


def test_a_mean_is_no_percentage():
    rows = figures("M089 750\nM076 100", OPENING) + figures("M089 800\nM076 100", OPENING.next())
    found = trend("mean_appointments", rows)
    assert [point.quantity.value for point in found.months.points] == [7.5, 8.0]
    assert found.months.points[0].quantity.unit == "appointments"


def recovery(values, first=OPENING, organisation=ENGLAND):
    table = "M191 {}\nM076 1000\nM179 0"
    return [figures(table.format(value), first.shift(number), organisation) for number, value in enumerate(values)]


def test_a_month_outside_the_limits_is_a_concern():
    found = trend("recovery_rate", *recovery([500, 510, 500, 510, 500, 510, 500, 300, 500, 510])).months
    point = found.points[7]
    assert (point.rule, point.verdict) == ("outside limits", "concern")
    assert point.quantity.value < point.lower < point.mean < point.upper
    assert (found.target, found.assurance) == (50, "inconsistent")


def test_one_month_alone_is_no_series():
    assert trend("recovery_rate", *recovery([500])).months is None
    assert trend("recovery_rate", *recovery([500, 510]), organisation=PROVIDER).months is None


def test_a_month_that_no_release_holds_is_a_gap_and_no_neighbour():
    months = recovery([500, 510, 500]) + recovery([900, 910, 900], OPENING.shift(5))
    points = trend("recovery_rate", *months).months.points
    assert [point.period for point in points] == list(walk(OPENING, OPENING.shift(7)))
    assert [point.verdict == "no data" for point in points] == [False] * 3 + [True] * 2 + [False] * 3
    assert points[3].quantity.reason == "no_data"
    # Four moving ranges of 1 point each: the leap across the gap is none of them.
    assert points[0].upper - points[0].mean == pytest.approx(2.66)


def test_months_before_the_first_known_are_left_out():
    early = [figures("M001 10", OPENING.previous())]
    points = trend("recovery_rate", *early, *recovery([500, 510])).months.points
    assert points[0].period == OPENING


def test_a_starred_month_keeps_its_bounds_and_is_not_judged():
    rows = [figures("M191 *\nM076 50\nM179 *", OPENING.shift(number), PROVIDER) for number in range(2)]
    point = trend("recovery_rate", *rows, organisation=PROVIDER).months.points[0]
    assert (point.verdict, point.quantity.value, point.quantity.low) == ("no data", None, 0)
    assert point.quantity.high == pytest.approx(100 * 4 / 44)


def test_limits_begin_anew_at_a_break():
    first = Period.parse("2023-06")
    rows = [figures(f"M072 {n}\nM056 1000", first.shift(i)) for i, n in enumerate([10, 11, 10, 80, 81, 80])]
    found = trend("no_reason_of_ended", *rows).months
    assert [month.label for month, _ in found.breaks] == ["2023-09"]
    assert [point.phase for point in found.points] == [0, 0, 0, 1, 1, 1]
    assert found.points[0].mean < 2 < 7 < found.points[3].mean
    assert found.short_phases == (0, 1)


def test_a_year_that_holds_a_break_says_so():
    months = [figures("M072 10\nM056 1000", month) for month in financial_year(2023).months()]
    point = trend("no_reason_of_ended", *months).year(SUMMED, financial_year(2023))
    assert "Break from September 2023" in point.remark


def test_a_break_that_ends_opens_a_phase_after_its_last_month():
    """No reliable change was a remainder from April 2015 to March 2016 only."""
    first = Period.parse("2015-02")
    rows = [figures("M187 300\nM076 1000", first.shift(number)) for number in range(16)]
    found = trend("no_reliable_change_rate", *rows).months
    assert [month.label for month, _ in found.breaks] == ["2015-04", "2016-04"]


def test_a_target_that_is_not_verified_is_not_held_against_a_series():
    first = Period.parse("2025-05")
    rows = [figures("M193 480\nM076 1000\nM179 0", first.shift(number)) for number in range(3)]
    assert trend("reliable_recovery_rate", *rows).months.target is None


def test_a_provider_listed_for_part_of_a_year_says_of_how_many_months():
    year = financial_year(2023)
    rows = [figure("M001", 100, month) for month in year.months()]
    rows += [figure("M001", 100, month, PROVIDER) for month in year.months()[:4]]
    point = trend("referrals_received", rows, organisation=PROVIDER).year(SUMMED, year)
    assert point.remark == "The sum of 4 months: the organisation is not listed in the others."


def test_every_series_is_monthly():
    assert trend("recovery_rate", *recovery([500, 510])).months.basis == MONTHLY
