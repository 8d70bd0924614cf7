"""Every kind of claim, on England's published figures."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from caseness.audit.claims import VERDICTS, Claim, judge
from caseness.audit.claims.model import CHANGES, COMPARISONS, KINDS, RANKS
from caseness.audit.counts import COUNTS
from caseness.periods import Period


def test_a_count_is_exact_unless_it_is_written_as_rounded(judged):
    "1200000 stands for itself; 1.2e6 for all that is printed 1.2 million."
    exact, rounded = (
        judged(f"""
            period = "2021-22"
            kind = "count"
            numerator = "accessing_services"
            value = {value}
        """)
        for value in ("1200000", "1.2e6")
    )
    assert (exact.verdict, rounded.verdict) == ("contradicted", "reproduced")


def test_a_month_and_a_quarter(judged):
    "April 2025: 57,359 finished. A quarter is the sum of its three monthly files."
    month = judged("""
        period = "April 2025"
        kind = "count"
        numerator = "finished_course"
        value = 57359
    """)
    quarter = judged("""
        period = "2021-22 Q1"
        kind = "count"
        numerator = "finished_course"
        value = 170572
    """)
    assert (month.verdict, month.basis) == ("reproduced", "monthly file")
    assert (quarter.verdict, quarter.basis) == ("reproduced", "sum of monthly files")


def test_a_ratio_is_a_plain_quotient(judged):
    "6,277,916 appointments attended for 667,143 finished courses, 2024-25."
    one = judged("""
        period = "2024-25"
        kind = "ratio"
        numerator = "appointments_attended"
        denominator = "finished_course"
        value = 9.4
    """)
    assert (one.verdict, one.figure.unit) == ("reproduced", "ratio")


def test_a_fall_is_a_difference_below_zero(judged):
    "The recovery rate went from 51.4 to 50.2: -1.2 points."
    one = judged("""
        period = "2021-22"
        from = "2020-21"
        kind = "difference"
        numerator = "recovery"
        denominator = "judged_for_recovery"
        value = -1.2
    """)
    assert (one.verdict, one.figure.unit) == ("reproduced", "percentage points")


def test_a_difference_may_be_relative(judged):
    "Referrals received: 1,456,446 in 2020-21 and 1,812,596 in 2021-22, 24 % more."
    one = judged("""
        period = "2021-22"
        from = "2020-21"
        kind = "difference"
        change = "relative"
        numerator = "referrals_received"
        value = 24
    """)
    assert (one.verdict, one.basis) == ("reproduced", "annual report")


def test_a_difference_of_which_one_period_is_unknown(judged):
    "27.25 % of starters recovered in 2021-22; a fall of more than 2.5 points needs more than 29.75 % before."
    one = judged("""
        period = "2021-22"
        from = "2020-21"
        kind = "difference"
        numerator = "recovery"
        denominator = "ended_after_treatment"
        value = -2.5
        compare = "less_than"
    """)
    assert one.verdict == "consistent"
    (implied,) = one.implied
    assert implied.period.label == "2020-21"
    assert round(implied.low, 2) == 29.75


def test_a_difference_of_which_the_later_period_is_unknown(judged):
    "2020-21 had no monthly files before January, so a change up to it leaves the later year open."
    one = judged("""
        period = "2020-21"
        from = "2019-20"
        kind = "difference"
        numerator = "ended_treated_once"
        value = -95000
        compare = "less_than"
    """)
    assert one.verdict == "consistent"


@pytest.mark.parametrize(("within", "verdict"), [(5, "reproduced"), (6, "contradicted")])
def test_the_lowest_for_five_years_counts_this_one(judged, within, verdict):
    "2021-22 (50.2) is below 2017-18 to 2020-21, and above 2016-17 (49.3)."
    one = judged(f"""
        period = "2021-22"
        kind = "rank"
        numerator = "recovery"
        denominator = "judged_for_recovery"
        rank = "lowest"
        within = {within}
    """)
    assert (one.verdict, one.basis) == (verdict, "annual report")


def test_at_least_includes_what_prints_the_same(judged):
    "50.153 is printed 50.2, so at least 50.2 holds; more than 50.2 does not."
    at_least, more_than = (
        judged(f"""
            period = "2021-22"
            kind = "share"
            numerator = "recovery"
            denominator = "judged_for_recovery"
            basis = "annual report"
            value = 50.2
            compare = "{compare}"
        """)
        for compare in ("at_least", "more_than")
    )
    assert at_least.verdict == "reproduced"
    assert more_than.verdict != "reproduced"


def test_about_takes_two_ends(judged):
    one = judged("""
        period = "2021-22"
        kind = "share"
        numerator = "ended_treated_once"
        denominator = "ended_after_treatment"
        compare = "about"
        low = 40
        high = 45
    """)
    assert one.verdict == "reproduced"


def test_an_unpublished_numerator_is_implied_by_its_denominator(judged):
    "In 2017-18 referrals ended were published (1,376,920), and those treated once were not."
    one = judged("""
        period = "2017-18"
        kind = "share"
        numerator = "ended_treated_once"
        denominator = "ended_referrals"
        value = 35
    """)
    assert one.verdict == "consistent"
    (implied,) = one.implied
    assert (round(implied.low), round(implied.high)) == (475_037, 488_807)


def test_a_total_published_above_bounds_what_lies_in_it(judged):
    "554,709 finished of at most 1,376,920 treated in 2017-18: 40.3 % or more."
    one = judged("""
        period = "2017-18"
        kind = "share"
        numerator = "finished_course"
        denominator = "ended_after_treatment"
        value = 35.0
    """)
    assert one.verdict == "contradicted"


PERIODS = ["2012-13", "2015-16", "2020-21", "2021-22", "2025-26", "2021-02", "2024-25 Q2", "2030-31"]


@given(
    kind=st.sampled_from(KINDS),
    period=st.sampled_from(PERIODS),
    numerator=st.sampled_from(sorted(COUNTS)),
    denominator=st.sampled_from([None, *sorted(COUNTS)]),
    compare=st.sampled_from(COMPARISONS),
    change=st.sampled_from(CHANGES),
    rank=st.sampled_from(RANKS),
    value=st.decimals(min_value=-100, max_value=100, places=1),
)
def test_any_claim_that_can_be_filed_gets_a_verdict_and_its_reasons(
    england, kind, period, numerator, denominator, compare, change, rank, value
):
    "Whatever is put together, there is one of the six verdicts, in words, and a figure only where counts give one."
    assume(numerator != denominator)
    span = Period.parse(period)
    claim = Claim("it", "A claim.", "Drawn", kind, span, numerator, None if kind == "count" else denominator)
    claim = replace(claim, value=value, compare=compare)
    if compare == "about":
        claim = replace(claim, value=None, low=value, high=value + 3)
    if kind == "difference":
        claim = replace(claim, since=span.previous(), change=change)
    if kind == "rank":
        claim = replace(claim, value=None, compare="equals", low=None, high=None, rank=rank, within=3)
    (one,) = judge(england, (claim,))
    assert one.verdict in VERDICTS
    assert one.explanation.endswith(".")
    assert "None" not in one.explanation + one.missing
    if one.verdict in ("other denominator", "other numerator"):
        assert one.pairs
    if one.verdict == "cannot be checked":
        assert one.missing
