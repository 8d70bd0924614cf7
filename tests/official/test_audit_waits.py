"""The waits of England, by the annual report and by the monthly files."""

import pytest

from caseness.audit.record import gather
from caseness.audit.waits import measure
from caseness.periods import Period, financial_year
from caseness.programme import load
from caseness.published import Embedded
from caseness.results import ANNUAL, ENGLAND, MONTHLY, SUMMED

# Source: NHS Digital and NHS England, Psychological Therapies annual reports: first treatment within 6 weeks.
SIX_WEEKS = {2017: 89.1, 2018: 89.4, 2019: 87.4, 2020: 90.0, 2021: 91.1, 2022: 89.3, 2023: 90.5, 2024: 91.6}


@pytest.fixture(scope="module")
def record():
    return gather(Embedded())


def waits(record, period):
    return measure(record, period, ENGLAND, load("england"))


@pytest.mark.parametrize(("year", "share"), SIX_WEEKS.items())
def test_six_weeks_by_the_annual_report(record, year, share):
    found = waits(record, financial_year(year)).share("six_weeks_finished", ANNUAL)
    assert (round(found.share.value, 1), found.meets, found.target.value) == (share, True, 75)


def test_the_second_wait_of_2024_25_on_both_bases(record):
    """158,586 of 670,419 finished courses (annual), and M047 of M184 second treatments (monthly): other people."""
    found = waits(record, financial_year(2024))
    annual, summed = (found.share("second_over_90_days", basis) for basis in (ANNUAL, SUMMED))
    assert (annual.part.value, annual.whole.value, round(annual.share.value, 1)) == (158_586, 670_419, 23.7)
    assert round(summed.share.value, 1) == 24.1
    assert annual.of != summed.of
    assert [hidden.basis for hidden in found.hidden] == [SUMMED, ANNUAL]


def test_mean_time_at_risk_of_2024_25_is_179_days(record):
    """Wait to the first treatment, and days between treatments times treatments after the first (8.38 in the mean)."""
    days = {one.id: one.days.value for one in waits(record, financial_year(2024)).lengths}
    assert round(days["mean_finished"] + days["mean_between"] * (8.38 - 1)) == 179


def test_what_a_month_prints_follows_from_its_counts(record):
    for month in record.periods("month"):
        for one in waits(record, month).shares:
            if one.printed.is_known:
                assert one.printed.low - 1e-9 <= one.share.value <= one.printed.high + 1e-9, (month.label, one.id)


def test_the_list_of_april_2025(record):
    """Source: NHS England, monthly activity and performance file, April 2025."""
    found = waits(record, Period.parse("2025-04"))
    assert (found.waiting_list.waiting.value, found.waiting_list.over_90_days.value) == (118_143, 10_880)
    assert found.share("six_weeks_accessing", MONTHLY).whole.value == 98_889


def test_both_targets_are_met_in_every_month_on_file(record):
    for month in record.periods("month"):
        found = waits(record, month)
        assert found.share("six_weeks_finished", MONTHLY).meets is True
        assert found.share("eighteen_weeks_finished", MONTHLY).meets is True
