"""What each verdict means, on England's published figures.

The figures are those of the annual reports and monthly files of NHS England (NHS Digital).
"""

import pytest


def test_reproduced(judged):
    "The counts that the claim names give the figure that it prints."
    one = judged("""
        period = "2021-22"
        kind = "share"
        numerator = "finished_course"
        denominator = "ended_after_treatment"
        value = 57.7
    """)
    assert (one.verdict, one.basis) == ("reproduced", "sum of monthly files")


def test_a_basis_that_cannot_give_the_figure_is_named(judged):
    "The annual report of 2021-22 does not print how many were treated once."
    one = judged("""
        period = "2021-22"
        kind = "share"
        numerator = "finished_course"
        denominator = "ended_after_treatment"
        value = 57.7
        basis = "annual report"
    """)
    assert one.verdict == "cannot be checked"
    assert "leaves room for any figure" in one.explanation
    assert "'ended after treatment' for 2021-22" in one.missing


def test_the_two_bases_are_never_mixed(judged):
    "664,087 finished (annual) of 1,152,530 would be 57.6 %: no single basis prints it."
    one = judged("""
        period = "2021-22"
        kind = "share"
        numerator = "finished_course"
        denominator = "ended_after_treatment"
        value = 57.6
    """)
    assert one.verdict == "contradicted"
    assert round(one.figure.value, 2) == 57.66


@pytest.mark.parametrize(
    ("value", "basis"), [("50.2", "annual report"), ("50.1", "sum of monthly files"), ("50", "annual report")]
)
def test_the_basis_that_prints_the_figure_is_told(judged, value, basis):
    "The recovery rate of 2021-22 is printed 50.2 in the annual report; the monthly files add up to 50.1."
    one = judged(f"""
        period = "2021-22"
        kind = "share"
        numerator = "recovery"
        denominator = "judged_for_recovery"
        value = {value}
    """)
    assert (one.verdict, one.basis) == ("reproduced", basis)


def test_other_denominator(judged):
    "50.3 is not the share of those judged for recovery: it is the share of those at caseness."
    one = judged("""
        period = "2021-22"
        kind = "share"
        numerator = "recovery"
        denominator = "judged_for_recovery"
        value = 50.3
    """)
    assert one.verdict == "other denominator"
    assert [(pair.denominator, pair.basis) for pair in one.pairs] == [("at_caseness", "annual report")]


def test_other_numerator(judged):
    "66.9 % of those who finished did not recover: they reliably improved."
    one = judged("""
        period = "2021-22"
        kind = "share"
        numerator = "recovery"
        denominator = "finished_course"
        value = 66.9
    """)
    assert one.verdict == "other numerator"
    assert {pair.numerator for pair in one.pairs} == {"reliable_improvement"}


def test_a_denominator_of_other_people_is_a_denominator_too(judged):
    "53.3 % is finished over those who began treatment in the year, who are not those who ended in it."
    one = judged("""
        period = "2021-22"
        kind = "share"
        numerator = "finished_course"
        denominator = "ended_after_treatment"
        value = 53.3
    """)
    assert one.verdict == "other denominator"
    assert one.pairs[0].denominator == "accessing_services"


def test_how_many_pairs_would_match_by_chance_is_told(judged):
    "A figure in whole per cent is matched ten times as often as one with a decimal."
    fine, coarse = (
        judged(f"""
            period = "2021-22"
            kind = "share"
            numerator = "recovery"
            value = {value}
        """)
        for value in ("50.3", "50")
    )
    assert fine.pairs_tried == coarse.pairs_tried
    assert coarse.matches_by_chance == pytest.approx(10 * fine.matches_by_chance)


def test_contradicted_gives_the_right_figure(judged):
    one = judged("""
        period = "2021-22"
        kind = "count"
        numerator = "finished_course"
        value = 700000
    """)
    assert (one.verdict, one.figure.value) == ("contradicted", 664_087)
    assert "Finished a course: 664,087 by the annual report." in one.explanation


def test_consistent_says_what_the_claim_would_mean(judged):
    "How many referrals ended in 2020-21 was not published. Those who finished were: 634,649."
    one = judged("""
        period = "2020-21"
        kind = "share"
        numerator = "recovery"
        denominator = "ended_referrals"
        value = 21.3
    """)
    assert one.verdict == "consistent"
    assert "1,437,892 to 1,444,659 for 'referrals ended' in 2020-21" in one.explanation
    assert "The annual report leaves room for 0.00 to 48.37 %." in one.explanation


def test_a_claim_outside_the_bounds_is_contradicted_without_the_missing_count(judged):
    "Whatever the number of referrals that ended, no more than 48.4 % of them can have recovered."
    one = judged("""
        period = "2020-21"
        kind = "share"
        numerator = "recovery"
        denominator = "ended_referrals"
        value = 48.9
    """)
    assert one.verdict == "contradicted"


def test_referrals_received_are_not_referrals_ended(judged):
    "Of those received in the year, 306,990 are 21.1 %."
    one = judged("""
        period = "2020-21"
        kind = "share"
        numerator = "recovery"
        denominator = "referrals_received"
        value = 21.3
    """)
    assert (one.verdict, round(one.figure.value, 1)) == ("contradicted", 21.1)


def test_cannot_be_checked_drafts_a_request(judged):
    "Nothing that was published bounds how many were paired in 2015-16, when one outcome was a remainder."
    one = judged("""
        period = "2015-16"
        kind = "share"
        numerator = "paired"
        denominator = "finished_course"
        value = 98
    """)
    assert one.verdict == "cannot be checked"
    assert one.request.subject == "NHS Talking Therapies: paired scores, 2015-16, England"
    assert "M202" in one.request.body


def test_what_no_count_can_settle(judged):
    one = judged("""
        period = "2021-22"
        kind = "ratio"
        needs = { figure = "What a session cost.", held_by = "NHS England" }
    """)
    assert one.verdict == "cannot be checked"
    assert "What a session cost." in one.request.body
