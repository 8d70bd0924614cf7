"""The script that fits behaviour: its file, and how a number moves when its margin is off"""

import numpy as np
import pytest
from fit_behaviour import TO, fitted_text, held_values, moved
from synthetic_fitted import ADD, FITTED, ODDS, TIMES, Fitted, all_fitted

from caseness.synthetic.behaviour import numbers, of_problem
from caseness.synthetic.margin import Margin, Part


def margin(name, published, synthetic, label="x"):
    return Margin(name, name, "outcomes", "rate", (Part(label, synthetic, published),), None, 0.03, 5000, "made up")


def test_the_file_is_what_the_script_writes():
    assert TO.read_text(encoding="utf-8") == fitted_text(held_values())


def test_every_fitted_number_is_in_the_manual_with_its_margin():
    told = {one.name: one.source for one in numbers()}
    for one in all_fitted():
        assert told[one.name] == f"Fitted by scripts/fit_behaviour.py to {one.told}"
    assert len({one.name for one in all_fitted()}) == len(all_fitted())


@pytest.mark.parametrize("how", [ADD, TIMES, ODDS])
def test_a_number_rises_when_its_margin_is_too_low_and_stays_when_it_is_met(how):
    one = Fitted("share", 0.4, "a share", "m", how=how)
    low, met, high = (one.moved(0.4, {"m": margin("m", 0.5, found)}, 1) for found in (0.45, 0.5, 0.55))
    assert low > 0.4 > high
    assert met == pytest.approx(0.4)


def test_a_move_is_held_within_bounds_and_small_moves_are_smaller():
    one = Fitted("share", 0.4, "a share", "m", how=ADD, pace=9.0, most=0.6)
    off = {"m": margin("m", 0.9, 0.1)}
    assert one.moved(0.4, off, 1) == 0.6
    assert one.moved(0.1, off, 1) == pytest.approx(0.4)
    assert one.moved(0.1, off, 0.01) == pytest.approx(0.1 + 0.09 * 0.8)


def test_a_plain_difference_moves_odds_and_factors_too():
    one = Fitted("share", 0.4, "a share", "m", how=ODDS, pace=1.0, plain=True)
    found = one.moved(0.4, {"m": margin("m", 0.7, 0.5)}, 1)
    assert np.log(found / (1 - found)) == pytest.approx(np.log(0.4 / 0.6) + 0.2)


def test_what_all_problems_have_in_common_goes_into_the_number_of_all():
    "Where every problem improves too seldom, more people respond, and no problem stands out more than before."
    values, margins = held_values(), {}
    for one in FITTED:
        found = margins.get(one.margin)
        parts = (*(found.parts if found else ()), Part(one.part or "x", 0.5, 0.5))
        if one.margin.startswith("improvement."):
            parts = (Part("x", 0.45, 0.5),)
        margins[one.margin] = Margin(one.margin, "", "outcomes", "rate", parts, None, 0.03, 5000, "made up")
    after = moved(values, margins, 1)
    assert after["responds_share"] > values["responds_share"] + 0.02
    assert after["F32.responds"] == pytest.approx(values["F32.responds"], abs=0.02)
    assert after["planned_low"] == pytest.approx(values["planned_low"])


def test_a_problem_with_a_measure_of_its_own_has_numbers_for_it():
    assert of_problem("F32")["own_spread"] == 1.0
    assert of_problem("F431")["own_spread"] != 1.0
    assert of_problem("F431")["effect"] == 1.0
