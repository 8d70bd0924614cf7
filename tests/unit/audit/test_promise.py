"""The promise held against a record: the shortfall is shared out exactly, and nothing unknown is filled in"""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseness.audit.assumptions import read_shipped_assumptions
from caseness.audit.cost import Costs, TotalCost
from caseness.audit.promise import hold_against
from caseness.audit.quantity import Estimate
from caseness.audit.spelling import spell
from caseness.audit.subject import choose
from caseness.disclosure import release
from caseness.periods import Period
from caseness.published import Embedded
from caseness.results import ENGLAND, MONTHLY
from small_records import figures, record_of

MAY = Period.parse("2022-03")
SHIPPED = read_shipped_assumptions()

# 120 treated: 80 finished, 70 of them judged, 42 recovered. Promised: 80 complete and 40 recover.
COUNTS = """
M056 180
M075 40
M076 80
M179 10
M191 42
M066 60
M237 4
"""


def assumed(**values):
    changed = {f"promise.{name}": value for name, value in values.items()}
    return replace(
        SHIPPED, numbers=tuple(replace(one, value=changed.get(one.id, one.value)) for one in SHIPPED.numbers)
    )


def held(table=COUNTS, organisation=ENGLAND, costs=None, assumptions=SHIPPED):
    record = record_of(figures(table, MAY, organisation))
    return hold_against(record, release(Embedded()), choose(record, MAY, organisation), costs, assumptions)


def costing(million, unit="million pounds"):
    total = TotalCost(
        "all_contacts", "All attended contacts", MONTHLY, "2021-22", Estimate(million, million, million, unit), "", ""
    )
    return Costs((total,), ())


def test_the_steps_are_those_of_one_cohort():
    steps = held().main.steps
    assert [round(one.promised.value) for one in steps] == [120, 80, 80, 40]
    assert [one.happened.value for one in steps] == [120, 80, 70, 42]
    assert [round(one.happened_of_100.value, 1) for one in steps] == [100, 66.7, 58.3, 35]


def test_better_than_promised_is_a_negative_term():
    main = held().main
    assert main.shortfall.value == pytest.approx(-2)
    terms = {one.id: one.recoveries.value for one in main.terms}
    assert terms["completing"] == pytest.approx(0, abs=1e-9)
    # Of 80, the share judged falls from 1 to 7/8 and that of recovery rises from 0.5 to 0.6.
    assert terms["at_caseness"] == pytest.approx(80 * (1 / 8) * (0.5 + 0.6) / 2)
    assert terms["recovering"] == pytest.approx(-80 * 0.1 * (1 + 7 / 8) / 2)


def test_the_terms_of_every_reading_sum_to_its_shortfall():
    readings = held().readings
    assert len(readings) == 4
    for one in readings:
        assert sum(term.recoveries.value for term in one.terms) == pytest.approx(one.shortfall.value)


def test_the_reading_is_a_choice():
    main = held(assumptions=assumed(cohort="ended", completed_means="agreed")).main
    assert main.id == "ended-agreed"
    assert [one.id for one in main.steps] == ["cohort", "entering", "completing", "recovering"]
    assert "A ratio, not a share" in main.steps[-1].note
    assert main.steps[-1].happened_share.value == 70


def test_without_an_agreed_end_there_are_only_readings_of_finished_courses():
    assert [one.id for one in held(COUNTS.replace("M066 60\n", "")).readings] == ["treated-finished", "ended-finished"]


def test_a_provider_has_terms_between_ends():
    main = held(organisation="X01").main
    for term in main.terms:
        assert term.recoveries.low <= term.recoveries.value <= term.recoveries.high
    assert main.terms[0].recoveries.low < main.terms[0].recoveries.high


def test_a_suppressed_count_leaves_a_term_without_a_value():
    main = held(COUNTS.replace("M179 10", "M179 *"), "X01").main
    assert main.terms[1].recoveries.value is None
    assert main.terms[1].recoveries.low is not None


def test_without_a_cohort_there_is_no_reading():
    promise = held(COUNTS.replace("M075 40\n", ""))
    assert (promise.readings, promise.main, promise.money) == ((), None, ())
    assert "no cohort to hold it against" in promise.why_blank


def test_the_plan_pays_for_itself_in_two_years():
    """For each recovery two courses at 750, and a twelfth of a person off benefits at 750 a month: 24 months."""
    money = {one.id: one.promised for one in held().money}
    assert money["payback"].value == pytest.approx(24)
    assert money["off_benefits"].value == pytest.approx(40 / 12)
    assert money["net"].value == pytest.approx((40 / 12 * 25 - 80) * 750 / 1e6)


def test_paying_for_all_who_start_takes_three_years_if_the_saving_lasts_so_long():
    money = {one.id: one.promised for one in held(assumptions=assumed(who_is_paid_for="treated", months=36)).money}
    assert money["payback"].value == pytest.approx(36)
    assert money["net"].value == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    "changed", [{"months": 12}, {"benefit": 500}, {"coming_off": 4}, {"who_is_paid_for": "treated"}, {"months": 23.99}]
)
def test_a_saving_that_ends_before_the_cost_is_met_never_pays_it_back(changed):
    money = {one.id: one.promised for one in held(assumptions=assumed(**changed)).money}
    assert money["net"].value < 0
    assert (money["payback"].is_known, spell(money["payback"])) == (False, "cannot be paid back")


@given(months=st.floats(0, 60), benefit=st.floats(0, 1000), coming_off=st.floats(0, 12), course_cost=st.floats(1, 1600))
@settings(max_examples=30, deadline=None)
def test_it_is_paid_back_just_where_no_less_is_saved_than_spent(**changed):
    money = {one.id: one.promised for one in held(assumptions=assumed(**changed)).money}
    if abs(money["net"].value) > 1e-9:
        assert money["payback"].is_known == (money["net"].value > 0)


def test_what_would_be_needed_counts_no_month_beyond_those_off_benefits():
    """Of 40 recoveries 750 x 80 is spent. For 12 months each saves half of what each saves in 24."""
    needed = {}
    for months in (12, 24, 25):
        money = held(costs=costing(0.18), assumptions=assumed(months=months)).money
        needed[months] = next(one for one in money if one.id == "break_even").happened.value
    assert needed == {12: pytest.approx(20), 24: pytest.approx(10), 25: pytest.approx(10)}


def test_what_is_not_published_is_not_filled_in():
    for line in held(costs=costing(0.18)).money:
        assert line.happened.is_known == (line.id in ("spent", "break_even"))
        assert line.note


@pytest.mark.parametrize(("amount", "unit"), [(0.18, "million pounds"), (180_000, "pounds")])
def test_what_the_cost_would_need(amount, unit):
    needed = next(one for one in held(costs=costing(amount, unit)).money if one.id == "break_even")
    assert needed.happened.value == pytest.approx(10)


def test_nobody_coming_off_never_pays_back():
    for nobody in ({"coming_off": 0}, {"months": 0}):
        money = {one.id: one.promised for one in held(assumptions=assumed(**nobody)).money}
        assert (money["payback"].reason, money["payback"].is_known) == ("not_paid_back", False)
    free = {one.id: one.promised for one in held(assumptions=assumed(course_cost=0)).money}
    assert free["payback"].reason == "not_applicable"


def test_a_saving_of_nothing_cannot_pay_anything_back():
    money = {one.id: one for one in held(costs=costing(0.18), assumptions=assumed(benefit=0)).money}
    line = money["break_even"]
    for blank in (line.promised, line.happened, money["payback"].promised):
        assert (blank.is_known, blank.reason, spell(blank)) == (False, "not_paid_back", "cannot be paid back")
    assert "no number of people" in line.note
    without = {one.id: one for one in held(assumptions=assumed(benefit=0)).money}["break_even"]
    assert (without.promised.reason, without.happened.reason) == ("not_paid_back", "no_data")


def test_a_provider_has_an_account_between_ends():
    net = next(one.promised for one in held(organisation="X01").money if one.id == "net")
    assert net.low < net.high


def test_sick_pay_is_a_share_of_finished_courses():
    promise = held()
    assert (promise.off_sick_pay.value, promise.off_sick_pay_share.value) == (4, 5)
