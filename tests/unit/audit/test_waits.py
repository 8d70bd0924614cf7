"""Waits: met, not met or not to be told; and the second wait that no target counts."""

import pytest

from caseness.audit.waits import NO_TARGET_FOR_SECOND, NO_YEARLY_MEDIAN, measure
from caseness.periods import Period, financial_year
from caseness.programme import load
from caseness.results import ANNUAL, ENGLAND, MONTHLY, SUMMED
from small_records import figure, figures, record_of

MONTH = Period.parse("2024-05")
YEAR = financial_year(2024)
PROVIDER = "RYK"
COUNTS = """
M031 200
M036 150
M037 190
M035 6
M052 80
M053 80.0
M054 90
M076 100
M184 120
M046 70
M047 30
M038 50
M044 5
M045 8
M048 20.0
M049 15
M050 18.0
M089 700
M351 14.0
"""


def waits(table=COUNTS, organisation=ENGLAND, period=MONTH):
    return measure(record_of(figures(table, MONTH, organisation)), period, organisation, load("england"))


def test_a_share_is_of_its_own_group():
    found = waits()
    assert found.share("six_weeks_finished", MONTHLY).share.value == 80
    assert found.share("six_weeks_accessing", MONTHLY).share.value == 75
    assert found.share("second_over_90_days", MONTHLY).share.value == 25
    assert found.share("second_over_90_days", MONTHLY).of == "those whose second treatment fell in the period"


def test_the_printed_share_stands_beside():
    assert waits().share("six_weeks_finished", MONTHLY).printed.value == 80


def test_targets_are_those_in_force_then():
    six, eighteen = (waits().share(f"{weeks}_weeks_finished", MONTHLY) for weeks in ("six", "eighteen"))
    assert (six.target.value, six.meets) == (75, True)
    assert (eighteen.target.value, eighteen.meets) == (95, False)
    assert six.target.verified
    assert six.target.source


def test_no_target_was_in_force_before_the_first():
    early = Period.parse("2014-05")
    found = measure(record_of(figures("M052 80\nM076 100", early)), early, ENGLAND, load("england"))
    assert (found.shares[0].target, found.shares[0].meets) == (None, None)


def test_rounded_counts_can_leave_a_target_open():
    """75 of 100, each give or take 2: 71.6 to 78.6 %."""
    found = waits("M052 75\nM076 100", PROVIDER).share("six_weeks_finished", MONTHLY)
    assert found.meets is None
    assert found.share.low < 75 < found.share.high


def test_a_share_just_at_its_target_meets_it():
    assert waits("M052 75\nM076 100").share("six_weeks_finished", MONTHLY).meets is True


def test_a_wait_without_its_counts_is_left_out():
    assert waits().share("second_within_28_days", MONTHLY) is None


def test_the_second_wait_has_no_target():
    second = waits().share("second_over_28_days", MONTHLY)
    assert (second.target, second.note) == (None, NO_TARGET_FOR_SECOND)


def test_the_hidden_wait_is_stated_with_both_groups():
    (hidden,) = waits().hidden
    assert (hidden.first.share.value, hidden.second.share.value) == (80, 25)
    assert (
        "of those who finished a course in the period, 80.0 % had the first treatment within 6 weeks"
        in hidden.statement
    )
    assert "Of those whose second treatment fell in the period, 25.0 %" in hidden.statement


def test_the_hidden_wait_of_rounded_counts_is_an_interval():
    (hidden,) = waits(organisation=PROVIDER).hidden
    assert "76.5 to 83.7 % had the first treatment" in hidden.statement


def test_without_second_waits_nothing_is_hidden():
    assert waits("M052 80\nM076 100").hidden == ()


def test_annual_bands_are_added():
    bands = {"29-56 days": 20, "57-90 days": 15, ">90 days": 25, "<=28 days": 40}
    rows = [figure("M076", 100, YEAR, basis=ANNUAL)]
    rows += [
        figure("M076", n, YEAR, basis=ANNUAL, wait="First to second treatment", band=band) for band, n in bands.items()
    ]
    found = measure(record_of(rows), YEAR, ENGLAND, load("england"))
    assert found.share("second_over_28_days", ANNUAL).share.value == 60
    assert found.share("second_29_to_90_days", ANNUAL).share.value == 35
    assert found.share("second_over_90_days", ANNUAL).share.value == 25
    assert found.share("second_over_90_days", ANNUAL).of == "those who finished a course in the period"
    assert found.waiting_list is None


def test_days_of_a_month_are_as_printed():
    days = {one.id: one.days.value for one in waits().lengths}
    assert days == {
        "mean_accessing": 20,
        "median_accessing": 15,
        "mean_finished": 18,
        "median_finished": None,
        "mean_between": 14,
    }


def year_of(means, weights):
    tables = [f"M048 {mean}\nM031 {weight}\nM076 100" for mean, weight in zip(means, weights, strict=True)]
    return [figures(table, month) for table, month in zip(tables, YEAR.months(), strict=True)]


def test_a_yearly_mean_is_weighted():
    found = measure(record_of(*year_of([10] * 6 + [20] * 6, [300] * 6 + [100] * 6)), YEAR, ENGLAND, load("england"))
    mean, median = found.lengths[:2]
    assert mean.days.value == pytest.approx(12.5)
    assert (mean.note, mean.basis) == ("Mean of 12 months, weighted by first treatments.", SUMMED)
    assert (median.days.reason, median.note) == ("not_applicable", NO_YEARLY_MEDIAN)


def test_a_year_lacks_a_mean_when_a_month_prints_none():
    rows = [figures("M031 100\nM076 100", month) for month in YEAR.months()]
    rows += [figures("M048 10", month) for month in YEAR.months()[1:]]
    mean = measure(record_of(*rows), YEAR, ENGLAND, load("england")).lengths[0]
    assert (mean.days.is_known, mean.note) == (False, "1 of 12 months print no mean, so the year has none.")


def test_a_year_that_is_not_whole_has_no_mean():
    mean = waits(period=YEAR).lengths[0]
    assert (mean.days.reason, mean.note) == ("no_data", "Not every month of the year is in these releases.")


def test_the_waiting_list_is_that_of_the_last_month():
    rows = [figures(f"M038 {50 + number}\nM044 5\nM045 8\nM076 9", month) for number, month in enumerate(YEAR.months())]
    waiting = measure(record_of(*rows), YEAR, ENGLAND, load("england")).waiting_list
    assert (waiting.month.label, waiting.waiting.value) == ("2025-03", 61)
    assert waiting.over_90_days_share.value == pytest.approx(100 * 8 / 61)


def test_a_year_speaks_of_sums_and_of_the_annual_report_apart():
    rows = [figures(COUNTS, month) for month in YEAR.months()]
    found = measure(record_of(*rows), YEAR, ENGLAND, load("england"))
    assert {one.basis for one in found.shares} == {SUMMED}
    assert found.share("six_weeks_finished", SUMMED).part.value == 960
