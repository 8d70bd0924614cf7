"""Every published percentage of England, against its counts."""

import pytest

from caseness.audit.rates import recompute
from caseness.audit.record import gather
from caseness.periods import Period, financial_year
from caseness.published import Embedded
from caseness.results import ANNUAL, ENGLAND, MONTHLY, SUMMED

# Source: NHS Digital and NHS England, Psychological Therapies annual reports. No file here prints that of 2012-13.
RECOVERY = {
    "2013-14": 45.0,
    "2014-15": 44.8,
    "2015-16": 46.3,
    "2016-17": 49.3,
    "2017-18": 50.8,
    "2018-19": 52.1,
    "2019-20": 51.1,
    "2020-21": 51.4,
    "2021-22": 50.2,
    "2022-23": 49.9,
    "2023-24": 50.1,
    "2024-25": 50.5,
}
PRINTED_MONTHLY = {
    "M053": 63, "M055": 63, "M180": 63, "M186": 63, "M192": 63, "M195": 63, "M1010": 63,
    "M077": 24, "M078": 24, "M123": 24, "M124": 24, "M125": 24, "M126": 24, "M288": 22, "M079": 18, "M080": 18, "M081": 18,
}  # fmt: skip


@pytest.fixture(scope="module")
def record():
    return gather(Embedded())


@pytest.fixture(scope="module")
def rates(record):
    return recompute(record, financial_year(2021), ENGLAND)


def history(rates, figure_id, basis):
    return [one for one in rates.history if (one.formula.figure_id, one.basis) == (figure_id, basis)]


def test_thirteen_annual_recovery_rates_to_the_printed_decimal(rates):
    found = history(rates, "M192", ANNUAL)
    assert {one.period.label: one.shown for one in found} == {"2012-13": 42.8, **RECOVERY}
    assert {one.period.label: one.printed.value for one in found if one.printed.is_known} == RECOVERY
    assert [one.period.label for one in found if one.agrees is not True] == ["2012-13"]


def test_2014_15_is_rounded_once(rates):
    """44.84996: to two decimals it would be 44.85, and that to one 44.9."""
    found = next(one for one in history(rates, "M192", ANNUAL) if one.period.label == "2014-15")
    assert (found.numerator.value, found.denominator.value, found.shown) == (189_152, 421_744, 44.8)
    assert found.recomputed.value == pytest.approx(44.84996, abs=1e-5)


def test_every_printed_percentage_of_england_follows_from_its_counts(rates):
    printed = [one for one in rates.history if one.printed.is_known and one.recomputed.is_known]
    assert len(printed) > 700
    assert not [(one.formula.figure_id, one.period.label) for one in printed if one.agrees is not True]


@pytest.mark.parametrize(("figure_id", "months"), PRINTED_MONTHLY.items())
def test_every_monthly_percentage_is_recomputed_in_every_month_it_is_printed(rates, figure_id, months):
    found = [one for one in history(rates, figure_id, MONTHLY) if one.printed.is_known]
    assert (len(found), {one.agrees for one in found}) == (months, {True})


def test_april_2025(record):
    """Source: NHS England, monthly activity and performance file, April 2025."""
    found = {one.formula.figure_id: one for one in recompute(record, Period.parse("2025-04"), ENGLAND).recomputed}
    assert (found["M195"].printed.value, found["M195"].shown) == (48.4, 48.4)
    assert found["M079"].numerator.value == 57_359
    assert found["M079"].denominator.value == 149_401


def test_why_50_2_and_50_3_are_both_in_print_for_2021_22(rates):
    shown = {(pair.basis, pair.denominator): pair.shown for pair in rates.headline.pairs}
    assert shown == {
        (ANNUAL, "judged_for_recovery"): 50.2,
        (ANNUAL, "at_caseness"): 50.3,
        (SUMMED, "judged_for_recovery"): 50.1,
    }
    assert rates.headline.printed.value == 50.2
    assert "1,726 people who are neither" in rates.headline.explanation


def test_recovery_over_at_caseness_reproduces_only_three(record):
    """Of thirteen years, with the 42.8 of 2012-13 that no file here prints."""
    printed = {"2012-13": 42.8, **RECOVERY}
    headlines = {year: recompute(record, Period.parse(year), ENGLAND).headline for year in printed}
    over_cases = {
        year: pair.shown
        for year, headline in headlines.items()
        for pair in headline.pairs
        if (pair.basis, pair.denominator) == (ANNUAL, "at_caseness")
    }
    assert len(over_cases) == 13
    assert [year for year in printed if over_cases[year] == printed[year]] == ["2012-13", "2013-14", "2022-23"]


def test_57_7_and_53_3_for_2021_22(rates):
    (summed,) = [grid for grid in rates.grids if grid.basis == SUMMED]
    assert summed.cell("finished_course", "ended_after_treatment").shown == 57.7
    assert summed.cell("finished_course", "accessing_services").shown == 53.3
    assert summed.cell("finished_course", "accessing_services").is_another_cohort


def test_counts_of_the_annual_report_are_not_divided_by_monthly_sums(rates):
    """664,087 finished by the annual report, over 664,087 + 488,443 treated once by monthly sums, would be 57.6."""
    (annual,) = [grid for grid in rates.grids if grid.basis == ANNUAL]
    assert not annual.cell("finished_course", "ended_after_treatment").share.is_known
