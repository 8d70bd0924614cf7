"""Totals stay in range, do not depend on company or order, and rise with what they count"""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from caseness.instruments import (
    band_of,
    change,
    changes,
    instrument,
    instruments,
    is_case,
    parse_total,
    score,
    score_many,
)

SCORED = st.sampled_from([one for one in instruments() if one.total != "none"])
# Those that say what a blank does to a total.
PRORATED = st.sampled_from([one for one in instruments() if one.total != "none" and one.missing is not None])
RANGED = st.sampled_from([one for one in instruments() if one.low is not None])
FINE = 1e-9


def answers_to(item):
    """Any answer of an item's own, as a number."""
    step = 10**item.decimals
    return st.integers(int(item.low * step), int(item.high * step)).map(lambda value: value / step)


def forms_of(one, blanks=False):
    """Filled-in forms, with blanks and what does not apply if they are asked for."""
    beside = [st.none()] if blanks else []
    return st.tuples(
        *(
            st.one_of(answers_to(item), *beside, *(st.just(float(word)) for word in item.not_applicable if blanks))
            for item in one.items
        )
    )


@st.composite
def filled(draw, blanks=False, of=SCORED):
    one = draw(of)
    return one, list(draw(forms_of(one, blanks)))


@st.composite
def many_filled(draw):
    one = draw(SCORED)
    return one, draw(st.lists(forms_of(one, blanks=True), min_size=1, max_size=6))


@st.composite
def totals_of(draw):
    one = draw(RANGED)
    step = 10**one.decimals
    ends = st.integers(int(one.low * step), int(one.high * step))
    return one, draw(ends) / step, draw(ends) / step


def by_hand(one, form):
    """The total of a full form, computed without arrays."""
    turned = [
        item.low + item.high - answer if item.is_reversed else answer
        for item, answer in zip(one.items, form, strict=True)
    ]
    mean = sum(turned) / len(turned)
    if one.total == "sum":
        return sum(turned)
    step = 10**one.decimals
    return int((mean if one.total == "mean" else 10 * mean) * step + 0.5 + FINE) / step


@given(filled())
def test_a_full_form_has_the_total_that_is_worked_by_hand(given_form):
    one, form = given_form
    found = score(one, form)
    assert abs(found.total - by_hand(one, form)) < FINE
    assert found.may_be_submitted
    assert not found.is_prorated


@given(filled(blanks=True), st.booleans(), st.booleans())
def test_a_total_is_within_the_range_or_says_why_there_is_none(given_form, with_unverified, are_turned):
    one, form = given_form
    found = score(one, form, with_unverified, are_turned)
    assert (found.total is None) == bool(found.reason)
    assert found.total is None or one.low - FINE <= found.total <= one.high + FINE
    assert found.answered + found.missing + found.not_applicable == len(one.items)
    assert found.may_be_submitted == (found.answered == len(one.items))


@given(many_filled(), st.booleans())
def test_a_form_is_scored_alike_alone_and_in_company(given_forms, with_unverified):
    one, forms = given_forms
    table = np.array([[np.nan if answer is None else answer for answer in form] for form in forms])
    many = score_many(one, table, with_unverified)
    for place, form in enumerate(forms):
        alone = score(one, form, with_unverified)
        total, risk = many.total[place], many.risk[place]
        assert alone.total == (None if np.isnan(total) else total)
        assert alone.risk == (None if np.isnan(risk) else risk)
        assert (alone.answered, alone.missing, alone.not_applicable) == (
            many.answered[place], many.missing[place], many.not_applicable[place],
        )  # fmt: skip
        assert (alone.is_prorated, alone.may_be_submitted, alone.asks_for_review) == (
            many.is_prorated[place], many.may_be_submitted[place], many.asks_for_review[place],
        )  # fmt: skip


@given(filled(), st.data())
def test_more_of_a_symptom_never_lowers_the_total(given_form, data):
    """An item that is scored in reverse asks for the opposite of a symptom, so less of it is more."""
    one, form = given_form
    place = data.draw(st.integers(0, len(form) - 1))
    item = one.items[place]
    other = data.draw(answers_to(item))
    low, high = sorted([form[place], other], reverse=item.is_reversed)
    less, more = ([*form[:place], answer, *form[place + 1 :]] for answer in (low, high))
    assert score(one, less).total <= score(one, more).total + FINE


@given(filled(), st.randoms(use_true_random=False))
def test_the_order_of_items_that_are_scored_alike_is_irrelevant(given_form, shuffle):
    one, form = given_form
    assume(not any(item.is_reversed for item in one.items))
    mixed = list(form)
    shuffle.shuffle(mixed)
    assert abs(score(one, form).total - score(one, mixed).total) < FINE


@given(filled())
def test_turning_an_answer_beforehand_is_the_same_as_turning_it_in_scoring(given_form):
    one, form = given_form
    turned = [
        item.low + item.high - answer if item.is_reversed else answer
        for item, answer in zip(one.items, form, strict=True)
    ]
    assert score(one, form).total == score(one, turned, are_turned=True).total


@given(filled(of=PRORATED), st.data())
def test_a_total_in_proportion_lies_between_the_least_and_the_most_that_the_blank_can_add(given_form, data):
    one, form = given_form
    blank = data.draw(st.integers(0, len(form) - 1))
    item = one.items[blank]
    found = score(one, [*form[:blank], None, *form[blank + 1 :]], with_unverified=True)
    ends = [score(one, [*form[:blank], end, *form[blank + 1 :]]).total for end in (item.low, item.high)]
    assert found.is_prorated
    assert not found.may_be_submitted
    assert min(ends) - FINE <= found.total <= max(ends) + FINE


@given(totals_of())
def test_a_total_that_is_written_is_read_again(given_totals):
    one, total, _ = given_totals
    assert parse_total(one, f"{total:.{one.decimals}f}").value == total


@given(totals_of())
def test_nobody_both_improves_and_deteriorates(given_totals):
    one, first, last = given_totals
    found = changes(one, [first], [last], with_unverified=True)
    back = changes(one, [last], [first], with_unverified=True)
    assert not (found.has_improved & found.has_deteriorated).filled(False).any()
    assert found.has_improved.tolist() == back.has_deteriorated.tolist()
    assert found.improved_by.tolist() == [-value for value in back.improved_by.tolist()]


@given(totals_of())
def test_one_change_is_the_same_as_one_of_many(given_totals):
    one, first, last = given_totals
    alone, many = change(one, first, last), changes(one, [first], [last])
    said = {
        "reliable improvement": ([True], [False]),
        "reliable deterioration": ([False], [True]),
        "no reliable change": ([False], [False]),
        None: ([None], [None]),
    }
    assert said[alone.outcome] == (many.has_improved.tolist(), many.has_deteriorated.tolist())
    assert (alone.outcome is None) == bool(alone.reason)


@given(totals_of())
def test_who_is_worse_than_a_case_is_a_case(given_totals):
    one, total, other = given_totals
    better, worse = sorted([total, other], reverse=one.higher_is == "better")
    (first, second) = is_case(one, [better, worse], with_unverified=True).filled(False).tolist()
    assert second or not first


@given(st.floats(0, 27))
def test_every_total_has_one_band_and_bands_rise_with_it(total):
    phq9 = instrument("phq9")
    band = band_of(phq9, total)
    assert band.low <= total < band.high + 1
