"""The missing outcomes of England, by the annual report and by the monthly files."""

import pytest

from caseness.audit.missing import bound_missing
from caseness.audit.record import gather
from caseness.audit.subject import choose
from caseness.published import Embedded, open_releases
from caseness.results import ANNUAL, SUMMED
from caseness.stats.missing import manski_bounds


@pytest.fixture(scope="module")
def record():
    return gather(Embedded())


def missing_of(record, year, organisation=None):
    return bound_missing(record, choose(record, year, organisation))


def test_the_missing_of_2024_25(record):
    """Source: the specification, headline numbers of 2024-25, from the annual report."""
    annual = missing_of(record, "2024-25").basis(ANNUAL)
    assert annual.stratum("neither").count.value == 937
    assert annual.stratum("unpaired").count.value == 8_521
    assert round(annual.rate("reliable_improvement").level("finisher").missing.value, 1) == 1.3


def test_the_missing_of_2021_22(record):
    """Source: the specification, trap 6: 11,482 of those who finished had no paired scores."""
    assert missing_of(record, "2021-22").basis(ANNUAL).stratum("unpaired").count.value == 11_482


def test_at_referral_level_nearly_nothing_can_be_said(record):
    """The specification takes 63 % as missing: all referrals received beyond those who finished."""
    annual = missing_of(record, "2024-25").basis(ANNUAL)
    improvement = annual.rate("reliable_improvement")
    finished, received = (improvement.level(name).everyone.value for name in ("finisher", "referral"))
    assert round(100 * (1 - finished / received), 1) == 63.0
    referral = improvement.level("referral")
    assert (round(referral.span.low, 1), round(referral.span.high, 1), round(referral.width.value, 1)) == (
        24.9,
        88.4,
        63.5,
    )


def test_counts_and_formula_agree(record):
    for year in ("2017-18", "2021-22", "2024-25"):
        for basis in missing_of(record, year).bases:
            for rate in basis.rates:
                for one in (level for level in rate.levels if level.span.is_known):
                    low, high = manski_bounds(rate.known.value / 100, one.missing.value / 100)
                    assert (one.span.low, one.span.high) == (pytest.approx(100 * low), pytest.approx(100 * high))


def test_the_official_rates_are_the_ends_in_which_the_missing_are_not_counted(record):
    for year in record.periods("year"):
        for basis in bound_missing(record, choose(record, year)).bases:
            for rate in basis.rates:
                assert rate.official.value == pytest.approx(rate.level("finisher").if_none.value)


def test_widths_grow_from_level_to_level_within_one_cohort(record):
    for year in ("2021-22", "2024-25"):
        for rate in missing_of(record, year).basis(SUMMED).rates:
            widths = [one.width.value for one in rate.levels if not one.level.is_ratio_of_flows]
            assert widths == sorted(widths)
            assert len(widths) == 3


@pytest.fixture(scope="module")
def providers(shared_data):
    return gather(open_releases(shared_data / "published" / "measures_monthly.parquet"))


def test_bounds_of_every_provider_hold_its_rate(providers):
    held = 0
    for code in providers.organisations[1::6]:
        for basis in bound_missing(providers, choose(providers, "2024-25", code)).bases:
            for rate in (one for one in basis.rates if one.level("finisher").span.is_known and one.official.is_known):
                span = rate.level("finisher").span
                assert span.low <= rate.official.low + 1e-9
                assert span.high >= rate.official.low
                assert span.low <= span.high
                held += 1
    assert held > 50


def test_a_provider_that_finished_more_than_it_received_has_no_bound_there(providers):
    """Source: the specification, trap 9: NMG finishes more than it receives in 2024-25."""
    summed = missing_of(providers, "2024-25", "NMG").basis(SUMMED)
    referral = summed.rate("recovery").level("referral")
    assert (referral.span.is_known, referral.why_blank[:4]) == (False, "More")
