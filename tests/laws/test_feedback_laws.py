"""Laws of signals, on made-up courses"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from caseness.feedback import Urgency
from caseness.feedback.cohort import shares
from caseness.feedback.judging import flags_of
from caseness.feedback.signals import signals_of
from scored_courses import RULES, arrays_of, course_of

_TOTALS = st.lists(st.none() | st.integers(0, 27), min_size=2, max_size=9).map(
    lambda given: [given[0] or 0, *given[1:]]
)
_FEW = settings(max_examples=40)


@_FEW
@given(st.lists(_TOTALS, min_size=1, max_size=4))
def test_a_flag_says_what_was_known_then(people):
    """What a score shows does not depend on the scores after it, nor on other people."""
    whole = flags_of(arrays_of(*people), RULES, None)
    place = 0
    for totals in people:
        numbers = [number for number, total in enumerate(totals) if total is not None]
        for number in numbers:
            then = flags_of(arrays_of(totals[: number + 1]), RULES, None)
            assert {name: flag[-1] for name, flag in then.items()} == {
                name: flag[place] for name, flag in whole.items()
            }
            place += 1


@_FEW
@given(_TOTALS)
def test_a_signal_and_a_flag_are_the_same(totals):
    """What one course is told is what the courses of many are measured by."""
    held = {name for name, flag in flags_of(arrays_of(totals), RULES, None).items() if flag[-1]}
    told = {one.id for one in signals_of(course_of(totals))} - {"sudden-gain", "not-seen"}
    # Worse in the first sessions is told once, by that name.
    assert told == held - ({"reliable-deterioration"} if "adverse-initial-response" in held else set())


@_FEW
@given(_TOTALS)
def test_signals_are_in_order_and_began_no_later_than_the_day_they_are_seen(totals):
    found = signals_of(course_of(totals))
    assert [one.urgency for one in found] == sorted((one.urgency for one in found), reverse=True)
    assert all(one.since <= course_of(totals).as_of for one in found)
    assert all(isinstance(one.urgency, Urgency) and one.why and one.rests_on and one.consider for one in found)


@_FEW
@given(st.lists(st.text(max_size=6), min_size=1, max_size=9))
def test_who_is_in_which_part_does_not_depend_on_who_else_is_there(people):
    part, choice = shares(people)
    assert ((part >= 0) & (part < 1) & (choice >= 0) & (choice < 1)).all()
    alone = [shares([one])[0][0] for one in people]
    assert np.array_equal(part, alone)
