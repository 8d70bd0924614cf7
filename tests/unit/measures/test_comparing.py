"""Our figures beside theirs, within the rounding of theirs."""

from datetime import date

import pytest

from caseness.measures.comparing import compare, tally
from caseness.results import Results


def figure(value, level="england", statistic="count", basis="computed", reason=None, **more):
    return {
        "figure_id": "M001", "statistic": statistic, "period_start": date(2025, 4, 1), "period_end": date(2025, 4, 30),
        "level": level, "organisation": "X", "value": value, "basis": basis, "reason": reason, **more,
    }  # fmt: skip


def verdict(ours, theirs, level="england", statistic="count", basis="monthly file", reason=None):
    mine = Results.from_rows([figure(ours, level, statistic)])
    other = Results.from_rows([figure(theirs, level, statistic, basis, reason)])
    (line,) = compare(mine, other)
    return line.verdict


@pytest.mark.parametrize(
    ("ours", "theirs", "level", "statistic", "expected"),
    [
        (100, 100, "england", "count", "same"),
        (100, 101, "england", "count", "differs"),
        (50.04, 50.0, "england", "percentage", "same"),
        (50.06, 50.0, "england", "percentage", "differs"),
        (12, 10, "provider", "count", "same"),
        (13, 10, "provider", "count", "differs"),
        (49.5, 50, "provider", "percentage", "same"),
        (49.4, 50, "provider", "percentage", "differs"),
        (7.04, 7.0, "provider", "mean", "same"),
        (None, 7.0, "provider", "mean", "differs"),
    ],
)
def test_a_published_figure_is_met_within_its_rounding(ours, theirs, level, statistic, expected):
    assert verdict(ours, theirs, level, statistic) == expected


@pytest.mark.parametrize(
    ("ours", "statistic", "reason", "expected"),
    [
        (4, "count", "suppressed", "same"),
        (5, "count", "suppressed", "differs"),
        (50.0, "percentage", "suppressed", "cannot be told"),
        (None, "percentage", "no_data", "same"),
        (50.0, "percentage", "no_data", "cannot be told"),
    ],
)
def test_a_blank_agrees_with_what_can_stand_behind_it(ours, statistic, reason, expected):
    assert verdict(ours, None, "provider", statistic, reason=reason) == expected


def test_a_computed_figure_is_met_exactly():
    assert verdict(12, 12, "provider", basis="computed") == "same"
    assert verdict(12, 10, "provider", basis="computed") == "differs"


def test_a_group_is_compared_with_the_same_group():
    young, old = {"split_1": "Age", "group_1": "18 to 25"}, {"split_1": "Age", "group_1": "65 and over"}
    mine = Results.from_rows([figure(1), figure(3, **young), figure(4, **old)])
    other = Results.from_rows([figure(1), figure(30, **young)])
    assert [(line.group, line.verdict) for line in compare(mine, other)] == [
        ("Age: 18 to 25", "differs"),
        ("Age: 65 and over", "only ours"),
        ("", "same"),
    ]


def test_figures_of_one_side_alone_are_told():
    mine = Results.from_rows([figure(1), figure(2, organisation="Y")])
    other = Results.from_rows([figure(1), figure(9, organisation="Z")])
    lines = compare(mine, other)
    assert [(line.organisation, line.verdict) for line in lines] == [
        ("X", "same"),
        ("Y", "only ours"),
        ("Z", "only theirs"),
    ]
    assert tally(lines) == {"differs": 0, "only ours": 1, "only theirs": 1, "cannot be told": 0, "same": 1}


@pytest.mark.parametrize(("ours", "expected"), [(53, "same"), (57, "same"), (52, "differs"), (58, "differs")])
def test_what_a_policy_let_out_is_met_between_its_ends(ours, expected):
    mine = Results.from_rows([figure(ours, "provider", low=ours, high=ours)])
    other = Results.from_rows([figure(55, "provider", low=53.0, high=57.0)])
    (line,) = compare(mine, other)
    assert line.verdict == expected


def of_policy(value, low, high, statistic="count"):
    reason = "suppressed" if value is None else None
    return Results.from_rows([figure(value, "provider", statistic, reason=reason, low=low, high=high)])


@pytest.mark.parametrize(
    ("ours", "low", "high", "statistic", "expected"),
    [
        (6, 0.0, 7.0, "count", "same"),
        (8, 0.0, 7.0, "count", "differs"),
        (30, 10.0, 40.0, "count", "same"),
        (4, 10.0, 40.0, "count", "differs"),
        (99, None, None, "count", "same"),
        (50.0, 0.0, 100.0, "percentage", "cannot be told"),
        (50.0, 60.0, 100.0, "percentage", "differs"),
    ],
)
def test_a_star_of_a_policy_stands_for_what_lies_between_its_ends_on_either_side(ours, low, high, statistic, expected):
    exact, star = of_policy(ours, ours, ours, statistic), of_policy(None, low, high, statistic)
    for sides in ((exact, star), (star, exact)):
        (line,) = compare(*sides)
        assert line.verdict == expected


def test_what_we_let_out_is_met_between_its_ends_too():
    exact, rounded = of_policy(53, 53, 53), of_policy(55, 53.0, 57.0)
    assert [line.verdict for line in compare(rounded, exact)] == ["same"]
    assert [line.verdict for line in compare(rounded, of_policy(58, 58, 58))] == ["differs"]


def test_figures_of_two_policies_agree_where_their_ends_meet():
    assert [one.verdict for one in compare(of_policy(5, 3.0, 7.0), of_policy(10, 6.0, 14.0))] == ["same"]
    assert [one.verdict for one in compare(of_policy(5, 3.0, 7.0), of_policy(10, 8.0, 12.0))] == ["differs"]
    assert [one.verdict for one in compare(of_policy(None, 0.0, 4.0), of_policy(None, 0.0, 7.0))] == ["same"]
