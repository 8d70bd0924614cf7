"""How a questionnaire is scored"""

import numpy as np
import pytest

from caseness.instruments import instrument, score, score_many


def form(text):
    """One form from its answers: `1 2 - 3`, with a dash for a blank."""
    return [None if answer == "-" else float(answer) for answer in text.split()]


def scored(name, text, **options):
    return score(instrument(name), form(text), **options)


@pytest.mark.parametrize(
    ("name", "answers", "total"),
    [
        ("phq9", "0 0 0 0 0 0 0 0 0", 0),
        ("phq9", "1 2 3 1 2 3 1 2 0", 15),
        ("phq9", "3 3 3 3 3 3 3 3 3", 27),
        ("gad7", "1 1 1 1 1 1 2", 8),
        ("wsas", "8 0 4 4 2", 18),
        ("ors", "2.5 3.1 4 10", 19.6),
        # The mean of the items, with one decimal and a half upwards: 40 / 17 = 2.35.
        ("dds", "1 1 1 1 1 1 1 1 1 1 1 1 5 5 6 6 6", 2.4),
    ],
)  # fmt: skip
def test_a_full_form_has_the_sum_or_the_mean_of_its_answers(name, answers, total):
    "A full form may be submitted."
    found = scored(name, answers)
    assert (found.total, found.is_prorated, found.may_be_submitted) == (total, False, True)


def test_items_2_and_3_of_core10_are_scored_in_reverse():
    "Feeling supported and able to cope most of the time adds nothing to distress."
    assert scored("core10", "0 4 4 0 0 0 0 0 0 0").total == 0
    assert scored("core10", "0 0 0 0 0 0 0 0 0 0").total == 8
    assert scored("core10", "4 0 0 4 4 4 4 4 4 4").total == 40


def test_numbers_that_are_turned_already_are_not_turned_again():
    assert scored("core10", "0 0 0 0 0 0 0 0 0 0", are_turned=True).total == 0
    assert scored("core10", "1 4 3 0 0 0 0 0 0 0", are_turned=True).total == 8


def test_five_items_of_pswq_are_scored_in_reverse():
    assert scored("pswq", "5 1 5 1 1 1 1 5 1 5 5 1 1 1 1 1").total == 16


def test_one_blank_on_core10_is_made_up_for_in_proportion():
    "Nine answers with a sum of 18: 18 x 10 / 9 = 20. It is shown, and not submitted."
    found = scored("core10", "2 2 2 2 2 2 2 2 2 -")
    assert (found.total, found.answered, found.missing) == (20, 9, 1)
    assert (found.is_prorated, found.may_be_submitted) == (True, False)


def test_two_blanks_on_core10_leave_no_total():
    found = scored("core10", "2 2 2 2 2 2 2 2 - -")
    assert found.total is None
    assert found.reason == "2 of 10 items have no answer that counts, and at most 1 may be missing."


def test_two_blanks_on_phq9_are_made_up_for_and_a_third_is_not():
    assert scored("phq9", "1 1 1 1 1 1 1 - -").total == 9
    assert scored("phq9", "1 1 1 1 1 1 - - -").total is None


def test_a_man_who_leaves_item_4_of_phq15_out_has_a_total_in_proportion():
    "Fourteen answers with a sum of 14: 14 x 15 / 14 = 15."
    found = scored("phq15", "1 1 1 - 1 1 1 1 1 1 1 1 1 1 1")
    assert (found.total, found.is_prorated, found.may_be_submitted) == (15, True, False)


def test_the_rule_for_gad7_was_not_read_and_must_be_asked_for():
    assert scored("gad7", "1 1 1 1 1 - -").reason == (
        "2 of 7 items have no answer that counts, and the rule for missing answers is not verified."
    )
    assert scored("gad7", "1 1 1 1 1 - -", with_unverified=True).total == 7
    assert scored("gad7", "1 1 1 1 - - -", with_unverified=True).total is None


def test_without_any_rule_a_blank_leaves_no_total():
    assert scored("ors", "5 5 5 -").reason == (
        "1 of 4 items have no answer that counts, and no rule for missing answers is known."
    )


def test_work_that_does_not_apply_is_no_answer_and_no_blank():
    "9 is not a score. Four answers with a sum of 16: 16 x 5 / 4 = 20."
    found = scored("wsas", "9 4 4 4 4")
    assert (found.total, found.answered, found.missing, found.not_applicable) == (None, 4, 0, 1)
    assert scored("wsas", "9 4 4 4 4", with_unverified=True).total == 20
    assert scored("wsas", "4 9 4 4 4").reason == "Not among the answers of the form: item 2."


@pytest.mark.parametrize("answers", ["1 1 1 1 1 1 4", "1 1 1 1 1 1 -1", "1 1 1 1 1 1 1.5"])
def test_an_answer_that_is_none_of_the_forms_leaves_no_total(answers):
    found = scored("gad7", answers, with_unverified=True)
    assert (found.total, found.reason) == (None, "Not among the answers of the form: item 7.")


def test_a_blank_form_says_so():
    assert scored("gad7", "- - - - - - -", with_unverified=True).reason == "All 7 items are blank."


def test_any_answer_about_risk_but_not_at_all_asks_for_a_review():
    "Whatever the total, and even where there is none. A blank asks for nothing by itself."
    low = scored("phq9", "0 0 0 0 0 0 0 0 1")
    assert (low.total, low.risk, low.asks_for_review) == (1, 1, True)
    without = scored("phq9", "- - - - - - - - 2")
    assert (without.total, without.risk, without.asks_for_review) == (None, 2, True)
    blank = scored("phq9", "3 3 3 3 3 3 3 3 -")
    assert (blank.risk, blank.asks_for_review) == (None, False)
    assert scored("phq9", "3 3 3 3 3 3 3 3 0").asks_for_review is False


def test_a_rule_about_risk_that_is_not_verified_is_used_all_the_same():
    core10 = instrument("core10")
    assert not core10.risk.verified
    assert scored("core10", "0 4 4 0 0 1 0 0 0 0").asks_for_review
    assert not scored("gad7", "3 3 3 3 3 3 3").asks_for_review


@pytest.mark.parametrize("name", ["biq", "core_om", "mobility_inventory", "phobia_scales", "peq_treatment"])
def test_some_take_totals_only(name):
    with pytest.raises(ValueError, match="takes totals only"):
        score_many(instrument(name), np.zeros((1, 3)))


def test_a_form_of_another_length_is_a_mistake():
    with pytest.raises(ValueError, match="GAD-7 has 7 items, one column for each"):
        score(instrument("gad7"), [0] * 9)
    with pytest.raises(ValueError, match="GAD-7 has 7 items"):
        score_many(instrument("gad7"), [0] * 7)


def test_no_forms_have_no_totals():
    assert score_many(instrument("gad7"), np.empty((0, 7))).total.tolist() == []
