"""What scores show: the rules of signals, one by one"""

from dataclasses import replace

import numpy as np
import pytest

from caseness.feedback import flags
from caseness.feedback.rules import read_rules
from scored_courses import RULES, arrays_of


def at(flag):
    """Places at which a flag holds, from 1."""
    return (np.flatnonzero(flag) + 1).tolist()


def test_worse_means_worse_by_the_reliable_change():
    """PHQ-9 must rise by 6. Back within 6 points of the start, the flag is gone."""
    assert at(flags.deteriorated(arrays_of([10, 15, 16, 15, 22]))) == [3, 5]


def test_the_direction_is_that_of_the_questionnaire():
    """On the ORS lower is worse. Its reliable change is not verified, so nothing is judged by it unless that is asked for."""
    assert at(flags.deteriorated(arrays_of([25, 18, 30], tool="ors"))) == []
    held = arrays_of([25, 18, 30], tool="ors")
    asked = replace(held, change=held.instrument.reliable_change(with_unverified=True))
    assert at(flags.deteriorated(asked)) == [2]


def test_an_adverse_initial_response_is_of_session_two_or_three():
    assert at(flags.adverse_at_first(arrays_of([10, 16, 17, 18]), RULES)) == [2, 3]
    assert at(flags.adverse_at_first(arrays_of([10, None, None, 18]), RULES)) == []


def test_no_early_response_is_looked_at_from_session_four():
    """One reliable improvement at any session, even if it was lost again, is a response."""
    assert at(flags.without_early_response(arrays_of([16, 15, 14, 13, 12]), RULES)) == [4, 5]
    assert at(flags.without_early_response(arrays_of([16, 10, 14, 16, 16]), RULES)) == []
    assert at(flags.without_early_response(arrays_of([16, 15, 14, 13, 10, 15]), RULES)) == [4]


def test_where_the_start_leaves_no_room_nobody_can_respond():
    """From 5 on PHQ-9 nobody can fall by 6."""
    assert at(flags.without_early_response(arrays_of([5, 5, 5, 5]), RULES)) == []
    assert at(flags.without_early_response(arrays_of([6, 6, 6, 6]), RULES)) == [4]


def test_beyond_a_band_is_past_its_worse_end_and_not_on_it():
    held = arrays_of([16, 15, 14])
    assert at(flags.beyond(held, np.array([np.nan, 14.5, 14.0]))) == [2]
    assert at(flags.beyond(arrays_of([16, 15, 14], tool="ors"), np.array([np.nan, 15.5, 14.0]))) == [2]


def test_a_sawtooth_is_four_turns_between_large_steps():
    """A small step between two large ones is passed over."""
    assert at(flags.sawtooth(arrays_of([10, 16, 10, 16, 10, 16]), RULES)) == [6]
    assert at(flags.sawtooth(arrays_of([10, 16, 15, 9, 15, 14, 8, 14]), RULES)) == [8]
    assert at(flags.sawtooth(arrays_of([10, 15, 10, 15, 10, 15, 10]), RULES)) == []
    assert at(flags.sawtooth(arrays_of([20, 26, 20, 26, 20, 26], tool="ors"), RULES)) == [6]


def test_where_no_size_of_a_step_is_known_there_is_no_sawtooth():
    assert at(flags.sawtooth(arrays_of([0, 40, 0, 40, 0, 40], tool="wsas"), RULES)) == []


def test_a_flat_line_is_four_sessions_alike_and_not_at_the_best_end():
    assert at(flags.flat_line(arrays_of([12, 9, 9, 9, 9, 9, 8]), RULES)) == [5, 6]
    assert at(flags.flat_line(arrays_of([0, 0, 0, 0, 0]), RULES)) == []
    assert at(flags.flat_line(arrays_of([40, 40, 40, 40], tool="ors"), RULES)) == []


def test_a_sudden_gain_is_known_two_sessions_later():
    """Large in points, large beside the score before, and the means of the sessions either side lie apart."""
    found = flags.sudden(arrays_of([20, 21, 20, 9, 8, 9, 8]), RULES, loss=False)
    assert found.tolist() == [0, 0, 0, 0, 3, 3, 3]
    assert flags.sudden(arrays_of([20, 21, 20, 9, 8, 9, 8]), RULES, loss=True).tolist() == [0] * 7


def test_a_sudden_loss_is_the_same_the_other_way():
    assert flags.sudden(arrays_of([8, 9, 8, 19, 20, 19]), RULES, loss=True).tolist() == [0, 0, 0, 0, 3, 3]


def test_what_looked_sudden_may_be_taken_back_by_the_next_session():
    """With the third score after it the means are no longer apart."""
    assert flags.sudden(arrays_of([20, 20, 10, 10, 26]), RULES, loss=False).tolist() == [0, 0, 0, 2, 0]


def test_a_session_without_a_score_is_not_filled():
    assert flags.sudden(arrays_of([20, 21, 20, None, 8, 9, 8]), RULES, loss=False).tolist() == [0] * 6


def test_without_a_reliable_change_nothing_is_sudden_and_nobody_is_worse():
    held = arrays_of([40, 40, 5, 5, 5], tool="wsas")
    assert not flags.sudden(held, RULES, loss=False).any()
    assert not flags.deteriorated(held).any()


def test_people_do_not_touch_each_other():
    """The scores of one begin where those of the other end."""
    both = arrays_of([20, 21, 20, 9, 8, 9, 8], [10, 16, 17], [9, 9, 9, 9])
    assert both.place.tolist() == [0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 0, 1, 2, 3]
    assert at(flags.deteriorated(both)) == [9, 10]
    assert at(flags.flat_line(both, RULES)) == [14]
    assert flags.sudden(both, RULES, loss=False).tolist() == [0, 0, 0, 0, 3, 3, 3] + [0] * 7


def test_numbers_are_configuration(tmp_path):
    changed = tmp_path / "rules.toml"
    changed.write_text("early_session = 3\nflat_sessions = 3\n", encoding="utf-8")
    assert at(flags.without_early_response(arrays_of([16, 15, 14, 13]), read_rules(changed))) == [3, 4]
    assert at(flags.flat_line(arrays_of([9, 9, 9]), read_rules(changed))) == [3]


def test_a_questionnaire_without_a_range_is_refused():
    held = arrays_of([16, 15, 4], tool="phq9")
    bare = replace(held, instrument=replace(held.instrument, low=None, high=None, thresholds=(), bands=(), total="none", items=(), risk=None, wording=None))  # fmt: skip
    with pytest.raises(ValueError, match="no range"):
        flags.sudden(bare, RULES, loss=False)
