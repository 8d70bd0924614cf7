"""The record laid out: one basis a cube, sums only of whole years, no figure from a conflict."""

from datetime import date

import numpy as np
import pytest

from caseness.audit.counts import COUNTS, count
from caseness.audit.cube import Cell
from caseness.audit.record import gather
from caseness.errors import NothingToAudit, UnknownName
from caseness.periods import Period, financial_year
from caseness.results import ANNUAL, ENGLAND, MONTHLY, SUMMED, Results

YEAR = financial_year(2024)


def figure(period, value, organisation=ENGLAND, figure_id="M076", basis=MONTHLY, low=None, high=None):
    return {
        "figure_id": figure_id,
        "statistic": "count",
        "period_start": period.start,
        "period_end": period.end,
        "level": "england" if organisation == ENGLAND else "provider",
        "organisation": organisation,
        "value": value,
        "low": value if low is None else low,
        "high": value if high is None else high,
        "basis": basis,
    }


def whole_year(organisation=ENGLAND, value=10.0):
    return [figure(month, value, organisation) for month in YEAR.months()]


def at(cube, period, organisation, figure_id="M076"):
    return cube.plane(figure_id)[cube.index(period, organisation)]


def test_twelve_months_are_added_to_a_year():
    cube = gather(Results.from_rows(whole_year())).cube(SUMMED)
    assert at(cube, YEAR, ENGLAND).value == 120


def test_a_year_with_a_month_missing_from_the_releases_is_not_summed():
    record = gather(Results.from_rows(whole_year()[:-1]))
    assert record.cube(SUMMED).periods == ()


def test_england_needs_a_figure_in_every_month():
    rows = [*whole_year()[:-1], *whole_year("RYK")]
    cube = gather(Results.from_rows(rows)).cube(SUMMED)
    assert not at(cube, YEAR, ENGLAND).is_known
    assert at(cube, YEAR, "RYK").value == 120


def test_a_provider_is_summed_over_the_months_in_which_it_is_listed():
    cube = gather(Results.from_rows([*whole_year(), *whole_year("RYK")[:3]])).cube(SUMMED)
    assert at(cube, YEAR, "RYK").value == 30
    assert cube.months[Cell("M076")][cube.index(YEAR, "RYK")] == 3


def test_a_starred_month_makes_the_year_an_interval_without_a_value():
    rows = [*whole_year(), *whole_year("RYK")[1:], figure(YEAR.months()[0], None, "RYK", low=0.0, high=4.0)]
    year = at(gather(Results.from_rows(rows)).cube(SUMMED), YEAR, "RYK")
    assert (year.low, year.high) == (110, 114)
    assert np.isnan(year.value)


def test_waiting_lists_are_never_added_over_months():
    rows = [figure(month, 10.0, figure_id="M038") for month in YEAR.months()]
    assert not gather(Results.from_rows(rows)).cube(SUMMED).holds("M038")


def test_the_same_figure_with_two_values_is_left_out_and_said():
    record = gather(Results.from_rows([figure(YEAR, 10.0, basis=ANNUAL), figure(YEAR, 11.0, basis=ANNUAL)]))
    assert not at(record.cube(ANNUAL), YEAR, ENGLAND).is_known
    assert record.conflicts == (
        "M076 of ENGLAND in 2024-25 is printed more than once with different values (annual report). "
        "It is left out of every figure.",
    )


def test_the_same_figure_printed_twice_alike_counts_once():
    record = gather(Results.from_rows([figure(YEAR, 10.0, basis=ANNUAL)] * 2))
    assert at(record.cube(ANNUAL), YEAR, ENGLAND).value == 10
    assert record.conflicts == ()


def test_a_star_and_a_number_for_one_figure_are_a_conflict():
    rows = [figure(YEAR, 10.0, "RYK", basis=ANNUAL), figure(YEAR, None, "RYK", basis=ANNUAL, low=0.0, high=4.0)]
    assert len(gather(Results.from_rows(rows)).conflicts) == 1


def test_no_figure_at_all_is_an_error():
    with pytest.raises(NothingToAudit):
        gather(Results.from_rows([]))


def test_a_period_that_is_not_covered_is_answered_with_those_that_are():
    record = gather(Results.from_rows(whole_year()))
    with pytest.raises(UnknownName, match="2024-25"):
        record.require_period(financial_year(2030))
    assert record.require_period(YEAR) == YEAR
    assert record.latest_year() == YEAR


def test_an_organisation_without_a_whole_year_has_no_latest_year():
    record = gather(Results.from_rows([figure(Period.parse("2024-04"), 1.0)]))
    with pytest.raises(NothingToAudit):
        record.latest_year()


@pytest.mark.parametrize("name", COUNTS)
def test_a_count_is_unknown_when_a_figure_it_needs_was_not_published(name):
    month = YEAR.months()[0]
    needed = {*COUNTS[name].plus, *COUNTS[name].minus}
    for left_out in needed:
        published = {"M001", "M031", *needed} - {left_out}
        rows = [figure(month, 5.0, figure_id=one) for one in sorted(published)]
        assert not count(gather(Results.from_rows(rows)).cube(MONTHLY), name).is_known.any()


def test_paired_is_unknown_in_the_year_when_no_change_was_a_remainder():
    def outcomes(year):
        return [figure(year, 5.0, figure_id=one, basis=ANNUAL) for one in ("M185", "M187", "M189")]

    cube = gather(Results.from_rows([*outcomes(financial_year(2015)), *outcomes(financial_year(2016))])).cube(ANNUAL)
    assert count(cube, "paired").is_known[:, 0].tolist() == [False, True]


def test_dates_are_read_as_months_and_years():
    rows = [figure(Period.parse("2024-04"), 1.0), figure(YEAR, 1.0, basis=ANNUAL)]
    record = gather(Results.from_rows(rows))
    assert record.periods("month")[0].start == date(2024, 4, 1)
    assert record.periods("year") == (YEAR,)
