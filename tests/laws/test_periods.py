"""Laws of periods"""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from caseness.periods import Period, between, financial_year, month, quarter

years = st.integers(2012, 2098)
periods = st.one_of(
    st.builds(month, years, st.integers(1, 12)).filter(lambda each: each >= month(2012, 4)),
    st.builds(quarter, years, st.integers(1, 4)),
    st.builds(financial_year, years),
)


@given(periods)
def test_a_label_is_read_back_as_the_period_it_names(period):
    assert Period.parse(period.label) == period


@given(periods)
def test_the_days_of_a_period_say_which_period_it_is(period):
    assert between(period.start, period.end) == period


@given(periods)
def test_a_period_ends_the_day_before_the_next_begins(period):
    assert period.end + timedelta(days=1) == period.next().start
    assert period.next().previous() == period


@given(periods, st.integers(-40, 40), st.integers(-40, 40))
def test_steps_add_up(period, first, second):
    assert period.shift(first).shift(second) == period.shift(first + second)


@given(periods)
def test_the_months_of_a_period_fill_it(period):
    months = period.months()
    assert (months[0].start, months[-1].end) == (period.start, period.end)
    assert all(earlier.next() == later for earlier, later in pairwise(months))
    assert all(each in period and each.financial_year() == period.financial_year() for each in months)


@given(periods, periods)
def test_order_follows_the_calendar(first, second):
    if first.start != second.start:
        assert (first < second) == (first.start < second.start)
    assert (first == second) == (first.label == second.label)


@given(periods)
def test_the_year_before_is_twelve_months_back(period):
    assert period.year_before().months_until(period) == 12
