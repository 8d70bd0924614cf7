"""Outcomes that nobody knows: who they are, and how far they could move a rate"""

import pytest

from caseness.audit.missing import bound_missing
from caseness.audit.subject import choose
from caseness.periods import Period
from caseness.results import ENGLAND, MONTHLY
from small_records import figures, record_of

MAY = Period.parse("2024-05")
PROVIDER = "X01"

# 100 finished, 90 with paired scores, 10 not at caseness. 40 of 80 paired cases recovered.
COUNTS = """
M001 200
M056 180
M153 50
M075 30
M076 100
M179 10
M202 90
M185 60
M187 25
M189 5
M191 40
M193 36
"""


def bounded(table=COUNTS, organisation=ENGLAND):
    record = record_of(figures(table, MAY, organisation))
    return bound_missing(record, choose(record, MAY, organisation)).basis(MONTHLY)


def ends(one):
    return one.if_none.value, one.if_all.value


def test_those_who_finished_without_scores_are_the_unknown():
    finisher = bounded().rate("reliable_improvement").level("finisher")
    assert (finisher.everyone.value, finisher.unknown.value, finisher.missing.value) == (100, 10, 10)
    assert ends(finisher) == (60, 70)
    assert finisher.width.value == pytest.approx(10)


def test_the_official_rate_is_the_case_in_which_none_of_the_unknown_had_it():
    recovery, worse = (bounded().rate(name) for name in ("recovery", "reliable_deterioration"))
    assert recovery.official.value == recovery.level("finisher").if_none.value == pytest.approx(100 * 40 / 90)
    assert recovery.worst("finisher").value == recovery.official.value
    assert worse.best("finisher").value == worse.official.value == 5
    assert worse.worst("finisher").value == 15
    assert recovery.best("finisher").value == pytest.approx(100 * 50 / 90)


def test_of_those_whose_outcome_is_known():
    assert bounded().rate("recovery").known.value == 50
    assert bounded().rate("reliable_improvement").known.value == pytest.approx(100 * 60 / 90)


def test_further_out_more_is_unknown():
    improvement = bounded().rate("reliable_improvement")
    assert [one.unknown.value for one in improvement.levels] == [10, 40, 90, 110]
    assert [round(one.width.value, 1) for one in improvement.levels] == [10, 30.8, 50, 55]
    assert ends(improvement.level("referral")) == (30, 85)


def test_referrals_received_are_marked_as_other_people():
    marked = [one.level.id for one in bounded().rate("recovery").levels if one.level.is_ratio_of_flows]
    assert marked == ["referral"]


def test_those_treated_once_are_a_group_of_their_own():
    strata = {one.id: one.count.value for one in bounded().strata}
    assert strata == {
        "unpaired": 10,
        "neither": None,
        "ended_treated_once": 30,
        "ended_before_treatment": 50,
        "remainder": 0,
    }


def test_a_level_whose_count_was_not_published_is_blank_with_the_reason():
    blank = bounded(COUNTS.replace("M075 30\n", "")).rate("recovery").level("starter")
    assert not blank.span.is_known
    assert blank.why_blank == "Not published on this basis: ended after treatment."


def test_fewer_referrals_than_paired_scores_give_no_bound():
    blank = bounded(COUNTS.replace("M001 200", "M001 60")).rate("recovery").level("referral")
    assert (blank.span.reason, blank.width.reason) == ("not_applicable", "not_applicable")
    assert "contradict each other or are of other people" in blank.why_blank


def test_a_provider_is_bounded_at_the_worst_of_its_rounded_counts():
    """58 to 62 of 98 to 102 improved, and 88 to 92 were paired: at worst 58 of 102, at best all but 26 of 102."""
    span = bounded(organisation=PROVIDER).rate("reliable_improvement").level("finisher").span
    assert (span.low, span.high) == (pytest.approx(100 * 58 / 102), pytest.approx(100 - 100 * 26 / 102))
    assert (span.value, span.interval) == (None, "worst to best case")


def test_a_suppressed_count_leaves_bounds_without_a_value():
    finisher = bounded(COUNTS.replace("M189 5", "M189 *"), PROVIDER).rate("reliable_deterioration").level("finisher")
    assert finisher.if_none.value is None
    assert (finisher.if_none.low, finisher.if_none.high) == (0, pytest.approx(100 * 4 / 98))


def test_without_paired_scores_nothing_is_said():
    record = record_of(figures(COUNTS.replace("M202 90\n", ""), MAY))
    missing = bound_missing(record, choose(record, MAY))
    assert missing.bases == ()
    assert missing.basis(MONTHLY) is None


def test_a_basis_that_lacks_the_period_is_left_out():
    record = record_of(figures(COUNTS, MAY))
    assert bound_missing(record, choose(record, MAY)).bases[0].basis == MONTHLY
    assert bound_missing(record, choose(record, MAY)).bases[0].stratum("unpaired").count.value == 10
