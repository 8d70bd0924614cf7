"""XmR charts by the Making Data Count rules"""

import numpy as np
import pytest

from caseness.stats import spc
from caseness.stats.spc import assure, judge, process_limits

FLAT = [10, 11, 10, 9, 10, 11, 10, 9]


def marks(chart, rule):
    return getattr(chart, rule).tolist()


# Expected marks from NHSRplotthedots' own tests (test-ptd_calculate_point_type.R). There a mark stands
# at the seventh point and is spread back over the run; here the whole run is marked at once.
@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2, 3, 4, 5, 6], [0] * 6),
        ([1, 2, 3, 3, 4, 5, 6], [0] * 7),
        ([1, 2, 3, 4, 5, 6, 7], [1] * 7),
        ([7, 6, 5, 4, 3, 2, 1], [-1] * 7),
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], [0, 1, 1, 1, 1, 1, 1, 1, 0]),
        ([2, 7, 6, 5, 4, 3, 2, 1, 3], [0, -1, -1, -1, -1, -1, -1, -1, 0]),
    ],
)
def test_a_trend_is_seven_points_each_beyond_the_last(values, expected):
    assert marks(judge(values), "trend") == expected


def test_the_top_of_a_rise_belongs_to_the_rise():
    chart = judge([1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1])
    assert marks(chart, "trend") == [1] * 7 + [-1] * 6


def test_a_shift_is_seven_points_on_one_side_of_the_mean():
    six = judge([1] * 6 + [-1] * 6)
    assert marks(six, "shift") == [0] * 12
    seven = judge([1] * 7 + [-1] * 8)
    assert marks(seven, "shift") == [1] * 7 + [-1] * 8


def test_a_point_on_the_mean_ends_a_shift():
    values = [1, 1, 1, 0, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1]
    assert np.mean(values) == 0
    assert marks(judge(values), "shift") == [0] * 8 + [-1] * 7


# NHSRplotthedots' test "it only reports special cause for 2 of 3 points close to limits when they
# are on the same side of the mean" (test-ptd_spc_standard.R).
def test_two_points_near_opposite_limits_are_no_signal():
    chart = judge([1, -1] * 7 + [5.5, -5.5])
    assert chart.near_upper[0] < 5.5 < chart.upper[0]
    assert not chart.is_special.any()


def test_two_of_three_needs_all_three_on_one_side():
    level = [10, 10.4, 10.1, 9.8, 10.2, 10, 9.7, 10.1, 10.3, 9.8]
    same_side = judge([*level, 9.2, 9.7, 9.15, 10.1, 9.9, 10.2, 10.4, 10])
    assert np.flatnonzero(same_side.two_of_three).tolist() == [10, 12]
    assert same_side.two_of_three[10] == -1
    split = judge([*level, 9.05, 10.1, 9.05, 10.1, 9.9, 10.2, 10.4, 10])
    assert split.near_lower[0] > 9.05 > split.lower[0]
    assert not split.two_of_three.any()


def test_screening_leaves_out_the_ranges_around_an_outlier():
    # The example of the NHSRplotthedots vignette "Deviations from Excel".
    values = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
    assert process_limits(values).average_moving_range == pytest.approx(32 / 17)
    assert process_limits(values, screen=True).average_moving_range == pytest.approx(1)
    assert process_limits(values, screen=True).mean == process_limits(values).mean == pytest.approx(35 / 18)


def test_a_series_that_never_moves_keeps_limits_of_no_width():
    for screen in (False, True):
        chart = judge([7.0] * 9, screen=screen)
        assert (chart.lower == 7).all()
        assert (chart.upper == 7).all()
        assert not chart.is_special.any()


def test_the_first_rule_that_fires_gives_the_name_and_the_direction():
    # A rise of seven that ends outside the limits, below the mean at first.
    chart = judge([*FLAT, *FLAT, 9, 10, 11, 12, 13, 14, 30])
    assert chart.rule[16:].tolist() == [spc.TREND] * 6 + [spc.OUTSIDE]
    assert chart.verdict[16] == spc.IMPROVEMENT
    assert chart.values[16] < chart.mean[16]


@pytest.mark.parametrize(
    ("better", "above", "below"),
    [("higher", "improvement", "concern"), ("lower", "concern", "improvement"), ("neutral", "high", "low")],
)
def test_what_is_better_says_what_a_signal_means(better, above, below):
    chart = judge([*FLAT, 20, *FLAT, 0, *FLAT], better)
    assert [chart.verdict[0], chart.verdict[8], chart.verdict[17]] == [spc.COMMON_CAUSE, above, below]


# Expected values from NHSRplotthedots' test-ptd_calculate_assurance_type.R: limits 1 to 3, 5 to 7
# and 1 to 5 against a target of 4.
@pytest.mark.parametrize(
    ("mean", "half_width", "higher", "lower"),
    [
        (2, 1, spc.FAILS, spc.PASSES),
        (6, 1, spc.PASSES, spc.FAILS),
        (3, 2, spc.INCONSISTENT, spc.INCONSISTENT),
    ],
)
def test_assurance_holds_the_target_against_the_limits(mean, half_width, higher, lower):
    limits = spc.Limits(mean, half_width / spc.LIMIT_FACTOR)
    assert assure(limits, 4, "higher") == higher
    assert assure(limits, 4, "lower") == lower
    assert assure(limits, 4, "neutral") is None
    assert assure(limits, None) is None


def test_assurance_is_that_of_the_last_phase():
    values = [*FLAT, *(value + 20 for value in FLAT)]
    assert judge(values, target=20).assurance == spc.INCONSISTENT
    assert judge(values, target=20, breaks=[8]).assurance == spc.PASSES
    assert judge([5.0], target=5).assurance is None


def test_a_declared_break_starts_new_limits_and_no_run_crosses_it():
    values = [*FLAT, *(value + 20 for value in FLAT)]
    chart = judge(values, breaks=[8])
    assert chart.phase.tolist() == [0] * 8 + [1] * 8
    assert chart.mean.tolist() == [10] * 8 + [30] * 8
    assert not chart.is_special.any()
    assert judge(values).is_special.all()
    assert not judge([1, 2, 3, 4, 5, 6, 7], breaks=[3]).trend.any()


def test_a_baseline_fixes_the_limits_for_what_comes_after():
    chart = judge([*FLAT, *(value + 20 for value in FLAT)], baseline=8)
    assert chart.mean.tolist() == [10] * 16
    assert chart.rule[8:].tolist() == [spc.OUTSIDE] * 8


def test_a_blank_is_not_judged_and_interrupts_a_run():
    blank = float("nan")
    chart = judge([1, 2, 3, blank, 4, 5, 6, 7])
    assert chart.verdict[3] == spc.NO_DATA
    assert not chart.trend.any()
    assert chart.average_moving_range[0] == 1
    assert chart.mean[0] == 4
    assert np.isnan(chart.values[3])


def test_short_phases_are_named():
    assert judge([*FLAT, *FLAT], breaks=[13]).short_phases == (1,)
    assert judge([*FLAT, 10, 11, 10, float("nan")]).short_phases == (0,)
    assert judge([*FLAT, 10, 11, 10, 9]).short_phases == ()


def test_too_short_a_series_has_no_limits_and_no_signals():
    assert judge([]).verdict.tolist() == []
    chart = judge([5.0], target=5)
    assert np.isnan(chart.upper).all()
    assert chart.verdict.tolist() == [spc.COMMON_CAUSE]
    assert judge([float("nan")] * 3).verdict.tolist() == [spc.NO_DATA] * 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"values": [[1, 2], [3, 4]]}, "one row of finite numbers"),
        ({"values": [1, float("inf")]}, "one row of finite numbers"),
        ({"values": FLAT, "better": "up"}, "not 'up'"),
        ({"values": FLAT, "breaks": [0]}, "from 1 to 7"),
        ({"values": FLAT, "breaks": [8]}, "from 1 to 7"),
        ({"values": FLAT, "breaks": [3, 3]}, "different positions"),
        ({"values": FLAT, "baseline": 1}, "at least two points"),
    ],
)
def test_what_cannot_be_charted_is_refused(arguments, said):
    with pytest.raises(ValueError, match=said):
        judge(**arguments)
