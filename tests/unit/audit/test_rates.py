"""Printed percentages against their counts: reproduced, impossible, or not to be told."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseness.audit.rates import (
    IMPOSSIBLE,
    LEAVES_ROOM,
    NO_COUNTS,
    NOT_PRINTED,
    REPRODUCED,
    STARRED,
    agreement,
    count_reproduced,
    recompute,
)
from caseness.periods import Period, financial_year
from caseness.results import ANNUAL, ENGLAND
from caseness.stats.bounds import Bounded, share
from small_records import ends, figures, record_of

MONTH = Period.parse("2024-05")
PROVIDER = "RYK"


def recomputed(table, figure_id="M186", organisation=ENGLAND):
    rates = recompute(record_of(figures(table, MONTH, organisation)), MONTH, organisation)
    return next(one for one in rates.recomputed if one.formula.figure_id == figure_id)


def test_a_figure_that_follows_from_its_counts_is_reproduced():
    found = recomputed("M185 661\nM076 1000\nM186 66.1")
    assert (found.shown, found.agrees, found.why) == (66.1, True, REPRODUCED)


def test_a_figure_that_does_not_follow_is_impossible():
    found = recomputed("M185 661\nM076 1000\nM186 66.2")
    assert (found.shown, found.agrees, found.why) == (66.1, False, IMPOSSIBLE)


def test_a_half_is_rounded_away_from_nought():
    """1 of 400 is 0.25 %. Rounded half to even, or as a binary float, it would be 0.2."""
    found = recomputed("M185 1\nM076 400\nM186 0.3")
    assert (found.shown, found.agrees) == (0.3, True)


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ("M185 600\nM076 1000", NOT_PRINTED),
        ("M076 1000\nM186 60.0", NO_COUNTS),
        ("M185 0\nM076 0\nM186 60.0", NO_COUNTS),
    ],
)
def test_what_cannot_be_compared_says_why(table, why):
    found = recomputed(table)
    assert (found.agrees, found.why) == (None, why)


def test_a_starred_percentage_cannot_be_compared():
    found = recomputed("M185 60\nM076 100\nM186 *", organisation=PROVIDER)
    assert (found.agrees, found.why, found.printed.low, found.printed.high) == (None, STARRED, 0, 100)


def test_rounded_counts_leave_room():
    """58 to 62 of 98 to 102 is 56.9 to 63.3 %: 60 is possible, and so is 59."""
    found = recomputed("M185 60\nM076 100\nM186 60", organisation=PROVIDER)
    assert (found.agrees, found.why, found.shown) == (None, LEAVES_ROOM, None)


def test_rounded_counts_can_be_large_enough_to_tell():
    found = recomputed("M185 6000\nM076 10000\nM186 60", organisation=PROVIDER)
    assert (found.agrees, found.why) == (True, REPRODUCED)


def test_no_rounded_counts_give_a_figure_far_from_them():
    found = recomputed("M185 60\nM076 100\nM186 70", organisation=PROVIDER)
    assert (found.agrees, found.why) == (False, IMPOSSIBLE)


def test_a_star_below_the_line_is_an_interval():
    found = recomputed("M185 *\nM076 100\nM186 3", organisation=PROVIDER)
    assert (found.recomputed.value, found.recomputed.low) == (None, 0)
    assert found.recomputed.high == pytest.approx(100 * 4 / 98)


def test_every_organisation_is_counted():
    rows = [
        figures("M185 661\nM076 1000\nM186 66.1", MONTH),
        figures("M185 60\nM076 100\nM186 60", MONTH, PROVIDER),
        figures("M185 60\nM076 100\nM186 70", MONTH, "AM6"),
        figures("M185 60\nM076 100", MONTH, "NMG"),
    ]
    (line,) = count_reproduced(record_of(*rows))
    assert (line.printed, line.reproduced, line.cannot_be_told, line.impossible) == (3, 1, 1, 1)


def test_history_holds_every_period_and_recomputed_only_one():
    rows = [figures("M185 661\nM076 1000\nM186 66.1", month) for month in (MONTH, MONTH.next())]
    rates = recompute(record_of(*rows), MONTH, ENGLAND)
    assert [one.period for one in rates.history if one.printed.is_known] == [MONTH, MONTH.next()]
    assert {one.period for one in rates.recomputed} == {MONTH}
    assert rates.recomputed[0].label


def test_an_organisation_without_figures_has_no_rates():
    rates = recompute(record_of(figures("M076 1000", MONTH)), MONTH, PROVIDER)
    assert (rates.recomputed, rates.grids) == ((), ())
    assert rates.headline.pairs == ()


def test_annual_figures_are_judged_on_annual_counts():
    year = financial_year(2023)
    rows = figures("M191 500\nM076 1100\nM179 100\nM192 50.0\nat_caseness 990", year, basis=ANNUAL)
    rates = recompute(record_of(rows), year, ENGLAND)
    recovery = next(one for one in rates.recomputed if one.formula.figure_id == "M192")
    assert (recovery.basis, recovery.denominator.value, recovery.agrees) == (ANNUAL, 1000, True)
    assert recovery.formula.text == "M191 / (M076 - M179)"


def published(count):
    """A count as it is printed below England."""
    return ends("*" if count < 5 else 5 * round(count / 5), "count", False)


@given(whole=st.integers(1, 400), drawn=st.data())
def test_what_was_published_by_the_rules_is_never_called_impossible(whole, drawn):
    part = drawn.draw(st.integers(0, whole))
    counts = [
        Bounded.of([low], [high], [np.nan if value is None else value])
        for value, low, high in map(published, (part, whole))
    ]
    exact = 100 * part / whole
    printed = float(int(exact + 0.5))
    value, low, high = ends(printed, "percentage", False)
    assert agreement(Bounded.of([low], [high], [value]), share(*counts)) >= 0
