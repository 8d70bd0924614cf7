"""The claims that ship with the package, each with the verdict that was worked out by hand.

The figures are those embedded in the package: the annual reports of NHS England (NHS
Digital) and the sums of its monthly files. Each working says which counts are divided.
"""

from dataclasses import dataclass

import pytest

from caseness.audit.claims import (
    CANNOT_BE_CHECKED,
    CONSISTENT,
    CONTRADICTED,
    OTHER_DENOMINATOR,
    REPRODUCED,
    judge,
    read_shipped_claims,
)
from caseness.audit.record import gather
from caseness.published import Embedded

ANNUAL = "annual report"
SUMMED = "sum of monthly files"


@dataclass(frozen=True)
class Expected:
    """A verdict, the basis it stands on, our figure where there is one, and the working."""

    verdict: str
    basis: str | None
    figure: float | None
    working: str


EXPECTED = {
    "promise-two-thirds-complete": Expected(
        CONTRADICTED, SUMMED, 100 * 665_229 / 1_153_672, "665,229 / (665,229 + 488,443) = 57.7 %, not 66 to 67 %."
    ),
    "promise-half-recover": Expected(
        OTHER_DENOMINATOR,
        ANNUAL,
        100 * 313_919 / 664_087,
        "Of those who finished: 313,919 / 664,087 = 47.3 %. Of those judged for recovery: 313,919 / 625,919 = 50.2 %.",
    ),
    "promise-off-benefits": Expected(CANNOT_BE_CHECKED, None, None, "No published count follows anyone off benefits."),
    "one-session-only-2020-21": Expected(
        CANNOT_BE_CHECKED,
        ANNUAL,
        None,
        "What was published leaves room for 0 to 100 %. Neither count of 2020-21 was published; 634,649 finished, so 37 to 40 % would mean about 365,000 to 432,000 "
        "treated once. January to March 2021: 39.3 %.",
    ),
    "recovered-of-referred-2020-21": Expected(
        CONSISTENT,
        ANNUAL,
        None,
        "306,990 recovered. 21.3 % means 306,990 / 0.2135 to 306,990 / 0.2125 = 1,437,892 to 1,444,659 ended; at least "
        "634,649 did, so at most 48.4 % can have recovered.",
    ),
    "recovered-of-starters-2020-21": Expected(
        CONSISTENT,
        ANNUAL,
        None,
        "29.9 % means 306,990 / 0.2995 to 306,990 / 0.2985 = 1,025,008 to 1,028,442 ended after treatment, so that "
        "38.1 to 38.3 % were treated once.",
    ),
    "two-or-more-2021-22": Expected(
        REPRODUCED, SUMMED, 100 * 665_229 / 1_153_672, "665,229 / 1,153,672 = 57.66 %. The annual report has no total."
    ),
    "fewer-than-two-2021-22": Expected(
        REPRODUCED, SUMMED, 100 * 488_443 / 1_153_672, "488,443 / 1,153,672 = 42.3 %, more than 40."
    ),
    "two-or-more-fall-2021-22": Expected(
        CONSISTENT, SUMMED, None, "57.66 % in 2021-22; four points more is 61.2 to 62.2 % in 2020-21, not published."
    ),
    "recovered-of-starters-2021-22": Expected(
        REPRODUCED, SUMMED, 100 * 314_343 / 1_153_672, "314,343 / 1,153,672 = 27.25 %, printed 27.2 (27.247)."
    ),
    "recovered-of-starters-fall-2021-22": Expected(
        CONSISTENT, SUMMED, None, "27.25 % in 2021-22; the claim needs more than 29.75 % in 2020-21, not published."
    ),
    "headline-report-2021-22": Expected(
        REPRODUCED, ANNUAL, 100 * 313_919 / 625_919, "313,919 / (664,087 - 38,168) = 50.15 %. Monthly sums: 50.1."
    ),
    "headline-own-working-2021-22": Expected(
        REPRODUCED, ANNUAL, 100 * 313_919 / 624_193, "313,919 / 624,193 at caseness = 50.29 %."
    ),
    "headline-fall-2021-22": Expected(
        REPRODUCED,
        ANNUAL,
        100 * 313_919 / 625_919 - 100 * 306_990 / 597_382,
        "313,919 / 625,919 - 306,990 / (634,649 - 37,267) = 50.15 - 51.39 = -1.24.",
    ),
    "recovery-lowest-for-five-years": Expected(
        REPRODUCED,
        ANNUAL,
        100 * 313_919 / 625_919,
        "2017-18 to 2020-21: 50.83, 52.08, 51.11, 51.39; 2021-22: 50.15. With 2016-17 (49.34) it is no longer so.",
    ),
    "completion-falling-2021-22": Expected(
        CONSISTENT, SUMMED, None, "57.66 % in 2021-22; 2020-21 was not published: January to March 2021 was above it."
    ),
    "cost-per-session-2013": Expected(CANNOT_BE_CHECKED, None, None, "Counts hold no money."),
    "cost-per-recovery-2013": Expected(CANNOT_BE_CHECKED, None, None, "Counts hold no money."),
    "cost-five-times-the-claim": Expected(CANNOT_BE_CHECKED, None, None, "Counts hold no money."),
    "natural-recovery": Expected(CANNOT_BE_CHECKED, None, None, "Nobody untreated is followed."),
    "programme-treats-560000": Expected(REPRODUCED, ANNUAL, 567_106, "567,106 finished a course in 2016-17."),
    "programme-outcomes-known": Expected(
        REPRODUCED,
        ANNUAL,
        100 * 559_167 / 567_106,
        "(369,254 + 155,627 + 34,286) / 567,106 = 559,167 / 567,106 = 98.6 %.",
    ),
    "programme-half-recover": Expected(
        OTHER_DENOMINATOR,
        ANNUAL,
        100 * 258_888 / 567_106,
        "Of those who finished: 258,888 / 567,106 = 45.7 %. Of those judged: 258,888 / (567,106 - 42,376) = 49.3 %.",
    ),
    "programme-two-thirds-improve": Expected(
        REPRODUCED, ANNUAL, 100 * 369_254 / 567_106, "369,254 / 567,106 = 65.1 %, within 64 to 68."
    ),
    "programme-access-2021-22": Expected(
        REPRODUCED, SUMMED, 1_249_124, "1,249,124 is printed 1.2 million (up to 1.25 million is)."
    ),
}


@pytest.fixture(scope="module")
def judgements():
    source = Embedded()
    return {one.claim.id: one for one in judge(gather(source), read_shipped_claims(), source)}


def test_every_shipped_claim_was_worked_out_by_hand():
    assert {claim.id for claim in read_shipped_claims()} == set(EXPECTED)


@pytest.mark.parametrize("claim_id", EXPECTED)
def test_verdict(judgements, claim_id):
    judged, expected = judgements[claim_id], EXPECTED[claim_id]
    assert (judged.verdict, judged.basis) == (expected.verdict, expected.basis), expected.working


@pytest.mark.parametrize("claim_id", [name for name, one in EXPECTED.items() if one.figure is not None])
def test_figure(judgements, claim_id):
    assert judgements[claim_id].figure.value == pytest.approx(EXPECTED[claim_id].figure, rel=1e-12)


@pytest.mark.parametrize("claim_id", [name for name, one in EXPECTED.items() if one.figure is None])
def test_no_figure_is_made_where_none_was_published(judgements, claim_id):
    assert judgements[claim_id].figure.value is None


def test_what_the_share_of_those_referred_implies(judgements):
    (ended,) = judgements["recovered-of-referred-2020-21"].implied
    assert (round(ended.low), round(ended.high)) == (1_437_892, 1_444_659)
    assert (ended.floor, ended.ceiling) == (634_649, None)


def test_what_the_share_of_starters_implies(judgements):
    treated, once, share = judgements["recovered-of-starters-2020-21"].implied
    assert (round(treated.low), round(treated.high)) == (1_025_008, 1_028_442)
    assert (round(once.low), round(once.high)) == (390_359, 393_793)
    assert (round(share.low, 1), round(share.high, 1)) == (38.1, 38.3)


def test_published_bounds_of_a_consistent_claim_never_come_from_the_claim(judgements):
    figure = judgements["recovered-of-referred-2020-21"].figure
    assert (figure.low, round(figure.high, 4)) == (0.0, round(100 * 306_990 / 634_649, 4))


def test_each_consistent_claim_says_what_is_missing_and_drafts_a_request(judgements):
    consistent = [one for one in judgements.values() if one.verdict == CONSISTENT]
    assert len(consistent) == 5
    for one in consistent:
        assert "2020-21" in one.missing
        assert one.request is not None
        assert "2020-21" in one.request.body


def test_fifty_point_two_is_annual_and_the_monthly_sum_prints_another_figure(judgements):
    readings = {one.basis: one for one in judgements["headline-report-2021-22"].readings}
    assert readings[ANNUAL].verdict == REPRODUCED
    assert readings[SUMMED].verdict == CONTRADICTED
    assert round(readings[SUMMED].figure.value, 1) == 50.1


def test_fifty_point_three_is_found_at_caseness_and_nowhere_else(judgements):
    found = judgements["headline-own-working-2021-22"]
    assert [(pair.numerator, pair.denominator, pair.basis) for pair in found.pairs] == [
        ("recovery", "at_caseness", ANNUAL)
    ]
    assert found.pairs_tried == 8
    assert found.matches_by_chance == pytest.approx(8 * 0.1 / 100)


def test_half_recover_is_true_of_those_judged_for_recovery_first(judgements):
    pairs = judgements["promise-half-recover"].pairs
    assert (pairs[0].numerator, pairs[0].denominator) == ("recovery", "judged_for_recovery")
    assert [pair.distance for pair in pairs] == sorted(pair.distance for pair in pairs)


def test_nobody_is_asked_for_what_nobody_holds(judgements):
    assert judgements["natural-recovery"].request is None
    assert judgements["promise-off-benefits"].request.to == "Department for Work and Pensions"


def test_the_months_that_were_published_are_told_and_not_taken_for_the_year(judgements):
    said = judgements["one-session-only-2020-21"].explanation
    assert "leaves room for any figure" in said
    assert "In the 3 months of 2020-21 that are published (January 2021 to March 2021) it is 39.3 %" in said
