"""End codes: they add up, they say little of drop-out, and what they leave open is left open."""

import pytest

from caseness.audit.drop_out import bound_drop_out
from caseness.audit.endings import classify
from caseness.periods import Period, financial_year
from caseness.programme import load
from caseness.results import ENGLAND, MONTHLY, SUMMED
from caseness.stats.bounds import Bounded, exact
from small_records import figures, record_of

MONTH = Period.parse("2024-05")
PROVIDER = "RYK"
CODES = [
    "M342",
    "M057",
    "M058",
    "M059",
    "M060",
    "M061",
    "M340",
    "M062",
    "M063",
    "M066",
    "M344",
    "M341",
    "M069",
    "M070",
    "M071",
    "M072",
]
COUNTS = [20, 5, 5, 5, 5, 10, 5, 0, 5, 60, 30, 4, 1, 5, 2, 8]


def table(ended=170, codes=COUNTS, once=30, more=90):
    lines = [f"{code} {counted}" for code, counted in zip(CODES, codes, strict=True)]
    return "\n".join([*lines, f"M056 {ended}", f"M075 {once}", f"M076 {more}", "M153 50"])


def endings(text=None, organisation=ENGLAND, period=MONTH):
    rows = figures(text or table(), MONTH, organisation)
    return classify(record_of(rows), period, organisation, load("england"))


def test_sixteen_codes_make_all_referrals_ended():
    found = endings()
    assert len(found.codes) == 16
    assert sum(one.count.value for one in found.codes) == found.ended.value
    assert found.remainder.value == 0
    assert found.basis == MONTHLY


def test_a_remainder_is_shown():
    assert endings(table(ended=175)).remainder.value == 5


def test_groups_add_their_codes():
    groups = {one.id: one.count.value for one in endings().groups}
    assert groups == {"not_seen": 20, "not_taken_on": 40, "taken_on": 100, "invalid": 2, "none_recorded": 8}


def test_each_code_is_a_share_of_referrals_ended():
    assert endings(table(ended=200)).code("M066").of_ended.value == 30


def test_those_treated_are_the_codes_of_those_taken_on_and_two_rests():
    """120 treated; 100 with a code of those taken on; at most 10 with an invalid code or none; so at least 10 otherwise."""
    found = endings()
    rests = {one.id: one.count.value for one in found.course_ends if not one.id.startswith("M")}
    assert rests == {"no_reason": 10, "not_taken_on": 10}
    assert sum(one.count.value for one in found.course_ends) == found.treated.value == 120
    assert (found.not_taken_on.value, found.no_taken_on_code.value) == (10, 20)


def test_ended_by_the_service_is_called_no_drop_out():
    (by_service,) = [one for one in endings().course_ends if one.id == "M341"]
    assert "No drop-out of the client" in by_service.meaning


def test_drop_out_lies_between_the_coded_and_all_who_did_not_end_otherwise():
    usual, without = endings().drop_out
    assert (usual.lowest.value, usual.highest.value) == (30, 120 - 60 - 4 - 1)
    assert usual.lowest_share.value == 25
    assert usual.assumption
    assert (without.lowest.value, without.highest.value, without.assumption) == (0, 105, "")


def test_without_an_assumption_untreated_people_may_hold_the_codes():
    codes = {"M066": exact(40.0), "M344": exact(70.0)}
    _, without = bound_drop_out(codes, ["M066"], "M344", treated=exact(100.0), ended=exact(110.0))
    assert (without.lowest.value, without.highest.value) == (60, 70)


def test_more_codes_of_those_taken_on_than_treated_contradict_the_assumption():
    found = endings(table(once=10, more=50))
    usual, without = found.drop_out
    assert usual.is_contradicted
    assert (usual.lowest.reason, usual.lowest_share.reason) == ("not_applicable", "not_applicable")
    assert without.highest.is_known
    assert found.not_taken_on.value == 0
    assert any("never treated" in remark for remark in found.remarks)


def test_stars_make_intervals_and_no_value():
    text = table(codes=["*"] * 15 + ["150"])
    found = endings(text, PROVIDER)
    assert (found.code("M066").count.value, found.code("M066").count.high) == (None, 4)
    assert found.code("M066").count.reason == "suppressed"
    assert (found.groups[2].count.low, found.groups[2].count.high) == (0, 20)
    assert all(0 <= one.of_ended.low <= one.of_ended.high <= 100 for one in found.codes)
    usual = found.drop_out[0]
    assert (usual.lowest.low, usual.lowest.high, usual.highest.high) == (0, 4, 124)


def test_a_remark_speaks_of_intervals_as_intervals():
    codes = ["20", "5", "5", "5", "5", "10", "5", "*", "5", "10", "10", "*", "*", "10", "*", "*"]
    found = endings(table(codes=codes), PROVIDER)
    assert any("Of 116 to 124 treated, at least 64 were closed" in remark for remark in found.remarks)


def test_a_year_without_codes_says_so_and_is_blank():
    found = endings(period=financial_year(2016))
    assert not found.ended.is_known
    assert {one.count.reason for one in found.codes} == {"no_data"}
    assert found.remarks == ("No end codes were published for 2016-17 (sum of monthly files).",)
    assert found.basis == SUMMED


def test_a_month_that_no_release_holds_is_a_gap():
    rows = [figures(table(), month) for month in (MONTH, MONTH.shift(2))]
    found = classify(record_of(*rows), MONTH, ENGLAND, load("england"))
    assert [month.label for month in found.months] == ["2024-05", "2024-06", "2024-07"]
    assert [one.value for one in found.ended_by_month] == [170, None, 170]
    assert [one.value for one in found.code("M066").by_month] == [60, None, 60]
    assert found.code("M066").of_ended_by_month[0].value == pytest.approx(100 * 60 / 170)


def test_breaks_in_the_months_are_carried_for_a_chart_and_told_in_their_own():
    opening = Period.parse("2023-08")
    rows = [figures(table(), month) for month in (opening, opening.next())]
    record = record_of(*rows)
    before, after = (classify(record, month, ENGLAND, load("england")) for month in (opening, opening.next()))
    assert [one.month.label for one in before.breaks] == ["2023-09"]
    assert {"M072", "M344"} <= set(before.breaks[0].figure_ids)
    assert not any("September 2023" in remark for remark in before.remarks)
    assert any("September 2023" in remark for remark in after.remarks)


def test_a_year_is_the_sum_of_its_months():
    year = financial_year(2024)
    rows = [figures(table(), month) for month in year.months()]
    found = classify(record_of(*rows), year, ENGLAND, load("england"))
    assert (found.ended.value, found.code("M344").count.value, found.basis) == (12 * 170, 12 * 30, SUMMED)


def test_a_remainder_below_nought_is_read_as_nought():
    usual, _ = bound_drop_out(
        {"M066": Bounded.of([8.0], [12.0], [10.0]), "M344": Bounded.of([0.0], [4.0])},
        ["M066"],
        "M344",
        treated=Bounded.of([5.0], [9.0]),
        ended=Bounded.of([20.0], [20.0], [20.0]),
    )
    assert (usual.highest.low, usual.highest.high) == (0, 1)
